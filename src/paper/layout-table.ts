import type { Align, Cell, Row, Table } from './blocks.ts'
import { mm, type LayoutProfile } from './layout-profile.ts'
import { baseline } from './layout-text.ts'
import { breakEvenly, breakLines, type Line } from './line-break.ts'
import type { Piece, Tag } from './pieces.ts'

export interface LaidCell {
  readonly x: number
  readonly width: number
  readonly lines: readonly Line[]
  readonly align: Align
  readonly rowSpan: number
  readonly tag: Tag
  readonly head: boolean
  readonly anchor: string | undefined
}

export interface LaidRow {
  readonly height: number
  readonly cells: readonly LaidCell[]
  readonly anchor: string | undefined
  /** A sub-heading across the whole table: it never stands alone at the foot of a page. */
  readonly heads?: boolean
  /** A sum of rows above it. */
  readonly isSum?: boolean
}

/** A table whose words are broken into lines and whose rows have heights, before it meets pages. */
export interface TableFlow {
  readonly kind: 'table'
  readonly gap: number
  readonly head: readonly LaidRow[]
  readonly rows: readonly LaidRow[]
  readonly lineHeight: number
  readonly size: number
  readonly padding: number
  /** The last row goes to the next page with what follows (a signature), `keepLast` points high. */
  readonly keepLast: number
}

export const sumOf = (rows: readonly LaidRow[]): number => rows.reduce((sum, row) => sum + row.height, 0)

/** Left edges of the columns and the right edge of the last. */
function edgesOf(table: Table, width: number): number[] {
  const total = table.columns.reduce((sum, column) => sum + column.width, 0)
  const edges = [0]
  for (const column of table.columns) edges.push((edges.at(-1) ?? 0) + (column.width / total) * width)
  return edges
}

interface RowsInput {
  readonly table: Table
  readonly rows: readonly Row[]
  readonly head: boolean
  readonly tag: Tag
  readonly edges: readonly number[]
  readonly size: number
  readonly padding: number
  readonly lineHeight: number
}

function cellTag(cell: Cell, head: boolean, row: Tag): Tag {
  const scope = head ? 'Column' : cell.rowHeader ? 'Row' : undefined
  const attributes = {
    ...(scope ? { Scope: scope } : {}),
    ...(cell.colSpan && cell.colSpan > 1 ? { ColSpan: cell.colSpan } : {}),
    ...(cell.rowSpan && cell.rowSpan > 1 ? { RowSpan: cell.rowSpan } : {}),
  }
  return { role: scope ? 'TH' : 'TD', parent: row, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) }
}

function laidRows({ table, rows, head, tag, edges, size, padding, lineHeight }: RowsInput): LaidRow[] {
  // How many more rows each column is covered by a cell from above.
  const covered = table.columns.map(() => 0)
  const laid = rows.map((row, rowIndex): LaidRow => {
    const rowTag: Tag = { role: 'TR', parent: tag }
    const cells: LaidCell[] = []
    let column = 0
    for (const cell of row.cells) {
      while ((covered[column] ?? 0) > 0) column++
      const span = Math.min(cell.colSpan ?? 1, table.columns.length - column)
      if (span < 1) throw new Error(`a row of the table has more cells than its ${table.columns.length} columns`)
      const rowSpan = Math.min(cell.rowSpan ?? 1, rows.length - rowIndex)
      for (let i = column; i < column + span; i++) covered[i] = rowSpan
      const x = edges[column] ?? 0
      const width = (edges[column + span] ?? 0) - x
      const align = cell.align ?? (head ? 'center' : (table.columns[column]?.align ?? 'left'))
      const base = { size, bold: cell.bold ?? (head || row.total), italic: cell.italic }
      const lines = (align === 'center' ? breakEvenly : breakLines)(cell.content, width - 2 * padding, base)
      cells.push({ x, width, lines, align, rowSpan, tag: cellTag(cell, head, rowTag), head, anchor: cell.anchor })
      column += span
    }
    covered.forEach((count, i) => (covered[i] = Math.max(0, count - 1)))
    const single = cells.filter(cell => cell.rowSpan === 1)
    const lineCount = Math.max(1, ...single.map(cell => cell.lines.length))
    const only = row.cells.length === 1 && row.cells[0]?.colSpan === table.columns.length
    const heads = !head && !row.total && only && rowIndex < rows.length - 1
    return {
      height: lineCount * lineHeight + 2 * padding,
      cells,
      anchor: row.anchor,
      ...(heads && { heads }),
      ...(row.total === true && { isSum: true }),
    }
  })
  return withRoomForSpans(laid, lineHeight, padding)
}

/** Raises the last row of a span when the rows it covers are together lower than its text. */
function withRoomForSpans(rows: readonly LaidRow[], lineHeight: number, padding: number): LaidRow[] {
  const result = [...rows]
  rows.forEach((row, i) => {
    for (const cell of row.cells) {
      const missing = cell.lines.length * lineHeight + 2 * padding - sumOf(result.slice(i, i + cell.rowSpan))
      const last = result[i + cell.rowSpan - 1]
      if (missing > 0 && last) result[i + cell.rowSpan - 1] = { ...last, height: last.height + missing }
    }
  })
  return result
}

export interface TableInput {
  readonly table: Table
  readonly tag: Tag
  readonly width: number
  readonly profile: LayoutProfile
}

/** Breaks all words of a table; throws when a row has more cells than the table has columns. */
export function tableFlow({ table, tag, width, profile }: TableInput): TableFlow {
  const size = table.size ?? profile.table.size
  const { padding } = profile.table
  const lineHeight = size * profile.table.lineHeight
  const common = { table, tag, edges: edgesOf(table, width), size, padding, lineHeight }
  const head = laidRows({ ...common, rows: table.head, head: true })
  const rows = laidRows({ ...common, rows: table.body, head: false })
  return { kind: 'table', gap: mm(2.5), head, rows, lineHeight, size, padding, keepLast: 0 }
}

export interface CellPlace {
  readonly cell: LaidCell
  readonly lines: readonly Line[]
  readonly y: number
  readonly height: number
  readonly flow: TableFlow
  /** A repeated head is drawn but not read out again. */
  readonly repeated: boolean
}

/** Rows up to this many lines have all their cells in the middle; in higher ones running text begins at the top. */
const linesOfLowRow = 6

/** Frame and text of a cell; centred text and numbers stand in the middle of their box. */
export function cellPieces({ cell, lines, y, height, flow, repeated }: CellPlace): { box: Piece; text: Piece[] } {
  const box: Piece = { kind: 'box', x: cell.x, y, width: cell.width, height, ...(cell.head ? { grey: 0.93 } : {}) }
  const isLow = height <= linesOfLowRow * flow.lineHeight
  const middle = isLow || cell.align === 'center' || cell.align === 'right' || cell.head
  const free = height - lines.length * flow.lineHeight
  const top = y + (middle ? free / 2 : Math.min(flow.padding, free / 2))
  const text = lines.map((line, i): Piece => {
    return {
      kind: 'text',
      line,
      x: cell.x + flow.padding,
      y: top + i * flow.lineHeight + baseline(flow.size, flow.lineHeight),
      width: cell.width - 2 * flow.padding,
      align: cell.align,
      tag: repeated ? undefined : cell.tag,
    }
  })
  return { box, text }
}
