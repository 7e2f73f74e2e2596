import type { Day } from '../kernel/dates.ts'
import { printNumber } from '../kernel/words.ts'
import { nameOn, type School } from '../organisations/index.ts'
import {
  planImport,
  row,
  type ColumnSpec,
  type ImportPlan,
  type ReadTable,
  type RowOf,
  type SheetTable,
} from '../sheet-files/index.ts'
import { typedTablesFor } from './compared-rows.ts'
import { lintFigures } from './figure-rules.ts'
import { askedIn, cellsOfTable, type FigureValues } from './figure-table.ts'
import { valuesOf, type FigureYear } from './figure-year.ts'

export const FIGURE_COLUMNS = [
  { key: 'key', head: 'Mã số liệu', kind: 'text', required: true, maxLength: 100 },
  { key: 'value', head: 'Số liệu', kind: 'integer', min: 0, max: 1_000_000 },
] as const satisfies readonly ColumnSpec[]

export type FigureLine = RowOf<typeof FIGURE_COLUMNS>

interface TypedLine {
  readonly key: string
  readonly table: string
  readonly label: string
}

/** What a school types in one school year, in the order of the screen. */
const typedLines = ({ school }: School, { year }: FigureYear): readonly TypedLine[] =>
  typedTablesFor(school.levels).flatMap(table =>
    cellsOfTable(table)
      .filter(cell => cell.formula === undefined && askedIn(cell.row, year))
      .map(({ key, row: { label }, column }) => ({
        key,
        table: table.title,
        label: column === undefined ? label : `${label} – ${column}`,
      })),
  )

/** The sheet of one school and one school year, with what is there. */
export function figureTable(school: School, figures: FigureYear, day: Day): SheetTable {
  const values = valuesOf(figures)
  return {
    name: 'Số liệu',
    title: [`SỐ LIỆU NĂM HỌC ${figures.year}`, nameOn(school, day)],
    notes: ['Chỉ điền cột “Số liệu”; giữ nguyên cột “Mã số liệu”. Ô để trống giữ số đang có.'],
    columns: [
      { head: 'Mã số liệu', width: 32 },
      { head: 'Bảng', width: 44 },
      { head: 'Nội dung', width: 44 },
      { head: 'Số liệu', kind: 'integer', width: 12 },
    ],
    rows: typedLines(school, figures).map(({ key, table, label }) => row(key, table, label, values[key] ?? null)),
  }
}

/** The numbers that the lines bring; a line without a number brings none. */
export const valuesIn = (lines: readonly FigureLine[]): FigureValues =>
  Object.fromEntries(lines.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])))

/** What the sheet would change; rules between numbers are checked on all of them together. */
export function planFigures(table: ReadTable<FigureLine>, school: School, figures: FigureYear): ImportPlan<FigureLine> {
  const known = new Map(typedLines(school, figures).map(line => [line.key, line]))
  const before = valuesOf(figures)
  const { levels } = school.school
  const errorsOf = (values: FigureValues) =>
    lintFigures(levels, figures.year, values).filter(({ severity }) => severity === 'error')
  const old = new Set(errorsOf(before).map(({ rule, key }) => `${rule} ${key}`))
  const after = { ...before, ...valuesIn(table.rows.map(({ values }) => values).filter(({ key }) => known.has(key))) }
  const errors = errorsOf(after).filter(({ rule, key }) => !old.has(`${rule} ${key}`))
  const inSheet = new Set(table.rows.map(({ values }) => values.key))
  // A rule broken at a total shows at the first number of the sheet: there is no cell of the total to point at.
  const first = table.rows[0]
  const elsewhere = errors.filter(({ key }) => !inSheet.has(key))
  const plan = planImport(
    elsewhere.length > 0 && first
      ? {
          ...table,
          faults: [...table.faults, ...elsewhere.map(({ message }) => table.faultAt(first, 'value', message))],
        }
      : table,
    {
      keyColumn: 'key',
      keyOf: ({ key }) => key,
      titleOf: ({ key }) => known.get(key)?.label ?? key,
      judge: ({ key, value }) => {
        if (!known.has(key))
          return { kind: 'refused', faults: [{ key: 'key', message: 'Không có số liệu mang mã này ở trường.' }] }
        const wrong = errors.filter(error => error.key === key)
        if (wrong.length > 0)
          return { kind: 'refused', faults: wrong.map(({ message }) => ({ key: 'value', message })) }
        const from = before[key] ?? null
        if (value === undefined || value === from) return { kind: 'unchanged' }
        const change = {
          what: known.get(key)?.table ?? '',
          from: from === null ? '' : printNumber(from),
          to: printNumber(value),
        }
        return { kind: from === null ? 'new' : 'changed', changes: [change] }
      },
    },
  )
  return plan
}
