import { placesAs, type Actor, type SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition, type Where } from '../kernel/rules.ts'
import type { WorkingYear } from '../kernel/working-year.ts'

/** Whose figures, and for which year's assessment they are being worked on (its five years go back from there). */
export interface FigureTarget {
  readonly schoolId: string
  readonly year: WorkingYear
  /** The school's managing unit today; empty when the tree names none. */
  readonly managerId: string
  /** The school and every unit above it. */
  readonly chain: readonly string[]
}

const schoolAs =
  (...roles: readonly SeatRole[]): Condition =>
  (actor: Actor): Where | undefined => {
    const places = placesAs(actor, ...roles)
    if (places.length === 0) return undefined
    // A seat of one year reaches that year's figures alone.
    return {
      $or: places.map(({ unitId, year }) => (year === undefined ? { schoolId: unitId } : { schoolId: unitId, year })),
    }
  }

const worksThere: Condition = actor => ({ schoolId: { $in: actor.seats.map(seat => seat.unitId) } })

const officeAbove: Condition = actor => ({
  chain: {
    $in: placesAs(actor, 'middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead').map(({ unitId }) => unitId),
  },
})

const managesTheSchool: Condition = actor => ({
  managerId: {
    $in: placesAs(actor, 'middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead').map(({ unitId }) => unitId),
  },
})

const keepersOfTheFigures = schoolAs('head', 'secretary', 'secretariat', 'clerk')

export const mayFigure = rulesFor<FigureTarget>(target => target)({
  read: [worksThere, officeAbove],
  edit: [keepersOfTheFigures],
  explain: [keepersOfTheFigures],
  redraft: [keepersOfTheFigures],
  confirm: [schoolAs('head')],
  verify: [managesTheSchool],
  dispute: [managesTheSchool],
})

export type FigureRight = keyof typeof mayFigure

/** Whom to ask, for a refusal. */
export const WHO_MAY: Readonly<Record<FigureRight, string>> = {
  read: 'Người của trường hoặc cấp quản lý của trường',
  edit: 'Hiệu trưởng, thư ký hội đồng, nhóm thư ký hoặc văn thư của trường',
  explain: 'Hiệu trưởng, thư ký hội đồng, nhóm thư ký hoặc văn thư của trường',
  redraft: 'Hiệu trưởng, thư ký hội đồng, nhóm thư ký hoặc văn thư của trường',
  confirm: 'Hiệu trưởng của trường',
  verify: 'Cấp quản lý trực tiếp của trường',
  dispute: 'Cấp quản lý trực tiếp của trường',
}
