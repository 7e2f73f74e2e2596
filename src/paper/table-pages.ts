import { cellPieces, sumOf, type LaidCell, type LaidRow, type TableFlow } from './layout-table.ts'
import type { Line } from './line-break.ts'
import type { Piece } from './pieces.ts'

/** The page a table is being written to. */
export interface TableCursor {
  /** Height still free, and the height of an empty page. */
  room(): number
  readonly pageHeight: number
  place(pieces: readonly Piece[], height: number): void
  newPage(): void
}

/** A cell from a page before whose rows go on. */
interface Carried {
  readonly cell: LaidCell
  readonly lines: readonly Line[]
  readonly rowsLeft: number
}

/** How far the rows tied together by row spans and sub-headings reach: the index after the last. */
function groupEnd(rows: readonly LaidRow[], start: number): number {
  let end = start + 1
  for (let i = start; i < end; i++) {
    for (const cell of rows[i]?.cells ?? []) end = Math.max(end, i + cell.rowSpan)
    if (rows[i]?.heads) end = Math.max(end, i + 2)
  }
  return Math.min(end, rows.length)
}

/** Height of the sub-headings from here and of the least that must stand under them. */
function headRun(rows: readonly LaidRow[], start: number, flow: TableFlow): number {
  let end = start
  while (rows[end]?.heads) end++
  const least = 3 * flow.lineHeight + 2 * flow.padding
  return sumOf(rows.slice(start, end)) + Math.min(rows[end]?.height ?? 0, least)
}

/** Height of the head and of what must stand under it, for a heading or caption that wants to stay with the table. */
export function firstHeight(flow: TableFlow, pageHeight: number): number {
  const headHeight = sumOf(flow.head)
  const first = sumOf(flow.rows.slice(0, groupEnd(flow.rows, 0)))
  const least = 3 * flow.lineHeight + 2 * flow.padding
  return headHeight + (first <= pageHeight / 2 ? first : least)
}

/** Shares out a row's lines: as many as fit now, the rest for the next page. Undefined when fewer than two lines fit. */
function splitRow(row: LaidRow, flow: TableFlow, room: number): [LaidRow, LaidRow] | undefined {
  const count = Math.floor((room - 2 * flow.padding) / flow.lineHeight)
  if (count < 2) return undefined
  const single = row.cells.filter(cell => cell.rowSpan === 1)
  const longest = Math.max(0, ...single.map(cell => cell.lines.length))
  const height = (lines: number): number => lines * flow.lineHeight + 2 * flow.padding
  const spanning = row.cells.map(cell => (cell.rowSpan > 1 ? { ...cell, rowSpan: cell.rowSpan + 1 } : cell))
  const above = spanning.map(cell => (cell.rowSpan > 1 ? cell : { ...cell, lines: cell.lines.slice(0, count) }))
  const below = single.map(cell => ({ ...cell, lines: cell.lines.slice(count), anchor: undefined }))
  return [
    { ...row, height: height(count), cells: above },
    {
      height: Math.max(height(Math.max(1, longest - count)), row.height - height(count)),
      cells: below,
      anchor: undefined,
    },
  ]
}

