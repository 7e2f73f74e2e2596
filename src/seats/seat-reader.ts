import type { Seat } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { comparePeople } from '../kernel/words.ts'
import { asSeat, deputyAmong, headAmong, inForce, type OfficeSeat } from './office-seat.ts'
import type { SeatStore } from './seat-store.ts'

/** Names of people by id; handed in, because accounts are kept elsewhere. */
export type NamesOf = (personIds: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** A person of a unit on a day with the post that counts most there. */
export interface StaffMember {
  readonly personId: string
  readonly name: string
  readonly post: string
  readonly postKind: OfficeSeat['postKind']
  readonly represents: OfficeSeat['represents']
  readonly seats: readonly OfficeSeat[]
}

const RANK: Readonly<Record<OfficeSeat['postKind'], number>> = {
  principal: 0,
  deputy: 1,
  teamLead: 2,
  officeLead: 3,
  officer: 4,
  teacher: 5,
  staff: 6,
}

/** One row per person, the highest post first named, ordered by post and then by name. */
export function staffFrom(seats: readonly OfficeSeat[], names: ReadonlyMap<string, string>): readonly StaffMember[] {
  const personIds = [...new Set(seats.map(seat => seat.personId))]
  const members = personIds.map((personId): StaffMember => {
    const ranked = seats
      .filter(seat => seat.personId === personId)
      .toSorted((a, b) => RANK[a.postKind] - RANK[b.postKind])
    return {
      personId,
      name: names.get(personId) ?? personId,
      post: [...new Set(ranked.map(seat => seat.post))].join('; '),
      postKind: ranked[0]?.postKind ?? 'staff',
      represents: [...new Set(ranked.flatMap(seat => seat.represents))],
      seats: ranked,
    }
  })
  return members.toSorted((a, b) => RANK[a.postKind] - RANK[b.postKind] || comparePeople(a.name, b.name))
}

export interface SeatReader {
  /** Office seats of a person in force on the day, for their rights. */
  readonly officeSeatsOf: (personId: string, day: Day) => Promise<readonly Seat[]>
  readonly staffOf: (unitId: string, day: Day) => Promise<readonly StaffMember[]>
  /** Who leads the unit on the day, and whether somebody can stand in. */
  readonly leadershipOf: (
    unitId: string,
    day: Day,
  ) => Promise<{ readonly headId?: string; readonly hasDeputy: boolean }>
}

export function seatReader(needs: { readonly seats: SeatStore; readonly namesOf: NamesOf }): SeatReader {
  const named = async (seats: readonly OfficeSeat[]): Promise<readonly StaffMember[]> =>
    staffFrom(seats, await needs.namesOf([...new Set(seats.map(seat => seat.personId))]))
  return {
    officeSeatsOf: async (personId, day) => inForce(await needs.seats.ofPerson(personId), day).map(asSeat),
    staffOf: async (unitId, day) => named(inForce((await needs.seats.ofUnit(unitId)).seats, day)),
    async leadershipOf(unitId, day) {
      const { seats } = await needs.seats.ofUnit(unitId)
      const head = headAmong(seats, day)
      return { ...(head && { headId: head.personId }), hasDeputy: deputyAmong(seats, day) }
    },
  }
}
