import type { Seat, SeatRole } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { covers, type Span } from '../organisations/index.ts'
import type { Handover } from './handover.ts'

/** Seats held by appointment to a post; council, secretariat and group seats live in the assessment that set them up. */
export const OFFICE_ROLES = [
  'head',
  'clerk',
  'staff',
  'middleOfficer',
  'middleLead',
  'provinceOfficer',
  'provinceLead',
  'itAdmin',
] as const satisfies readonly SeatRole[]

export type OfficeRole = (typeof OFFICE_ROLES)[number]

export const POST_KINDS = ['principal', 'deputy', 'teamLead', 'officeLead', 'teacher', 'staff', 'officer'] as const

/** What kind of post it is, for the rules of Điều 24 (deputy as vice chair, team heads as members). */
export type PostKind = (typeof POST_KINDS)[number]

export const BODIES = [
  'schoolBoard',
  'subjectTeams',
  'officeTeam',
  'otherSections',
  'partyCell',
  'tradeUnion',
  'youthUnion',
  'teachers',
] as const

/** A body of Điều 24 that the person can speak for on the council. */
export type Body = (typeof BODIES)[number]

/** One person in one post of one unit for a span of days; ended, never deleted. */
export interface OfficeSeat extends Span {
  readonly id: string
  readonly personId: string
  readonly unitId: string
  readonly role: OfficeRole
  /** Chức vụ as printed, e.g. `Tổ trưởng chuyên môn tổ Toán – Tin`. */
  readonly post: string
  readonly postKind: PostKind
  readonly represents: readonly Body[]
  /** The decision by which the holder stands in for the head for a span of days, beside the head or while there is none. */
  readonly standsIn?: string
}

/** All seats of one unit, past ones included: the document on which appointments are decided. */
export interface UnitSeats {
  readonly unitId: string
  readonly seats: readonly OfficeSeat[]
  /** Seats handed to a successor together with their open work, oldest first. */
  readonly handovers: readonly Handover[]
  /** 0 before the first appointment. */
  readonly rev: number
}

/** The seat as it counts for rights. */
export const asSeat = ({ role, unitId, from, to }: OfficeSeat): Seat =>
  to === undefined ? { role, unitId, from } : { role, unitId, from, to }

export const inForce = (seats: readonly OfficeSeat[], day: Day): readonly OfficeSeat[] =>
  seats.filter(seat => covers(seat, day))

/** The head on the day; a unit has at most one. Who stands in counts only while there is none. */
export function headAmong(seats: readonly OfficeSeat[], day: Day): OfficeSeat | undefined {
  const heads = inForce(seats, day).filter(seat => seat.role === 'head')
  return heads.find(seat => seat.standsIn === undefined) ?? heads[0]
}

/** Whether the school has a deputy principal on the day, so that its council needs a vice chair. */
export const deputyAmong = (seats: readonly OfficeSeat[], day: Day): boolean =>
  inForce(seats, day).some(seat => seat.postKind === 'deputy')

const overlap = (a: Span, b: Span): boolean =>
  (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to)

export type AppointmentFault =
  'endsBeforeItBegins' | 'secondHead' | 'secondStandIn' | 'standInWithoutEnd' | 'twiceInOneRole'

/** Why a new seat cannot stand beside the others of its unit; undefined when it can. */
export function faultOf(seats: readonly OfficeSeat[], next: OfficeSeat): AppointmentFault | undefined {
  if (next.to !== undefined && next.to < next.from) return 'endsBeforeItBegins'
  const beside = seats.filter(seat => seat.id !== next.id && overlap(seat, next))
  if (next.standsIn !== undefined && next.to === undefined) return 'standInWithoutEnd'
  // A head and one who stands in may hold the office on the same day, two of either may not.
  const isStandIn = next.standsIn !== undefined
  if (next.role === 'head' && beside.some(seat => seat.role === 'head' && (seat.standsIn !== undefined) === isStandIn))
    return isStandIn ? 'secondStandIn' : 'secondHead'
  return beside.some(seat => seat.personId === next.personId && seat.role === next.role) ? 'twiceInOneRole' : undefined
}

/** Seats of one unit to which a list adds others, one after the other. */
export interface GrowingSeats {
  readonly add: (seat: OfficeSeat) => void
  readonly ofPerson: (personId: string) => readonly OfficeSeat[]
  /** What `faultOf` says of all seats there, asked only of those that can stand in the way. */
  readonly faultOf: (next: OfficeSeat) => AppointmentFault | undefined
}

/** Thousands of people of one unit may stand in one list: each is looked at beside the heads and their own seats alone. */
export function growingSeats(seats: readonly OfficeSeat[]): GrowingSeats {
  const byPerson = new Map<string, OfficeSeat[]>()
  const heads: OfficeSeat[] = []
  const ofPerson = (personId: string): readonly OfficeSeat[] => byPerson.get(personId) ?? []
  const add = (seat: OfficeSeat): void => {
    const own = byPerson.get(seat.personId)
    if (own) own.push(seat)
    else byPerson.set(seat.personId, [seat])
    if (seat.role === 'head') heads.push(seat)
  }
  seats.forEach(add)
  return {
    add,
    ofPerson,
    faultOf: next =>
      faultOf(next.role === 'head' ? [...heads, ...ofPerson(next.personId)] : ofPerson(next.personId), next),
  }
}
