import { printedPercent, type AnnualTable, type FigureCell, type TableColumn } from './annual-table.ts'
import { cellText, isList } from './table-print.ts'
import { writeWorkbook, type SheetColumn, type SheetTable, type SheetValue } from '../sheet-files/index.ts'

type SheetKind = NonNullable<SheetColumn['kind']>

const CHARACTERS = 11

/** What a column holds decides how the spreadsheet writes it. */
function kindOf(table: AnnualTable, index: number): SheetKind {
  const kinds = new Set(table.rows.map(row => row.cells[index]?.kind))
  if ([...kinds].some(kind => kind === 'day')) return 'day'
  if ([...kinds].some(kind => kind === 'share' || kind === 'percent')) return 'percent'
  if (kinds.has('points')) return 'decimal'
  if ([...kinds].some(kind => kind === 'count' || kind === 'sum' || kind === 'number')) {
    const decimals = table.rows.some(row => {
      const cell = row.cells[index]
      return cell?.kind === 'number' && cell.value !== undefined && !Number.isInteger(cell.value)
    })
    return decimals ? 'decimal' : 'integer'
  }
  return 'text'
}

/** Numbers stay numbers; what is not known stays empty. */
function valueOf(cell: FigureCell): SheetValue {
  switch (cell.kind) {
    case 'count':
      return cell.value
    case 'sum':
    case 'number':
    case 'points':
      return cell.value ?? null
    case 'percent':
      return cell.value === undefined ? null : cell.value / 100
    case 'share': {
      const percent = printedPercent(cell.part, cell.whole)
      return percent === undefined ? null : percent / 100
    }
    case 'day':
      return cell.day ?? null
    case 'text':
      return cell.text === '–' ? null : cellText(cell)
  }
}

const sheetColumn = (table: AnnualTable, column: TableColumn, index: number): SheetColumn => ({
  head: column.head,
  ...(column.under && { under: column.under }),
  kind: kindOf(table, index),
  width: Math.max(CHARACTERS, (column.width ?? 1) * CHARACTERS),
})

/** Tables with the line that names report, closing day and frozen figures under each title. */
export interface ToWrite {
  readonly tables: readonly AnnualTable[]
  readonly heading: string
}

/** Each table of a report as a sheet of its own. */
export const annualSheets = ({ tables, heading }: ToWrite): readonly SheetTable[] =>
  tables.map(table => ({
    name: table.id,
    title: [`${table.id}. ${table.title}`],
    notes: [heading, ...table.notes],
    columns: [
      { head: table.rowsHead, width: isList(table) ? 6 : (table.labelWidth ?? 2.2) * CHARACTERS },
      ...table.columns.map((column, index) => sheetColumn(table, column, index)),
    ],
    rows: table.rows.map(({ label, indent = 0, total, cells }) => ({
      cells: [`${'  '.repeat(indent)}${label}`, ...cells.map(valueOf)],
      ...(total === true && { bold: true }),
    })),
    frozenColumns: 1,
    landscape: true,
  }))

/** The tables of a report as a spreadsheet; the same tables give the same bytes. */
export const annualWorkbook = (given: ToWrite): Promise<Buffer> => writeWorkbook(annualSheets(given))
