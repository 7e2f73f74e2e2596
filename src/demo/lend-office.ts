import { addDays } from '../kernel/dates.ts'
import { delegateHead } from '../seats/index.ts'
import { castOf } from './cast.ts'
import { ALL_SCHOOLS } from './province.ts'
import type { World } from './world.ts'

/** The school whose deputy runs it for a few weeks. */
export const LENT_SCHOOL = 'thcs-1'

/** The head is on a course and lets the deputy run the school meanwhile. */
export async function lendOffice({ system, clock, actor, today }: World): Promise<void> {
  const school = ALL_SCHOOLS.find(({ id }) => id === LENT_SCHOOL)
  const cast = school ? castOf(school) : []
  const [head, deputy] = (['principal', 'deputy'] as const).map(kind => cast.find(each => each.postKind === kind))
  if (!head || !deputy) throw new Error(`no head and deputy at ${LENT_SCHOOL}`)
  const from = addDays(today, -7)
  clock.goTo(from, 8)
  const { seats } = await system.seats.ofUnit(LENT_SCHOOL)
  if (seats.some(seat => seat.standsIn !== undefined)) return
  const needs = { units: system.units, seats: system.seats, now: clock.now, newId: system.evidenceNeeds.newId }
  await delegateHead(needs)(await actor(head.id), LENT_SCHOOL, {
    personId: deputy.id,
    from,
    to: addDays(today, 21),
    decision: `Giấy ủy quyền số 07/GUQ-${school?.symbol ?? ''}`,
  })
}
