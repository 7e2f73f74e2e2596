import { actsFor, MANAGING_ROLES, placesAs, type Actor, type SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import { annualSteps, type AnnualEvent } from './annual-machine.ts'
import type { AnnualReport } from './annual-report.ts'

/** A report as rights see it. */
export type AnnualPlace = Pick<AnnualReport, 'unitId' | 'ancestors' | 'everSent'>

const unitsWhere = (actor: Actor, roles: readonly SeatRole[]): readonly string[] =>
  placesAs(actor, ...roles).map(({ unitId }) => unitId)

/** The unit's own office, and whoever stands in for it by a delegation of its reporting duty. */
const itsOffice =
  (...roles: readonly SeatRole[]): Condition =>
  actor => {
    const standIns = roles.filter(role => role === 'middleLead' || role === 'middleOfficer')
    const units = [...unitsWhere(actor, roles), ...actsFor(actor, 'period', ...standIns)]
    return units.length === 0 ? undefined : { unitId: { $in: units } }
  }

/** The level above reads what it was sent, from the first sending on. */
const sentToMyUnit: Condition = actor => {
  const units = unitsWhere(actor, ['provinceOfficer', 'provinceLead'])
  return units.length === 0 ? undefined : { ancestors: { $in: units }, everSent: true }
}

const holdersOf = (event: AnnualEvent['type']): readonly SeatRole[] => [
  ...new Set(annualSteps.filter(step => step.event === event).flatMap(step => step.who)),
]

/** Who reads, writes and steps an annual report. Schools and the IT team have no right over it. */
export const mayOnAnnual = rulesFor<AnnualPlace>(place => place)<'read' | 'write' | AnnualEvent['type']>({
  read: [itsOffice(...MANAGING_ROLES), sentToMyUnit],
  write: [itsOffice(...MANAGING_ROLES)],
  propose: [itsOffice(...holdersOf('propose'))],
  giveBack: [itsOffice(...holdersOf('giveBack'))],
  sign: [itsOffice(...holdersOf('sign'))],
  send: [itsOffice(...holdersOf('send'))],
  revise: [itsOffice(...holdersOf('revise'))],
})
