import type { WorkingYear } from '../kernel/working-year.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import { tablesFor } from './definition.ts'
import { askedIn, typedCells } from './figure-table.ts'
import type { FiveYears } from './figure-year.ts'
import { tablesOfYears, typedIn, type PhanMotTable } from './phan-mot.ts'

/**
 * The numbers of Phần I that one sending of a report carried: the typed cells alone, each with its value in every year.
 * Keys hold dots, so they are values here and no field names.
 */
export interface SentFigures {
  readonly levels: readonly SchoolLevel[]
  /** Oldest first. */
  readonly years: readonly WorkingYear[]
  readonly cells: readonly { readonly key: string; readonly values: readonly (number | null)[] }[]
}

/** What is kept of the five documents with a sending; cells that no year has a number for are left out. */
export function sentFigures(levels: readonly SchoolLevel[], figures: FiveYears): SentFigures {
  const byYear = typedIn(figures)
  const cells = typedCells(tablesFor(levels)).map(({ key, row }) => ({
    key,
    values: byYear.map(({ year, values }) => (askedIn(row, year) ? (values[key] ?? null) : null)),
  }))
  return {
    levels,
    years: byYear.map(({ year }) => year),
    cells: cells.filter(({ values }) => values.some(value => value !== null)),
  }
}

/** The tables of Phần I as that sending printed them. */
export const tablesOfSent = ({ levels, years, cells }: SentFigures): readonly PhanMotTable[] =>
  tablesOfYears(
    levels,
    years.map((year, index) => ({
      year,
      values: Object.fromEntries(cells.map(({ key, values }) => [key, values[index] ?? null])),
    })),
  )