/** Writes a table over as many pages as it needs: head on each, groups kept, tall rows split, no line lost. */
export function placeTable(flow: TableFlow, cursor: TableCursor): void {
  let rows = [...flow.rows]
  let carried: readonly Carried[] = []
  let index = 0
  const headHeight = sumOf(flow.head)
  const halfPage = cursor.pageHeight / 2

  /** Writes rows [index, end) under a head, and carries on what hangs over the end. */
  const write = (end: number, repeated: boolean): void => {
    const head = segment({ flow, rows: flow.head, carried: [], repeated })
    const body = segment({ flow, rows: rows.slice(index, end), carried, repeated: false })
    const lowered = body.pieces.map(piece => ({ ...piece, y: piece.y + headHeight }))
    cursor.place([...head.pieces, ...lowered], headHeight + body.height)
    carried = body.carried
    for (const { lines, rowsLeft } of carried) {
      const missing = lines.length * flow.lineHeight + 2 * flow.padding - sumOf(rows.slice(end, end + rowsLeft))
      const last = rows[end + rowsLeft - 1]
      if (lines.length > 0 && missing > 0 && last) rows[end + rowsLeft - 1] = { ...last, height: last.height + missing }
    }
    index = end
  }

  /** A tall row becomes two rows; cells that span it from above span both. */
  const split = (at: number, parts: [LaidRow, LaidRow]): void => {
    rows = rows.map((row, i) => {
      if (i >= at) return row
      return { ...row, cells: row.cells.map(c => (i + c.rowSpan > at ? { ...c, rowSpan: c.rowSpan + 1 } : c)) }
    })
    carried = carried.map(c => (index + c.rowsLeft > at ? { ...c, rowsLeft: c.rowsLeft + 1 } : c))
    rows.splice(at, 1, ...parts)
  }

  let repeated = false
  let fresh = cursor.room() >= cursor.pageHeight - 0.01
  while (index < rows.length) {
    const room = cursor.room() - headHeight
    let end = index
    let used = 0
    while (end < rows.length) {
      const whole = groupEnd(rows, end)
      const height = sumOf(rows.slice(end, whole))
      const after = whole === rows.length ? flow.keepLast : 0
      if (used + height + after <= room + 0.01) {
        used += height
        end = whole
        continue
      }
      if (after > 0 && (used > 0 || !fresh) && height <= halfPage) break
      if (height <= halfPage && (used > 0 || !fresh)) break
      const row = rows[end]
      if (!row) break
      if (row.heads && (used > 0 || !fresh) && used + headRun(rows, end, flow) > room + 0.01) break
      if (used + row.height <= room + 0.01 && (whole > end + 1 || used + height <= room + 0.01)) {
        used += row.height
        end++
        continue
      }
      const nothingYet = used === 0 && fresh
      const parts = row.height > halfPage || nothingYet ? splitRow(row, flow, room - used) : undefined
      if (parts) {
        split(end, parts)
        end++
      } else if (nothingYet) {
        end++
      }
      break
    }
    end = beforeSum(rows, index, end)
    if (end > index) {
      write(end, repeated)
      repeated = true
    }
    if (index < rows.length) {
      cursor.newPage()
      fresh = true
    }
  }
  if (flow.rows.length === 0) write(0, false)
}

/** So few rows at the end of a table that begin with a sum take as many along: a sum alone on a page sums nothing. */
const WITH_SUM = 3

/** Where a page ends instead when only the sum would be left for the next one. */
function beforeSum(rows: readonly LaidRow[], start: number, end: number): number {
  const isPlain = rows.slice(start, end).every(({ cells }) => cells.every(({ rowSpan }) => rowSpan === 1))
  const takesAlong = rows[end]?.isSum === true && rows.length - end <= WITH_SUM
  return takesAlong && isPlain && end - start > 2 * WITH_SUM ? end - WITH_SUM : end
}

interface SegmentInput {
  readonly flow: TableFlow
  readonly rows: readonly LaidRow[]
  readonly carried: readonly Carried[]
  readonly repeated: boolean
}

interface Segment {
  readonly pieces: readonly Piece[]
  readonly height: number
  readonly carried: readonly Carried[]
}

/** The rows that stand on one page: frames under all text, spans cut at the foot of the page. */
function segment({ flow, rows, carried, repeated }: SegmentInput): Segment {
  const boxes: Piece[] = []
  const texts: Piece[] = []
  const open: Carried[] = []
  const put = (start: Carried, first: number, y: number): void => {
    const { cell, lines, rowsLeft } = start
    const height = sumOf(rows.slice(first, first + rowsLeft))
    const over = first + rowsLeft - rows.length
    const fit = over > 0 ? Math.max(0, Math.floor((height - 2 * flow.padding) / flow.lineHeight)) : lines.length
    const drawn = cellPieces({ cell, lines: lines.slice(0, fit), y, height, flow, repeated })
    boxes.push(drawn.box)
    texts.push(...drawn.text)
    if (over > 0) open.push({ cell, lines: lines.slice(fit), rowsLeft: over })
  }
  for (const above of carried) put(above, 0, 0)
  let y = 0
  rows.forEach((row, i) => {
    if (row.anchor && !repeated) texts.push({ kind: 'anchor', name: row.anchor, x: 0, y })
    for (const cell of row.cells) {
      if (cell.anchor && !repeated) texts.push({ kind: 'anchor', name: cell.anchor, x: cell.x, y })
      put({ cell, lines: cell.lines, rowsLeft: cell.rowSpan }, i, y)
    }
    y += row.height
  })
  return { pieces: [...boxes, ...texts], height: y, carried: open }
}
