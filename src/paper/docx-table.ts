import {
  BorderStyle,
  Table as WordTable,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
  type FileChild,
  type Paragraph,
} from 'docx'
import type { Cell, Inline, Row, Table } from './blocks.ts'
import { docxParagraph, twips, type DocxContext } from './docx-text.ts'

/** Letters in a row above which it may run over the foot of a page: about half a page of a table. */
const LONG_ROW = 1_500

const lengthOf = (content: readonly Inline[]): number =>
  content.reduce(
    (sum, inline) =>
      sum + (typeof inline === 'string' ? inline.length : inline.kind === 'break' ? 0 : inline.text.length),
    0,
  )

/** A table with its caption: the head repeats on each page, short rows stay whole, spans become Word's own. */
export function docxTable(block: Table, context: DocxContext): readonly FileChild[] {
  const { table } = context.profile
  const sum = block.columns.reduce((total, column) => total + column.width, 0)
  const widths = block.columns.map(column => twips((column.width / sum) * context.width))
  const caption = block.caption
    ? [
        docxParagraph(
          [block.caption],
          { size: table.caption, bold: true, align: 'center', gapBefore: 8, gapAfter: 3 },
          context,
          { keepNext: true },
        ),
      ]
    : []
  const rows = [
    ...wordRows(block, block.head, { widths, head: true }, context),
    ...wordRows(block, block.body, { widths, head: false }, context),
  ]
  if (rows.length === 0) return caption
  return [
    ...caption,
    new WordTable({
      rows,
      columnWidths: widths,
      width: { size: widths.reduce((total, width) => total + width, 0), type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
    }),
    // Two tables with nothing between them would become one.
    docxParagraph([''], { size: 4, lineHeight: 1 }, context),
  ]
}

interface RowsLook {
  readonly widths: readonly number[]
  readonly head: boolean
}

function wordRows(table: Table, rows: readonly Row[], look: RowsLook, context: DocxContext): readonly TableRow[] {
  const covered = table.columns.map(() => 0)
  return rows.map(row => {
    let column = 0
    const cells = row.cells.map((cell, index) => {
      while ((covered[column] ?? 0) > 0) column++
      const span = cell.colSpan ?? 1
      const width = look.widths.slice(column, column + span).reduce((total, each) => total + each, 0)
      const align = cell.align ?? (look.head ? 'center' : (table.columns[column]?.align ?? 'left'))
      for (let i = 0; i < span; i++) covered[column + i] = cell.rowSpan ?? 1
      column += span
      const bold = cell.bold ?? (look.head || row.total === true)
      const anchors = [index === 0 ? row.anchor : undefined, cell.anchor].filter(anchor => anchor !== undefined)
      return wordCell(cell, { width, paragraph: cellParagraph(cell, { table, align, bold, anchors }, context) }, look)
    })
    covered.forEach((count, i) => (covered[i] = Math.max(0, count - 1)))
    const long = row.cells.some(cell => lengthOf(cell.content) > LONG_ROW)
    return new TableRow({ children: cells, tableHeader: look.head, cantSplit: !long })
  })
}

interface CellLook {
  readonly table: Table
  readonly align: Cell['align']
  readonly bold: boolean
  readonly anchors: readonly string[]
}

const cellParagraph = (cell: Cell, { table, align, bold, anchors }: CellLook, context: DocxContext): Paragraph =>
  docxParagraph(
    cell.content,
    {
      size: table.size ?? context.profile.table.size,
      lineHeight: context.profile.table.lineHeight,
      bold,
      ...(cell.italic === true && { italic: true }),
      ...(align !== undefined && { align }),
    },
    context,
    { anchor: anchors[0] },
  )

const wordCell = (
  cell: Cell,
  { width, paragraph }: { readonly width: number; readonly paragraph: Paragraph },
  { head }: RowsLook,
): TableCell =>
  new TableCell({
    children: [paragraph],
    width: { size: width, type: WidthType.DXA },
    ...((cell.colSpan ?? 1) > 1 && { columnSpan: cell.colSpan ?? 1 }),
    ...((cell.rowSpan ?? 1) > 1 && { rowSpan: cell.rowSpan ?? 1 }),
    verticalAlign: head ? VerticalAlign.CENTER : VerticalAlign.TOP,
    ...(head && { shading: { fill: 'EEF1F4' } }),
    margins: { top: 40, bottom: 40, left: 70, right: 70 },
  })

const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const

/** Columns side by side without lines: the heading of a letter, signatures. Shares are parts of the text width. */
export function docxColumns(
  columns: readonly { readonly share: number; readonly children: readonly Paragraph[] }[],
  { width }: DocxContext,
): FileChild {
  const widths = columns.map(column => twips(column.share * width))
  const none = { top: NO_LINE, bottom: NO_LINE, left: NO_LINE, right: NO_LINE }
  return new WordTable({
    columnWidths: widths,
    width: { size: widths.reduce((total, each) => total + each, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    borders: { ...none, insideHorizontal: NO_LINE, insideVertical: NO_LINE },
    rows: [
      new TableRow({
        cantSplit: true,
        children: columns.map(
          (column, index) =>
            new TableCell({
              children: column.children,
              borders: none,
              width: { size: widths[index] ?? 0, type: WidthType.DXA },
            }),
        ),
      }),
    ],
  })
}
