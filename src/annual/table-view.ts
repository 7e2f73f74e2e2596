import { schoolsOf, unitsOf, type AnnualTable } from './annual-table.ts'
import { cellText, headRows, isList, rowName, type HeadCell } from './table-print.ts'

/** A table as the template draws it: every figure that counts schools leads to their list. */
export interface TableView {
  readonly id: string
  readonly title: string
  readonly anchor: string
  /** Its rows are numbered lines. */
  readonly list: boolean
  readonly head: readonly (readonly HeadCell[])[]
  readonly rows: readonly {
    readonly label: string
    readonly indent: number
    readonly total: boolean
    readonly cells: readonly {
      readonly text: string
      readonly numeric: boolean
      readonly href?: string
      /** Tells where the link leads, for those who hear it alone. */
      readonly aria?: string
    }[]
  }[]
  readonly notes: readonly string[]
}

/** The address of the schools behind one figure; row keys hold ids of units, so they are escaped. */
export const figureHref = (base: string, tableId: string, rowKey: string, columnId: string): string =>
  `${base}/o/${tableId}/${encodeURIComponent(rowKey)}/${columnId}`

export const schoolHref = (base: string, schoolId: string): string => `${base}/truong/${encodeURIComponent(schoolId)}`

export const tableView = (table: AnnualTable, base: string): TableView => ({
  id: table.id,
  title: table.title,
  anchor: `bang-${table.id}`,
  list: isList(table),
  head: headRows(table),
  notes: table.notes,
  rows: table.rows.map(row => ({
    label: row.label,
    indent: row.indent ?? 0,
    total: row.total === true,
    cells: row.cells.map((cell, index) => {
      const column = table.columns[index]
      const schools = schoolsOf(cell)
      const units = unitsOf(cell)
      const [only] = schools
      const text = cellText(cell)
      const href =
        (schools.length === 0 && units.length === 0) || !column
          ? undefined
          : cell.kind === 'text' && only !== undefined
            ? schoolHref(base, only)
            : figureHref(base, table.id, row.key, column.id)
      return {
        text,
        numeric: column?.text !== true,
        ...(href !== undefined && { href }),
        ...(href !== undefined &&
          cell.kind !== 'text' && {
            aria: `${text}: ${rowName(table, row)}, ${column?.head ?? ''}; xem danh sách ${schools.length === 0 ? 'đơn vị' : 'trường'}`,
          }),
      }
    }),
  })),
})
