import type { School } from '../organisations/index.ts'
import { rowsFor, type Block } from './compared-rows.ts'
import type { FigureYear } from './figure-year.ts'
import { comparisonOf } from './reconcile.ts'
import { isConfirmed, type Assigned, type Comparison, type ReconciliationState } from './reconciliation.ts'

/** One school beside the others of its unit. */
export interface ReconciledSchool {
  readonly school: School
  readonly rev: number
  /** `none`: nobody has begun the form. */
  readonly state: ReconciliationState | 'none'
  readonly rows: readonly Comparison[]
}

export const reconciledSchool = (school: School, figures: FigureYear): ReconciledSchool => ({
  school,
  rev: figures.rev,
  state: figures.reconciliation?.state ?? 'none',
  rows: comparisonOf(school, figures),
})

/** A row summed over schools; a school without the number is absent, never zero. */
export interface SumRow {
  readonly key: string
  readonly block: Block
  readonly label: string
  readonly unit: string
  readonly total: boolean
  readonly assigned: number | null
  readonly current: number | null
  /** Over the schools that have both numbers; null where none has. */
  readonly difference: number | null
  /** Chỉ tiêu dự phòng of the unit and of those below it. */
  readonly reserve: number | null
  /** Schools that ask for the number and have not given it, or were assigned one that need not be and have not given it. */
  readonly missing: number
}

const ALL_LEVELS = ['mam_non', 'tieu_hoc', 'thcs', 'thpt'] as const

/** A row's sum while it grows. */
interface Sum {
  assigned: number | null
  current: number | null
  difference: number | null
  reserve: number | null
  missing: number
}

const plus = (a: number | null, b: number | null): number | null => (b === null ? a : (a ?? 0) + b)

/**
 * Sums of a unit by the rows of the form: those of its schools, and its reserve beside them (forms § 13). A row that no
 * school has and for which nothing is kept in reserve is left out.
 */
export function sumsOf(schools: readonly ReconciledSchool[], reserves: readonly Assigned[]): readonly SumRow[] {
  const sums = new Map<string, Sum>()
  const sumOf = (key: string): Sum => {
    const known = sums.get(key) ?? { assigned: null, current: null, difference: null, reserve: null, missing: 0 }
    sums.set(key, known)
    return known
  }
  for (const { rows } of schools) {
    for (const { key, assigned, current, difference, optional } of rows) {
      if (optional && assigned === null && current === null) continue
      const sum = sumOf(key)
      sum.assigned = plus(sum.assigned, assigned)
      sum.current = plus(sum.current, current)
      sum.difference = plus(sum.difference, difference)
      // Nobody owes the number of a row like campuses until some are assigned.
      if (current === null || (assigned === null && !optional)) sum.missing++
    }
  }
  for (const { key, value } of reserves.flat()) {
    const sum = sumOf(key)
    sum.reserve = plus(sum.reserve, value)
  }
  return rowsFor(ALL_LEVELS).flatMap(({ key, block, label, unit, of }) => {
    const sum = sums.get(key)
    if (!sum || (sum.assigned === null && sum.current === null && sum.reserve === null && sum.missing === 0)) return []
    return [{ key, block, label, unit, total: of !== undefined, ...sum }]
  })
}

/** How many schools stand where; `begun` ones count as drafting. */
export function statesOf(schools: readonly ReconciledSchool[]): Readonly<Record<ReconciliationState | 'none', number>> {
  const counts = { none: 0, drafting: 0, explained: 0, confirmed: 0, verified: 0, provinceVerified: 0, disputed: 0 }
  for (const { state } of schools) counts[state]++
  return counts
}

/** Rows of a school whose numbers differ, and of those the ones without a reason. */
export function differencesOf({ rows }: ReconciledSchool): { readonly all: number; readonly unexplained: number } {
  const differing = rows.filter(({ of, difference }) => of === undefined && difference !== null && difference !== 0)
  return { all: differing.length, unexplained: differing.filter(({ explanation }) => !explanation).length }
}

/** Schools whose head has not confirmed: a unit's sums do not hold for them yet. */
export const unconfirmed = (schools: readonly ReconciledSchool[]): readonly ReconciledSchool[] =>
  schools.filter(({ state }) => !isConfirmed(state))
