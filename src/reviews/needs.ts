import type { Assessment, AssessmentNeeds } from '../assessments/index.ts'
import type { SentFigures } from '../figures/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import type { UnitTree } from '../organisations/index.ts'
import type { Doc } from '../paper/index.ts'
import type { Person } from './review.ts'
import type { ReviewStore } from './review-store.ts'

/** Settings of process § 15 that a review runs by, in working days. */
export interface ReviewNumbers {
  readonly reviewStartDays: number
  readonly reviewDays: number
  readonly resubmitDue: number
  readonly forwardDays: number
  readonly holidays: ReadonlySet<Day>
}

export interface KeptDoc {
  readonly sha256: string
  readonly docSha256: string
  readonly pages: number
}

/** Everything that reviews need from outside; composed beside system.ts. */
export interface ReviewNeeds {
  readonly reviews: ReviewStore
  readonly assessment: AssessmentNeeds
  readonly reviewNumbers: (assessment: Pick<Assessment, 'schoolId' | 'year' | 'schoolKind'>) => Promise<ReviewNumbers>
  /** The numbers of Phần I as they stand: locked for the adoption, freed only when a returned report is written again. */
  readonly figuresSent: (assessment: Pick<Assessment, 'schoolId' | 'year'>) => Promise<SentFigures>
  readonly tree: () => Promise<UnitTree>
  readonly newId: () => string
  /** Draws a letter and keeps bytes and blocks; the same letter gives the same files. */
  readonly keepDoc: (doc: Doc) => Promise<KeptDoc>
  readonly fileBytes: (sha256: string) => Promise<Buffer>
  /** People who hold an office of the unit today, with their post. */
  readonly officersOf: (unitId: string) => Promise<readonly (Person & { readonly post: string })[]>
  readonly actorOf: (personId: string) => Promise<Actor | undefined>
  readonly unitNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Items of evidence to which a file was added, or whose file was replaced, on or after a day. */
  readonly withNewFiles: (assessmentId: string, since: Day) => Promise<ReadonlySet<string>>
  /** Whether a title was granted on the accepted report. */
  readonly recognised: (assessment: Pick<Assessment, 'id' | 'schoolId'>) => Promise<boolean>
}
