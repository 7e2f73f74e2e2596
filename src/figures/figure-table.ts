import type { WorkingYear } from '../kernel/working-year.ts'

/** The typed numbers of one school and school year by cell key; null is “not known”, never 0. */
export type FigureValues = Readonly<Record<string, number | null>>

export type FigureUnit = 'count' | 'percent' | 'ratio'

/** A computed cell: a sum of cells, a quotient of two cells, or another cell shown again. Absent parts give no result. */
export type Formula =
  | { readonly kind: 'sum'; readonly of: readonly string[] }
  | { readonly kind: 'ratio'; readonly part: string; readonly whole: string }
  | { readonly kind: 'share'; readonly part: string; readonly whole: string }
  | { readonly kind: 'same'; readonly as: string }

/** One line of a table; typed in when it has no formula. */
export interface FigureRow {
  /** Cell key, or its first part where the table has columns. */
  readonly key: string
  readonly label: string
  readonly unit: FigureUnit
  readonly indent: 0 | 1
  readonly formula?: Formula
  /** A total, printed bold. */
  readonly total?: boolean
  /** School years in which the category existed; outside them nothing is asked. */
  readonly firstYear?: WorkingYear
  readonly lastYear?: WorkingYear
  /** Named, optional detail: it may stay empty without being missed. */
  readonly optional?: boolean
}

interface TableBase {
  readonly id: string
  /** Heading as in the report, with its number. */
  readonly title: string
  readonly rows: readonly FigureRow[]
}

/** Five school years side by side. */
export interface YearsTable extends TableBase {
  readonly shape: 'years'
}

/** One school year with named columns; the cell key is `<row>.<column>`. */
export interface ColumnsTable extends TableBase {
  readonly shape: 'columns'
  readonly columns: readonly { readonly key: string; readonly label: string }[]
}

export type FigureTable = YearsTable | ColumnsTable

/** Whether the row asks for a number in this school year. */
export const askedIn = (row: FigureRow, year: WorkingYear): boolean =>
  (row.firstYear === undefined || year >= row.firstYear) && (row.lastYear === undefined || year <= row.lastYear)

/** One cell of a table: its key and how it is computed, if it is. */
export interface FigureCell {
  readonly key: string
  readonly row: FigureRow
  readonly column?: string
  readonly formula?: Formula
}

const inColumn = (formula: Formula, column: string): Formula =>
  formula.kind === 'sum' ? { kind: 'sum', of: formula.of.map(key => `${key}.${column}`) } : formula

/** The cells of a row: one, or one per column (a sum is then taken per column). */
export function cellsOf(table: FigureTable, row: FigureRow): readonly FigureCell[] {
  const { formula } = row
  if (table.shape === 'years') return [{ key: row.key, row, ...(formula ? { formula } : {}) }]
  return table.columns.map(({ key, label }) => ({
    key: `${row.key}.${key}`,
    row,
    column: label,
    ...(formula ? { formula: inColumn(formula, key) } : {}),
  }))
}

export const cellsOfTable = (table: FigureTable): readonly FigureCell[] =>
  table.rows.flatMap(row => cellsOf(table, row))

/** Cells in which a number is typed. */
export const typedCells = (tables: readonly FigureTable[]): readonly FigureCell[] =>
  tables.flatMap(cellsOfTable).filter(cell => cell.formula === undefined)

const known = new WeakMap<readonly FigureTable[], ReadonlyMap<string, FigureCell>>()

/** The cells of these tables; thousands of schools share a handful of tables. */
function cellsByKey(tables: readonly FigureTable[]): ReadonlyMap<string, FigureCell> {
  const before = known.get(tables)
  if (before) return before
  const cells = new Map(tables.flatMap(cellsOfTable).map(cell => [cell.key, cell]))
  known.set(tables, cells)
  return cells
}

/** Reads single cells, typed and computed, of one school year; a computed one is null as soon as a part is missing. */
export function cellReader(tables: readonly FigureTable[], values: FigureValues): (key: string) => number | null {
  const cells = cellsByKey(tables)
  const results = new Map<string, number | null>()
  const valueOf = (key: string): number | null => {
    const before = results.get(key)
    if (before !== undefined) return before
    const formula = cells.get(key)?.formula
    if (!formula) return values[key] ?? null
    // A formula that leads back to itself finds nothing instead of running for ever.
    results.set(key, null)
    const value = evaluate(formula, valueOf)
    results.set(key, value)
    return value
  }
  return valueOf
}

/** Every cell, typed and computed, of one school year. */
export function computeAll(tables: readonly FigureTable[], values: FigureValues): FigureValues {
  const valueOf = cellReader(tables, values)
  return Object.fromEntries([...cellsByKey(tables).keys()].map(key => [key, valueOf(key)]))
}

function evaluate(formula: Formula, valueOf: (key: string) => number | null): number | null {
  if (formula.kind === 'same') return valueOf(formula.as)
  if (formula.kind === 'sum') {
    const parts = formula.of.map(valueOf)
    return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0)
  }
  const part = valueOf(formula.part)
  const whole = valueOf(formula.whole)
  if (part === null || whole === null || whole === 0) return null
  return formula.kind === 'share' ? (part / whole) * 100 : part / whole
}
