import type { Answers, Verdict } from '../catalogue/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { isFilled } from '../kernel/need.ts'
import { indicatorName, type SheetAnchor } from './sheet-anchor.ts'
import { descriptionPart, type SheetAction } from './sheet.ts'

/** One sheet as plain data: what is asked, what was answered and written, and what may be cited. */
export interface SheetLintInput {
  readonly today: Day
  /** The school years that evidence has to span, oldest first; fewer for a younger school. */
  readonly years: readonly WorkingYear[]
  readonly indicators: readonly LintIndicator[]
  readonly answers: Answers
  /** By part key: `description.<level>.<indicator>`, `strengths`, `weaknesses`, `improvement`. */
  readonly texts: Readonly<Record<string, string>>
  readonly actions: readonly SheetAction[]
  /** Every item of the assessment, whatever its state. */
  readonly evidence: readonly LintEvidence[]
  /** Thresholds that the school's figures could be compared with. */
  readonly thresholds?: readonly LintThreshold[]
  /** Totals of Phần I by the noun they count (`học sinh`), one value per school year. */
  readonly totals?: readonly { readonly noun: string; readonly values: readonly number[] }[]
  /** Evidence that the year's tree requires of the criterion, and whether an item of it is there. */
  readonly required?: readonly { readonly name: string; readonly found: boolean }[]
  /** Part keys carried over from last year that nobody has confirmed. */
  readonly notReviewed?: readonly string[]
}

export interface LintIndicator {
  readonly level: string
  readonly code: string
  readonly lettered: boolean
  readonly applicable: boolean
  /** Its text asks for several years in a row. */
  readonly spansYears: boolean
}

export interface LintEvidence {
  readonly id: string
  /** A state of the evidence machine. */
  readonly state: string
  /** How it is drawn: its code, or a working label. */
  readonly label: string
  readonly years: readonly WorkingYear[]
}

export interface LintThreshold {
  readonly level: string
  readonly indicator: string
  readonly label: string
  readonly met: boolean
  /** The school's own figure, as printed. */
  readonly actual: string
  readonly demanded: string
}

export interface Found {
  readonly message: string
  readonly at: SheetAnchor
}

export interface SheetRule {
  readonly id: string
  readonly severity: 'error' | 'warning'
  readonly check: (sheet: SheetLintInput) => readonly Found[]
}

const TEXT_ANCHORS: Readonly<Record<string, SheetAnchor>> = {
  strengths: { part: 'strengths' },
  weaknesses: { part: 'weaknesses' },
  improvement: { part: 'improvement' },
}

export const asked = (sheet: SheetLintInput): readonly LintIndicator[] =>
  sheet.indicators.filter(each => each.applicable)

export const verdictOf = (sheet: SheetLintInput, { level, code }: LintIndicator): Verdict | undefined =>
  sheet.answers[level]?.[code]

export const nameOf = ({ level, code, lettered }: LintIndicator): string => indicatorName(level, code, lettered)

export const textOf = (sheet: SheetLintInput, { level, code }: LintIndicator): string =>
  sheet.texts[descriptionPart(level, code)] ?? ''

export const descriptionOf = ({ level, code }: LintIndicator): SheetAnchor => ({
  part: 'description',
  level,
  indicator: code,
})

/** Every text that will be printed, with its key and place. */
export function textsOf(
  sheet: SheetLintInput,
): readonly { readonly key: string; readonly text: string; readonly at: SheetAnchor }[] {
  const descriptions = asked(sheet).map(each => ({
    key: descriptionPart(each.level, each.code),
    text: textOf(sheet, each),
    at: descriptionOf(each),
  }))
  const others = Object.entries(TEXT_ANCHORS).map(([key, at]) => ({ key, text: sheet.texts[key] ?? '', at }))
  return [...descriptions, ...others].filter(({ text }) => isFilled(text))
}
