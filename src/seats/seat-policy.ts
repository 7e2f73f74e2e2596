import { placesAs, type Actor } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import type { OfficeRole } from './office-seat.ts'

/** The seat that somebody wants to fill or end, with the managing chain of its unit on that day. */
export interface SeatTarget {
  readonly unitId: string
  readonly isSchool: boolean
  readonly role: OfficeRole
  /** The unit's managing unit on the day; empty for a province. */
  readonly managerId: string
  /** The unit itself and all above it. */
  readonly chain: readonly string[]
}

const unitsAs = (actor: Actor, ...roles: Parameters<typeof placesAs>[1][]): readonly string[] =>
  placesAs(actor, ...roles).map(place => place.unitId)

/** The IT team of the Sở, anywhere below it: accounts and posts, never content. */
const itAdminAbove: Condition = actor => ({ chain: { $in: unitsAs(actor, 'itAdmin') } })

/** The head, for the people of the own school, not for the own successor. */
const headOfTheSchool: Condition = actor => ({
  unitId: { $in: unitsAs(actor, 'head') },
  role: { $in: ['clerk', 'staff'] },
})

/** The lead of the managing unit, for the heads of the schools it manages on that day. */
const leadOfTheManagingUnit: Condition = actor => ({
  managerId: { $in: unitsAs(actor, 'middleLead', 'provinceLead') },
  isSchool: true,
  role: 'head',
})

const worksThere: Condition = actor => ({ unitId: { $in: actor.seats.map(seat => seat.unitId) } })

const officeAbove: Condition = actor => ({
  chain: { $in: unitsAs(actor, 'middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead', 'itAdmin') },
})

/** The head may hand the own office to a deputy for some days; who stands in may not pass it on (`delegateHead`). */
const headOfTheUnit: Condition = actor => ({ unitId: { $in: unitsAs(actor, 'head') }, isSchool: true })

export const maySeat = rulesFor<SeatTarget>(target => target)({
  read: [worksThere, officeAbove],
  appoint: [itAdminAbove, headOfTheSchool, leadOfTheManagingUnit],
  end: [itAdminAbove, headOfTheSchool, leadOfTheManagingUnit],
  delegate: [headOfTheUnit, itAdminAbove, leadOfTheManagingUnit],
})

/** Whom to ask, for the refusal. */
export const WHO_APPOINTS =
  'Hiệu trưởng (nhân sự của trường), lãnh đạo cấp quản lý trực tiếp (hiệu trưởng) hoặc quản trị hệ thống của Sở'
