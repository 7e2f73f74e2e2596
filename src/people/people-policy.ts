import type { Actor } from '../kernel/actor.ts'
import { rulesFor, type Where } from '../kernel/rules.ts'
import type { Person } from './person.ts'

const asItAdmin = (actor: Actor): Where | undefined =>
  actor.seats.some(seat => seat.role === 'itAdmin') ? {} : undefined

const itsHead = (actor: Actor): Where | undefined => {
  const units = unitsHeadedBy(actor)
  return units.length === 0 ? undefined : { unitId: { $in: units } }
}

export const unitsHeadedBy = (actor: Actor): readonly string[] =>
  actor.seats.filter(seat => seat.role === 'head').map(seat => seat.unitId)

export const administersAll = (actor: Actor): boolean => actor.seats.some(seat => seat.role === 'itAdmin')

/** Accounts are looked after by the IT team of the province, and within a unit by its head. */
export const may = rulesFor<Pick<Person, 'id' | 'unitId'>>(({ id, unitId }) => ({ _id: id, unitId }))({
  read: [asItAdmin, itsHead],
  create: [asItAdmin, itsHead],
  giveLink: [asItAdmin, itsHead],
  correctContact: [asItAdmin, itsHead],
  endSessions: [asItAdmin, itsHead],
  removeSecondFactor: [asItAdmin],
  unlinkSignOn: [asItAdmin],
  lock: [asItAdmin, itsHead],
  unlock: [asItAdmin, itsHead],
  leave: [asItAdmin, itsHead],
  comeBack: [asItAdmin, itsHead],
  /** Looks at the person's pages for a while, without being able to do anything. */
  viewAs: [asItAdmin],
})

/** What can be done with somebody's account. */
export type AccountStep = Exclude<keyof typeof may, 'read' | 'create'>

/**
 * A head takes no account over that reaches further than the own unit: who also holds a seat elsewhere
 * (an officer, a member of an external team) is looked after by the IT team alone.
 */
export const reachesNoFurther = (actor: Actor, unitsOfPerson: readonly string[]): boolean =>
  administersAll(actor) || unitsOfPerson.every(unit => unitsHeadedBy(actor).includes(unit))

export const WHO_LOOKS_AFTER_ACCOUNTS = 'Nhóm quản trị công nghệ thông tin của Sở'
