import { partsOfId, type Assessment } from '../assessments/index.ts'
import { groupBy } from '../kernel/group-by.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Telling } from '../notices/index.ts'
import { isFresh } from './fresh-news.ts'

type Side = 'school' | 'unit'

/** What each step of a review says, to whom, and where it leads. */
const NEWS: Readonly<
  Record<string, { readonly to: Side; readonly subject: (school: string, year: string) => string }>
> = {
  receive: { to: 'unit', subject: (school, year) => `${school} đã gửi báo cáo tự đánh giá năm học ${year}.` },
  receiveAgain: { to: 'unit', subject: (school, year) => `${school} đã gửi lại báo cáo tự đánh giá năm học ${year}.` },
  answer: { to: 'unit', subject: (school, year) => `${school} đã trả lời câu hỏi về báo cáo năm học ${year}.` },
  begin: { to: 'school', subject: (_, year) => `Báo cáo tự đánh giá năm học ${year} đang được xem xét.` },
  ask: { to: 'school', subject: (_, year) => `Có câu hỏi về báo cáo tự đánh giá năm học ${year}, xin trả lời.` },
  return: { to: 'school', subject: (_, year) => `Báo cáo tự đánh giá năm học ${year} được trả lại để hoàn thiện.` },
  provinceReturn: { to: 'school', subject: (_, year) => `Sở trả lại báo cáo tự đánh giá năm học ${year}.` },
  accept: { to: 'school', subject: (_, year) => `Báo cáo tự đánh giá năm học ${year} đã được chấp nhận.` },
  withdrawAcceptance: {
    to: 'school',
    subject: (_, year) => `Việc chấp nhận báo cáo tự đánh giá năm học ${year} đã được rút lại.`,
  },
}

export interface NewsNeeds {
  readonly notify: (telling: Telling) => Promise<void>
  readonly assessment: (id: string) => Promise<Assessment | undefined>
  readonly schoolName: (schoolId: string) => Promise<string>
  /** The unit that has a review in hand today. */
  readonly handlerOf: (reviewId: string) => Promise<string | undefined>
  /** Officers and leads of a managing unit today. */
  readonly readersIn: (unitId: string) => Promise<readonly string[]>
  readonly wallClock: () => number
}

/** Reviews told of side by side: each asks the database several things, and people at work ask as well. */
const AT_ONCE = 4

/** Tells the other side of each step of a review; heard from the relay, so a crash tells late but never twice. */
export const tellOfReviews =
  (needs: NewsNeeds) =>
  async (entries: readonly JournalEntry[]): Promise<void> => {
    const fresh = entries.filter(
      entry => entry.subject.kind === 'review' && entry.event in NEWS && isFresh(entry, needs.wallClock()),
    )
    const reviews = [...groupBy(fresh, ({ subject }) => subject.id).values()]
    // Before a deadline one unit receives a hundred reports in a round: who reads there is asked once.
    const readers = new Map<string, Promise<readonly string[]>>()
    const readersIn = (unitId: string): Promise<readonly string[]> => {
      const known = readers.get(unitId) ?? needs.readersIn(unitId)
      readers.set(unitId, known)
      return known
    }
    for (let at = 0; at < reviews.length; at += AT_ONCE)
      await Promise.all(
        reviews.slice(at, at + AT_ONCE).map(async steps => {
          for (const step of steps) await tellOf({ ...needs, readersIn }, step)
        }),
      )
  }

async function tellOf(needs: NewsNeeds, entry: JournalEntry): Promise<void> {
  const news = NEWS[entry.event]
  if (!news) return
  const { id } = entry.subject
  const { schoolId, year } = partsOfId(id)
  const toUnit = news.to === 'unit'
  // The journal keeps a step with the unit that has the review in hand, but what the school itself did with the school.
  const handler = async () => (entry.unitId === schoolId ? ((await needs.handlerOf(id)) ?? '') : entry.unitId)
  const personIds = toUnit ? await needs.readersIn(await handler()) : deskOf(await needs.assessment(id))
  if (personIds.length === 0) return
  await needs.notify({
    id: entry.id,
    personIds,
    subject: news.subject(await needs.schoolName(schoolId), year),
    text: entry.reason ?? '',
    href: toUnit ? `/xem-xet/${id}` : `/danh-gia/${id}/xem-xet`,
  })
}

/** Who answers for the report in the school: chair, vice chairs and secretary of the council in force. */
const deskOf = (assessment: Assessment | undefined): readonly string[] =>
  (assessment?.councilVersions.at(-1) ?? assessment?.council)?.members
    .filter(({ role }) => role !== 'member')
    .map(({ personId }) => personId) ?? []
