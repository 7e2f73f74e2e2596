import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { TitleKind } from '../rollups/index.ts'
import type { YearFacts } from './annual-table.ts'
import type { Targets } from './row-groups.ts'

/** A school that is to be recognised next year, as the officer has listed it. */
export interface PlannedTitle {
  readonly schoolId: string
  readonly kind: TitleKind
  readonly grade: 1 | 2 | 3 | 4
  /** Đợt: free words, e.g. `Đợt 1 (tháng 11)`. */
  readonly batch: string
}

/** One line of money, in đồng (forms § 12, P15). */
export interface BudgetLine {
  readonly source: string
  readonly content: string
  readonly planned: number
  readonly used: number
}

/** What a unit knows besides its schools: typed by its officer, kept with the report. */
export interface TypedFacts {
  readonly targets: Targets
  readonly plans: readonly PlannedTitle[]
  readonly budget: readonly BudgetLine[]
  /** Persons with a training certificate for external assessment, by place of work; days that teams worked. */
  readonly assessors: readonly { readonly place: string; readonly persons: number }[]
  readonly personDays?: number
}

export const NOTHING_TYPED: TypedFacts = { targets: {}, plans: [], budget: [], assessors: [] }

/** Everything that the tables of one report are computed from; the same facts give the same tables. */
export interface AnnualFacts extends YearFacts {
  readonly unit: { readonly id: string; readonly name: string; readonly isProvince: boolean }
  /** Absent: nothing is kept of the year before. */
  readonly before?: YearFacts
  /** Oldest first, this year last; a year of which nothing is known has no rows. */
  readonly history: readonly (Pick<YearFacts, 'year'> & Partial<YearFacts>)[]
  readonly unitName: (unitId: string) => string
  /** Official title of a criterion or indicator of the set that the school was assessed by. */
  readonly criterionTitle: (setHash: string, code: string) => string
  /** Days on which a school was reminded. */
  readonly reminders: ReadonlyMap<string, readonly Day[]>
  /** Words of the window of registration that a day falls in: `Đợt 1 (đến 31/07/2026)`. */
  readonly batchOf: (day: Day) => string
  readonly typed: TypedFacts
}

/** The year in which the territory changed; totals by place before and after it do not compare (process § 8). */
export const TWO_TIERS_FROM = '2025-07-01'

export const spansTwoTiers = (years: readonly WorkingYear[]): boolean =>
  years.some(year => year < '2025-2026') && years.some(year => year >= '2025-2026')
