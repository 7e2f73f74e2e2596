import { printNumber, printShare } from '../kernel/words.ts'
import type { SheetColumn, SheetTable } from '../sheet-files/index.ts'
import type { Drawing } from './charts.ts'

/** A cell as screens print it, with its number for spreadsheets. */
export interface Cell {
  readonly text: string
  readonly value?: number
  readonly href?: string
  readonly note?: string
  readonly badge?: { readonly label: string; readonly tone: string }
}

export interface Head {
  readonly label: string
  /** A share is written in percent; text when nothing is said. */
  readonly numeric?: 'count' | 'share'
}

/** A table of a screen, with the drawing above it: the same cells go into the spreadsheet. */
export interface Table {
  /** Name of its sheet, at most 31 letters. */
  readonly name: string
  readonly title: string
  readonly head: readonly Head[]
  readonly rows: readonly (readonly Cell[])[]
  readonly note?: string
  readonly chart?: Drawing
  readonly empty?: string
}

export const text = (words: string, href?: string): Cell =>
  href === undefined ? { text: words } : { text: words, href }

/** A count with the address of the schools behind it; nothing leads to no school. */
export const count = (value: number, href?: string): Cell => ({
  text: printNumber(value),
  value,
  ...(href !== undefined && value > 0 && { href }),
})

/** A share in percent, `–` where there is nothing to divide by; in spreadsheets a share of 1. */
export const share = (part: number, whole: number, href?: string): Cell => ({
  text: printShare(part, whole),
  ...(whole > 0 && { value: part / whole }),
  ...(href !== undefined && part > 0 && { href }),
})

/** The table as a sheet; `notes` say of which unit, year and day. */
export const asSheet = ({ name, title, head, rows, note }: Table, notes: readonly string[]): SheetTable => ({
  name,
  title: [title],
  notes: note === undefined ? notes : [...notes, note],
  columns: head.map(({ label, numeric }, at): SheetColumn => ({
    head: label,
    width: at === 0 ? 34 : 14,
    ...(numeric && { kind: numeric === 'share' ? ('percent' as const) : ('integer' as const) }),
  })),
  rows: rows.map(cells => ({
    cells: cells.map((cell, at) => (head[at]?.numeric ? (cell.value ?? null) : (cell.badge?.label ?? cell.text))),
  })),
  frozenColumns: 1,
  landscape: true,
})
