import { nameFocalPerson } from '../people/index.ts'
import type { Player } from './cast.ts'
import type { World } from './world.ts'

/** Says whom to reach in the unit about accreditation; `by` speaks for it. What has been said before stays. */
export async function nameFocal({ system, actor }: World, by: string, { unitId, name, post, username }: Player) {
  const { units, focals } = system
  if ((await focals.ofUnits([unitId])).has(unitId)) return
  const needs = { units, focals, now: system.now }
  await nameFocalPerson(needs)(await actor(by), unitId, {
    name,
    post,
    phone: '',
    email: `dau-moi.${username}@minhhoa.example`,
    rev: 0,
  })
}
