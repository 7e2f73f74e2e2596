import type { CouncilMember } from '../assessments/index.ts'
import type { CriteriaSet, SchoolRating } from '../catalogue/index.ts'
import type { CatalogueStandard } from '../evidence/index.ts'
import type { PhanMotTable } from '../figures/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { ProcessStep } from './process-steps.ts'
import type { SchoolOnDay } from './school-on-day.ts'
import type { SheetOnPaper } from './sheet-on-paper.ts'

/** Everything the self-assessment report prints (form 6), read once; the same value gives the same bytes. */
export interface ReportOnPaper {
  readonly school: SchoolOnDay
  readonly year: WorkingYear
  readonly set: CriteriaSet
  readonly rating: SchoolRating
  /** What the activity is called under the regime of the assessment; the usual name when absent. */
  readonly activity?: string
  readonly aimsAtLevelFour: boolean
  readonly members: readonly CouncilMember[]
  /** The report's own texts by part key. */
  readonly texts: Readonly<Record<string, string>>
  /** All sheets by code; clauses of Mức 4 too when the school claims it. */
  readonly sheets: ReadonlyMap<string, SheetOnPaper>
  readonly figures: readonly PhanMotTable[]
  /** What stands under the tables of Phần I: where the numbers come from and as of when. */
  readonly figuresSource: string
  readonly steps: readonly ProcessStep[]
  readonly catalogue: readonly CatalogueStandard[]
  /** Evidence id → code, of coded items only. */
  readonly codes: ReadonlyMap<string, string>
  /** Day of adoption; absent on a draft. */
  readonly adoptedOn?: Day
  /** Day of the record that a draft stands on. */
  readonly recordDay: Day
}
