import { REPORT, reportParts } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { entry } from './follow.ts'
import type { ReviewNeeds } from './needs.ts'
import { againWhenOvertaken, dossierOf, openFor, personOf } from './open-review.ts'
import {
  FIGURES,
  lastRound,
  withLastRound,
  type Anchor,
  type ReasonCode,
  type Remark,
  type RemarkKind,
  type Review,
} from './review.ts'
import { reviewFactsOf, type Dossier } from './review-facts.ts'
import { reviewLife, type ReviewEvent, type ReviewFacts, type ReviewState } from './review-machine.ts'
import { mayOnReview } from './review-policy.ts'
import { sentencesOf } from './sentences.ts'

export interface NewRemark {
  /** Given by the form; a form that arrives twice, because the answer to the first was lost, writes one remark. */
  readonly id?: string
  readonly kind: RemarkKind
  readonly reason: ReasonCode
  readonly text: string
  readonly code: string
  readonly part: string
  /** Which sentence of the part, from 0; absent: the part as a whole. */
  readonly sentence?: number
  /** Words of the sentence that were marked on the screen. */
  readonly words: string
}

/** Writes a remark or asks the school a question, at a place of the report that was read. */
export const addRemark =
  (needs: ReviewNeeds) =>
  (actor: Actor, id: string, wanted: NewRemark): Promise<Review> =>
    againWhenOvertaken(async () => {
      const review = await openFor(needs, actor, id, wanted.kind === 'question' ? 'ask' : 'remark')
      if (wanted.id !== undefined && lastRound(review).remarks.some(each => each.id === wanted.id)) return review
      const dossier = await dossierOf(needs, review)
      const anchor = anchorOf(dossier, wanted)
      const at = needs.assessment.now()
      if (wanted.kind === 'question') {
        const facts = reviewFactsOf(review, dossier, dayOf(at))
        const event = { type: 'ask', text: wanted.text, anchored: true } as const
        nextState<ReviewState, ReviewFacts, ReviewEvent>(reviewLife, review.state, facts, event)
      } else demandReading(review)
      if (wanted.text === '' && wanted.kind !== 'fix') throw new InvalidInput({ text: 'Xin ghi nội dung.' })
      const remark: Remark = {
        id: wanted.id ?? needs.newId(),
        kind: wanted.kind,
        anchor,
        reason: wanted.reason,
        text: wanted.text,
        by: personOf(actor),
        at,
      }
      return change(needs, actor, review, remark.kind === 'question' ? 'ask' : 'remark', remarks => [
        ...remarks,
        remark,
      ])
    })

/** The place in the words that were read; refuses one that the report does not have. */
function anchorOf({ pins, set }: Dossier, { code, part, sentence, words }: NewRemark): Anchor {
  if (code === FIGURES) return { code, part: '', quote: '', offset: 0 }
  const pin = pins.get(code)
  const known = code === REPORT ? part === '' || reportParts(set).some(({ key }) => key === part) : pin !== undefined
  const stored = pin?.parts[part]
  if (!known || (part !== '' && code !== REPORT && stored === undefined))
    throw new InvalidInput({ place: 'Xin chọn phần hoặc câu của báo cáo.' })
  if (sentence === undefined) return { code, part, quote: '', offset: 0 }
  const found = sentencesOf(stored ?? '')[sentence]
  if (!found) throw new InvalidInput({ place: 'Câu được chọn không có trong phần này.' })
  const anchor = { code, part, quote: found.text, offset: found.offset }
  return words === '' ? anchor : { ...anchor, words }
}

function demandReading({ state }: Review): void {
  if (state !== 'underReview')
    throw new StepRefused(
      state === 'received'
        ? 'Bấm “Bắt đầu xem xét” trước khi ghi nhận xét.'
        : 'Chỉ ghi nhận xét khi đang xem xét báo cáo.',
    )
}

