import { COMPARED_LINES, LINE_NAMES, type ComparedLine } from '../figures/index.ts'
import { printSigned } from '../kernel/words.ts'
import type { Condition } from './rollup-input.ts'
import { count, text, type Cell, type Head, type Table } from './table.ts'
import { countOf } from './tally.ts'
import type { List } from './overview-tables.ts'

export const COMPARED_NOTE =
  'Chênh lệch = hiện có − giao, chỉ tính ở trường có đủ cả hai số; trường chưa có số không được tính là 0. Bấm vào số để xem các trường.'

/** A difference with its sign; `–` where no school has both numbers. */
export function differenceCell(value: number | undefined, href?: string): Cell {
  if (value === undefined) return text('–')
  return { text: printSigned(value), value, ...(href !== undefined && { href }) }
}

type What = Extract<Condition, { is: 'line' }>['what']

/** A sum over the schools that have the number; `–` where none has it, never zero. */
const sumCell = (counts: readonly number[], line: ComparedLine, what: What, of: What, list: List): Cell =>
  countOf(counts, `${line}.${of}`) === 0
    ? text('–')
    : count(countOf(counts, `${line}.${what}`), list({ is: 'line', line, what }))

const differenceOf = (counts: readonly number[], line: ComparedLine): number | undefined =>
  countOf(counts, `${line}.both`) === 0 ? undefined : countOf(counts, `${line}.more`) - countOf(counts, `${line}.less`)

/** Assigned against current numbers of a unit, a line of form 13 in each row; every figure opens its schools. */
export const comparedTable = (counts: readonly number[], list: List): Table => ({
  name: 'Giao và hiện có',
  title: 'Số giao và số hiện có',
  note: COMPARED_NOTE,
  head: [
    { label: 'Nội dung' },
    { label: 'Số giao', numeric: 'count' },
    { label: 'Hiện có', numeric: 'count' },
    { label: 'Thừa', numeric: 'count' },
    { label: 'Thiếu', numeric: 'count' },
    { label: 'Chênh lệch', numeric: 'count' },
    { label: 'Trường có đủ hai số', numeric: 'count' },
    { label: 'Trường có chênh lệch', numeric: 'count' },
  ],
  rows: COMPARED_LINES.map(line => {
    const behind = (what: What): string => list({ is: 'line', line, what })
    const apart = countOf(counts, `${line}.apart`)
    return [
      text(LINE_NAMES[line]),
      sumCell(counts, line, 'assigned', 'given', list),
      sumCell(counts, line, 'current', 'there', list),
      sumCell(counts, line, 'more', 'both', list),
      sumCell(counts, line, 'less', 'both', list),
      differenceCell(differenceOf(counts, line), apart > 0 ? behind('apart') : undefined),
      count(countOf(counts, `${line}.both`), behind('both')),
      count(apart, behind('apart')),
    ]
  }),
})

/** The columns that a unit beside others has: how far its forms are, then each line. */
export const COMPARED_HEAD: readonly Head[] = [
  { label: 'Số trường', numeric: 'count' },
  { label: 'Trường có chênh lệch', numeric: 'count' },
  { label: 'Chưa giải trình đủ', numeric: 'count' },
  { label: 'Hiệu trưởng đã xác nhận', numeric: 'count' },
  { label: 'Cấp quản lý xác nhận khớp', numeric: 'count' },
  { label: 'Sở xác nhận khớp', numeric: 'count' },
  ...COMPARED_LINES.flatMap(line => [
    { label: `${LINE_NAMES[line]}: giao`, numeric: 'count' as const },
    { label: 'hiện có', numeric: 'count' as const },
    { label: 'chênh lệch', numeric: 'count' as const },
  ]),
]

const STEPS = ['confirmed', 'verified', 'provinceVerified'] as const

/** One unit's cells under `COMPARED_HEAD`. */
export const comparedCells = (counts: readonly number[], list: List): readonly Cell[] => [
  count(countOf(counts, 'schools'), list({ is: 'all' })),
  count(countOf(counts, 'apart'), list({ is: 'differing', what: 'apart' })),
  count(countOf(counts, 'unexplained'), list({ is: 'differing', what: 'unexplained' })),
  ...STEPS.map(state => count(countOf(counts, `reconciliation.${state}`), list({ is: 'reconciliation', state }))),
  ...COMPARED_LINES.flatMap(line => [
    sumCell(counts, line, 'assigned', 'given', list),
    sumCell(counts, line, 'current', 'there', list),
    differenceCell(
      differenceOf(counts, line),
      countOf(counts, `${line}.apart`) > 0 ? list({ is: 'line', line, what: 'apart' }) : undefined,
    ),
  ]),
]
