import {
  compareTexts,
  levelName,
  REPORT,
  toLabels,
  type CitedEvidence,
  type SheetAction,
  type SheetPin,
} from '../assessments/index.ts'
import { printDay } from '../kernel/dates.ts'
import { compareCodes } from '../kernel/words.ts'
import { answerLines } from './changed-answers.ts'
import { changedEvidence, type Pins } from './changed-evidence.ts'
import { figureChanges } from './figure-changes.ts'
import { withMoves, type PlacedChange } from './moved-sentences.ts'
import { nameOfPart, nameOfPlace, quoteInWords } from './places.ts'
import { isCriterion } from './points.ts'
import type { Remark, Round } from './review.ts'
import { reviewHref, type Dossier } from './review-facts.ts'
import { REVIEW_STATES } from './review-machine.ts'
import { crumbs, reviewTabs, type ReviewView } from './review-page.ts'
import { REASONS, REMARK_KINDS } from './review-words.ts'
import { compareSentences, fateOf, type Fate } from './sentences.ts'

/** What is compared with: the round that came back, its frozen words and figures, and evidence that got another file since. */
export interface Earlier {
  readonly round: Round
  readonly pins: Pins
  readonly withNewFiles: ReadonlySet<string>
}

/** What has changed since the last round that came back: its remarks with what became of them, then part by part. */
export function differencePage(view: ReviewView, { round: before, pins: beforePins, withNewFiles }: Earlier) {
  const { review, dossier, names } = view
  const now = dossier.pins
  const fixes = before.remarks.filter(({ kind }) => kind === 'fix')
  return {
    wide: true,
    breadcrumbs: crumbs(review, names),
    tabs: reviewTabs(review, 'so-sanh'),
    state: REVIEW_STATES[review.state],
    subtitle: `Báo cáo bản ${before.reportVersion} lần trước và bản ${review.rounds.at(-1)?.reportVersion ?? ''} lần này`,
    remarks:
      fixes.length > 0
        ? fixes.map((remark, index) => becameOf(view, before, remark, index))
        : pointsOfTheProvince(view, before),
    levels: levelChanges(view, before),
    evidence: changedEvidence(beforePins, now, dossier.evidence, withNewFiles).map(({ id, label, name, what }) => ({
      label,
      name,
      what,
      href: dossier.evidence.has(id) ? `/minh-chung/${id}` : '',
    })),
    figures: figureChanges(review, beforePins, now),
    sections: sectionsOf(dossier, beforePins),
  }
}

/** A sheet that has come or gone is named as such; a sheet on the same frozen words has not changed. */
function sectionsOf(dossier: Dossier, beforePins: Pins) {
  const now = dossier.pins
  const codes = [...new Set([...beforePins.keys(), ...now.keys()])].toSorted((a, b) =>
    a === REPORT ? -1 : b === REPORT ? 1 : compareCodes(a, b),
  )
  const parts = codes.flatMap(code => changedParts(dossier, code, beforePins.get(code), now.get(code)))
  const placed = withMoves(parts)
  const lines = parts.map(({ code, name }, index) => ({ code, name, changes: placed[index]?.changes ?? [] }))
  return codes.flatMap(code => {
    const own = lines.filter(line => line.code === code)
    const standing =
      code === REPORT
        ? undefined
        : !now.has(code)
          ? { label: 'Phiếu không còn trong báo cáo', tone: 'red' as const }
          : beforePins.has(code)
            ? undefined
            : { label: 'Phiếu mới', tone: 'green' as const }
    if (own.length === 0 && !standing) return []
    return [
      {
        code,
        title: nameOfPlace({ code, part: '' }, dossier),
        standing,
        parts: own.map(({ name, changes }) => ({
          name,
          runs: changes.map(change => runOf(change, dossier.evidence)),
        })),
      },
    ]
  })
}

/** What the Sở sent back rests on its own words; the school has answered them like every other point. */
function pointsOfTheProvince({ dossier }: ReviewView, before: Round) {
  const points = dossier.assessment.submissions[before.submission]?.returned?.points ?? []
  return points.map(({ reason, quote, answer }) => ({
    badge: { label: REMARK_KINDS.fix.label, tone: REMARK_KINDS.fix.tone },
    place: 'Toàn bộ báo cáo',
    href: '',
    quote: quote === undefined ? '' : quoteInWords(quote, dossier),
    words: reason,
    fate: { label: 'Cấp trên trả lại', tone: 'grey' },
    pieces: [],
    answer: answer ?? '',
  }))
}

/** A remark of the last round, what stands in its place now, and the school's answer. */
function becameOf({ review, dossier }: ReviewView, before: Round, remark: Remark, index: number) {
  const { anchor, reason, text } = remark
  const stored = dossier.pins.get(anchor.code)?.parts[anchor.part] ?? ''
  const fate: Fate | undefined = anchor.quote === '' ? undefined : fateOf(anchor.quote, anchor.offset, stored)
  const elsewhere = fate?.kind === 'gone' ? placeOf(anchor.quote, dossier) : ''
  const points = dossier.assessment.submissions[before.submission]?.returned?.points ?? []
  return {
    badge: { label: REMARK_KINDS[remark.kind].label, tone: REMARK_KINDS[remark.kind].tone },
    place: nameOfPlace(anchor, dossier),
    href: `${reviewHref(review.id)}/doc?phan=${anchor.code}`,
    quote: quoteInWords(anchor.quote, dossier),
    words: text === '' ? REASONS[reason] : `${REASONS[reason]}: ${text}`,
    fate: fateWords(fate, elsewhere, dossier.pins.has(anchor.code) || !isCriterion(anchor)),
    pieces:
      fate?.kind === 'changed'
        ? compareTexts(quoteInWords(anchor.quote, dossier), quoteInWords(fate.now, dossier))
        : [],
    answer: points[index]?.answer ?? '',
  }
}

