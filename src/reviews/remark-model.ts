import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant } from '../kernel/dates.ts'
import { nameOfPlace, quoteParts } from './places.ts'
import type { Remark, Review } from './review.ts'
import { reviewHref, type Dossier } from './review-facts.ts'
import { mayOnReview } from './review-policy.ts'
import { REASONS, REMARK_KINDS } from './review-words.ts'

export interface RemarkContext {
  readonly actor: Actor
  readonly review: Review
  readonly dossier: Dossier
  /** The review is being read and this person takes part in it. */
  readonly writable: boolean
}

/** A remark as every screen of the desk shows it, with what may be done with it. */
export function remarkModel({ actor, review, dossier, writable }: RemarkContext, remark: Remark) {
  const { id, kind, anchor, reason, text, by, at, answer, closedOn } = remark
  const base = `${reviewHref(review.id)}/nhan-xet/${id}`
  const isOwn = by.personId === actor.personId || mayOnReview.assign(actor, review)
  return {
    id: `y-kien-${id}`,
    badge: { label: REMARK_KINDS[kind].label, tone: REMARK_KINDS[kind].tone },
    place: nameOfPlace(anchor, dossier),
    placeHref: `${reviewHref(review.id)}/doc?phan=${anchor.code}${anchor.part === '' ? '' : `#phan-${anchor.part.replaceAll('.', '-')}`}`,
    quote: quoteParts(anchor, dossier),
    reason: REASONS[reason],
    text,
    by: `${by.name}, ${printInstant(at)}`,
    answer: answer && { text: answer.text, by: `${answer.by.name}, ${printInstant(answer.at)}` },
    closed: closedOn === undefined ? '' : printDay(closedOn),
    waits: kind === 'question' && !answer && closedOn === undefined,
    drop: writable && isOwn && !answer ? `${base}/bo` : '',
    close: writable && kind === 'question' && closedOn === undefined ? `${base}/khep` : '',
    turn:
      writable && closedOn === undefined
        ? {
            action: `${base}/doi`,
            kinds: (['fix', 'advice'] as const)
              .filter(each => each !== kind)
              .map(each => ({ value: each, label: REMARK_KINDS[each].label.toLocaleLowerCase('vi') })),
          }
        : undefined,
  }
}

export type RemarkModel = ReturnType<typeof remarkModel>
