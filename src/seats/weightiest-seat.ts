import type { Actor, Seat, SeatRole } from '../kernel/actor.ts'

/** The order in which a seat names its holder in the top bar. */
const WEIGHT: readonly SeatRole[] = [
  'provinceLead',
  'provinceOfficer',
  'itAdmin',
  'middleLead',
  'middleOfficer',
  'head',
  'chair',
  'viceChair',
  'secretary',
  'groupLead',
  'secretariat',
  'groupMember',
  'councilMember',
  'clerk',
  'staff',
]

/** The unit that pages speak of: the chosen one if the person holds a seat there, else that of the weightiest seat. */
export function unitInForce(actor: Actor, chosen: string | undefined): string | undefined {
  const own = unitsOf(actor)
  return chosen !== undefined && own.includes(chosen) ? chosen : own[0]
}

/** The weightiest seat first. */
export const byWeight = (seats: readonly Seat[]): readonly Seat[] =>
  seats.toSorted((a, b) => WEIGHT.indexOf(a.role) - WEIGHT.indexOf(b.role))

/** Units in which the person holds a seat, that of the weightiest first. */
export const unitsOf = (actor: Actor): readonly string[] => [...new Set(byWeight(actor.seats).map(seat => seat.unitId))]
