import type { SchoolLevel } from '../../src/organisations/index.ts'
import type { WorkingYear } from '../../src/kernel/working-year.ts'
import {
  askedIn,
  blankYear,
  tablesFor,
  typedCells,
  type FigureValues,
  type FigureYear,
} from '../../src/figures/index.ts'

/** Numbers of a lower-secondary school with two classes of 40 in each grade, sound in every rule. */
export const soundThcs = (changes: FigureValues = {}): FigureValues => ({
  ...Object.fromEntries(
    [6, 7, 8, 9].flatMap(grade => [
      [`classes.g${grade}`, 2],
      [`pupils.g${grade}`, 80],
    ]),
  ),
  'pupils.female': 150,
  'pupils.ethnic': 12,
  'pupils.new': 80,
  'pupils.rightAge': 318,
  'rooms.class.solid': 8,
  'rooms.class.semi': 2,
  'rooms.class.temporary': 0,
  'staff.head.total': 1,
  'staff.deputies.total': 1,
  'staff.teachers.total': 16,
  'staff.teachers.female': 10,
  'staff.teachers.ethnic': 0,
  'staff.teachers.below': 1,
  'staff.teachers.standard': 13,
  'staff.teachers.above': 2,
  'staff.support.total': 4,
  ...changes,
})

/** The same number in every cell that the year asks for. */
export const everyCell = (levels: readonly SchoolLevel[], year: WorkingYear, value: number): FigureValues =>
  Object.fromEntries(
    typedCells(tablesFor(levels))
      .filter(cell => askedIn(cell.row, year))
      .map(cell => [cell.key, value]),
  )

export const aFigureYear = (values: FigureValues, year: WorkingYear, fields: Partial<FigureYear> = {}): FigureYear => ({
  ...blankYear('thcs', year),
  cells: Object.entries(values).map(([key, value]) => ({ key, value, rev: 1 })),
  rev: 1,
  ...fields,
})
