import { createHash } from 'node:crypto'
import { levelName } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import type { UnitKind } from '../kernel/unit-kinds.ts'
import { letterheadOf, nameOn, placeOn } from '../organisations/index.ts'
import { acceptanceDoc, returnDoc, type LetterOnPaper } from './letter-blocks.ts'
import type { ReviewNeeds } from './needs.ts'
import { nameOfPlace, quoteInWords } from './places.ts'
import { lastRound, type Letter, type Remark, type Review } from './review.ts'
import type { Dossier } from './review-facts.ts'
import { REASONS } from './review-words.ts'

interface Wanted {
  readonly kind: Letter['kind']
  readonly number: string
  readonly date: Day
  /** For a return: by when the report is to come back. */
  readonly due?: Day
}

/** Draws the letter of a step and keeps it before the step is written; the same step gives the same letter. */
export async function letterFor(
  needs: ReviewNeeds,
  actor: Actor,
  { review, dossier, at }: { readonly review: Review; readonly dossier: Dossier; readonly at: Date },
  { kind, number, date, due }: Wanted,
): Promise<Letter> {
  if (date > dayOf(at)) throw new InvalidInput({ date: 'Ngày văn bản không thể sau hôm nay.' })
  const paper = await onPaper(needs, actor, review, dossier, { number, date })
  const doc = kind === 'return' ? returnDoc(paper, due ?? date) : acceptanceDoc(paper)
  const kept = await needs.keepDoc(doc)
  const id = createHash('sha256').update(`${review.id}|${kind}|${review.rev}|${kept.sha256}`).digest('hex').slice(0, 24)
  return { id, kind, title: doc.meta.title, number, date, ...kept }
}

async function onPaper(
  needs: ReviewNeeds,
  actor: Actor,
  review: Review,
  dossier: Dossier,
  { number, date }: { readonly number: string; readonly date: Day },
): Promise<LetterOnPaper> {
  const [tree, officers] = await Promise.all([needs.tree(), needs.officersOf(review.handlerId)])
  const unit = tree.get(review.handlerId)
  const school = tree.get(review.schoolId)
  const round = lastRound(review)
  const line = (remark: Remark) => ({
    place: nameOfPlace(remark.anchor, dossier),
    quote: quoteInWords(remark.anchor.quote, dossier),
    reason: REASONS[remark.reason],
    text: remark.text,
  })
  return {
    ...(unit ? letterheadOf(unit, tree, date) : { parentLine: '', issuerLine: review.handlerId }),
    unitName: unit ? nameOn(unit, date) : review.handlerId,
    symbol: unit?.symbol ?? '',
    place: unit ? placeOn(unit, date) : '',
    schoolName: school ? nameOn(school, date) : review.schoolId,
    year: review.year,
    number,
    date,
    signer: signerOf(officers.find(each => each.personId === actor.personId)?.post ?? '', unit?.kind, actor.name),
    dispatch: round.dispatch,
    receivedOn: round.receivedOn,
    level: levelName(round.level),
    fixes: round.remarks.filter(({ kind }) => kind === 'fix').map(line),
    advice: round.remarks.filter(({ kind }) => kind === 'advice').map(line),
  }
}

/** Who signs as NĐ 30/2020 writes it: for the committee of a commune, in the place of its head. */
export function signerOf(post: string, kind: UnitKind | undefined, name: string): LetterOnPaper['signer'] {
  const [, deputy, office] = /^(Phó\s+)?(Chủ tịch|Giám đốc|Trưởng phòng)/i.exec(post) ?? []
  const committee = kind === 'commune' && office !== undefined ? ['TM. ỦY BAN NHÂN DÂN'] : []
  const authority = [...committee, ...(deputy !== undefined && office !== undefined ? [`KT. ${office}`] : [])]
  const position = office === undefined ? post : `${deputy === undefined ? '' : 'Phó '}${office}`
  const capitals = (words: string): string => words.toLocaleUpperCase('vi')
  return { authority: authority.map(capitals), position: capitals(position), name }
}
