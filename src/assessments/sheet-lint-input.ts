import type { Day } from '../kernel/dates.ts'
import { fiveYearsTo } from '../kernel/working-year.ts'
import type { CitedEvidence } from './needs.ts'
import type { OpenSheet } from './open-sheet.ts'
import { requiredEvidenceOf } from './required-evidence.ts'
import type { SheetLintInput } from './sheet-lint.ts'
import type { Sheet } from './sheet.ts'

/** Words by which a demand says that it looks back over several school years. */
const SPANS_YEARS = /\b0?5 năm\b|năm năm|liên tiếp/i

/** One sheet as the lint sees it: the words that stand there now, with everything that may be cited. */
export const lintInputOf = (
  { assessment, decision, asked }: Pick<OpenSheet, 'assessment' | 'decision' | 'asked'>,
  sheet: Sheet,
  evidence: ReadonlyMap<string, CitedEvidence>,
  today: Day,
): SheetLintInput => ({
  today,
  years: fiveYearsTo(assessment.year),
  indicators: asked.indicators.map(({ level, code, lettered, applicable, gist }) => ({
    level,
    code,
    lettered,
    applicable,
    spansYears: SPANS_YEARS.test(gist),
  })),
  answers: decision.answers,
  texts: Object.fromEntries(Object.entries(sheet.parts).map(([key, part]) => [key, part.text])),
  actions: sheet.actions,
  evidence: [...evidence.values()],
  required: requiredEvidenceOf(asked, evidence.values()),
  notReviewed: Object.entries(sheet.parts).flatMap(([key, part]) => (part.notReviewed ? [key] : [])),
})
