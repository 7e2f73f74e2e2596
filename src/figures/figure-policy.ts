import { actsFor, placesAs, SCHOOL_ROLES, type Actor, type SeatRole } from '../kernel/actor.ts'
import { groupSeats } from '../kernel/group-seats.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { figureYearId } from './figure-year.ts'

/** Whose figures, and for which year's assessment they are being worked on (its five years go back from there). */
export interface FigureTarget {
  readonly schoolId: string
  readonly year: WorkingYear
  /** The school's managing unit today; empty when the tree names none. */
  readonly managerId: string
  /** The school and every unit above it. */
  readonly chain: readonly string[]
}

/** Offices of the school, held for all years. */
const officeAs =
  (...roles: readonly SeatRole[]): Condition =>
  actor => ({ schoolId: { $in: placesAs(actor, ...roles).map(({ unitId }) => unitId) } })

/** Seats of one year, which reach that year's figures alone. */
const seatOfTheYearAs =
  (...roles: readonly SeatRole[]): Condition =>
  actor => ({
    id: { $in: placesAs(actor, ...roles).flatMap(({ unitId, year }) => (year ? [figureYearId(unitId, year)] : [])) },
  })

const worksThere: Condition = actor => ({ schoolId: { $in: actor.seats.map(seat => seat.unitId) } })

const officeAbove: Condition = actor => ({
  chain: {
    $in: placesAs(actor, 'middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead').map(({ unitId }) => unitId),
  },
})

const SCHOOL_SEATS: ReadonlySet<SeatRole> = new Set(SCHOOL_ROLES)

/** Whoever sits in a school does not check its numbers, whatever office they hold above it. */
const notTheirOwn = (actor: Actor) => ({
  $nin: actor.seats.filter(({ role }) => SCHOOL_SEATS.has(role)).map(({ unitId }) => unitId),
})

const managesTheSchool: Condition = actor => ({
  managerId: {
    $in: placesAs(actor, 'middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead').map(({ unitId }) => unitId),
  },
  schoolId: notTheirOwn(actor),
})

/** By a delegation in force, in place of the school's managing unit. */
const actsForItsManager: Condition = actor => ({
  managerId: { $in: actsFor(actor, 'reconciliation', 'middleOfficer', 'middleLead') },
  schoolId: notTheirOwn(actor),
})

const provinceAbove: Condition = actor => ({
  chain: { $in: placesAs(actor, 'provinceOfficer', 'provinceLead').map(({ unitId }) => unitId) },
  schoolId: notTheirOwn(actor),
})

const keepersOfTheFigures: readonly Condition[] = [
  officeAs('head', 'clerk'),
  seatOfTheYearAs('secretary', 'secretariat'),
]

/** A member whom the chair lets write the figures that the group needs; the reconciliation stays with the keepers. */
const groupThatWritesFigures: Condition = actor => ({
  id: {
    $in: groupSeats(actor, 'writeFigures').flatMap(({ unitId, year }) => (year ? [figureYearId(unitId, year)] : [])),
  },
})

export const mayFigure = rulesFor<FigureTarget>(target => ({
  ...target,
  id: figureYearId(target.schoolId, target.year),
}))({
  read: [worksThere, officeAbove, actsForItsManager],
  edit: [...keepersOfTheFigures, groupThatWritesFigures],
  explain: keepersOfTheFigures,
  redraft: keepersOfTheFigures,
  confirm: [officeAs('head')],
  verify: [managesTheSchool, actsForItsManager],
  provinceVerify: [provinceAbove],
  dispute: [managesTheSchool, actsForItsManager, provinceAbove],
  assign: [managesTheSchool, actsForItsManager, provinceAbove],
})

export type FigureRight = keyof typeof mayFigure

/** Whom to ask, for a refusal. */
export const WHO_MAY: Readonly<Record<FigureRight, string>> = {
  read: 'Người của trường hoặc cấp quản lý của trường',
  edit: 'Hiệu trưởng, thư ký hội đồng, nhóm thư ký, văn thư, hoặc nhóm công tác được chủ tịch hội đồng cho nhập số liệu',
  explain: 'Hiệu trưởng, thư ký hội đồng, nhóm thư ký hoặc văn thư của trường',
  redraft: 'Hiệu trưởng, thư ký hội đồng, nhóm thư ký hoặc văn thư của trường',
  confirm: 'Hiệu trưởng của trường',
  verify: 'Cấp quản lý trực tiếp của trường',
  provinceVerify: 'Sở Giáo dục và Đào tạo',
  dispute: 'Cấp quản lý trực tiếp của trường hoặc Sở Giáo dục và Đào tạo',
  assign: 'Cấp quản lý trực tiếp của trường hoặc Sở Giáo dục và Đào tạo',
}
