import type { Actor } from '../kernel/actor.ts'
import { Forbidden, InvalidInput, StepRefused } from '../kernel/refusals.ts'
import { entry } from './follow.ts'
import type { ReviewNeeds } from './needs.ts'
import { openFor, personOf } from './open-review.ts'
import type { Review } from './review.ts'
import { mayOnReview } from './review-policy.ts'

/** Gives a review to an officer; refuses one who does not work there or who holds a seat in the school. */
export const assignReview =
  (needs: ReviewNeeds) =>
  async (actor: Actor, id: string, personId: string): Promise<Review> => {
    const review = await openFor(needs, actor, id, 'assign')
    if (review.state !== 'received' && review.state !== 'underReview')
      throw new StepRefused('Chỉ phân công khi báo cáo đang chờ hoặc đang được xem xét.')
    const officer = await needs.actorOf(personId)
    if (!officer) throw new InvalidInput({ officer: 'Xin chọn người xem xét.' })
    if (!mayOnReview.begin(officer, review))
      throw new Forbidden(
        `${officer.name} không xem xét được hồ sơ này: người của trường, hoặc không thuộc đơn vị xem xét.`,
        'người khác của đơn vị',
      )
    if (review.officer?.personId === personId) return review
    const { year, handlerId: unitId, rev } = review
    return needs.reviews.advance(
      review,
      { officer: personOf(officer) },
      entry(actor, needs.assessment.now(), {
        id,
        year,
        unitId,
        rev: rev + 1,
        event: 'assign',
        facts: { to: officer.name },
      }),
    )
  }

/** Gives several reviews to one officer, each by a write of its own; gives how many. The first refusal ends it. */
export const assignMany =
  (needs: ReviewNeeds) =>
  async (actor: Actor, ids: readonly string[], personId: string): Promise<number> => {
    if (ids.length === 0) throw new InvalidInput({ ids: 'Xin chọn ít nhất một hồ sơ.' })
    if (personId === '') throw new InvalidInput({ officer: 'Xin chọn người xem xét.' })
    for (const id of ids) await assignReview(needs)(actor, id, personId)
    return ids.length
  }
