import type { WorkingYear } from '../kernel/working-year.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import { typedTablesFor } from './compared-rows.ts'
import { STAFF_ROWS } from './definition.ts'
import { askedIn, computeAll, typedCells, type FigureValues } from './figure-table.ts'
import { gradesOf, inOrder } from './grades.ts'

export type FigureRule =
  | 'notWhole'
  | 'femaleAboveTotal'
  | 'ethnicAboveTotal'
  | 'partAboveTotal'
  | 'qualificationSum'
  | 'oneHead'
  | 'flagZeroOrOne'
  | 'classesWithoutPupils'
  | 'pupilsWithoutClass'
  | 'moreRoomsThanSensible'
  | 'resultsAboveTotal'
  | 'missing'

/** Something wrong or doubtful about one cell of one school year; errors stop a lock, warnings only show. */
export interface FigureFault {
  readonly rule: FigureRule
  readonly severity: 'error' | 'warning'
  readonly key: string
  readonly message: string
}

/** A cell that must not exceed another. */
interface Bound {
  readonly rule: FigureRule
  readonly key: string
  readonly atMost: string
  readonly message: string
}

const bound = (rule: FigureRule, key: string, atMost: string, message: string): Bound => ({
  rule,
  key,
  atMost,
  message,
})

function boundsFor(levels: readonly SchoolLevel[]): readonly Bound[] {
  const ofStaff = STAFF_ROWS.flatMap(({ key }) => [
    bound('femaleAboveTotal', `${key}.female`, `${key}.total`, 'Số nữ lớn hơn tổng số.'),
    bound('ethnicAboveTotal', `${key}.ethnic`, `${key}.total`, 'Số người dân tộc thiểu số lớn hơn tổng số.'),
  ])
  const ofPupils = [
    bound('femaleAboveTotal', 'pupils.female', 'pupils.total', 'Số nữ lớn hơn tổng số.'),
    bound('ethnicAboveTotal', 'pupils.ethnic', 'pupils.total', 'Số dân tộc thiểu số lớn hơn tổng số.'),
    ...['new', 'twoSessions', 'lunch', 'boarding', 'rightAge', 'policy', 'hardship', 'disabled'].map(part =>
      bound('partAboveTotal', `pupils.${part}`, 'pupils.total', 'Lớn hơn tổng số học sinh, trẻ.'),
    ),
  ]
  const ofResults = inOrder(levels).flatMap(level => {
    const at = `results.${level}`
    return [
      bound('resultsAboveTotal', `${at}.graduated`, `${at}.finalYear`, 'Nhiều hơn số học sinh lớp cuối cấp.'),
      bound('resultsAboveTotal', `${at}.classDone`, `${at}.assessed`, 'Nhiều hơn số học sinh được đánh giá.'),
      bound('resultsAboveTotal', `${at}.elevenDone`, `${at}.elevenInArea`, 'Nhiều hơn số trẻ 11 tuổi trên địa bàn.'),
      bound('resultsAboveTotal', `${at}.repeated`, 'pupils.total', 'Nhiều hơn tổng số học sinh.'),
      bound('resultsAboveTotal', `${at}.dropped`, 'pupils.total', 'Nhiều hơn tổng số học sinh.'),
    ]
  })
  const ofEquipment = [
    bound('partAboveTotal', 'equipment.connectedRooms', 'equipment.computerRooms', 'Nhiều hơn số phòng máy tính.'),
    bound('partAboveTotal', 'equipment.teamsWithComputer', 'equipment.teams', 'Nhiều hơn số tổ bộ môn.'),
  ]
  return [...ofStaff, ...ofPupils, ...ofResults, ...ofEquipment]
}

const error = (rule: FigureRule, key: string, message: string): FigureFault => ({
  rule,
  severity: 'error',
  key,
  message,
})
const warning = (rule: FigureRule, key: string, message: string): FigureFault => ({
  rule,
  severity: 'warning',
  key,
  message,
})

/** Every fault of one school year's numbers, at the cell where it shows; cells left empty are not compared. */
export function lintFigures(
  levels: readonly SchoolLevel[],
  year: WorkingYear,
  typed: FigureValues,
): readonly FigureFault[] {
  const tables = typedTablesFor(levels)
  const all = computeAll(tables, typed)
  const at = (key: string): number | null => all[key] ?? null
  const faults: FigureFault[] = []

  for (const { key, row } of typedCells(tables)) {
    const value = at(key)
    if (value === null) {
      if (!row.optional && askedIn(row, year)) faults.push(warning('missing', key, 'Chưa có số liệu.'))
    } else if (!Number.isInteger(value) || value < 0) {
      faults.push(error('notWhole', key, 'Phải là số nguyên từ 0 trở lên.'))
    }
  }
  for (const { rule, key, atMost, message } of boundsFor(levels)) {
    const value = at(key)
    const most = at(atMost)
    if (value !== null && most !== null && value > most) faults.push(error(rule, key, message))
  }
  for (const { key } of STAFF_ROWS) faults.push(...qualificationFaults(key, at))
  const heads = at('staff.head.total')
  if (heads !== null && heads > 1)
    faults.push(error('oneHead', 'staff.head.total', 'Mỗi trường chỉ có một hiệu trưởng.'))
  const fibre = at('equipment.fibre')
  if (fibre !== null && fibre > 1)
    faults.push(error('flagZeroOrOne', 'equipment.fibre', 'Chỉ nhập 1 (có) hoặc 0 (không).'))
  for (const { key } of gradesOf(levels)) faults.push(...gradeFaults(key, at))
  const roomsPerClass = at('rooms.perClass')
  if (roomsPerClass !== null && roomsPerClass > 2)
    faults.push(
      warning('moreRoomsThanSensible', 'rooms.class', 'Số phòng học nhiều hơn hai lần số lớp; xin kiểm tra lại.'),
    )
  return faults
}

function qualificationFaults(row: string, at: (key: string) => number | null): readonly FigureFault[] {
  const total = at(`${row}.total`)
  const parts = ['below', 'standard', 'above'].map(part => at(`${row}.${part}`))
  if (total === null || parts.includes(null)) return []
  const sum = parts.reduce<number>((all, part) => all + (part ?? 0), 0)
  if (sum === total) return []
  const message = `Chưa đạt + đạt + trên chuẩn là ${sum}, tổng số là ${total}.`
  // Only for teachers is every person's training rated by one standard; other staff may have none.
  return [
    row === 'staff.teachers' || sum > total
      ? error('qualificationSum', `${row}.total`, message)
      : warning('qualificationSum', `${row}.total`, message),
  ]
}

function gradeFaults(grade: string, at: (key: string) => number | null): readonly FigureFault[] {
  const classes = at(`classes.${grade}`)
  const pupils = at(`pupils.${grade}`)
  if (classes === null || pupils === null) return []
  if (classes > 0 && pupils === 0)
    return [warning('classesWithoutPupils', `pupils.${grade}`, 'Có lớp mà không có học sinh, trẻ.')]
  if (classes === 0 && pupils > 0)
    return [error('pupilsWithoutClass', `classes.${grade}`, 'Có học sinh, trẻ mà không có lớp.')]
  return []
}
