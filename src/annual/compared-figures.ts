import {
  COMPARED_LINES,
  LINE_NAMES,
  RECONCILIATION_STATE_NAMES,
  type ComparedLine,
  type LineFact,
} from '../figures/index.ts'
import { printDay } from '../kernel/dates.ts'
import { printNumber, printSigned } from '../kernel/words.ts'
import type { SchoolRow, UnitReserve } from '../rollups/index.ts'
import type { AnnualFacts } from './annual-facts.ts'
import type { AnnualTable, FigureCell, StatColumn, StatTable, TableColumn } from './annual-table.ts'
import { inReadingOrder, listTable, textCell } from './list-tables.ts'

type Part = keyof LineFact

/** Twenty columns stand beside each other: a longer head would break within a word. */
const PART_HEADS: Readonly<Record<Part, string>> = { assigned: 'Giao', current: 'Hiện có', difference: '+/−' }
// The table names exactly the parts.
const PARTS = Object.keys(PART_HEADS) as readonly Part[]

/** The column of a line's part, e.g. `teachers-assigned`. */
export const columnId = (line: ComparedLine, part: Part): string => `${line}-${part}`

/** Wide enough for the largest province, so that no number breaks. */
const WIDTHS: Readonly<Record<ComparedLine, number>> = {
  classes: 1.1,
  pupils: 1.6,
  managers: 0.95,
  teachers: 1.15,
  support: 1,
  staff: 1.3,
}

const widthOf = (line: ComparedLine, part: Part): number => WIDTHS[line] * (part === 'difference' ? 0.88 : 1)

const LINE_COLUMNS = COMPARED_LINES.flatMap(line =>
  PARTS.map(part => ({
    line,
    part,
    column: { id: columnId(line, part), head: PART_HEADS[part], under: [LINE_NAMES[line]], width: widthOf(line, part) },
  })),
)

const NOTES = ['+/−: chênh lệch = hiện có − giao, chỉ tính ở trường có đủ cả hai số; “–”: chưa có số, không tính là 0.']

/** Forms § 12, P14, and § 13: the lines of form 13 summed over schools; every figure names the schools that it adds. */
export const COMPARED: StatTable = {
  id: 'P14c',
  title: 'Số giao và số hiện có theo cấp học',
  rowsHead: 'Cấp học',
  columns: [
    { id: 'schools', head: 'Số trường', width: 1.2, counts: () => true },
    {
      id: 'both',
      head: 'Đủ hai số',
      width: 0.95,
      counts: ({ compared }) => COMPARED_LINES.every(line => compared?.lines[line]?.difference !== undefined),
    },
    ...LINE_COLUMNS.map(({ line, part, column }): StatColumn => ({
      ...column,
      sum: row => row.compared?.lines[line]?.[part],
      ...(part === 'difference' && { signed: true }),
    })),
  ],
  notes: NOTES,
}

const numberCell = (value: number | undefined, signed = false): FigureCell => ({
  kind: 'number',
  ...(value !== undefined && { value }),
  ...(signed && { signed }),
})

const NAME: TableColumn = { id: 'school', head: 'Trường', width: 3, text: true }

/** The same lines school by school, for a unit's summary. */
export const comparedSchools = (facts: AnnualFacts): AnnualTable =>
  listTable(
    { id: 'M6c', title: 'Số giao và số hiện có của từng trường', notes: NOTES },
    [NAME, ...LINE_COLUMNS.map(({ column }) => column)],
    inReadingOrder(facts.rows).map(row => ({
      key: row.schoolId,
      cells: [
        { ...textCell(row.name), schools: [row.schoolId] },
        ...LINE_COLUMNS.map(({ line, part }) => numberCell(row.compared?.lines[line]?.[part], part === 'difference')),
      ],
    })),
  )

const print = (value: number | undefined): string => (value === undefined ? '–' : printNumber(value))

const partsOf = (fact: LineFact | undefined): readonly string[] =>
  PARTS.map(part => (part === 'difference' ? printSigned(fact?.difference) : print(fact?.[part])))

/** What the units behind a figure keep back of its line: one line a unit, with the decision that it was given by. */
export const reservesBehind = (
  column: string,
  units: readonly UnitReserve[],
): readonly { readonly name: string; readonly value: string; readonly decision: string }[] => {
  const line = COMPARED_LINES.find(each => column.startsWith(`${each}-`))
  return units.map(({ name, lines, decision }) => ({
    name,
    value: print(line && lines[line]),
    decision: decision ? `${decision.number}, ngày ${printDay(decision.day)}` : '–',
  }))
}

/** The lines of one school as frozen: name, assigned, current, difference. */
export const linesOf = ({ compared }: SchoolRow): readonly (readonly string[])[] =>
  compared ? COMPARED_LINES.map(line => [LINE_NAMES[line], ...partsOf(compared.lines[line])]) : []

export const stateWords = ({ reconciliation }: Pick<SchoolRow, 'reconciliation'>): string =>
  reconciliation ? RECONCILIATION_STATE_NAMES[reconciliation.state] : 'Chưa lập phiếu đối sánh'

/** What the schools behind a figure of these tables show, so that the figure can be added up. */
export function comparedColumns(
  tableId: string,
  column: string,
): { readonly head: readonly string[]; readonly cellsOf: (row: SchoolRow) => readonly string[] } | undefined {
  if (!/^(P14|M6)/.test(tableId)) return undefined
  if (['classes', 'pupils', 'staff'].includes(column))
    return {
      head: ['Số lớp, nhóm', 'Học sinh, trẻ', 'CBQL, GV, NV'],
      cellsOf: ({ figures }) => [print(figures?.classes), print(figures?.pupils), print(figures?.staff)],
    }
  const line = COMPARED_LINES.find(each => column.startsWith(`${each}-`))
  return line
    ? {
        head: [`${LINE_NAMES[line]}: giao`, 'Hiện có', 'Chênh lệch'],
        cellsOf: row => partsOf(row.compared?.lines[line]),
      }
    : {
        head: ['Đối sánh', 'Nội dung chênh lệch', 'Chưa giải trình'],
        cellsOf: row => [stateWords(row), print(row.compared?.differing), print(row.compared?.unexplained)],
      }
}
