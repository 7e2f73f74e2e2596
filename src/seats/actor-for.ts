import type { Actor, Seat } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { covers } from '../organisations/index.ts'

/** The person as who asks, with the seats in force on the day; every other seat is left out and gives no right. */
export const actorFor = (
  person: { readonly id: string; readonly name: string },
  seats: readonly Seat[],
  day: Day,
): Actor => ({ personId: person.id, name: person.name, seats: seats.filter(seat => covers(seat, day)) })
