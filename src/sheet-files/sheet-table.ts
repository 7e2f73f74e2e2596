/** How the values of a column are written: days as real dates, numbers with a Vietnamese-looking format. */
export type SheetKind = 'text' | 'integer' | 'decimal' | 'percent' | 'day'

/** One column of a sheet that we write. */
export interface SheetColumn {
  readonly head: string
  /** Heads above it, topmost first; neighbours with the same one share a merged cell. */
  readonly under?: readonly string[]
  /** Text when nothing is said. */
  readonly kind?: SheetKind
  /** In characters; 14 when nothing is said. */
  readonly width?: number
  /** Offered as a dropdown list in each cell below the head. */
  readonly choices?: readonly string[]
}

/** Days are `yyyy-mm-dd` in a column of days; a share of 1 in a column of percents. */
export type SheetValue = string | number | null

export interface SheetRow {
  readonly cells: readonly SheetValue[]
  /** A total or a heading inside the table. */
  readonly bold?: boolean
}

/** One sheet: merged title lines, notes, the head (frozen) and rows. */
export interface SheetTable {
  /** At most 31 characters, none of `\ / ? * [ ] :`. */
  readonly name: string
  readonly title?: readonly string[]
  /** Small lines under the title: how to fill in, what closing day it shows. */
  readonly notes?: readonly string[]
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly SheetRow[]
  /** Columns at the left that stay in sight. */
  readonly frozenColumns?: number
  readonly landscape?: boolean
  /** Empty rows below the last one that also get the dropdown lists, for templates to be filled in. */
  readonly spareRows?: number
}

export const row = (...cells: readonly SheetValue[]): SheetRow => ({ cells })
export const boldRow = (...cells: readonly SheetValue[]): SheetRow => ({ cells, bold: true })

/** `C7` of the third column and seventh row, both counted from 1. */
export function cellAddress(rowNumber: number, columnNumber: number): string {
  let letters = ''
  for (let left = columnNumber; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  }
  return `${letters}${rowNumber}`
}
