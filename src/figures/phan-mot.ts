import { printNumber } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import { tablesFor } from './definition.ts'
import { askedIn, cellsOf, computeAll, type FigureRow, type FigureTable, type FigureValues } from './figure-table.ts'
import { valuesOf, type FiveYears } from './figure-year.ts'

/** One printed table of Phần I; `cells` are ready to print, `values` are the numbers behind them. */
export interface PhanMotTable {
  readonly id: string
  readonly title: string
  /** School years, oldest left, or the named columns of the table of today's staff. */
  readonly columns: readonly string[]
  readonly rows: readonly PhanMotRow[]
}

export interface PhanMotRow {
  readonly key: string
  readonly label: string
  readonly indent: 0 | 1
  readonly total: boolean
  readonly values: readonly (number | null)[]
  readonly cells: readonly string[]
}

/** `1.234`, `35,4`, `66,7`; a missing number is `–`, never 0. */
export const printFigure = (value: number | null, unit: FigureRow['unit']): string =>
  value === null ? '–' : printNumber(value, unit === 'count' ? 0 : unit === 'ratio' ? 2 : 1)

/** The numbers of one school year: typed ones, or with the computed ones beside them. */
export interface YearValues {
  readonly year: WorkingYear
  readonly values: FigureValues
}

/** Every table of Phần I of the report for a school of these levels; a pure function of the five documents. */
export const phanMotTables = (levels: readonly SchoolLevel[], figures: FiveYears): readonly PhanMotTable[] =>
  tablesOfYears(levels, typedIn(figures))

/** The typed numbers of the five documents, years oldest first. */
export const typedIn = ({ sheets }: FiveYears): readonly YearValues[] =>
  sheets.map(sheet => ({ year: sheet.year, values: valuesOf(sheet) }))

/** The same from typed numbers, years oldest first. */
export function tablesOfYears(levels: readonly SchoolLevel[], years: readonly YearValues[]): readonly PhanMotTable[] {
  const tables = tablesFor(levels)
  const byYear = years.map(({ year, values }) => ({ year, values: computeAll(tables, values) }))
  return tables.map(table => printed(table, byYear))
}

function printed(table: FigureTable, years: readonly YearValues[]): PhanMotTable {
  const last = years.at(-1)
  return {
    id: table.id,
    title: table.title,
    columns: table.shape === 'years' ? years.map(({ year }) => year) : table.columns.map(({ label }) => label),
    rows: table.rows
      .filter(row => table.shape === 'columns' || years.some(({ year }) => askedIn(row, year)))
      .map(row => {
        const values =
          table.shape === 'years'
            ? years.map(of => (askedIn(row, of.year) ? (of.values[row.key] ?? null) : null))
            : cellsOf(table, row).map(cell => last?.values[cell.key] ?? null)
        return {
          key: row.key,
          label: row.label,
          indent: row.indent,
          total: row.total ?? false,
          values,
          cells: values.map(value => printFigure(value, row.unit)),
        }
      }),
  }
}
