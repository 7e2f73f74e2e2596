import type { School } from '../organisations/index.ts'
import { rowsFor } from './compared-rows.ts'
import type { FigureForSums } from './figure-store.ts'
import type { FigureValues } from './figure-table.ts'
import { assignmentOf, compare, type Assigned, type Comparison } from './reconciliation.ts'

/** Lines of form 13 that every school has, whatever its levels: what is summed over schools (forms § 12, P14). */
export const COMPARED_LINES = ['classes', 'pupils', 'managers', 'teachers', 'support', 'staff'] as const

export type ComparedLine = (typeof COMPARED_LINES)[number]

export const isComparedLine = (text: string): text is ComparedLine => COMPARED_LINES.some(line => line === text)

export const LINE_NAMES: Readonly<Record<ComparedLine, string>> = {
  classes: 'Lớp, nhóm',
  pupils: 'Học sinh, trẻ',
  managers: 'Cán bộ quản lý',
  teachers: 'Giáo viên',
  support: 'Nhân viên',
  staff: 'Tổng số người làm việc',
}

/** Rows of the form that a line adds up. */
const ROWS_OF: Readonly<Record<ComparedLine, readonly string[]>> = {
  classes: ['classes.total'],
  pupils: ['pupils.total'],
  managers: ['staff.head.total', 'staff.deputies.total'],
  teachers: ['staff.teachers.total'],
  support: ['staff.support.total'],
  staff: ['staff.all.total'],
}

const IN_LINES: ReadonlySet<string> = new Set(Object.values(ROWS_OF).flat())

/** One line of one school; a number that is not known is absent, never zero. */
export interface LineFact {
  readonly assigned?: number
  readonly current?: number
  /** Current − assigned, where both are known. */
  readonly difference?: number
}

/** Assigned against current numbers of one school and year, as far as sums over schools need them. */
export interface ComparedFact {
  readonly lines: Readonly<Partial<Record<ComparedLine, LineFact>>>
  /** Single rows of the form whose numbers differ. */
  readonly differing: number
  /** Those of them without a reason. */
  readonly unexplained: number
}

type Part = 'assigned' | 'current' | 'difference'
const PARTS: readonly Part[] = ['assigned', 'current', 'difference']

/** The rows together; undefined where not one of the three numbers is known of all of them. */
function lineOf(rows: readonly (Comparison | undefined)[]): LineFact | undefined {
  const fact: { -readonly [part in Part]?: number } = {}
  let isKnown = false
  for (const part of PARTS) {
    let sum: number | null = 0
    for (const row of rows) {
      const value: number | null = row?.[part] ?? null
      sum = sum === null || value === null ? null : sum + value
    }
    if (sum === null) continue
    fact[part] = sum
    isKnown = true
  }
  return isKnown ? fact : undefined
}

/** Lines of people: the total of all who work adds them up. */
const LINES_OF_STAFF: readonly ComparedLine[] = ['managers', 'teachers', 'support']

/** The lines of what a unit keeps in reserve: it holds back totals, so that a line has what is known of its rows. */
export function reservedLinesOf(values: Assigned): Readonly<Partial<Record<ComparedLine, number>>> {
  const rowsOf = (line: ComparedLine): readonly string[] =>
    line === 'staff' ? LINES_OF_STAFF.flatMap(each => ROWS_OF[each]) : ROWS_OF[line]
  return Object.fromEntries(
    COMPARED_LINES.flatMap(line => {
      const known = values.filter(({ key }) => rowsOf(line).includes(key))
      return known.length === 0 ? [] : [[line, known.reduce((sum, { value }) => sum + value, 0)]]
    }),
  )
}

/** The lines of a school's form as it stands; undefined where nothing was assigned and nothing entered. */
export function comparedFactOf(
  { levels, campuses }: Pick<School['school'], 'levels' | 'campuses'>,
  { rev, cells, reconciliation, targets }: FigureForSums,
): ComparedFact | undefined {
  if (rev === 0) return undefined
  const values: FigureValues = { ...Object.fromEntries(cells.map(({ key, value }) => [key, value])), campuses }
  const { assigned } = assignmentOf({
    ...(reconciliation && { reconciliation: { assigned: reconciliation.assigned ?? [], explanations: [] } }),
    ...(targets && { targets }),
  })
  // Thousands of schools are summed: rows to which nothing is assigned are neither lines nor different.
  const isAssigned = new Set(assigned.map(({ key }) => key))
  const asked = rowsFor(levels).filter(({ key }) => IN_LINES.has(key) || isAssigned.has(key))
  const rows = compare(levels, values, { assigned, explanations: [] }, asked)
  const byKey = new Map(rows.map(row => [row.key, row]))
  const lines = COMPARED_LINES.flatMap(line => {
    const fact = lineOf(ROWS_OF[line].map(key => byKey.get(key)))
    return fact ? [[line, fact] as const] : []
  })
  if (lines.length === 0) return undefined
  const explained = new Set(reconciliation?.explanations?.map(({ key }) => key))
  const differing = rows.filter(({ of, difference }) => of === undefined && difference !== null && difference !== 0)
  return {
    lines: Object.fromEntries(lines),
    differing: differing.length,
    unexplained: differing.filter(({ key }) => !explained.has(key)).length,
  }
}
