import type { Assessment } from '../assessments/index.ts'
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
  /** Officers and leads of the unit that has the review in hand today. */
  readonly readersOf: (reviewId: string) => Promise<readonly string[]>
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
    for (let at = 0; at < reviews.length; at += AT_ONCE)
      await Promise.all(
        reviews.slice(at, at + AT_ONCE).map(async steps => {
          for (const step of steps) await tellOf(needs, step)
        }),
      )
  }

async function tellOf(
  { notify, assessment: find, schoolName, readersOf }: NewsNeeds,
  entry: JournalEntry,
): Promise<void> {
  const news = NEWS[entry.event]
  const assessment = news && (await find(entry.subject.id))
  if (!assessment) return
  const personIds = news.to === 'unit' ? await readersOf(entry.subject.id) : deskOf(assessment)
  if (personIds.length === 0) return
  await notify({
    id: entry.id,
    personIds,
    subject: news.subject(await schoolName(assessment.schoolId), assessment.year),
    text: entry.reason ?? '',
    href: news.to === 'unit' ? `/xem-xet/${assessment.id}` : `/danh-gia/${assessment.id}/xem-xet`,
  })
}

/** Who answers for the report in the school: chair, vice chairs and secretary of the council in force. */
const deskOf = ({ councilVersions, council }: Assessment): readonly string[] =>
  (councilVersions.at(-1) ?? council).members.filter(({ role }) => role !== 'member').map(({ personId }) => personId)
