import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { unprotectedCreatePerson } from '../people/index.ts'
import { appoint } from '../seats/index.ts'
import { DEMO_PASSWORD, OFFICERS, type Player } from './cast.ts'
import { PROVINCE } from './province.ts'
import type { World } from './world.ts'

/** Whoever sets up the system at the machine itself: enters units and the first posts. */
export const INSTALLER: Actor = {
  personId: 'system',
  name: 'Hệ thống',
  seats: [{ role: 'itAdmin', unitId: PROVINCE.id, from: '2005-08-01' }],
}

const FIRST = OFFICERS[0]?.id ?? ''

/** Makes accounts; they all share one password, so it is hashed once and the hash is used again. */
export async function enterPeople({ system, clock }: World, installer: Actor, players: readonly Player[]) {
  let hash = (await system.people.accountOf(FIRST))?.hash
  for (const { id, name, unitId, username } of players) {
    const known = await system.people.accountOf(id)
    if (known) continue
    const wanted = { id, name, unitId, username, email: `${username}@minhhoa.example` }
    if (hash === undefined) {
      const create = unprotectedCreatePerson({ people: system.people, now: clock.now })
      await create(installer, wanted, DEMO_PASSWORD, { mustChange: false })
      hash = (await system.people.accountOf(id))?.hash
    } else {
      const change = { actor: installer, at: clock.now(), event: 'createPerson' }
      await system.people.add(wanted, hash, false, change)
    }
  }
}

/** Puts people into their posts from that day on; whoever holds a post of the unit already is left alone. */
export async function fillPosts(world: World, by: Actor, players: readonly Player[], from: Day): Promise<void> {
  const { system, clock } = world
  const needs = { units: system.units, seats: system.seats, now: clock.now, newId: system.evidenceNeeds.newId }
  for (const { id: personId, unitId, role, post, postKind, represents } of players) {
    const { seats } = await system.seats.ofUnit(unitId)
    if (seats.some(seat => seat.personId === personId)) continue
    const appointment = { personId, role, post, postKind, represents, from }
    await appoint(needs)(by, unitId, appointment, 'Phân công theo quyết định bổ nhiệm, tuyển dụng')
  }
}
