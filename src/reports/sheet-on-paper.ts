import {
  verdictName,
  type AnalysisRow,
  type AskedIndicator,
  type AskedSheet,
  type SheetAction,
} from '../assessments/index.ts'
import type { Answers, CriterionRating } from '../catalogue/index.ts'
import type { Day } from '../kernel/dates.ts'

/** One criterion sheet, or a clause of Mức 4, as it is printed: the words that stand or those that were pinned. */
export interface SheetOnPaper {
  readonly code: string
  readonly asked: AskedSheet
  readonly answers: Answers
  /** Absent on a sheet of Mức 4, which is met or not by its one answer. */
  readonly rating?: CriterionRating
  /** By part key (`description.1.a`, `strengths` …), light Markdown with citations. */
  readonly texts: Readonly<Record<string, string>>
  readonly actions: readonly SheetAction[]
  readonly analysis: readonly AnalysisRow[]
  readonly groupName: string
  /** Who handed the sheet in and who confirmed it for the group; empty until then. */
  readonly writer: string
  readonly lead: string
  /** Last day on which the sheet was changed: what a print is dated by. */
  readonly changedOn: Day
}

export const LEVELS = ['1', '2', '3'] as const

export const isClause = ({ code }: Pick<SheetOnPaper, 'code'>): boolean => code.startsWith('22.')

/** `Tiêu chí 1.2`, or `Tiêu chí 3 (khoản 3 Điều 22)` of Mức 4. */
export const nameOfSheet = (code: string): string => {
  const clause = code.startsWith('22.') ? code.slice(3) : undefined
  return clause === undefined ? `Tiêu chí ${code}` : `Tiêu chí ${clause} (khoản ${clause} Điều 22)`
}

export const indicatorsAt = (asked: AskedSheet, level: string): readonly AskedIndicator[] =>
  asked.indicators.filter(indicator => indicator.level === level)

export const levelsAsked = (asked: AskedSheet): readonly string[] => [
  ...new Set(asked.indicators.map(indicator => indicator.level)),
]

/** `Đạt`, `Không đạt`, `Không áp dụng` or `Chưa đánh giá` for one indicator. */
export function verdictWords({ answers }: Pick<SheetOnPaper, 'answers'>, indicator: AskedIndicator): string {
  return verdictName(indicator.applicable ? answers[indicator.level]?.[indicator.code] : 'notApplicable')
}

/** The result of the whole sheet: `Đạt Mức 2`, `Không đạt`, `Đạt` for a clause. */
export function resultWords(sheet: SheetOnPaper): string {
  if (!sheet.rating) {
    const [only] = sheet.asked.indicators
    return only ? verdictWords(sheet, only) : verdictName(undefined)
  }
  const { applicable, level, blockedBy } = sheet.rating
  if (!applicable) return 'Không áp dụng'
  if (level > 0) return `Đạt Mức ${level}`
  return blockedBy.some(block => block.why === 'notMet') ? 'Không đạt' : 'Chưa đánh giá xong'
}