function fateWords(fate: Fate | undefined, elsewhere: string, stands: boolean) {
  if (!stands && elsewhere === '') return { label: 'Phiếu không còn trong báo cáo', tone: 'red' }
  if (!fate) return { label: 'Nhận xét cả phần', tone: 'grey' }
  if (fate.kind === 'same') return { label: 'Câu giữ nguyên', tone: 'orange' }
  if (fate.kind === 'changed') return { label: 'Câu đã sửa', tone: 'green' }
  return elsewhere === ''
    ? { label: 'Câu không còn', tone: 'blue' }
    : { label: `Câu chuyển sang ${elsewhere}`, tone: 'blue' }
}

/** Where a sentence stands now, word for word; empty when nowhere. */
function placeOf(quote: string, dossier: Dossier): string {
  for (const [code, { parts }] of dossier.pins)
    for (const [part, text] of Object.entries(parts))
      if (text.includes(quote)) return nameOfPlace({ code, part }, dossier)
  return ''
}

function changedParts(dossier: Dossier, code: string, before: SheetPin | undefined, after: SheetPin | undefined) {
  if (before?.id === after?.id) return []
  const keys = [...new Set([...Object.keys(before?.parts ?? {}), ...Object.keys(after?.parts ?? {})])]
  const texts = keys.flatMap(part => {
    const changes = compareSentences(before?.parts[part] ?? '', after?.parts[part] ?? '')
    if (changes.every(({ kind }) => kind === 'same')) return []
    return [{ code, name: nameOfPart(dossier, { code, part }), place: nameOfPlace({ code, part }, dossier), changes }]
  })
  const changes = changedActions(before?.actions ?? [], after?.actions ?? [])
  const name = 'Việc cải tiến trong kế hoạch'
  return changes.length === 0 ? texts : [...texts, { code, name, place: `Tiêu chí ${code}, việc cải tiến`, changes }]
}

/** Lines of the improvement plan, each as one sentence of what it says. */
function changedActions(before: readonly SheetAction[], after: readonly SheetAction[]): readonly PlacedChange[] {
  const was = new Map(before.map(action => [action.id, actionInWords(action)]))
  const kept = new Set(after.map(({ id }) => id))
  return [
    ...before.flatMap(action =>
      kept.has(action.id) ? [] : [{ kind: 'removed' as const, text: actionInWords(action) }],
    ),
    ...after.flatMap((action): readonly PlacedChange[] => {
      const [earlier, text] = [was.get(action.id), actionInWords(action)]
      if (earlier === text) return []
      return [earlier === undefined ? { kind: 'added', text } : { kind: 'changed', text, was: earlier }]
    }),
  ]
}

const actionInWords = ({ what, who, from, to, resources, cost, expected, weakness }: SheetAction): string =>
  [
    what,
    who,
    ...(from === undefined ? [] : [`từ ${printDay(from)}`]),
    ...(to === undefined ? [] : [`hoàn thành ${printDay(to)}`]),
    resources,
    cost,
    expected,
    weakness,
  ]
    .filter(text => text !== '')
    .join('; ')

function runOf(change: PlacedChange, evidence: ReadonlyMap<string, CitedEvidence>) {
  const text = toLabels(change.text, evidence)
  const was = change.kind === 'changed' ? (change.was ?? '') : undefined
  return {
    kind: change.kind,
    text,
    note: noteOf(change),
    pieces: was === undefined ? [] : compareTexts(toLabels(was, evidence), text),
  }
}

function noteOf(change: PlacedChange): string {
  if (change.kind === 'movedAway') return `chuyển sang ${change.to}`
  if (change.kind !== 'moved') return ''
  return change.from === undefined ? 'chuyển chỗ trong phần này' : `chuyển từ ${change.from}`
}

interface LevelChange {
  readonly what: string
  readonly was: string
  readonly is: string
}

/** The school's level, the computed levels of criteria and the answers to indicators that are others than in the round before. */
function levelChanges({ review, dossier }: ReviewView, before: Round): readonly LevelChange[] {
  const now = review.rounds.at(-1)
  if (!now) return []
  const [was, is] = [before, now].map(({ read }) => new Map(read.map(({ code, level }) => [code, level])))
  const codes = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].toSorted(compareCodes)
  return [
    ...(before.level === now.level
      ? []
      : [{ what: 'Kết quả của trường', was: levelName(before.level), is: levelName(now.level) }]),
    ...codes.flatMap(code => {
      const [earlier, later] = [was?.get(code), is?.get(code)]
      return earlier === later ? [] : [{ what: `Tiêu chí ${code}`, was: levelOrNone(earlier), is: levelOrNone(later) }]
    }),
    ...answerLines(dossier, before, now),
  ]
}

const levelOrNone = (level: number | undefined): string => (level === undefined ? 'không có' : levelName(level))
