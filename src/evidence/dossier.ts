import type { GroupDeed } from '../kernel/group-seats.ts'
import type { WorkingYear } from '../kernel/working-year.ts'

/** What evidence must know of the assessment it belongs to; app.ts passes it in, because assessments stand below evidence. */
export interface Dossier {
  readonly id: string
  readonly schoolId: string
  readonly schoolName: string
  readonly year: WorkingYear
  /** Managing units of the school, nearest first: they may read. */
  readonly ancestors: readonly string[]
  /** Plan approved and not yet adopted: evidence may be collected, verified, coded. */
  readonly collecting: boolean
  /** The report has been adopted: codes and files are frozen. */
  readonly adopted: boolean
  /** Some version of the report was adopted once, perhaps to be returned: codes stay as they are from then on. */
  readonly everAdopted?: boolean
  /** The time for which evidence of this year is kept is over (setting `retentionEvidence`). */
  readonly retentionOver?: boolean
  /** Criteria in reading order, with the group in charge of each. */
  readonly criteria: readonly {
    readonly code: string
    readonly title: string
    readonly groupId?: string
    readonly groupName?: string
    readonly typicalEvidence: readonly string[]
  }[]
  /** Why somebody of the group may not do this with a criterion by the chair's decision; undefined when none says so. */
  readonly whyNot?: (personId: string, criterion: string, deed: GroupDeed) => string | undefined
}

export interface Dossiers {
  /** Throws `NotFound` when there is no such assessment. */
  readonly get: (assessmentId: string) => Promise<Dossier>
  /** Evidence id → codes of the criteria whose sheets cite it now. */
  readonly citations: (assessmentId: string) => Promise<ReadonlyMap<string, readonly string[]>>
}