function find(review: Review, remarkId: string): Remark {
  const remark = lastRound(review).remarks.find(({ id }) => id === remarkId)
  if (!remark) throw new NotFound('Không tìm thấy nhận xét này trong lần xem xét hiện tại.')
  return remark
}

const change = (
  needs: ReviewNeeds,
  actor: Actor,
  review: Review,
  event: string,
  next: (remarks: readonly Remark[]) => readonly Remark[],
): Promise<Review> =>
  needs.reviews.advance(
    review,
    { rounds: withLastRound(review, round => ({ ...round, remarks: next(round.remarks) })) },
    entry(actor, needs.assessment.now(), {
      id: review.id,
      year: review.year,
      unitId: event === 'answer' ? review.schoolId : review.handlerId,
      rev: review.rev + 1,
      event,
    }),
  )

/** Takes back a remark of one's own; leads may take back anybody's. A question that was answered stays. */
export const dropRemark =
  (needs: ReviewNeeds) =>
  (actor: Actor, id: string, remarkId: string): Promise<Review> =>
    againWhenOvertaken(async () => {
      const review = await openFor(needs, actor, id, 'remark')
      demandReading(review)
      const remark = find(review, remarkId)
      demandOwn(actor, review, remark)
      if (remark.answer) throw new StepRefused('Trường đã trả lời câu hỏi này; hãy khép câu hỏi thay vì bỏ.')
      return change(needs, actor, review, 'dropRemark', remarks => remarks.filter(each => each.id !== remarkId))
    })

/** Turns a remark into another kind: a question whose answer does not suffice into a demand, a demand into advice. */
export const turnRemark =
  (needs: ReviewNeeds) =>
  (actor: Actor, id: string, remarkId: string, kind: Exclude<RemarkKind, 'question'>): Promise<Review> =>
    againWhenOvertaken(async () => {
      const review = await openFor(needs, actor, id, 'remark')
      demandReading(review)
      find(review, remarkId)
      return change(needs, actor, review, 'turnRemark', remarks =>
        remarks.map(each => (each.id === remarkId ? { ...each, kind } : each)),
      )
    })

/** Holds an answered question for settled. */
export const closeQuestion =
  (needs: ReviewNeeds) =>
  (actor: Actor, id: string, remarkId: string): Promise<Review> =>
    againWhenOvertaken(async () => {
      const review = await openFor(needs, actor, id, 'ask')
      demandReading(review)
      if (find(review, remarkId).kind !== 'question') throw new StepRefused('Chỉ câu hỏi mới cần khép.')
      const closedOn = dayOf(needs.assessment.now())
      return change(needs, actor, review, 'closeQuestion', remarks =>
        remarks.map(each => (each.id === remarkId ? { ...each, closedOn } : each)),
      )
    })

/** The school answers a question; until the officer closes it the answer may be bettered. */
export const answerQuestion =
  (needs: ReviewNeeds) =>
  (actor: Actor, id: string, remarkId: string, text: string): Promise<Review> =>
    againWhenOvertaken(async () => {
      const review = await openFor(needs, actor, id, 'answer')
      if (text === '') throw new InvalidInput({ answer: 'Xin ghi câu trả lời.' })
      if (review.state !== 'underReview') throw new StepRefused('Chỉ trả lời được khi báo cáo đang được xem xét.')
      const question = find(review, remarkId)
      if (question.kind !== 'question' || question.closedOn !== undefined)
        throw new StepRefused('Câu hỏi này đã được khép.')
      const answer = { text, by: personOf(actor), at: needs.assessment.now() }
      return change(needs, actor, review, 'answer', remarks =>
        remarks.map(each => (each.id === remarkId ? { ...each, answer } : each)),
      )
    })

function demandOwn(actor: Actor, review: Review, { by }: Remark): void {
  if (by.personId !== actor.personId && !mayOnReview.assign(actor, review))
    throw new Forbidden('Chỉ người ghi nhận xét hoặc lãnh đạo đơn vị bỏ được nhận xét này.', by.name)
}
