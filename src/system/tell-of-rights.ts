import { DEED_NAMES, groupRightsHref, type Assessment, type RightsNews } from '../assessments/index.ts'
import { printDay } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Telling } from '../notices/index.ts'
import { isFresh } from './fresh-news.ts'

export interface RightsNewsNeeds {
  readonly notify: (telling: Telling) => Promise<void>
  readonly assessment: (id: string) => Promise<Assessment | undefined>
  readonly schoolName: (schoolId: string) => Promise<string>
  readonly wallClock: () => number
}

/**
 * Tells everybody of a working group whose rights the chair of the council narrowed or widened: one notice a person and a
 * decision. Heard from the relay, so a crash tells late but never twice.
 */
export const tellOfRights =
  ({ notify, assessment: find, schoolName, wallClock }: RightsNewsNeeds) =>
  async (entries: readonly JournalEntry[]): Promise<void> => {
    for (const entry of entries) {
      if (entry.event !== 'setGroupRights' || !isFresh(entry, wallClock())) continue
      const assessment = await find(entry.subject.id)
      if (!assessment) continue
      const { groupId, group, people = [] } = decisionIn(entry)
      const place = `${await schoolName(assessment.schoolId)}, năm học ${assessment.year}`
      for (const news of people.filter(({ personId }) => personId !== entry.by.personId))
        await notify({
          id: entry.id,
          personIds: [news.personId],
          subject: `${place}: chủ tịch hội đồng ${entry.by.name} ${effectOf(news)} quyền của bạn trong ${group} từ ngày ${printDay(news.from)}.`,
          text: [
            ...deedsWords('Không còn', news.lost),
            ...deedsWords('Được thêm', news.gained),
            ...(news.terms === undefined ? [] : [`Trong nhóm, bạn nay: ${news.terms}.`]),
            `Lý do: ${entry.reason ?? ''}`,
          ].join(' '),
          href: groupRightsHref(assessment.id, groupId),
        })
    }
  }

/** What the step itself wrote into its entry. */
const decisionIn = ({ facts }: JournalEntry) =>
  // `setGroupRights` is the one event of this name, and these are the facts that it keeps; earlier releases kept no `people`.
  facts as { readonly groupId: string; readonly group: string; readonly people?: readonly RightsNews[] }

const effectOf = ({ narrowed, widened }: RightsNews): string =>
  narrowed ? (widened ? 'thay đổi' : 'thu hẹp') : 'mở rộng'

const deedsWords = (before: string, deeds: RightsNews['lost']): readonly string[] =>
  deeds.length === 0 ? [] : [`${before}: ${deeds.map(deed => insideSentence(DEED_NAMES[deed])).join('; ')}.`]

const insideSentence = (words: string): string => words.slice(0, 1).toLocaleLowerCase('vi') + words.slice(1)
