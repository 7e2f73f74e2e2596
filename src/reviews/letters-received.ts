import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import type { ReviewNeeds } from './needs.ts'
import { reviewHref } from './review-facts.ts'
import { mayOnReview } from './review-policy.ts'

/** A letter of the managing level about an assessment, as a list of papers shows it. */
export interface ReceivedLetter {
  readonly title: string
  readonly number: string
  readonly date: Day
  readonly from: string
  readonly pages: number
  readonly sha256: string
  readonly href: string
  /** The answer that it tells is still the answer: an acceptance that was withdrawn is not. */
  readonly stands: boolean
}

/** The letters of the review of an assessment, for who may read them; nothing for everybody else. */
export const lettersReceived =
  ({ reviews, unitNames }: Pick<ReviewNeeds, 'reviews' | 'unitNames'>) =>
  async (actor: Actor, assessmentId: string): Promise<readonly ReceivedLetter[]> => {
    const review = await reviews.find(assessmentId)
    if (!review || !(mayOnReview.read(actor, review) || mayOnReview.seeAsSchool(actor, review))) return []
    const names = await unitNames([review.handlerId])
    const answers = new Set(review.rounds.flatMap(({ outcome }) => outcome?.letter ?? []))
    return review.letters.map(({ id, title, number, date, pages, sha256 }) => ({
      title,
      number,
      date,
      from: names.get(review.handlerId) ?? review.handlerId,
      pages,
      sha256,
      href: `${reviewHref(review.id)}/van-ban/${id}.pdf`,
      stands: answers.has(id),
    }))
  }
