import type { Actor } from '../kernel/actor.ts'
import { addDays, dayOf, printDay, type Clock, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused } from '../kernel/refusals.ts'
import { entryOf, type Unit, type UnitStore } from '../organisations/index.ts'
import { faultOf, type AppointmentFault, type OfficeRole, type OfficeSeat, type UnitSeats } from './office-seat.ts'
import { maySeat, WHO_APPOINTS, type SeatTarget } from './seat-policy.ts'
import type { SeatStore } from './seat-store.ts'

export interface SeatNeeds {
  readonly units: UnitStore
  readonly seats: SeatStore
  readonly now: Clock
  readonly newId: () => string
}

export interface EndNeeds extends SeatNeeds {
  /** Those of the people whose accounts are open and have a password. */
  readonly whoCanSignIn: (personIds: readonly string[]) => Promise<ReadonlySet<string>>
}

export type Appointment = Omit<OfficeSeat, 'id' | 'unitId'>

export const FAULTS: Readonly<Record<AppointmentFault, Readonly<Record<string, string>>>> = {
  endsBeforeItBegins: { to: 'Ngày kết thúc phải từ ngày bắt đầu trở đi.' },
  secondHead: {
    from: 'Đơn vị đã có người đứng đầu trong thời gian này. Hãy cho người trước thôi giữ chức rồi bổ nhiệm người mới.',
  },
  secondStandIn: { from: 'Đã có người được ủy quyền phụ trách trong thời gian này.' },
  standInWithoutEnd: { to: 'Ủy quyền phụ trách phải có ngày kết thúc.' },
  twiceInOneRole: { personId: 'Người này đã giữ vị trí này trong thời gian đó.' },
}

const ROLES_OF_UNIT: Readonly<Record<Unit['kind'], readonly OfficeRole[]>> = {
  school: ['head', 'clerk', 'staff'],
  commune: ['middleOfficer', 'middleLead'],
  district: ['middleOfficer', 'middleLead'],
  province: ['provinceOfficer', 'provinceLead', 'itAdmin'],
}

/** Offices that a unit of this kind has. */
export const rolesOf = (unit: Pick<Unit, 'kind'>): readonly OfficeRole[] => ROLES_OF_UNIT[unit.kind]

/** The target of a policy question, from the unit's managing chain (the unit first). */
export function targetOf(chain: readonly Unit[], role: OfficeRole): SeatTarget {
  const [unit, manager] = chain
  return {
    unitId: unit?.id ?? '',
    isSchool: unit?.kind === 'school',
    role,
    managerId: manager?.id ?? '',
    chain: chain.map(link => link.id),
  }
}

export async function chainFor(needs: Pick<SeatNeeds, 'units' | 'now'>, unitId: string): Promise<readonly Unit[]> {
  const chain = await needs.units.chainOf(unitId, dayOf(needs.now()))
  if (chain.length === 0) throw new NotFound(`unit ${unitId}`)
  return chain
}

/** The unit's seats as they stand, when this appointment may be made there; refuses otherwise and writes nothing. */
export const checkAppointment =
  (needs: SeatNeeds) =>
  async (actor: Actor, unitId: string, appointment: Appointment): Promise<UnitSeats> => {
    const chain = await chainFor(needs, unitId)
    const target = targetOf(chain, appointment.role)
    if (!maySeat.read(actor, target)) throw new NotFound(`unit ${unitId}`)
    if (!maySeat.appoint(actor, target)) throw new Forbidden('Không được bổ nhiệm vị trí này.', WHO_APPOINTS)
    if (!chain[0] || !rolesOf(chain[0]).includes(appointment.role))
      throw new InvalidInput({ role: 'Đơn vị này không có vị trí đó.' })
    const before = await needs.seats.ofUnit(unitId)
    const fault = faultOf(before.seats, { ...appointment, id: '', unitId })
    if (fault) throw new InvalidInput(FAULTS[fault])
    return before
  }

/** Puts a person into a post; refuses a second head and the same person twice in one role. */
export const appoint =
  (needs: SeatNeeds) =>
  async (actor: Actor, unitId: string, appointment: Appointment, reason: string): Promise<OfficeSeat> => {
    const before = await checkAppointment(needs)(actor, unitId, appointment)
    const seat: OfficeSeat = { ...appointment, id: needs.newId(), unitId }
    await needs.seats.save(before, [...before.seats, seat], entryFor(needs, actor, before, seat, 'appoint', reason))
    return seat
  }

/** Ends a seat: `to` is its last day. The seat stays in the list with its dates. */
export const endSeat =
  (needs: EndNeeds) =>
  async (actor: Actor, unitId: string, seatId: string, to: Day, reason: string): Promise<OfficeSeat> => {
    const chain = await chainFor(needs, unitId)
    const before = await needs.seats.ofUnit(unitId)
    const seat = before.seats.find(other => other.id === seatId)
    if (!seat || !maySeat.read(actor, targetOf(chain, seat.role))) throw new NotFound(`seat ${seatId}`)
    const step = seat.standsIn === undefined ? 'end' : 'delegate'
    if (!maySeat[step](actor, targetOf(chain, seat.role)))
      throw new Forbidden('Không được cho thôi giữ vị trí này.', WHO_APPOINTS)
    if (to < seat.from) throw new InvalidInput({ to: `Ngày kết thúc phải từ ${printDay(seat.from)} trở đi.` })
    if (seat.to !== undefined && seat.to < to)
      throw new InvalidInput({ to: `Vị trí này đã kết thúc từ ${printDay(seat.to)}.` })
    if (seat.role === 'itAdmin') await refuseIfLast(needs, before, seat, to)
    const ended = { ...seat, to }
    const seats = before.seats.map(other => (other.id === seatId ? ended : other))
    await needs.seats.save(before, seats, entryFor(needs, actor, before, ended, 'endSeat', reason))
    return ended
  }

/** Somebody must be left who can look after accounts when this administrator no longer does. */
async function refuseIfLast(needs: EndNeeds, before: UnitSeats, ending: OfficeSeat, to: Day): Promise<void> {
  const others = before.seats.filter(
    ({ id, role, from, to: last }) =>
      role === 'itAdmin' && id !== ending.id && from <= addDays(to, 1) && (last === undefined || last > to),
  )
  const able = await needs.whoCanSignIn(others.map(seat => seat.personId))
  if (able.size === 0)
    throw new StepRefused('Đây là người quản trị cuối cùng đăng nhập được. Hãy bổ nhiệm người khác trước.')
}

function entryFor(
  needs: SeatNeeds,
  actor: Actor,
  before: UnitSeats,
  seat: OfficeSeat,
  event: 'appoint' | 'endSeat',
  reason: string,
): JournalEntry {
  const { personId, role, post, from, to } = seat
  return entryOf({ actor, at: needs.now(), reason }, before.rev + 1, {
    unitId: before.unitId,
    subject: { kind: 'seats', id: before.unitId, part: seat.id },
    event,
    facts: { personId, role, post, from, ...(to === undefined ? {} : { to }) },
  })
}
