import type { AssessmentState } from '../assessments/index.ts'
import type { ExternalFact, TitleFact } from '../external/index.ts'
import type { ComparedFact, ReconciliationState } from '../figures/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Ownership } from '../organisations/index.ts'

export type { ExternalFact, TitleFact, TitleKind } from '../external/index.ts'

/** What the self-assessment of the year says about the school on the closing day. */
export interface AssessmentFact {
  readonly id: string
  readonly rev: number
  readonly state: AssessmentState
  readonly setId: string
  readonly setHash: string
  /** Computed from answers and pinned tree; 0 = không đạt, absent while answers are missing or the report is not sent. */
  readonly level?: 0 | 1 | 2 | 3 | 4
  /** Computed level by criterion code, 0–3; criteria without complete answers are absent, all of them before the sending. */
  readonly criteria: Readonly<Record<string, 0 | 1 | 2 | 3>>
  /** Codes of criteria (`1.1`) or indicators (`1.1.2.a`: criterion, level, indicator) that block the next level. */
  readonly blockedBy: readonly string[]
  readonly council?: { readonly number: string; readonly date: Day }
  readonly planOn?: Day
  readonly sheets: { readonly agreed: number; readonly all: number }
  readonly adoptedOn?: Day
  readonly publishedOn?: Day
  readonly sentOn?: Day
  readonly acceptedOn?: Day
  readonly returns: number
}

/**
 * One school in one working year on one closing day: what every total above it is summed from, what a period's snapshot
 * freezes, and what a printed figure opens down to. Absent parts are absent, never zero.
 */
export interface SchoolRow {
  readonly schoolId: string
  readonly year: WorkingYear
  /** Name, kind and managing chain by the tree of the day that the row was asked for, nearest unit first. */
  readonly name: string
  readonly kind: SchoolKind
  readonly ownership: Ownership
  readonly ancestors: readonly string[]
  readonly assessment?: AssessmentFact
  readonly titles: readonly TitleFact[]
  readonly external: readonly ExternalFact[]
  readonly reconciliation?: { readonly state: ReconciliationState; readonly rev: number }
  /** Figures of the year, where they were entered. */
  readonly figures?: {
    readonly rev: number
    readonly classes: number
    readonly pupils: number
    readonly staff: number
  }
  /** Assigned against current numbers, line by line; absent in figures frozen before they were summed. */
  readonly compared?: ComparedFact
}
