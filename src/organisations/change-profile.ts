import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock } from '../kernel/dates.ts'
import { Forbidden, NotFound, StaleWrite } from '../kernel/refusals.ts'
import type { ProfileChange } from './profile-input.ts'
import { isSchool, type Unit } from './unit.ts'
import { mayUnit, WHO_CHANGES_PROFILE, type UnitTarget } from './unit-policy.ts'
import type { UnitStore } from './unit-store.ts'

export interface UnitNeeds {
  readonly units: UnitStore
  readonly now: Clock
}

/** The policy target of a unit from its managing chain, the unit first. */
export const unitTarget = (unit: Unit, chain: readonly Unit[]): UnitTarget => ({
  unitId: unit.id,
  kind: unit.kind,
  chain: chain.map(link => link.id),
})

/** The head brings the school's own profile up to date. */
export const changeProfile =
  ({ units, now }: UnitNeeds) =>
  async (actor: Actor, schoolId: string, change: ProfileChange, seenRev: number): Promise<Unit> => {
    const chain = await units.chainOf(schoolId, dayOf(now()))
    const school = chain[0]
    if (!school || !isSchool(school)) throw new NotFound(`school ${schoolId}`)
    if (!mayUnit.changeProfile(actor, unitTarget(school, chain)))
      throw new Forbidden('Không được sửa hồ sơ của trường này.', WHO_CHANGES_PROFILE)
    if (school.rev !== seenRev) throw new StaleWrite('Hồ sơ trường vừa được người khác sửa.')
    const { schoolKind, levels, ownership } = school.school
    return units.saveProfile(school, { schoolKind, levels, ownership, ...change }, { actor, at: now() })
  }
