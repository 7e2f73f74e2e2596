import { headKey, shown, take, type ColumnSpec, type RowOf } from './column-spec.ts'
import {
  readGrids,
  USUAL_LIMITS,
  WorkbookRefused,
  type Grid,
  type GridValue,
  type WorkbookLimits,
} from './read-workbook.ts'
import { cellAddress } from './sheet-table.ts'

/** What is wrong with one cell, for the person who filled it in. */
export interface CellFault {
  readonly sheet: string
  /** `C7`; empty when the file as a whole is meant. */
  readonly cell: string
  readonly message: string
  /** What stands in the cell. */
  readonly value: string
}

export interface ReadRow<Row> {
  /** Its number in the sheet, from 1. */
  readonly number: number
  readonly values: Row
}

export interface ReadTable<Row> {
  readonly sheet: string
  /** Rows without a fault; those with one are only in `faults`. */
  readonly rows: readonly ReadRow<Row>[]
  readonly faults: readonly CellFault[]
  /** Keys of the columns that the file has. */
  readonly columns: ReadonlySet<string>
  /** A fault that a rule of the caller found at this row and column. */
  readonly faultAt: (row: ReadRow<Row>, key: keyof Row & string, message: string) => CellFault
}

export interface ReadOptions {
  /** The sheet's name; the first one whose heads fit when nothing is said. */
  readonly sheet?: string
  readonly limits?: WorkbookLimits
}

/** Title and notes above the head may take so many rows. */
const HEAD_WITHIN = 40
/** In a head of several rows the text may stand so many rows above the lowest. */
const HEAD_DEPTH = 3
/** After so many the list says that there are more: nobody mends thousands one by one. */
const MAX_FAULTS = 500

/**
 * Reads the rows under the heads of `columns`. Titles above, other columns, empty rows and the order of columns do
 * not matter. A file that cannot be read gives no rows and one fault; nothing is thrown for what a person sent.
 */
export async function readRows<const Specs extends readonly ColumnSpec[]>(
  bytes: Buffer,
  columns: Specs,
  options: ReadOptions = {},
): Promise<ReadTable<RowOf<Specs>>> {
  try {
    return rowsOfGrids(await readGrids(bytes, options.limits ?? USUAL_LIMITS), columns, options.sheet)
  } catch (error) {
    if (error instanceof WorkbookRefused) return nothingRead('', '', error.message)
    throw error
  }
}

/** The same for sheets already read. */
export function rowsOfGrids<const Specs extends readonly ColumnSpec[]>(
  grids: readonly Grid[],
  columns: Specs,
  sheet?: string,
): ReadTable<RowOf<Specs>> {
  const candidates = sheet === undefined ? grids : grids.filter(grid => headKey(grid.sheet) === headKey(sheet))
  if (candidates.length === 0) return nothingRead(sheet ?? '', '', `Tệp không có trang tính “${sheet ?? ''}”.`)
  const found = candidates
    .map(grid => ({ grid, head: headOf(grid, columns) }))
    .toSorted((a, b) => b.head.fit - a.head.fit)[0]
  const name = found?.grid.sheet ?? ''
  if (!found || found.head.fit === 0) {
    const heads = columns.map(({ head }) => `“${head}”`).join(', ')
    return nothingRead(name, 'A1', `Không tìm thấy dòng tiêu đề cột. Tệp cần có các cột: ${heads}.`)
  }
  const missing = columns.filter(spec => spec.required && !found.head.at.has(spec.key))
  if (missing.length > 0) {
    const heads = missing.map(({ head }) => `“${head}”`).join(', ')
    return nothingRead(name, cellAddress(found.head.row + 1, 1), `Thiếu cột ${heads}.`)
  }
  return rowsUnder(found.grid, found.head, columns)
}

function nothingRead<Row>(sheet: string, cell: string, message: string): ReadTable<Row> {
  const fault = { sheet, cell, message, value: '' }
  return { sheet, rows: [], faults: [fault], columns: new Set(), faultAt: () => fault }
}

interface Head {
  /** Index of the lowest head row. */
  readonly row: number
  /** Column index of each key that was found. */
  readonly at: ReadonlyMap<string, number>
  readonly fit: number
}

/** The row that bears most of the heads; the uppermost of several that bear as many. */
function headOf({ rows }: Grid, columns: readonly ColumnSpec[]): Head {
  const wanted = new Map(
    columns.flatMap(({ key, head, alsoHead = [] }) => [head, ...alsoHead].map(text => [headKey(text), key])),
  )
  let best: Head = { row: 0, at: new Map(), fit: 0 }
  for (let row = 0; row < Math.min(rows.length, HEAD_WITHIN); row++) {
    const at = new Map<string, number>()
    let own = 0
    for (let column = 0; column < (rows[row]?.length ?? 0); column++) {
      const text = headText(rows, row, column)
      const key = wanted.get(headKey(text))
      if (key === undefined || at.has(key)) continue
      at.set(key, column)
      if (shown(rows[row]?.[column] ?? null) === text) own++
    }
    // A row below the head finds the same heads above itself but bears none of them.
    if (own > 0 && at.size > best.fit) best = { row, at, fit: at.size }
  }
  return best
}

/** The head of a column: its own cell, or the one that reaches down to it. */
function headText(rows: Grid['rows'], row: number, column: number): string {
  for (let up = row; up >= Math.max(0, row - HEAD_DEPTH + 1); up--) {
    const text = shown(rows[up]?.[column] ?? null)
    if (text !== '') return text
  }
  return ''
}

function rowsUnder<const Specs extends readonly ColumnSpec[]>(
  grid: Grid,
  head: Head,
  columns: Specs,
): ReadTable<RowOf<Specs>> {
  const present = columns.flatMap(spec => {
    const at = head.at.get(spec.key)
    return at === undefined ? [] : [{ spec, at }]
  })
  const faults: CellFault[] = []
  const rows: ReadRow<RowOf<Specs>>[] = []
  for (let index = head.row + 1; index < grid.rows.length; index++) {
    const cells = grid.rows[index] ?? []
    if (isEmptyOrNumbering(present.map(({ at }) => cells[at] ?? null))) continue
    const before = faults.length
    const values: Record<string, string | number | undefined> = {}
    for (const { spec, at } of present) {
      const cell = cells[at] ?? null
      const taken = take(spec, cell)
      if ('fault' in taken) {
        faults.push({
          sheet: grid.sheet,
          cell: cellAddress(index + 1, at + 1),
          message: taken.fault,
          value: shown(cell),
        })
      } else values[spec.key] = taken.value
    }
    // Each key was taken by its own column, and a required one that is missing is a fault: the row has RowOf's shape.
    if (faults.length === before) rows.push({ number: index + 1, values: values as RowOf<Specs> })
    if (faults.length >= MAX_FAULTS) {
      faults.push({
        sheet: grid.sheet,
        cell: '',
        message: `Quá ${MAX_FAULTS} ô sai; các dòng sau chưa được xem.`,
        value: '',
      })
      break
    }
  }
  return {
    sheet: grid.sheet,
    rows,
    faults,
    columns: new Set(present.map(({ spec }) => spec.key)),
    faultAt: (row, key, message) => {
      const at = head.at.get(key) ?? 0
      const value = shown(grid.rows[row.number - 1]?.[at] ?? null)
      return { sheet: grid.sheet, cell: cellAddress(row.number, at + 1), message, value }
    },
  }
}

/** Nothing in any of our columns, or the row `(1) (2) (3)` under a head. */
const isEmptyOrNumbering = (cells: readonly GridValue[]): boolean =>
  cells.every(cell => /^(\(\d+\))?$/.test(shown(cell)))
