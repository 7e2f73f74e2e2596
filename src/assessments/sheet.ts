import type { SentFigures } from '../figures/index.ts'
import type { Day } from '../kernel/dates.ts'

/**
 * The texts of one criterion (phiếu đánh giá tiêu chí): five parts, analysis and actions.
 * Stored text is light Markdown (paragraphs, `- ` lists, **bold**, *italic*); a citation is `[[<evidenceId>]]`,
 * drawn as the item's present code.
 */
export interface Sheet {
  /** `<assessmentId>:<code>` */
  readonly id: string
  readonly assessmentId: string
  readonly code: string
  /** By part key: `description.<level>.<indicator>`, `strengths`, `weaknesses`, `improvement`. */
  readonly parts: Readonly<Record<string, SheetPart>>
  readonly actions: readonly SheetAction[]
  readonly analysis: readonly AnalysisRow[]
  /** Revision of `actions` and `analysis`; each text part has its own. */
  readonly rev: number
}

export interface SheetPart {
  readonly text: string
  readonly rev: number
  readonly by: string
  readonly name: string
  readonly at: Date
  /** When this author's present stretch of writing began; earlier versions are in the history. */
  readonly since: Date
  /** Carried over and not yet confirmed by a person; a new wording confirms it. */
  readonly notReviewed?: boolean
  /** Where a text came from that stood under another criterion; gone with the next wording. */
  readonly origin?: string
}

/** One line of the improvement plan (kế hoạch cải tiến chất lượng). */
export interface SheetAction {
  readonly id: string
  readonly what: string
  readonly who: string
  readonly from?: Day
  readonly to?: Day
  readonly resources: string
  readonly cost: string
  readonly expected: string
  /** The weakness it answers, in a few words. */
  readonly weakness: string
}

/** A row of the analysis sheet (phiếu xác định nội hàm, phân tích tiêu chí tìm minh chứng). */
export interface AnalysisRow {
  readonly level: string
  readonly indicator: string
  readonly questions: string
  readonly evidenceNeeded: string
  readonly source: string
  /** “Không cần” with its reason, instead of questions and evidence. */
  readonly notNeeded?: string
  readonly note: string
}

/** A text frozen before the step that relies on it: `<assessmentId>:<code>:<criterion revision it claims>`. */
export interface SheetPin {
  readonly id: string
  readonly parts: Readonly<Record<string, string>>
  readonly actions: readonly SheetAction[]
  /** The numbers of Phần I, pinned with the report's own texts; absent in other pins and in those of earlier sendings. */
  readonly figures?: SentFigures
  readonly at: Date
}

export const sheetId = (assessmentId: string, code: string): string => `${assessmentId}:${code}`

export const descriptionPart = (level: string, indicator: string): string => `description.${level}.${indicator}`

export const TEXT_PARTS = ['strengths', 'weaknesses', 'improvement'] as const

export const PART_NAMES: Readonly<Record<(typeof TEXT_PARTS)[number], string>> = {
  strengths: 'Điểm mạnh',
  weaknesses: 'Điểm yếu',
  improvement: 'Kế hoạch cải tiến chất lượng',
}
