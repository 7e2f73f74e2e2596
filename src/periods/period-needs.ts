import type { Actor, SeatRole } from '../kernel/actor.ts'
import type { Clock, Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Notify } from '../notices/index.ts'
import type { UnitTree } from '../organisations/index.ts'
import type { SchoolRow, SnapshotStore, Snapshot, UnitReserve } from '../rollups/index.ts'
import type { Duty } from './duty.ts'
import type { DutyStore } from './duty-store.ts'
import type { Period, PeriodKind } from './period.ts'
import type { PeriodStore } from './period-store.ts'
import type { PeriodSettings } from './proposed-days.ts'

/** The paper that the period ends in (`Báo cáo của Sở gửi Bộ`); it is signed once, where it is written. */
export interface SignedReport {
  readonly href: string
  readonly signed?: { readonly number: string; readonly date: Day }
}

/** Everything that periods, duties and reminders need; app.ts puts it together. */
export interface PeriodNeeds {
  readonly periods: PeriodStore
  readonly duties: DutyStore
  readonly snapshots: SnapshotStore
  readonly tree: () => Promise<UnitTree>
  readonly provinceId: () => Promise<string>
  readonly settings: (year: WorkingYear, kind: PeriodKind) => Promise<PeriodSettings>
  readonly holidays: (year: WorkingYear) => Promise<ReadonlySet<Day>>
  /** Every school under the unit on the day, with its facts of now. */
  readonly rowsFor: (unitId: string, year: WorkingYear, day: Day) => Promise<readonly SchoolRow[]>
  /** What the unit and those below it on the day keep back of their targets now. */
  readonly reservesFor: (unitId: string, year: WorkingYear, day: Day) => Promise<readonly UnitReserve[]>
  /** Where a school stands in what the period asks: shown to those who send and those who accept. */
  readonly standingOf: (schoolId: string, year: WorkingYear) => Promise<SchoolStanding>
  /** The Sở's report of the period: where it is written and signed, and number and day once it is, on the figures in force. */
  readonly report: (period: Period) => Promise<SignedReport>
  /** What the check of the Sở's tables finds before they are signed. */
  readonly lint: (snapshot: Snapshot) => Promise<readonly Unmet[]>
  /** Persons who hold one of the seats in the unit today. */
  readonly holdersOf: (unitId: string, roles: readonly SeatRole[]) => Promise<readonly string[]>
  /** Persons in charge of accreditation in the unit, besides its head or leads. */
  readonly inChargeOf: (unitId: string) => Promise<readonly string[]>
  readonly notify: Notify
  readonly history: (subject: { readonly kind: string; readonly id: string }) => Promise<readonly JournalEntry[]>
  readonly unitInForce: (actor: Actor, chosen: string | undefined) => string | undefined
  readonly now: Clock
}

/** What a school has to show for itself in a period. */
export interface SchoolStanding {
  readonly assessment?: {
    readonly state: string
    readonly tone: string
    /** Until the report is sent only the school's own people may open it. */
    readonly href: string
    readonly sent: boolean
    readonly level?: number
  }
  readonly reconciliation: { readonly done: boolean; readonly label: string; readonly href: string }
  readonly figures: { readonly entered: boolean; readonly href: string }
}

/** A period with the duty of one unit in it. */
export interface OpenDuty {
  readonly period: Period
  readonly duty: Duty
}
