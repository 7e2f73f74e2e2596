import type { CriteriaMapping, CriteriaSet, CriteriaVersion, ChangeSwitches, RegimeId } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Clock, Day } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Assessment } from './assessment.ts'
import type { Reconciliation } from './assessment-machine.ts'
import type { AssessmentStore } from './assessment-store.ts'
import type { CommentStore } from './comment-store.ts'
import type { SheetStore } from './sheet-store.ts'
import type { Share } from './vote.ts'

/** What a step must know of a school on the day of the step. */
export interface SchoolFacts {
  readonly id: string
  readonly name: string
  readonly kind: SchoolKind
  readonly active: boolean
  readonly ownership: 'public' | 'private'
  readonly headId?: string
  readonly hasDeputy: boolean
  readonly managingUnit?: { readonly id: string; readonly name: string }
  /** Nearest first. */
  readonly ancestors: readonly string[]
}

/** Settings of process § 15 as they hold for one school and year. */
export interface ProcessNumbers {
  readonly councilMin: number
  readonly voteShare: Share
  readonly internalCommentDays: number
  readonly holidays: ReadonlySet<Day>
}

/** An evidence item as sheets see it: its state, the code it is drawn with, and what it is called. */
export interface CitedEvidence {
  readonly id: string
  readonly state: string
  readonly label: string
  readonly name: string
  readonly criterion: string
  readonly years: readonly WorkingYear[]
  /** Who brought it. */
  readonly collectedBy?: string
}

export interface FrozenPaper {
  readonly id: string
  readonly sha256: string
}

export type PaperKind = 'decision' | 'plan' | 'draftReport' | 'report' | 'supplement'

/** Everything the use cases of this feature need from outside; app.ts puts it together. */
export interface AssessmentNeeds {
  readonly assessments: AssessmentStore
  readonly sheets: SheetStore
  readonly comments: CommentStore
  readonly now: Clock
  readonly setOf: (hash: string) => Promise<CriteriaSet>
  /** The set that applies to this kind of school in this year; undefined when the Sở has published none. */
  readonly setFor: (
    year: WorkingYear,
    kind: SchoolKind,
    schoolId: string,
  ) => Promise<
    | {
        readonly version: CriteriaVersion
        readonly switches: ChangeSwitches
        /** The regime that the Sở chose for the year. */
        readonly regime?: RegimeId
      }
    | undefined
  >
  readonly school: (schoolId: string, day: Day) => Promise<SchoolFacts>
  readonly yearOpen: (year: WorkingYear) => Promise<boolean>
  readonly numbers: (assessment: Pick<Assessment, 'schoolId' | 'year' | 'schoolKind'>) => Promise<ProcessNumbers>
  readonly evidence: (assessmentId: string) => Promise<ReadonlyMap<string, CitedEvidence>>
  /** Freezes the codes and files of an adopted report; harmless when done twice. */
  readonly freezeEvidence: (by: Actor, assessmentId: string) => Promise<unknown>
  readonly figures: (
    assessment: Assessment,
  ) => Promise<{ readonly locked: boolean; readonly reconciliation: Reconciliation }>
  /** Takes the freeze off after a return, so that files can be replaced; harmless when done twice. */
  readonly thawEvidence: (by: Actor, assessmentId: string) => Promise<unknown>
  /** The mapping that the Sở has chosen between two versions of a set; undefined while it has chosen none. */
  readonly chosenMapping: (fromHash: string, toHash: string) => Promise<CriteriaMapping | undefined>
  readonly mappingByHash: (hash: string) => Promise<CriteriaMapping | undefined>
  /**
   * Copies an earlier assessment's evidence into this one, each item under the criterion that `place` names for its own,
   * and gives old id → new id; harmless when done twice.
   */
  readonly carryEvidence: (
    by: Actor,
    fromId: string,
    toId: string,
    place: (criterion: string) => string | undefined,
  ) => Promise<ReadonlyMap<string, string>>
  /** Files items of this assessment under the criteria of a newer set, once for each round (the mapping's hash); harmless when done twice. */
  readonly refileEvidence: (
    by: Actor,
    assessmentId: string,
    round: string,
    place: (criterion: string) => string | undefined,
  ) => Promise<unknown>
  /** Locks the five school years behind Phần I for this assessment, or frees them; harmless when done twice. */
  readonly lockFigures: (by: Actor, assessment: Assessment, lock: boolean) => Promise<void>
  /** What the plan still lacks, from the plan's own rules; plans stand below. */
  readonly planUnmet: (assessment: Assessment) => Promise<readonly Unmet[]>
  /** Draws a paper of the assessment as the step would leave it and keeps it; the same step gives the same paper. */
  readonly freezePaper: (kind: PaperKind, after: Assessment) => Promise<FrozenPaper>
  /** The bytes of a frozen paper. */
  readonly paperBytes: (paperId: string) => Promise<Buffer>
  /** Keeps a file under its SHA-256 and gives that. */
  readonly keepFile: (path: string) => Promise<string>
  readonly actionsLeftBehind: (assessment: Assessment) => Promise<number>
  /** Lets the review of the managing level follow a sending or its recall, just written; harmless when done twice. */
  readonly followReview: (by: Actor, written: Assessment) => Promise<unknown>
}
