import { printDay } from '../kernel/dates.ts'
import { printNumber, printSigned } from '../kernel/words.ts'
import { printedPercent, type AnnualTable, type FigureCell, type TableColumn, type TableRow } from './annual-table.ts'

/** A cell as people read it; what is not known is “–”, never 0. */
export function cellText(cell: FigureCell): string {
  switch (cell.kind) {
    case 'count':
      return printNumber(cell.value)
    case 'sum':
    case 'number': {
      const decimals = cell.kind === 'number' ? (cell.decimals ?? 0) : 0
      if (cell.signed === true) return printSigned(cell.value, decimals)
      return cell.value === undefined ? '–' : printNumber(cell.value, decimals)
    }
    case 'share':
      return percentText(printedPercent(cell.part, cell.whole))
    case 'percent':
      return percentText(cell.value)
    case 'points':
      return printSigned(cell.value, 1)
    case 'day':
      return cell.day === undefined ? '–' : printDay(cell.day)
    case 'text':
      return cell.text
  }
}

/** Lines of a list stand under their number instead of a name. */
export const isList = ({ rowsHead }: Pick<AnnualTable, 'rowsHead'>): boolean => rowsHead === 'TT'

/** What a row is called outside its table: a line of a list by its first words, as its number says nothing there. */
export function rowName(table: AnnualTable, { label, cells }: TableRow): string {
  const first = isList(table) ? cells[0] : undefined
  return first === undefined ? label : cellText(first)
}

const percentText = (value: number | undefined): string => (value === undefined ? '–' : printNumber(value, 1))

/** One cell of the head with what it spans. */
export interface HeadCell {
  readonly text: string
  readonly colSpan: number
  readonly rowSpan: number
}

/** Rows of the head: neighbours under the same words share a cell, a head with nothing above it reaches down. */
export function headRows({ rowsHead, columns }: Pick<AnnualTable, 'rowsHead' | 'columns'>): readonly HeadCell[][] {
  const depth = Math.max(1, ...columns.map(column => pathOf(column).length + 1))
  return Array.from({ length: depth }, (_, level) => {
    const cells: HeadCell[] = level === 0 ? [{ text: rowsHead, colSpan: 1, rowSpan: depth }] : []
    columns.forEach((column, index) => {
      const path = pathOf(column)
      if (level > path.length || shares(columns[index - 1], column, level)) return
      if (level === path.length) cells.push({ text: column.head, colSpan: 1, rowSpan: depth - level })
      else {
        const rest = columns.slice(index + 1)
        const end = rest.findIndex(other => !shares(column, other, level))
        cells.push({ text: path[level] ?? '', colSpan: 1 + (end < 0 ? rest.length : end), rowSpan: 1 })
      }
    })
    return cells
  })
}

const pathOf = ({ under = [] }: TableColumn): readonly string[] => under

/** Whether two neighbours stand under the same words down to this level. */
const shares = (one: TableColumn | undefined, other: TableColumn, level: number): boolean =>
  one !== undefined &&
  pathOf(one).length > level &&
  pathOf(other).length > level &&
  pathOf(one)
    .slice(0, level + 1)
    .every((words, at) => words === pathOf(other)[at])
