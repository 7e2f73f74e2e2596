import { markReading, markReopened, markReturned } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { NotFound, StaleWrite } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { entry, follow, settle } from './follow.ts'
import { letterFor } from './letters.ts'
import type { ReviewNeeds } from './needs.ts'
import { dossierOf, openFor, personOf } from './open-review.ts'
import { NO_DUE, withLastRound, type ForwardGround, type Letter, type Review, type TakeOverGround } from './review.ts'
import { reviewFactsOf, type Dossier } from './review-facts.ts'
import { reviewLife, type ReviewEvent, type ReviewFacts, type ReviewState } from './review-machine.ts'
import type { ReviewChange } from './review-store.ts'

/** Number and date that the unit gives a paper; what is missing the step asks for. */
export interface Numbered {
  readonly number: string
  readonly date: Day | undefined
}

/** The revision of the review that the person saw; a decision on another one is asked again. */
export interface Seen {
  readonly seen?: number | undefined
}

const numbered = ({ number, date }: Numbered) => ({ number, ...(date !== undefined && { date }) })

interface Asked {
  readonly review: Review
  readonly dossier: Dossier
  readonly state: ReviewState
  readonly at: Date
}

/** A decision rests on the remarks and answers as they were on the screen. */
function demandSeen({ rev }: Review, { seen }: Seen): void {
  if (seen !== undefined && seen !== rev)
    throw new StaleWrite('Đồng nghiệp vừa ghi nhận xét hoặc trường vừa trả lời câu hỏi.')
}

/** Load, ask the policy, ask the machine; what follows is the step's own write. */
async function ask(
  needs: ReviewNeeds,
  actor: Actor,
  id: string,
  event: Exclude<ReviewEvent, { type: 'recall' | 'receiveAgain' }>,
): Promise<Asked> {
  const review = await openFor(needs, actor, id, event.type)
  const dossier = await dossierOf(needs, review)
  const at = needs.assessment.now()
  const facts = reviewFactsOf(review, dossier, dayOf(at))
  const state = nextState<ReviewState, ReviewFacts, ReviewEvent>(reviewLife, review.state, facts, event)
  return { review, dossier, state, at }
}

async function write(
  needs: ReviewNeeds,
  actor: Actor,
  { review, state, at }: Asked,
  event: ReviewEvent['type'],
  change: ReviewChange,
  told: { readonly reason?: string; readonly facts?: Readonly<Record<string, unknown>> } = {},
): Promise<Review> {
  const { id, year } = review
  return needs.reviews.advance(
    review,
    { ...change, state },
    entry(actor, at, {
      id,
      year,
      unitId: change.handlerId ?? review.handlerId,
      rev: review.rev + 1,
      event,
      from: review.state,
      to: state,
      ...told,
    }),
  )
}

async function followed(needs: ReviewNeeds, actor: Actor, id: string): Promise<Review> {
  const review = await follow(needs)(actor, id)
  if (!review) throw new NotFound('Không tìm thấy hồ sơ xem xét này.')
  return review
}

/** Begins to read: decided in the assessment, because the school's recall is decided there too. */
export const beginReview =
  (needs: ReviewNeeds) =>
  async (actor: Actor, id: string, receivedNumber: string): Promise<Review> => {
    const { dossier } = await ask(needs, actor, id, { type: 'begin' })
    await markReading(needs.assessment, actor, dossier.assessment)
    const review = await followed(needs, actor, id)
    if (receivedNumber === '') return review
    const at = needs.assessment.now()
    return write(
      needs,
      actor,
      { review, dossier, state: review.state, at },
      'begin',
      { rounds: withLastRound(review, round => ({ ...round, receivedNumber })) },
      { facts: { number: receivedNumber } },
    )
  }

export interface Return extends Numbered, Seen {
  readonly due: Day | undefined
}

