import type { Actor } from '../kernel/actor.ts'
import { Forbidden, NotFound, StaleWrite } from '../kernel/refusals.ts'
import { follow } from './follow.ts'
import type { ReviewNeeds } from './needs.ts'
import { lastRound, type Person, type Review } from './review.ts'
import type { Dossier } from './review-facts.ts'
import { reviewLife } from './review-machine.ts'
import { mayOnReview, WHO_REVIEWS, type ReviewRight } from './review-policy.ts'

const UNKNOWN = 'Không tìm thấy hồ sơ xem xét này.'

/** The review if this person may know of it; `NotFound` otherwise. */
export async function openReview(needs: ReviewNeeds, actor: Actor, id: string): Promise<Review> {
  const review = await needs.reviews.find(id)
  if (!review || !mayOnReview.read(actor, review)) throw new NotFound(UNKNOWN)
  return review
}

/** The same for the people of the school, who see its answers and questions. */
export async function openAsSchool(needs: ReviewNeeds, actor: Actor, id: string): Promise<Review> {
  const review = await needs.reviews.find(id)
  if (!review || !mayOnReview.seeAsSchool(actor, review)) throw new NotFound(UNKNOWN)
  return review
}

/** Opens a review for a deed, brought first to where the assessment stands; `Forbidden` names whom to ask. */
export async function openFor(
  needs: ReviewNeeds,
  actor: Actor,
  id: string,
  right: Exclude<ReviewRight, 'read' | 'seeAsSchool'>,
): Promise<Review> {
  await (right === 'answer' ? openAsSchool : openReview)(needs, actor, id)
  const review = await follow(needs)(actor, id)
  if (!review) throw new NotFound(UNKNOWN)
  if (!mayOnReview[right](actor, review))
    throw new Forbidden(`Nhiệm vụ đang giữ không gồm việc “${DEEDS[right]}”.`, WHO_REVIEWS[right])
  return review
}

const DEEDS: Readonly<Record<Exclude<ReviewRight, 'read' | 'seeAsSchool'>, string>> = {
  ...reviewLife.eventNames,
  remark: 'Ghi nhận xét',
  assign: 'Phân công người xem xét',
  answer: 'Trả lời câu hỏi',
}

/** What the review is judged by: the assessment, its frozen words, figures and evidence. */
export async function dossierOf(needs: ReviewNeeds, review: Review): Promise<Dossier> {
  const assessment = await needs.assessment.assessments.get(review.id)
  const { read } = lastRound(review)
  const [set, figures, evidence, pins, recognised] = await Promise.all([
    needs.assessment.setOf(assessment.set.hash),
    needs.assessment.figures(assessment),
    needs.assessment.evidence(assessment.id),
    needs.assessment.sheets.pins(read.map(({ pin }) => pin)),
    needs.recognised(assessment),
  ])
  const byPin = new Map(pins.map(pin => [pin.id, pin]))
  return {
    assessment,
    set,
    figures,
    evidence,
    pins: new Map(
      read.flatMap(({ code, pin }) => {
        const found = byPin.get(pin)
        return found ? [[code, found]] : []
      }),
    ),
    recognised,
  }
}

/** How often a write that only adds to a review is tried again when a colleague has added something at the same moment. */
const TRIES = 4

/** Adding a remark is right whatever else was added meanwhile: tried again on what stands then. */
export async function againWhenOvertaken<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StaleWrite) || tries === TRIES) throw error
    }
}

export const personOf = ({ personId, name }: Actor): Person => ({ personId, name })
