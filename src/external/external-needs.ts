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

/** Spans in working days by their keys in process § 15. */
type SpanKey =
  | 'dossierCheckDays'
  | 'provinceCheckDays'
  | 'resubmitDue'
  | 'studyDays'
  | 'prelimVisitDays'
  | 'gapBeforeVisit'
  | 'visitEvidenceDue'
  | 'draftDays'
  | 'feedbackDays'
  | 'replyDays'
  | 'finalReportDays'
  | 'complaintDays'
  | 'grantDays'
  | 'announceDays'

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
  /** Last days, `MM-dd`, of the two windows of registration. */
  readonly registerUntil: { readonly summer: string; readonly autumn: string }
  readonly teamFormMonths: number
  readonly days: Readonly<Record<SpanKey, number>>
  /** Shortest and longest official visit, in days. */
  readonly visit: { readonly from: number; readonly to: number }
  readonly holidays: ReadonlySet<Day>
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
  /** As they hold for the school on the day of the matter. */
  readonly numbers: (schoolId: string, year: WorkingYear, day: Day) => Promise<ExternalNumbers>
  readonly history: (subject: { readonly kind: string; readonly id: string }) => Promise<readonly JournalEntry[]>
}
