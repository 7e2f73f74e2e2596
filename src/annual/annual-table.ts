import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { SchoolRow, UnitReserve } from '../rollups/index.ts'

/** The schools of one unit in one year on one closing day. */
export interface YearFacts {
  readonly year: WorkingYear
  readonly closingDay: Day
  readonly rows: readonly SchoolRow[]
  /** Chỉ tiêu dự phòng of the unit and of those below it; absent: frozen without them. */
  readonly reserves?: readonly UnitReserve[]
}

/** One figure with the schools that it counts; `schools` are ids, in the order of the rows. */
export type FigureCell =
  | { readonly kind: 'count'; readonly value: number; readonly schools: readonly string[] }
  /**
   * A sum of figures that schools entered; absent when none did. `schools` are those that did; of a signed one, a sum of
   * differences, those that differ. `units`: managing units whose reserve it adds.
   */
  | {
      readonly kind: 'sum'
      readonly value?: number
      readonly signed?: boolean
      readonly schools: readonly string[]
      readonly units?: readonly string[]
    }
  /** `part` of `whole` in percent; `schools` are those of the part. */
  | { readonly kind: 'share'; readonly part: number; readonly whole: number; readonly schools: readonly string[] }
  /** A percentage that counts no schools of this year: last year's, or a target. */
  | { readonly kind: 'percent'; readonly value?: number }
  /** Difference of two percentages, in points. */
  | { readonly kind: 'points'; readonly value?: number }
  | { readonly kind: 'text'; readonly text: string; readonly schools?: readonly string[] }
  | { readonly kind: 'day'; readonly day?: Day }
  /** A number that somebody typed or that is no count of schools. */
  | { readonly kind: 'number'; readonly value?: number; readonly decimals?: number; readonly signed?: boolean }

export interface TableColumn {
  readonly id: string
  readonly head: string
  /** Heads above it, topmost first. */
  readonly under?: readonly string[]
  /** Share of the width; 1 when absent. */
  readonly width?: number
  /** Texts stand left, everything else right. */
  readonly text?: boolean
}

export interface TableRow {
  /** Unique within the table; part of the address of its figures. */
  readonly key: string
  readonly label: string
  readonly indent?: 0 | 1 | 2
  readonly total?: boolean
  readonly cells: readonly FigureCell[]
}

/** A table of an annual report: what is printed, written to a spreadsheet and opened on screen. */
export interface AnnualTable {
  /** `P1`–`P15` of the Sở, `M1`–`M6` of a unit. */
  readonly id: string
  readonly title: string
  /** Head of the column of row labels. */
  readonly rowsHead: string
  readonly labelWidth?: number
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableRow[]
  readonly notes: readonly string[]
}

/** Which rows a line of a table counts; `facts` absent: nothing is known of that year. */
export interface RowGroup {
  readonly key: string
  readonly label: string
  readonly indent?: 0 | 1 | 2
  readonly total?: boolean
  readonly facts: YearFacts | undefined
  /** The same line a year ago. */
  readonly before?: YearFacts | undefined
  /** Target in percent of the line by column. */
  readonly target?: (columnId: string) => number | undefined
}

type Counts = (row: SchoolRow, facts: YearFacts) => boolean

/** A column of a table of numbers, as data; columns name each other by their ids. */
export type StatColumn = Pick<TableColumn, 'id' | 'head' | 'under' | 'width'> &
  (
    | { readonly counts: Counts }
    | { readonly share: string; readonly of: string }
    | { readonly sum: (row: SchoolRow) => number | undefined; readonly signed?: boolean }
    /** Last year's value of a column of shares. */
    | { readonly lastYear: string }
    /** Points gained or lost by a column of shares. */
    | { readonly change: string }
    /** The target typed for a column of shares. */
    | { readonly target: string }
  )

export interface StatTable {
  readonly id: string
  readonly title: string
  readonly rowsHead: string
  readonly columns: readonly StatColumn[]
  readonly notes?: readonly string[]
}

/** Percent with all its decimals; undefined when there is nothing to divide by. */
export const percentOf = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : (part / whole) * 100

