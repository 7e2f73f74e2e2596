import type { CellObject, Feature, Image, Sheet } from 'write-excel-file/node'
import { unzipOwn, zip } from '../kernel/zip.ts'
import { dropdownsOf, withDropdowns } from './dropdowns.ts'
import type { SheetColumn, SheetKind, SheetTable, SheetValue } from './sheet-table.ts'

/** What the library takes as the content of a picture; none of ours has one, its types ask for it all the same. */
type Content = Image['content']

const FONT = { fontFamily: 'Times New Roman', fontSize: 12 }
const BORDER = { borderStyle: 'thin', borderColor: '#808080' } as const
const FORMATS: Readonly<Record<Exclude<SheetKind, 'text'>, string>> = {
  integer: '#,##0',
  decimal: '#,##0.00',
  percent: '0.0%',
  day: 'dd/mm/yyyy',
}
const DEFAULT_WIDTH = 14
const FORBIDDEN_IN_NAME = /[\\/?*[\]:]/g

/**
 * The bytes of an .xlsx file with these sheets. Text stays text (`=…` never becomes a formula), the same tables give
 * the same bytes, and 30,000 rows of 10 columns take a few seconds.
 */
export async function writeWorkbook(tables: readonly SheetTable[]): Promise<Buffer> {
  const { default: write } = await import('write-excel-file/node')
  const { dropdowns, listSheet } = dropdownsOf(tables.map(placed))
  const sheets = [...tables.map(sheetOf), ...(listSheet ? [sheetOf(listSheet)] : [])]
  const features: Feature<Content>[] = [
    {
      files: {
        transform: {
          'xl/worksheets/sheet{id}.xml': {
            transform: (xml, _options, { sheetIndex }) => withDropdowns(xml, dropdowns[sheetIndex] ?? []),
          },
        },
      },
    },
  ]
  const bytes = await write(sheets, { ...FONT, features }).toBuffer()
  // The library stamps the hour into the ZIP entries; packed again, the bytes depend on the tables alone.
  return zip(unzipOwn(bytes))
}

/** A name that spreadsheet programs accept: no forbidden letters, at most 31. */
export const sheetName = (text: string): string => text.replace(FORBIDDEN_IN_NAME, ' ').trim().slice(0, 31)

const depthOf = (table: SheetTable): number =>
  Math.max(...table.columns.map(({ under }) => (under?.length ?? 0) + 1), 1)

/** Rows above the first row of values: title, notes, heads. */
const headRowsOf = (table: SheetTable): number =>
  (table.title?.length ?? 0) + (table.notes?.length ?? 0) + depthOf(table)

const placed = (table: SheetTable) => ({ table, firstRow: headRowsOf(table) + 1 })

function sheetOf(table: SheetTable): Sheet<Content> {
  const across = table.columns.length
  const line = (text: string, style: CellObject): (CellObject | null)[] => [
    { value: text, type: String, columnSpan: across, wrap: true, alignVertical: 'center', ...style },
    ...Array.from({ length: across - 1 }, () => null),
  ]
  return {
    sheet: sheetName(table.name),
    data: [
      ...(table.title ?? []).map(text => line(text, { fontWeight: 'bold', align: 'center' })),
      ...(table.notes ?? []).map(text => line(text, { fontStyle: 'italic', height: 16 * linesIn(text, table) })),
      ...headsOf(table),
      ...table.rows.map(({ cells, bold }) =>
        table.columns.map((column, index) => cellOf(column, cells[index] ?? null, bold ?? false)),
      ),
    ],
    columns: table.columns.map(({ width }) => ({ width: width ?? DEFAULT_WIDTH })),
    stickyRowsCount: headRowsOf(table),
    ...(table.frozenColumns ? { stickyColumnsCount: table.frozenColumns } : {}),
    ...(table.landscape ? { orientation: 'landscape' as const } : {}),
  }
}

/** A merged cell does not grow by itself: its height follows from the letters that fit beside each other. */
const linesIn = (text: string, table: SheetTable): number =>
  Math.ceil(text.length / table.columns.reduce((sum, { width }) => sum + (width ?? DEFAULT_WIDTH), 0))

/** The rows of heads; a head without others above it reaches down over all of them. */
function headsOf(table: SheetTable): (CellObject | null)[][] {
  const depth = depthOf(table)
  const pathOf = ({ under = [] }: SheetColumn): readonly string[] => under
  const sameGroup = (one: SheetColumn | undefined, other: SheetColumn | undefined, level: number): boolean =>
    one !== undefined &&
    other !== undefined &&
    pathOf(one).length > level &&
    pathOf(one)
      .slice(0, level + 1)
      .join('\n') ===
      pathOf(other)
        .slice(0, level + 1)
        .join('\n')
  return Array.from({ length: depth }, (_, level) =>
    table.columns.map((column, index) => {
      const path = pathOf(column)
      if (level > path.length || sameGroup(table.columns[index - 1], column, level)) return null
      const style = { type: String, fontWeight: 'bold', align: 'center', alignVertical: 'center', wrap: true } as const
      if (level === path.length) {
        const rowSpan = depth - level
        return {
          ...style,
          ...BORDER,
          value: column.head,
          backgroundColor: '#E8EEF4',
          ...(rowSpan > 1 ? { rowSpan } : {}),
        }
      }
      const after = table.columns.slice(index + 1)
      const broken = after.findIndex(other => !sameGroup(column, other, level))
      const columnSpan = 1 + (broken < 0 ? after.length : broken)
      return { ...style, ...BORDER, value: path[level] ?? '', backgroundColor: '#E8EEF4', columnSpan }
    }),
  )
}

function cellOf({ kind = 'text' }: SheetColumn, value: SheetValue, bold: boolean): CellObject {
  const style: CellObject = { ...BORDER, alignVertical: 'top', ...(bold ? { fontWeight: 'bold' } : {}) }
  if (value === null || value === '') return style
  if (kind === 'day' && typeof value === 'string') {
    return { ...style, value: new Date(`${value}T00:00:00Z`), type: Date, format: FORMATS.day }
  }
  if (typeof value === 'number') {
    const format = kind === 'text' || kind === 'day' ? undefined : FORMATS[kind]
    return { ...style, value, type: Number, ...(format ? { format } : {}) }
  }
  // `@` keeps codes such as 0123 and texts such as =1+1 as they are, also after somebody has edited the cell.
  return { ...style, value: value.normalize('NFC'), type: String, format: '@', wrap: true }
}
