import { compareTexts, levelName, REPORT, toLabels, type CitedEvidence, type SheetPin } from '../assessments/index.ts'
import { compareCodes } from '../kernel/words.ts'
import { nameOfPart, nameOfPlace, quoteInWords } from './places.ts'
import type { Remark, Round } from './review.ts'
import { reviewHref, type Dossier } from './review-facts.ts'
import { REVIEW_STATES } from './review-machine.ts'
import { crumbs, reviewTabs, type ReviewView } from './review-page.ts'
import { REASONS, REMARK_KINDS } from './review-words.ts'
import { compareSentences, fateOf, type Fate, type SentenceChange } from './sentences.ts'

/** The frozen words of an earlier round, by code. */
export type Pins = ReadonlyMap<string, SheetPin>

/** What has changed since the last round that came back: its remarks with what became of them, then part by part. */
export function differencePage(view: ReviewView, before: Round, beforePins: Pins) {
  const { review, dossier, names } = view
  const now = dossier.pins
  const levels = levelChanges(view, before)
  const codes = [...new Set([...beforePins.keys(), ...now.keys()])].toSorted((a, b) =>
    a === REPORT ? -1 : b === REPORT ? 1 : compareCodes(a, b),
  )
  const sections = codes.flatMap(code => {
    const parts = changedParts(dossier, code, beforePins.get(code), now.get(code))
    return parts.length === 0 ? [] : [{ code, title: nameOfPlace({ code, part: '' }, dossier), parts }]
  })
  return {
    wide: true,
    breadcrumbs: crumbs(review, names),
    tabs: reviewTabs(review, 'so-sanh'),
    state: REVIEW_STATES[review.state],
    subtitle: `Báo cáo bản ${before.reportVersion} lần trước và bản ${review.rounds.at(-1)?.reportVersion ?? ''} lần này`,
    remarks: before.remarks
      .filter(({ kind }) => kind === 'fix')
      .map((remark, index) => becameOf(view, before, remark, index)),
    levels,
    sections,
  }
}

/** A remark of the last round, what stands in its place now, and the school's answer. */
function becameOf({ review, dossier }: ReviewView, before: Round, remark: Remark, index: number) {
  const { anchor, reason, text } = remark
  const stored = dossier.pins.get(anchor.code)?.parts[anchor.part] ?? ''
  const fate: Fate | undefined = anchor.quote === '' ? undefined : fateOf(anchor.quote, anchor.offset, stored)
  const points = dossier.assessment.submissions[before.submission]?.returned?.points ?? []
  return {
    badge: { label: REMARK_KINDS[remark.kind].label, tone: REMARK_KINDS[remark.kind].tone },
    place: nameOfPlace(anchor, dossier),
    href: `${reviewHref(review.id)}/doc?phan=${anchor.code}`,
    quote: quoteInWords(anchor.quote, dossier),
    words: text === '' ? REASONS[reason] : `${REASONS[reason]}: ${text}`,
    fate: fateWords(fate),
    pieces:
      fate?.kind === 'changed'
        ? compareTexts(quoteInWords(anchor.quote, dossier), quoteInWords(fate.now, dossier))
        : [],
    answer: points[index]?.answer ?? '',
  }
}

function fateWords(fate: Fate | undefined): { readonly label: string; readonly tone: string } {
  if (!fate) return { label: 'Nhận xét cả phần', tone: 'grey' }
  if (fate.kind === 'same') return { label: 'Câu giữ nguyên', tone: 'orange' }
  return fate.kind === 'changed' ? { label: 'Câu đã sửa', tone: 'green' } : { label: 'Câu không còn', tone: 'blue' }
}

function changedParts(dossier: Dossier, code: string, before: SheetPin | undefined, after: SheetPin | undefined) {
  const keys = [...new Set([...Object.keys(before?.parts ?? {}), ...Object.keys(after?.parts ?? {})])]
  return keys.flatMap(key => {
    const [was, is] = [before?.parts[key] ?? '', after?.parts[key] ?? '']
    if (was === is) return []
    const changes = compareSentences(was, is)
    if (changes.every(({ kind }) => kind === 'same')) return []
    return [
      {
        name: nameOfPart(dossier, { code, part: key }),
        runs: changes.map(change => runOf(change, dossier.evidence)),
      },
    ]
  })
}

const runOf = ({ kind, text, was }: SentenceChange, evidence: ReadonlyMap<string, CitedEvidence>) => ({
  kind,
  text: toLabels(text, evidence),
  pieces: was === undefined ? [] : compareTexts(toLabels(was, evidence), toLabels(text, evidence)),
})

/** Criteria whose computed level is another than in the round before. */
function levelChanges({ review }: ReviewView, before: Round): readonly { code: string; was: string; is: string }[] {
  const was = new Map(before.read.map(({ code, level }) => [code, level]))
  return (review.rounds.at(-1)?.read ?? []).flatMap(({ code, level }) => {
    const earlier = was.get(code)
    return level === undefined || earlier === undefined || level === earlier
      ? []
      : [{ code, was: levelName(earlier), is: levelName(level) }]
  })
}
