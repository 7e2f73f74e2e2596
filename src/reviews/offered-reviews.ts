import type { Actor } from '../kernel/actor.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { isPossible, unmetOf } from '../kernel/step.ts'
import type { Review } from './review.ts'
import { reviewConditions, reviewLife, type ReviewEvent, type ReviewFacts } from './review-machine.ts'
import { mayOnReview } from './review-policy.ts'

type Type = Exclude<ReviewEvent['type'], 'recall' | 'receiveAgain'>

/** Lacks that the step's own form fills. */
const GIVEN_BY_THE_FORM: readonly string[] = [
  'anchorMissing',
  'textMissing',
  'numberMissing',
  'dateMissing',
  'dueMissing',
  'groundMissing',
  'reasonMissing',
]

const UNFILLED: { readonly [K in Type]: Extract<ReviewEvent, { type: K }> } = {
  begin: { type: 'begin' },
  ask: { type: 'ask', text: '', anchored: false },
  return: { type: 'return', number: '' },
  accept: { type: 'accept', number: '' },
  forward: { type: 'forward', ground: '', number: '' },
  provinceReturn: { type: 'provinceReturn', reason: '' },
  withdrawAcceptance: { type: 'withdrawAcceptance', reason: '' },
  takeOver: { type: 'takeOver', ground: '', number: '' },
}

/** Whether the machine has the step here and the policy lets this person take it. */
export const offers = (actor: Actor, review: Review, facts: ReviewFacts, type: Type): boolean =>
  mayOnReview[type](actor, review) &&
  isPossible(reviewLife, review.state, facts, type) &&
  !(type === 'takeOver' && facts.inProvinceHands)

/** What a step lacks besides what its form asks for. */
export const lacksOf = (facts: ReviewFacts, type: Type): readonly Unmet[] =>
  unmetOf(reviewConditions, facts, UNFILLED[type]).filter(({ code }) => !GIVEN_BY_THE_FORM.includes(code))
