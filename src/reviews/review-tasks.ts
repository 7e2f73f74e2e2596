import { assessmentHref, dueOn, type RecordTask } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import type { ReviewNeeds } from './needs.ts'
import { isOpenQuestion, lastRound, NO_DUE, questionsToAnswer, type Review } from './review.ts'
import { reviewHref } from './review-facts.ts'
import type { ReviewState } from './review-machine.ts'
import { mayOnReview } from './review-policy.ts'

/** A desk longer than this is worked off on the desk itself. */
const MOST = 30
const TO_READ: readonly ReviewState[] = ['received', 'underReview']

/** What the reviews ask of a person: to give out, to read, to decide; in a school, to answer questions. */
export const reviewTasks =
  (needs: Pick<ReviewNeeds, 'reviews' | 'unitNames'> & { readonly now: () => Date }) =>
  async (actor: Actor): Promise<readonly RecordTask[]> => {
    const today = dayOf(needs.now())
    const [desk, asked] = await Promise.all([
      needs.reviews.waiting(mayOnReview.begin.where(actor), TO_READ, MOST),
      needs.reviews.waiting(mayOnReview.answer.where(actor), ['underReview'], MOST),
    ])
    const names = await needs.unitNames([...desk, ...asked].map(({ schoolId }) => schoolId))
    const nameOf = ({ schoolId }: Review): string => names.get(schoolId) ?? schoolId
    return [
      ...desk.flatMap(review => deskTask(actor, review, nameOf(review), today)),
      ...asked.flatMap(review => schoolTask(review, nameOf(review))),
    ]
  }

function deskTask(actor: Actor, review: Review, schoolName: string, today: Day): readonly RecordTask[] {
  const draft = draftFor(actor, review)
  if (!draft) return []
  const { year, due } = review
  return [
    {
      ...draft,
      href: draft.href ?? reviewHref(review.id),
      schoolName,
      year,
      ...(due !== NO_DUE && { due: dueOn(due, today) }),
    },
  ]
}

/** Whose turn it is: the officer's to read, the lead's to give out what nobody has and to decide what has been read. */
function draftFor(
  actor: Actor,
  review: Review,
): { readonly label: string; readonly detail: string; readonly href?: string } | undefined {
  const leads = mayOnReview.assign(actor, review)
  const isMine = review.officer?.personId === actor.personId
  const round = lastRound(review)
  const open = round.remarks.filter(isOpenQuestion)
  const answered = open.filter(({ answer }) => answer !== undefined).length
  if (review.state === 'received') {
    if (leads && !review.officer) return { label: 'Phân công người xem xét báo cáo', detail: sentBy(review) }
    return isMine || (!leads && !review.officer)
      ? { label: 'Bắt đầu xem xét báo cáo', detail: sentBy(review) }
      : undefined
  }
  if (isMine && answered > 0)
    return {
      label: `Đọc ${answered} câu trả lời của trường`,
      detail: 'Khép câu hỏi, hoặc đổi thành yêu cầu hoàn thiện.',
      href: `${reviewHref(review.id)}/nhan-xet`,
    }
  if (isMine) return { label: 'Xem xét báo cáo', detail: `${round.remarks.length} nhận xét đã ghi` }
  return leads && open.length === 0
    ? { label: 'Quyết định chấp nhận hoặc trả hồ sơ', detail: `${review.officer?.name ?? ''} đang xem xét` }
    : undefined
}

const sentBy = (review: Review): string =>
  review.rounds.length > 1 ? `Trường gửi lại lần ${review.rounds.length}` : 'Trường vừa gửi'

function schoolTask(review: Review, schoolName: string): readonly RecordTask[] {
  const count = questionsToAnswer(review).length
  return count === 0
    ? []
    : [
        {
          label: `Trả lời ${count} câu hỏi của đơn vị xem xét`,
          detail: 'Trả lời ngay trên hệ thống, hồ sơ không bị trả lại.',
          href: `${assessmentHref(review.id)}/xem-xet`,
          schoolName,
          year: review.year,
        },
      ]
}
