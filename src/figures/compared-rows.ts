import type { SchoolLevel } from '../organisations/index.ts'
import { STAFF_ROWS, tablesFor } from './definition.ts'
import type { FigureTable } from './figure-table.ts'
import { gradesOf } from './grades.ts'
import {
  HELD_BY,
  SUPPORT_POSITIONS,
  tablesOfReconciliation,
  teachingPositions,
  type Position,
} from './position-rows.ts'
import { count } from './rows.ts'

export type Block = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G'

export const BLOCKS: readonly Block[] = ['A', 'B', 'C', 'D', 'E', 'F', 'G']

export const BLOCK_NAMES: Readonly<Record<Block, string>> = {
  A: 'A. Trường',
  B: 'B. Lớp, nhóm',
  C: 'C. Học sinh, trẻ',
  D: 'D. Cán bộ quản lý',
  E: 'E. Giáo viên',
  F: 'F. Nhân viên',
  G: 'G. Tổng số người làm việc',
}

/** One line of the form (forms § 13). */
export interface ComparedRow {
  readonly key: string
  readonly block: Block
  readonly label: string
  readonly unit: string
  /** A total: the sum of these rows, assigned and current alike. */
  readonly of?: readonly string[]
  /** The sum takes the parts that are known; without it one missing part leaves it open. */
  readonly ofKnown?: boolean
  readonly optional?: boolean
}

type Unkeyed = Omit<ComparedRow, 'key' | 'label' | 'block'>

const line = (block: Block, key: string, label: string, more: Unkeyed): ComparedRow => ({ key, block, label, ...more })

const blockOfStaff = (key: string): Block => (key === 'staff.teachers' ? 'E' : key === 'staff.support' ? 'F' : 'D')

const PEOPLE = { unit: 'người' }
const DETAIL = { unit: 'người', optional: true }

const positionRows = (block: Block, positions: readonly Position[]): readonly ComparedRow[] =>
  positions.flatMap(({ key, label }) =>
    HELD_BY.map(held => line(block, `position.${key}.${held.key}`, `${label} – ${held.label.toLowerCase()}`, DETAIL)),
  )

/** A province has thousands of schools and a handful of combinations of levels. */
function onceByLevels<T>(make: (levels: readonly SchoolLevel[]) => T): (levels: readonly SchoolLevel[]) => T {
  const made = new Map<string, T>()
  return levels => {
    const key = levels.join()
    const known = made.get(key) ?? make(levels)
    made.set(key, known)
    return known
  }
}

function makeRows(levels: readonly SchoolLevel[]): readonly ComparedRow[] {
  const grades = gradesOf(levels)
  const keysOf = (prefix: string): readonly string[] => grades.map(grade => `${prefix}.${grade.key}`)
  const staff = (block: Block): readonly ComparedRow[] =>
    STAFF_ROWS.filter(({ key }) => blockOfStaff(key) === block).map(({ key, label }) =>
      line(block, `${key}.total`, label, PEOPLE),
    )
  const teachers = positionRows('E', teachingPositions(levels))
  const support = positionRows('F', SUPPORT_POSITIONS)
  return [
    line('A', 'campuses', 'Điểm trường', { unit: 'điểm', optional: true }),
    line('A', 'rooms.class', 'Phòng học', { unit: 'phòng', optional: true }),
    ...grades.map(grade => line('B', `classes.${grade.key}`, grade.label, { unit: 'lớp' })),
    line('B', 'classes.total', 'Cộng số lớp, nhóm', { unit: 'lớp', of: keysOf('classes') }),
    line('B', 'classes.combined', 'Trong đó: lớp ghép', { unit: 'lớp', optional: true }),
    ...grades.map(grade => line('C', `pupils.${grade.key}`, grade.label, PEOPLE)),
    line('C', 'pupils.total', 'Cộng số học sinh, trẻ', { unit: 'người', of: keysOf('pupils') }),
    line('C', 'pupils.new', 'Tuyển mới', DETAIL),
    line('C', 'pupils.twoSessions', 'Học 2 buổi/ngày', DETAIL),
    line('C', 'pupils.lunch', 'Bán trú', DETAIL),
    ...(levels.some(level => level !== 'mam_non') ? [line('C', 'pupils.boarding', 'Nội trú', DETAIL)] : []),
    ...staff('D'),
    ...staff('E'),
    ...teachers,
    ...staff('F'),
    ...support,
    line('G', 'staff.all.total', 'Cộng D + E + F', { ...PEOPLE, of: STAFF_ROWS.map(({ key }) => `${key}.total`) }),
    ...HELD_BY.map(({ key, label }) =>
      line('G', `held.${key}`, `Giáo viên, nhân viên – ${label.toLowerCase()}`, {
        ...PEOPLE,
        of: [...teachers, ...support].map(row => row.key).filter(each => each.endsWith(`.${key}`)),
        ofKnown: true,
        optional: true,
      }),
    ),
  ]
}

/** Rows of the form for a school of these levels, in order. */
export const rowsFor = onceByLevels(makeRows)

/** Every table that a school types: Phần I and what the reconciliation adds to it. */
export const typedTablesFor = (levels: readonly SchoolLevel[]): readonly FigureTable[] => [
  ...tablesFor(levels),
  ...tablesOfReconciliation(levels),
]

const COMPARED: ReadonlySet<string> = new Set(['classes', 'rooms', 'staff', 'pupils', 'positions', 'places'])

/** Known from the school's profile and not typed again. */
const OF_THE_PROFILE: FigureTable = {
  id: 'profile',
  title: 'Hồ sơ trường',
  shape: 'years',
  rows: [count('campuses', 'Số điểm trường', { optional: true })],
}

/** The tables that the compared numbers stand in. */
export const comparedTablesFor = onceByLevels((levels): readonly FigureTable[] => [
  OF_THE_PROFILE,
  ...typedTablesFor(levels).filter(({ id }) => COMPARED.has(id)),
])
