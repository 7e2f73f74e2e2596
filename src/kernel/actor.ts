import type { Day } from './dates.ts'
import type { GroupDeed } from './group-seats.ts'
import type { WorkingYear } from './working-year.ts'

/** Every seat that a person can hold (process § 2). Seats of a school carry its year; offices are held for all years. */
export type SeatRole =
  | 'head'
  | 'chair'
  | 'viceChair'
  | 'secretary'
  | 'councilMember'
  | 'secretariat'
  | 'groupLead'
  | 'groupMember'
  | 'clerk'
  | 'staff'
  | 'middleOfficer'
  | 'middleLead'
  | 'provinceOfficer'
  | 'provinceLead'
  | 'itAdmin'

/** Roles of a school in which somebody answers for its whole self-assessment, and may read all of it at any time. */
export const ANSWERING_ROLES: readonly SeatRole[] = [
  'head',
  'chair',
  'viceChair',
  'secretary',
  'councilMember',
  'secretariat',
  'groupLead',
]

/** Every seat that is held in a school. */
export const SCHOOL_ROLES: readonly SeatRole[] = [...ANSWERING_ROLES, 'groupMember', 'clerk', 'staff']

/** Every seat in an office above schools that works on their content. */
export const MANAGING_ROLES: readonly SeatRole[] = ['middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead']

/** One seat as it counts today: in which unit, for which working year (absent: for every year), in which group. */
export interface Seat {
  readonly role: SeatRole
  readonly unitId: string
  readonly year?: WorkingYear
  readonly groupId?: string
  /** What the seat may do in its group by the chair's decision; absent: what every seat of a group may (`GIVEN_DEEDS`). */
  readonly deeds?: readonly GroupDeed[]
  /** Only these criteria of the group; absent: all of them. */
  readonly criteria?: readonly string[]
  readonly from: Day
  readonly to?: Day
}

/** Work of a managing unit that another unit may do in its place, by a decision with dates (process § 8). */
export const DELEGATED_DUTIES = ['review', 'period', 'reconciliation'] as const

export type DelegatedDuty = (typeof DELEGATED_DUTIES)[number]

/** What the holder of a seat in the acting unit may do for another unit, on the day of the request. */
export interface ActingFor {
  readonly delegationId: string
  /** The unit for which it is done. */
  readonly unitId: string
  /** The unit that acts, where the person holds a seat. */
  readonly byUnitId: string
  /** The seat that the person stands in for there: leads for a lead, officers for an officer. */
  readonly role: 'middleLead' | 'middleOfficer'
  readonly duties: readonly DelegatedDuty[]
}

/** Who asks: a person with the seats that are in force on the day of the request. */
export interface Actor {
  readonly personId: string
  readonly name: string
  readonly seats: readonly Seat[]
  /** Absent: acts for no other unit. These are no seats: only what a policy asks of `actsFor` is allowed by them. */
  readonly actingFor?: readonly ActingFor[]
}

/** Seats in one school and year, offices included only where they are held in that very unit. */
export const seatsIn = (actor: Actor, unitId: string, year: WorkingYear): readonly Seat[] =>
  actor.seats.filter(seat => seat.unitId === unitId && (seat.year === undefined || seat.year === year))

export const holds = (actor: Actor, unitId: string, year: WorkingYear, ...roles: readonly SeatRole[]): boolean =>
  seatsIn(actor, unitId, year).some(seat => roles.includes(seat.role))

/** The `unitId:year` pairs in which the actor holds one of the roles; a seat without a year gives the unit alone. */
export const placesAs = (
  actor: Actor,
  ...roles: readonly SeatRole[]
): readonly { readonly unitId: string; readonly year?: WorkingYear }[] =>
  actor.seats
    .filter(seat => roles.includes(seat.role))
    .map(seat => (seat.year === undefined ? { unitId: seat.unitId } : { unitId: seat.unitId, year: seat.year }))

/** The units for which the actor may do this duty by delegation, standing in for one of the roles. */
export const actsFor = (actor: Actor, duty: DelegatedDuty, ...roles: readonly ActingFor['role'][]): readonly string[] =>
  (actor.actingFor ?? [])
    .filter(acting => acting.duties.includes(duty) && roles.includes(acting.role))
    .map(acting => acting.unitId)

/** The job clock and the installer: never a person, never a right of its own; it only adds facts. */
export const SYSTEM: Actor = { personId: 'system', name: 'Hệ thống', seats: [] }

/** Vietnamese names of the seats (process § 2, § 16). */
export const SEAT_NAMES: Readonly<Record<SeatRole, string>> = {
  head: 'hiệu trưởng',
  chair: 'chủ tịch hội đồng',
  viceChair: 'phó chủ tịch hội đồng',
  secretary: 'thư ký hội đồng',
  councilMember: 'ủy viên hội đồng',
  secretariat: 'nhóm thư ký',
  groupLead: 'trưởng nhóm công tác',
  groupMember: 'thành viên nhóm công tác',
  clerk: 'văn thư',
  staff: 'cán bộ, giáo viên, nhân viên của trường',
  middleOfficer: 'chuyên viên cấp quản lý trực tiếp',
  middleLead: 'lãnh đạo cấp quản lý trực tiếp',
  provinceOfficer: 'chuyên viên Sở',
  provinceLead: 'lãnh đạo Sở',
  itAdmin: 'quản trị hệ thống',
}
