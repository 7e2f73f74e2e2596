import type { Assessment, Deadlines, RecordTask } from '../assessments/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'

/** An item of evidence as far as it is somebody's work. */
export interface EvidenceStanding {
  readonly state: string
  readonly criterion: string
  /** Who brought it. */
  readonly collectedBy?: string
}

/** Everything that the tasks in one assessment follow from. */
export interface Situation {
  readonly assessment: Assessment
  readonly schoolName: string
  readonly deadlines: Deadlines
  /** Every item of evidence, in short. */
  readonly evidence: readonly EvidenceStanding[]
  readonly figures: { readonly locked: boolean; readonly reconciliation: string }
  /** Comments of this round that the person has given already. */
  readonly ownComments: number
}

/** A school whose assessment of a year the person may open and that has none. */
export interface Vacancy {
  readonly schoolId: string
  readonly schoolName: string
  readonly year: WorkingYear
  /** The days in which assessments of the year are to be opened (setting `openWindow`). */
  readonly window: { readonly from: Day; readonly to: Day }
}

/** The same about the sheets of an assessment as well, or something that a person waits for. */
export interface Task extends RecordTask {
  /** Sheets that it is about, each with its own address. */
  readonly sheets?: readonly { readonly code: string; readonly href: string; readonly late: boolean }[]
  /** For what is waited for: by whom. */
  readonly who?: string
}

export interface Work {
  readonly mine: readonly Task[]
  readonly waiting: readonly Task[]
}

/** What a task says, before the school, the year and the day are put to it. */
export interface Draft {
  readonly label: string
  readonly detail?: string
  readonly href: string
  readonly deadline?: string
  readonly sheets?: readonly string[]
  readonly who?: string
}

export const only = (when: boolean, draft: Draft): readonly Draft[] => (when ? [draft] : [])