/** Percent as it is printed: one decimal, so that differences of printed numbers are exact. */
export const printedPercent = (part: number, whole: number): number | undefined => {
  const exact = percentOf(part, whole)
  return exact === undefined ? undefined : Math.round(exact * 10) / 10
}

/** Computes every cell; a year of which nothing is known gives empty cells, never zeros. */
export const statTable = (spec: StatTable, groups: readonly RowGroup[]): AnnualTable => ({
  id: spec.id,
  title: spec.title,
  rowsHead: spec.rowsHead,
  columns: spec.columns.map(({ id, head, under, width }) => ({
    id,
    head,
    ...(under && { under }),
    ...(width !== undefined && { width }),
  })),
  rows: groups.map(group => ({
    key: group.key,
    label: group.label,
    ...(group.indent !== undefined && { indent: group.indent }),
    ...(group.total === true && { total: true }),
    cells: spec.columns.map(column => cellOf(spec, column, group)),
  })),
  notes: spec.notes ?? [],
})

function cellOf(spec: StatTable, column: StatColumn, group: RowGroup): FigureCell {
  if ('target' in column) return { kind: 'percent', ...some(group.target?.(column.target)) }
  if ('lastYear' in column) return { kind: 'percent', ...some(percentIn(spec, column.lastYear, group.before)) }
  if ('change' in column) {
    const [now, then] = [group.facts, group.before].map(facts => percentIn(spec, column.change, facts))
    const points = now === undefined || then === undefined ? undefined : Math.round((now - then) * 10) / 10
    return { kind: 'points', ...some(points) }
  }
  const { facts } = group
  if (!facts) return { kind: 'text', text: '–' }
  if ('share' in column) {
    const part = counted(spec, column.share, facts)
    return {
      kind: 'share',
      part: part.length,
      whole: counted(spec, column.of, facts).length,
      schools: part.map(idOf),
    }
  }
  if ('sum' in column) {
    const known = facts.rows.flatMap(row => {
      const value = column.sum(row)
      return value === undefined ? [] : [{ id: row.schoolId, value }]
    })
    const total = known.length === 0 ? undefined : known.reduce((sum, { value }) => sum + value, 0)
    const { signed = false } = column
    const behind = signed ? known.filter(({ value }) => value !== 0) : known
    return { kind: 'sum', ...some(total), ...(signed && { signed }), schools: behind.map(({ id }) => id) }
  }
  const rows = facts.rows.filter(row => column.counts(row, facts))
  return { kind: 'count', value: rows.length, schools: rows.map(idOf) }
}

const some = (value: number | undefined): { readonly value?: number } => (value === undefined ? {} : { value })

const idOf = (row: SchoolRow): string => row.schoolId

function counted(spec: StatTable, id: string, facts: YearFacts): readonly SchoolRow[] {
  const column = spec.columns.find(each => each.id === id)
  if (!column || !('counts' in column)) throw new Error(`${spec.id} has no column of counts “${id}”`)
  return facts.rows.filter(row => column.counts(row, facts))
}

function percentIn(spec: StatTable, id: string, facts: YearFacts | undefined): number | undefined {
  const column = spec.columns.find(each => each.id === id)
  if (!column || !('share' in column)) throw new Error(`${spec.id} has no column of shares “${id}”`)
  if (!facts) return undefined
  return printedPercent(counted(spec, column.share, facts).length, counted(spec, column.of, facts).length)
}

/** A line and a column of a table; undefined when the table has no such place. */
export function cellAt(table: AnnualTable, rowKey: string, columnId: string): FigureCell | undefined {
  const column = table.columns.findIndex(each => each.id === columnId)
  return table.rows.find(row => row.key === rowKey)?.cells[column]
}

/** The schools behind a figure; empty for figures that count none. */
export const schoolsOf = (cell: FigureCell): readonly string[] => ('schools' in cell ? (cell.schools ?? []) : [])

/** The managing units whose reserve a figure adds; empty for all others. */
export const unitsOf = (cell: FigureCell): readonly string[] => (cell.kind === 'sum' ? (cell.units ?? []) : [])
