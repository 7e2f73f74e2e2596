import { actsFor, MANAGING_ROLES, placesAs, SCHOOL_ROLES, type ActingFor, type SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import type { Duty } from './duty.ts'
import { dutySteps, type DutyEvent } from './duty-machine.ts'
import type { Period } from './period.ts'
import { periodSteps, type PeriodEvent } from './period-machine.ts'

/** A period as rights see it. */
export type PeriodPlace = Pick<Period, 'provinceId' | 'state'>

/** A duty as rights see it. */
export type DutyPlace = Pick<Duty, 'unitId' | 'parentId' | 'ancestors'>

const unitsAs = (actor: Parameters<Condition>[0], ...roles: readonly SeatRole[]): readonly string[] => [
  ...new Set(placesAs(actor, ...roles).map(({ unitId }) => unitId)),
]

const ofTheProvince =
  (...roles: readonly SeatRole[]): Condition =>
  actor => ({ provinceId: { $in: unitsAs(actor, ...roles) } })

/** Once it is open, everybody who works on content in the province may know when figures are closed and due. */
const worksOnContent: Condition = actor =>
  actor.seats.some(({ role }) => SCHOOL_ROLES.includes(role) || MANAGING_ROLES.includes(role))
    ? { state: { $ne: 'planned' } }
    : undefined

const whoSteps = (event: PeriodEvent['type'] | 'plan'): Condition =>
  ofTheProvince(...new Set(periodSteps.filter(step => step.event === event).flatMap(step => step.who)))

/** Who may take which step of a period (process § 14.7); the clock alone freezes figures. */
export const mayOnPeriod = rulesFor<PeriodPlace>(place => place)<PeriodEvent['type'] | 'read' | 'plan'>({
  read: [worksOnContent, ofTheProvince('provinceOfficer', 'provinceLead')],
  plan: [whoSteps('plan')],
  open: [whoSteps('open')],
  lockFigures: [],
  consolidate: [whoSteps('consolidate')],
  sign: [whoSteps('sign')],
  publish: [whoSteps('publish')],
  correct: [whoSteps('correct')],
})

const inTheUnit =
  (...roles: readonly SeatRole[]): Condition =>
  actor => ({ unitId: { $in: unitsAs(actor, ...roles) } })

/** The Sở's officers are the unit above of its own schools and of the middle units, never of a unit itself. */
const inTheUnitAbove =
  (...roles: readonly SeatRole[]): Condition =>
  actor => ({
    parentId: { $in: unitsAs(actor, ...roles) },
    // Nobody judges the report of a school in which he or she holds a seat.
    unitId: { $nin: unitsAs(actor, ...SCHOOL_ROLES) },
  })

const actingInTheUnit =
  (...roles: readonly ActingFor['role'][]): Condition =>
  actor => ({ unitId: { $in: actsFor(actor, 'period', ...roles) } })

const actingInTheUnitAbove =
  (...roles: readonly ActingFor['role'][]): Condition =>
  actor => ({
    parentId: { $in: actsFor(actor, 'period', ...roles) },
    unitId: { $nin: unitsAs(actor, ...SCHOOL_ROLES) },
  })

const anyOfTheUnit: Condition = inTheUnit(...SCHOOL_ROLES, ...MANAGING_ROLES)

const officesAbove: Condition = actor => ({ ancestors: { $in: unitsAs(actor, ...MANAGING_ROLES) } })

const rolesOf = (event: DutyEvent['type']): readonly SeatRole[] => [
  ...new Set(dutySteps.filter(step => step.event === event).flatMap(step => step.who)),
]

const actingRolesOf = (event: DutyEvent['type']): readonly ActingFor['role'][] =>
  rolesOf(event).filter(role => role === 'middleLead' || role === 'middleOfficer')

const own = (event: DutyEvent['type']): readonly Condition[] => [
  inTheUnit(...rolesOf(event)),
  actingInTheUnit(...actingRolesOf(event)),
]

const above = (event: DutyEvent['type']): readonly Condition[] => [
  inTheUnitAbove(...rolesOf(event)),
  actingInTheUnitAbove(...actingRolesOf(event)),
]

/** Who may take which step of a unit's duty (process § 14.7, § 14.8 for delegation). */
export const mayOnDuty = rulesFor<DutyPlace>(place => place)<DutyEvent['type'] | 'read' | 'remind'>({
  read: [
    anyOfTheUnit,
    officesAbove,
    actingInTheUnit('middleLead', 'middleOfficer'),
    actingInTheUnitAbove('middleLead', 'middleOfficer'),
  ],
  start: own('start'),
  send: own('send'),
  return: above('return'),
  accept: above('accept'),
  withdrawAcceptance: above('withdrawAcceptance'),
  excuse: above('excuse'),
  recallExcuse: above('recallExcuse'),
  remind: [officesAbove, actingInTheUnitAbove('middleLead', 'middleOfficer')],
})
