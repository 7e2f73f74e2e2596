import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { StaffMember } from '../seats/index.ts'
import type { Assessment } from './assessment.ts'
import type { Deadlines } from './deadlines.ts'
import type { AssessmentNeeds } from './needs.ts'

/** A paper as the overview lists it. */
export interface PaperLine {
  readonly title: string
  readonly href: string
  readonly number?: string
  readonly at: Date
  readonly frozen: boolean
}

/** Sizes that practice advises (settings `secretariatSize`, `groupSize`); they warn only. */
export interface AdvisedSizes {
  readonly secretariat: { readonly min: number; readonly max: number }
  readonly group: { readonly min: number; readonly max: number }
}

/** The unit whose assessment `/danh-gia` speaks of. */
export interface HomeUnit {
  readonly id: string
  readonly name: string
  readonly isSchool: boolean
}

/** What the assessment's own screens need besides the use cases' needs; app.ts puts it together. */
export interface AssessmentScreenNeeds extends AssessmentNeeds {
  /** People of the school on the day, with post and the bodies they can speak for. */
  readonly staffOf: (schoolId: string, day: Day) => Promise<readonly StaffMember[]>
  /** The latest accepted steps of the assessment and its sheets, newest first. */
  readonly history: (assessmentId: string, atMost: number) => Promise<readonly JournalEntry[]>
  /** Papers in force, newest first. */
  readonly papers: (actor: Actor, assessment: Assessment) => Promise<readonly PaperLine[]>
  /** Address of a kept paper. */
  readonly paperHref: (paperId: string) => string
  /** Deadlines by setting key, those of the approved plan included; before the plan those that run without it. */
  readonly deadlines: (assessment: Assessment) => Promise<Deadlines>
  readonly advisedSizes: (schoolId: string, year: WorkingYear) => Promise<AdvisedSizes>
  readonly unitNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** The chosen unit of a person with seats in several, else that of the weightiest seat. */
  readonly homeUnit: (actor: Actor, chosen: string | undefined) => Promise<HomeUnit | undefined>
  /** `THHS` of `15/QĐ-THHS`. */
  readonly symbolOf: (schoolId: string) => Promise<string>
  /** How the signed minutes of the council's meetings are named by another paper, newest first. */
  readonly signedMinutes: (assessmentId: string) => Promise<readonly string[]>
}
