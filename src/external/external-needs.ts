import type { Actor } from '../kernel/actor.ts'
import type { Clock, Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { SchoolKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { FoundLevel } from './facts.ts'
import type { RunStore } from './run-store.ts'
import type { TitleStore } from './title-store.ts'

/** A school as the register shows it. */
export interface RegisteredSchool {
  readonly id: string
  readonly name: string
  readonly kind: SchoolKind
  readonly active: boolean
  /** Units that manage it today, nearest first, with their names. */
  readonly ancestors: readonly { readonly id: string; readonly name: string; readonly isProvince: boolean }[]
}

/** The self-assessment on which a registration rests (process § 5.1). */
export interface AssessedSchool {
  readonly assessmentId: string
  readonly accepted: boolean
  /** Criteria codes in reading order, for the team's result by criterion. */
  readonly criteria: readonly string[]
  readonly level?: FoundLevel
}

/** Settings of one school and year that registration, teams and titles look at (process § 15). */
export interface ExternalNumbers {
  readonly teamMin: number
  readonly teamMax: number
  readonly teamMaxNational: number
  readonly assessorMinYears: number
  readonly waitYearsHigher: number
  readonly validYears: number
  readonly renewMonthsBefore: number
  readonly warnMonths: number
}

/** What external assessment and titles are handed by the composition. */
export interface ExternalNeeds {
  readonly titles: TitleStore
  readonly runs: RunStore
  readonly now: Clock
  readonly newId: () => string
  /** `undefined` for a school that is not there. */
  readonly school: (schoolId: string, day: Day) => Promise<RegisteredSchool | undefined>
  /** Schools that this person's seats reach today: the own ones, and all below the units of managing seats. */
  readonly schoolsInReach: (actor: Actor, day: Day) => Promise<readonly RegisteredSchool[]>
  readonly assessed: (schoolId: string, year: WorkingYear) => Promise<AssessedSchool | undefined>
  readonly numbers: (schoolId: string, year: WorkingYear) => Promise<ExternalNumbers>
  readonly history: (subject: { readonly kind: string; readonly id: string }) => Promise<readonly JournalEntry[]>
}