/** Returns the dossier: the remarks that must be mended become the points that the school answers one by one. */
export const returnReport =
  (needs: ReviewNeeds) =>
  async (actor: Actor, id: string, { due, seen, ...letter }: Return): Promise<Review> => {
    const event = { type: 'return', ...numbered(letter), ...(due !== undefined && { due }) } as const
    const asked = await ask(needs, actor, id, event)
    const { review, at } = asked
    demandSeen(review, { seen })
    const on = dayOf(at)
    const back = due ?? on
    const kept = await letterFor(needs, actor, asked, { kind: 'return', due: back, ...dated(letter, on) })
    const outcome = { kind: 'returned', on, by: personOf(actor), due: back, letter: kept.id } as const
    const after = await write(
      needs,
      actor,
      asked,
      'return',
      {
        due: back,
        rounds: withLastRound(review, round => ({ ...round, outcome })),
        letters: [...review.letters, kept],
      },
      { facts: factsOf(kept, back) },
    )
    await settle(needs)(actor, after)
    return after
  }

/** Accepts the report; the school is told by a numbered notice. */
export const acceptReport =
  (needs: ReviewNeeds) =>
  async (actor: Actor, id: string, { seen, ...notice }: Numbered & Seen): Promise<Review> => {
    const asked = await ask(needs, actor, id, { type: 'accept', ...numbered(notice) })
    const { review, at } = asked
    demandSeen(review, { seen })
    const on = dayOf(at)
    const kept = await letterFor(needs, actor, asked, { kind: 'accept', ...dated(notice, on) })
    const outcome = { kind: 'accepted', on, by: personOf(actor), letter: kept.id } as const
    const after = await write(
      needs,
      actor,
      asked,
      'accept',
      {
        due: NO_DUE,
        rounds: withLastRound(review, round => ({ ...round, outcome })),
        letters: [...review.letters, kept],
      },
      { facts: factsOf(kept) },
    )
    await settle(needs)(actor, after)
    return after
  }

const dated = ({ number, date }: Numbered, today: Day) => ({ number, date: date ?? today })

const factsOf = ({ number, date, sha256 }: Letter, due?: Day) => ({
  number,
  date,
  sha256,
  ...(due !== undefined && { due }),
})

export interface Forward extends Numbered {
  readonly ground: ForwardGround | ''
}

export const forwardReport =
  (needs: ReviewNeeds) =>
  async (actor: Actor, id: string, { ground, ...letter }: Forward): Promise<Review> => {
    const asked = await ask(needs, actor, id, { type: 'forward', ground, ...numbered(letter) })
    const { number, date } = dated(letter, dayOf(asked.at))
    const forwarded = { ground: ground === 'external' ? ground : ('period' as const), number, date }
    return write(needs, actor, asked, 'forward', { due: NO_DUE, forwarded }, { facts: { number, date } })
  }

/** The Sở sends back what a unit had accepted and forwarded; decided in the assessment, which may be closed meanwhile. */
export const returnFromProvince =
  (needs: ReviewNeeds) =>
  async (actor: Actor, id: string, reason: string, due: Day | undefined): Promise<Review> => {
    const event = { type: 'provinceReturn', reason, ...(due !== undefined && { due }) } as const
    const { dossier, at } = await ask(needs, actor, id, event)
    const points = [{ anchor: '', reason }]
    await markReturned(needs.assessment, actor, dossier.assessment, { points, due: due ?? dayOf(at), byProvince: true })
    return followed(needs, actor, id)
  }

/** Takes an acceptance back; decided in the assessment, which the school may have closed meanwhile. */
export const withdrawAcceptance =
  (needs: ReviewNeeds) =>
  async (actor: Actor, id: string, reason: string): Promise<Review> => {
    const { dossier } = await ask(needs, actor, id, { type: 'withdrawAcceptance', reason })
    await markReopened(needs.assessment, actor, dossier.assessment, reason)
    return followed(needs, actor, id)
  }

export interface TakingOver extends Numbered {
  readonly ground: TakeOverGround | ''
}

/** The Sở reviews in the unit's place from now on. */
export const takeOver =
  (needs: ReviewNeeds) =>
  async (actor: Actor, id: string, { ground, ...decision }: TakingOver): Promise<Review> => {
    const asked = await ask(needs, actor, id, { type: 'takeOver', ground, ...numbered(decision) })
    const { review, at } = asked
    const on = dayOf(at)
    const why: TakeOverGround = ground === '' ? 'noOfficer' : ground
    const takenOver = { ground: why, decision: dated(decision, on), on, by: personOf(actor) }
    const change = { handlerId: review.provinceId, takenOver, gone: ['officer' as const] }
    return write(needs, actor, asked, 'takeOver', change, { facts: takenOver.decision })
  }
