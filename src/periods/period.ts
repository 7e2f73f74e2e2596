import { addDays, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { PeriodState } from './period-machine.ts'

/** Start of the year: figures and targets; end of the year: results of self-assessment and titles (process § 7.1). */
export type PeriodKind = 'start' | 'end'

/** Which tables the Sở's report of the period has; their contents are the papers' business. */
export type TableSet = 'figures' | 'accreditation'

/** Every day of a period; the tree and the facts of `closing` are what is reported. */
export interface PeriodDays {
  /** Closing of figures at the middle level; a school's figures should stand by then. */
  readonly unitClosing: Day
  readonly schoolDue: Day
  readonly unitDue: Day
  /** The Sở's closing day; figures are frozen when it ends. */
  readonly closing: Day
  readonly provinceDue: Day
  readonly ministryDue: Day
}

/** What the Sở asks for; editable while the period is planned. */
export interface PeriodPlan extends PeriodDays {
  readonly name: string
  readonly tableSet: TableSet
  /** A school may send only when its reconciliation has been confirmed by its head. */
  readonly asksReconciliation: boolean
}

/** One reporting period of the province; it also is the Sở's own duty towards the ministry. */
export interface Period extends PeriodPlan {
  /** `2025-2026-dau-nam` or `2025-2026-cuoi-nam`: one of each kind a year. */
  readonly id: string
  readonly provinceId: string
  readonly year: WorkingYear
  readonly kind: PeriodKind
  readonly state: PeriodState
  readonly machine: string
  readonly rev: number
  /** Every obliged unit has its duty document; a crash in between is finished at the next start. */
  readonly dutiesMade: boolean
  /** Version of the frozen figures in force, 0 before the closing. */
  readonly version: number
  readonly snapshotId?: string
  /** The Sở's own dispatch to the ministry. */
  readonly dispatch?: { readonly number: string; readonly date: Day }
  readonly corrections: readonly PeriodCorrection[]
  readonly outbox: readonly JournalEntry[]
}

/** Why the frozen figures have a later version. */
export interface PeriodCorrection {
  readonly version: number
  readonly reason: string
  readonly unitIds: readonly string[]
  readonly by: string
  readonly at: Date
}

const KIND_SLUGS: Readonly<Record<PeriodKind, string>> = { start: 'dau-nam', end: 'cuoi-nam' }

export const KIND_NAMES: Readonly<Record<PeriodKind, string>> = { start: 'Đầu năm học', end: 'Cuối năm học' }

export const TABLE_SET_NAMES: Readonly<Record<TableSet, string>> = {
  figures: 'Số liệu, chỉ tiêu, kế hoạch và đăng ký',
  accreditation: 'Kết quả tự đánh giá, kiểm định và chuẩn quốc gia',
}

export const periodId = (year: WorkingYear, kind: PeriodKind): string => `${year}-${KIND_SLUGS[kind]}`

export const periodHref = (id: string): string => `/ky-bao-cao/${encodeURIComponent(id)}`

/** Whether units may still send: from the opening until the Sở has put its tables together. */
export const isRunning = ({ state }: Pick<Period, 'state'>): boolean => state === 'open' || state === 'locked'

/** The end of the closing day in Việt Nam. */
export const closingInstant = ({ closing }: Pick<Period, 'closing'>): Date =>
  new Date(`${addDays(closing, 1)}T00:00:00+07:00`)
