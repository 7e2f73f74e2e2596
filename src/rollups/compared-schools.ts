import { COMPARED_LINES, LINE_NAMES, mayFigure, type ComparedFact, type LineFact } from '../figures/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { COMPARED_NOTE, differenceCell } from './compared-tables.ts'
import type { Condition } from './rollup-input.ts'
import { reconciliationName } from './rollup-words.ts'
import type { SchoolFacts } from './school-facts.ts'
import type { SchoolBehind } from './schools-behind.ts'
import { count, text, type Cell, type Head, type Table } from './table.ts'

/** The school's form 13 with all its rows, for those who may read its figures. */
export function formHref(actor: Actor, { school, place, facts }: SchoolBehind, year: WorkingYear): string | undefined {
  if (!facts?.compared && !facts?.reconciliation) return undefined
  const target = { schoolId: school.id, year, managerId: place.unitId, chain: [school.id, ...place.chain] }
  const address = new URLSearchParams({ truong: school.id, nam: year }).toString()
  return mayFigure.read(actor, target) ? `/so-lieu/doi-sanh?${address}` : undefined
}

/** Where the school's form stands, leading to the form itself. */
export const formCell = (actor: Actor, behind: SchoolBehind, year: WorkingYear): Cell =>
  text(reconciliationName(behind.facts?.reconciliation?.state ?? 'none'), formHref(actor, behind, year))

const known = (value: number | undefined): Cell => (value === undefined ? text('–') : count(value))

const lineCells = ({ assigned, current, difference }: LineFact = {}): readonly Cell[] => [
  known(assigned),
  known(current),
  differenceCell(difference),
]

const rowCells = (compared: ComparedFact | undefined): readonly Cell[] => [
  known(compared?.differing),
  known(compared?.unexplained),
]

const ROW_HEAD: readonly Head[] = [
  { label: 'Nội dung chênh lệch', numeric: 'count' },
  { label: 'Chưa giải trình', numeric: 'count' },
]

const LINE_HEAD: readonly Head[] = [
  { label: 'Số giao', numeric: 'count' },
  { label: 'Hiện có', numeric: 'count' },
  { label: 'Chênh lệch', numeric: 'count' },
]

const SIZE_HEAD: readonly Head[] = [
  { label: 'Lớp, nhóm', numeric: 'count' },
  { label: 'Học sinh, trẻ', numeric: 'count' },
  { label: 'CB, GV, NV', numeric: 'count' },
]

const sizeCells = (figures: SchoolFacts['figures']): readonly Cell[] => [
  known(figures?.classes),
  known(figures?.pupils),
  known(figures?.staff),
]

/** What a list of schools shows beside the usual columns, so that a figure can be added up from it. */
export function moreColumns(condition: Condition): {
  readonly head: readonly Head[]
  readonly cellsOf: (behind: SchoolBehind) => readonly Cell[]
  /** How the sum of each column is written. */
  readonly sums: readonly ((sum: number) => Cell)[]
} {
  if (condition.is === 'figures')
    return { head: SIZE_HEAD, cellsOf: ({ facts }) => sizeCells(facts?.figures), sums: [count, count, count] }
  if (condition.is === 'line')
    return {
      head: LINE_HEAD,
      cellsOf: ({ facts }) => lineCells(facts?.compared?.lines[condition.line]),
      sums: [count, count, differenceCell],
    }
  if (condition.is === 'differing' || condition.is === 'reconciliation')
    return { head: ROW_HEAD, cellsOf: ({ facts }) => rowCells(facts?.compared), sums: [count, count] }
  return { head: [], cellsOf: () => [], sums: [] }
}

/** The columns of `moreColumns` added up over all schools of a list; `–` where none of them has the number. */
export function sumsOfMore(condition: Condition, lines: readonly SchoolBehind[]): readonly Cell[] {
  const { cellsOf, sums } = moreColumns(condition)
  if (sums.length === 0) return []
  const rows = lines.map(cellsOf)
  return sums.map((write, at) => {
    const values = rows.flatMap(cells => cells[at]?.value ?? [])
    return values.length === 0 ? text('–') : write(values.reduce((sum, each) => sum + each, 0))
  })
}

/** The schools of a smallest unit with every line. */
export const comparedSchools = (
  actor: Actor,
  year: WorkingYear,
  schools: readonly { readonly behind: SchoolBehind; readonly name: string }[],
): Table => ({
  name: 'Đối sánh các trường',
  title: 'Số giao và số hiện có của từng trường',
  note: COMPARED_NOTE,
  empty: 'Không có trường nào trực thuộc vào ngày này',
  head: [
    { label: 'Trường' },
    { label: 'Đối sánh' },
    ...ROW_HEAD,
    ...COMPARED_LINES.flatMap(line => [
      { label: `${LINE_NAMES[line]}: giao`, numeric: 'count' as const },
      { label: 'hiện có', numeric: 'count' as const },
      { label: 'chênh lệch', numeric: 'count' as const },
    ]),
  ],
  rows: schools
    .toSorted((a, b) => compareVietnamese(a.name, b.name))
    .map(({ behind, name }) => [
      text(name, formHref(actor, behind, year)),
      text(reconciliationName(behind.facts?.reconciliation?.state ?? 'none')),
      ...rowCells(behind.facts?.compared),
      ...COMPARED_LINES.flatMap(line => lineCells(behind.facts?.compared?.lines[line])),
    ]),
})

/** One school's lines below each other. */
export const comparedLines = (compared: ComparedFact): Table => ({
  name: 'Số giao và hiện có',
  title: 'Số giao và số hiện có',
  note: 'Chênh lệch = hiện có − giao; “–”: chưa có số.',
  head: [{ label: 'Nội dung' }, ...LINE_HEAD],
  rows: COMPARED_LINES.map(line => [text(LINE_NAMES[line]), ...lineCells(compared.lines[line])]),
})
