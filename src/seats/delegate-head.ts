import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound } from '../kernel/refusals.ts'
import { entryOf, type Unit } from '../organisations/index.ts'
import { chainFor, FAULTS, targetOf, type SeatNeeds } from './appoint.ts'
import { faultOf, inForce, type OfficeSeat, type UnitSeats } from './office-seat.ts'
import { maySeat, WHO_APPOINTS } from './seat-policy.ts'

export interface HeadDelegation {
  readonly personId: string
  readonly from: Day
  readonly to: Day
  /** Số, ngày của quyết định hoặc giấy ủy quyền. */
  readonly decision: string
}

/** Whether the person is the appointed head on the day, not one who stands in: an office that was lent cannot be lent on. */
const isAppointedHead = (seats: readonly OfficeSeat[], personId: string, day: Day): boolean =>
  inForce(seats, day).some(seat => seat.role === 'head' && seat.personId === personId && seat.standsIn === undefined)

/** Above the school the right comes from the managing unit; inside it, from being the appointed head alone. */
export function mayDelegateHead(actor: Actor, chain: readonly Unit[], seats: readonly OfficeSeat[], day: Day): boolean {
  const target = targetOf(chain, 'head')
  return (
    maySeat.delegate(actor, target) && (maySeat.appoint(actor, target) || isAppointedHead(seats, actor.personId, day))
  )
}

/** People who can stand in for the head on the day: deputies, and where there is none, leads of teams. */
export function standInCandidates({ seats }: Pick<UnitSeats, 'seats'>, day: Day): readonly OfficeSeat[] {
  const current = inForce(seats, day).filter(seat => seat.role !== 'head')
  const deputies = current.filter(seat => seat.postKind === 'deputy')
  return deputies.length > 0
    ? deputies
    : current.filter(seat => seat.postKind === 'teamLead' || seat.postKind === 'officeLead')
}

/**
 * Lets a deputy (without one, the lead of a team) run the school in the head's place from a day to a day. The head gives
 * it to a deputy, the lead of the managing unit to either, also while the school has no head.
 */
export const delegateHead =
  (needs: SeatNeeds) =>
  async (actor: Actor, unitId: string, { decision, ...span }: HeadDelegation): Promise<OfficeSeat> => {
    const chain = await chainFor(needs, unitId)
    const target = targetOf(chain, 'head')
    if (!maySeat.read(actor, target)) throw new NotFound(`unit ${unitId}`)
    const before = await needs.seats.ofUnit(unitId)
    const today = dayOf(needs.now())
    if (!mayDelegateHead(actor, chain, before.seats, today))
      throw new Forbidden('Không được ủy quyền phụ trách trường này.', WHO_APPOINTS)
    const held = standInCandidates(before, span.from > today ? span.from : today).find(
      seat => seat.personId === span.personId,
    )
    if (!held)
      throw new InvalidInput({ personId: 'Người được ủy quyền phải là phó hiệu trưởng đang giữ chức của trường.' })
    const seat: OfficeSeat = {
      ...span,
      id: needs.newId(),
      unitId,
      role: 'head',
      post: held.post,
      postKind: held.postKind,
      represents: [],
      standsIn: decision,
    }
    const fault = faultOf(before.seats, seat)
    if (fault) throw new InvalidInput(FAULTS[fault])
    const { personId, from, to } = seat
    const entry = entryOf({ actor, at: needs.now(), reason: decision }, before.rev + 1, {
      unitId,
      subject: { kind: 'seats', id: unitId, part: seat.id },
      event: 'delegateHead',
      facts: { personId, from, to },
    })
    await needs.seats.save(before, [...before.seats, seat], entry)
    return seat
  }
