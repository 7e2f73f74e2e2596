import { actsFor, placesAs, SCHOOL_ROLES, type Actor, type SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition, type Where } from '../kernel/rules.ts'
import { inThisSchool } from '../kernel/seat-conditions.ts'
import type { Review } from './review.ts'
import type { ReviewEvent } from './review-machine.ts'

/** The fields of a review that rights rest on. */
export type ReviewPlace = Pick<Review, 'id' | 'schoolId' | 'year' | 'unitId' | 'handlerId' | 'provinceId'>

/**
 * Nobody reviews a school in which he or she holds a seat (process § 2): an office keeps out of every year, a seat on the
 * council or in a group out of its own.
 */
function notOwnSchool(actor: Actor): Where {
  const own = actor.seats.filter(({ role }) => SCHOOL_ROLES.includes(role))
  return {
    schoolId: { $nin: own.flatMap(({ unitId, year }) => (year === undefined ? [unitId] : [])) },
    _id: { $nin: own.flatMap(({ unitId, year }) => (year === undefined ? [] : [`${unitId}.${year}`])) },
  }
}

const unless = (actor: Actor, places: readonly string[], where: (units: readonly string[]) => Where) =>
  places.length === 0 ? undefined : { $and: [where(places), notOwnSchool(actor)] }

const unitsAs = (actor: Actor, ...roles: readonly SeatRole[]): readonly string[] =>
  placesAs(actor, ...roles).map(({ unitId }) => unitId)

/** Holds one of these seats in the unit that reviews now, or stands in for it by delegation. */
const inHandler =
  (...roles: readonly SeatRole[]): Condition =>
  actor => {
    const standsIn = (['middleLead', 'middleOfficer'] as const).filter(role => roles.includes(role))
    const units = [...unitsAs(actor, ...roles), ...actsFor(actor, 'review', ...standsIn)]
    return unless(actor, units, all => ({ handlerId: { $in: all } }))
  }

const inReceiver: Condition = actor =>
  unless(actor, unitsAs(actor, 'middleOfficer', 'middleLead'), units => ({ unitId: { $in: units } }))

const inProvince =
  (...roles: readonly SeatRole[]): Condition =>
  actor =>
    unless(actor, unitsAs(actor, ...roles), units => ({ provinceId: { $in: units } }))

const OFFICERS: readonly SeatRole[] = ['middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead']
const LEADS: readonly SeatRole[] = ['middleLead', 'provinceLead']

/** Events of the school's own steps are decided in the assessment; here nobody fires them. */
type Deed =
  Exclude<ReviewEvent['type'], 'recall' | 'receiveAgain'> | 'read' | 'remark' | 'assign' | 'seeAsSchool' | 'answer'

/** Who may do what with the review of one school's report. An event without a rule does not compile. */
export const mayOnReview = rulesFor<ReviewPlace>(({ id, ...place }) => ({ ...place, _id: id }))<Deed>({
  read: [inHandler(...OFFICERS), inReceiver, inProvince('provinceOfficer', 'provinceLead')],
  begin: [inHandler(...OFFICERS)],
  remark: [inHandler(...OFFICERS)],
  ask: [inHandler(...OFFICERS)],
  assign: [inHandler(...LEADS)],
  return: [inHandler(...LEADS)],
  accept: [inHandler(...LEADS)],
  forward: [inHandler(...LEADS)],
  provinceReturn: [inProvince('provinceOfficer', 'provinceLead')],
  withdrawAcceptance: [inHandler(...LEADS), inProvince('provinceLead')],
  takeOver: [inProvince('provinceLead')],
  seeAsSchool: [inThisSchool(...SCHOOL_ROLES)],
  answer: [inThisSchool('head', 'chair', 'viceChair', 'secretary', 'secretariat')],
})

export type ReviewRight = keyof typeof mayOnReview

/** Whom to ask, for a refusal. */
export const WHO_REVIEWS: Readonly<Record<ReviewRight, string>> = {
  read: 'công chức, lãnh đạo của đơn vị xem xét báo cáo',
  begin: 'công chức, lãnh đạo của đơn vị xem xét báo cáo',
  remark: 'công chức, lãnh đạo của đơn vị xem xét báo cáo',
  ask: 'công chức, lãnh đạo của đơn vị xem xét báo cáo',
  assign: 'lãnh đạo của đơn vị xem xét báo cáo',
  return: 'lãnh đạo của đơn vị xem xét báo cáo',
  accept: 'lãnh đạo của đơn vị xem xét báo cáo',
  forward: 'lãnh đạo của đơn vị xem xét báo cáo',
  provinceReturn: 'chuyên viên, lãnh đạo Sở',
  withdrawAcceptance: 'lãnh đạo của đơn vị xem xét báo cáo, lãnh đạo Sở',
  takeOver: 'lãnh đạo Sở',
  seeAsSchool: 'người của trường',
  answer: 'hiệu trưởng, chủ tịch, phó chủ tịch, thư ký hội đồng và nhóm thư ký của trường',
}
