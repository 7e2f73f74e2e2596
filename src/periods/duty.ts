import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { SchoolKind, UnitKind } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { DutyEvent, DutyState } from './duty-machine.ts'

/** What one unit owes in one period. */
export interface Duty {
  /** `<periodId>:<unitId>` */
  readonly id: string
  readonly periodId: string
  readonly year: WorkingYear
  readonly unitId: string
  readonly unitKind: UnitKind
  /** Only of schools. */
  readonly schoolKind?: SchoolKind
  /** The unit's name on the closing day. */
  readonly name: string
  /** The unit above on the closing day: it accepts, returns, excuses. */
  readonly parentId: string
  /** The managing chain on the closing day, nearest first. */
  readonly ancestors: readonly string[]
  readonly due: Day
  readonly state: DutyState
  readonly machine: string
  readonly rev: number
  /** What the unit says when it sends: difficulties, proposals. */
  readonly note?: string
  readonly sentAt?: Date
  readonly sentBy?: string
  readonly returns: number
  readonly returned?: { readonly reason: string; readonly by: string; readonly at: Date }
  readonly acceptedAt?: Date
  /** Why the last acceptance was taken back. */
  readonly acceptanceWithdrawn?: { readonly reason: string; readonly by: string; readonly at: Date }
  /** Why nothing was asked of the unit; read while it is excused. */
  readonly excusedFor?: string
  /** Why the unit has to report after all. */
  readonly excuseRecalled?: { readonly reason: string; readonly by: string; readonly at: Date }
  readonly reminders: readonly Reminder[]
  /** Events of which the people concerned have not been told yet, each with the revision that it made. */
  readonly untold: readonly { readonly event: DutyEvent['type'] | 'open'; readonly rev: number }[]
  readonly outbox: readonly JournalEntry[]
}

/** When somebody was reminded of a duty: by the clock at a step of the ladder, or by the level above. */
export interface Reminder {
  readonly step: string
  readonly on: Day
}

export const dutyId = (periodId: string, unitId: string): string => `${periodId}:${unitId}`

export const dutyHref = ({ periodId, unitId }: Pick<Duty, 'periodId' | 'unitId'>): string =>
  `/ky-bao-cao/${encodeURIComponent(periodId)}/don-vi/${encodeURIComponent(unitId)}`

/** The step that excuses a unit, in its address. */
export const EXCUSE_SLUG = 'khong-phai-bao-cao'

/** Neither sent nor excused; whether the unit still owes it, the tree says (`owes`). */
export const isUnsent = ({ state }: Pick<Duty, 'state'>): boolean => state === 'due' || state === 'inProgress'

/** Nothing more is asked of the unit. */
export const isSettled = ({ state }: Pick<Duty, 'state'>): boolean => state === 'accepted' || state === 'excused'
