import type { Actor } from '../kernel/actor.ts'
import { addDays, dayOf, printDay, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, Refusal, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { entryOf } from '../organisations/index.ts'
import { chainFor, FAULTS, targetOf, type EndNeeds } from './appoint.ts'
import { withSettled, type Handover, type OpenWork } from './handover.ts'
import { faultOf, type OfficeSeat, type UnitSeats } from './office-seat.ts'
import { maySeat, WHO_APPOINTS } from './seat-policy.ts'

/** How often a write is tried again that somebody else's came before. */
const MOST_TRIES = 5

export interface HandOverNeeds extends EndNeeds {
  /** What waits for the person in this unit; assessments live in a feature below. */
  readonly openWorkOf: (personId: string, unitId: string) => Promise<readonly OpenWork[]>
  /** Moves one piece of work; does nothing when it has been moved already, and refuses where a rule forbids it. */
  readonly moveWork: (actor: Actor, workId: string, move: WorkMove) => Promise<void>
  /** The person as who asks, with the seats of today; undefined for somebody who may no longer sign in. */
  readonly actorOf: (personId: string) => Promise<Actor | undefined>
  readonly namesOf: (personIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

export interface WorkMove {
  readonly fromPersonId: string
  readonly to: { readonly personId: string; readonly name: string; readonly post: string }
}

export interface HandOverForm {
  readonly seatId: string
  readonly toPersonId: string
  /** First day of the successor, today or earlier: open work moves now. */
  readonly on: Day
  readonly reason: string
  /** Ids of the open work that goes with the seat. */
  readonly work: readonly string[]
}

/** The seat that the actor may hand over, with the unit's list; NotFound or Forbidden otherwise. */
export const seatToHandOver = (needs: HandOverNeeds) => async (actor: Actor, unitId: string, seatId: string) => {
  const chain = await chainFor(needs, unitId)
  const before = await needs.seats.ofUnit(unitId)
  const seat = before.seats.find(each => each.id === seatId)
  if (!seat || !maySeat.read(actor, targetOf(chain, seat.role))) throw new NotFound(`seat ${seatId}`)
  const target = targetOf(chain, seat.role)
  if (seat.standsIn !== undefined || !maySeat.end(actor, target) || !maySeat.appoint(actor, target))
    throw new Forbidden('Không được bàn giao vị trí này.', WHO_APPOINTS)
  return { chain, before, seat }
}

/**
 * Passes a seat to a successor in one write, then moves the chosen open work. What a rule does not let move stays where
 * it is and is listed with the reason.
 */
export const handOver =
  (needs: HandOverNeeds) =>
  async (actor: Actor, unitId: string, form: HandOverForm): Promise<Handover> => {
    const { before, seat } = await seatToHandOver(needs)(actor, unitId, form.seatId)
    if (form.toPersonId !== '' && !(await needs.namesOf([form.toPersonId])).has(form.toPersonId))
      throw new InvalidInput({ toPersonId: 'Không có người này.' })
    const seats = seatsAfter(before, seat, form, dayOf(needs.now()), needs.newId())
    const able = await needs.whoCanSignIn([form.toPersonId])
    if (seat.role === 'itAdmin' && !able.has(form.toPersonId))
      throw new StepRefused('Người nhận chưa đăng nhập được, nên chưa thể nhận việc quản trị hệ thống.')
    const chosen = (await needs.openWorkOf(seat.personId, unitId)).filter(work => form.work.includes(work.id))
    const items = chosen.map(work =>
      work.movable
        ? { ...work, state: 'waiting' as const }
        : { ...work, state: 'left' as const, why: 'Cần làm ở trang tương ứng.' },
    )
    const handover: Handover = {
      id: needs.newId(),
      fromPersonId: seat.personId,
      toPersonId: form.toPersonId,
      post: seat.post,
      on: form.on,
      state: items.some(item => item.state === 'waiting') ? 'moving' : 'done',
      by: actor.personId,
      items,
    }
    const entry = entryOf({ actor, at: needs.now(), reason: form.reason }, before.rev + 1, {
      unitId,
      subject: { kind: 'seats', id: unitId, part: seat.id },
      event: 'handOver',
      facts: {
        from: seat.personId,
        to: form.toPersonId,
        post: seat.post,
        on: form.on,
        work: items.map(({ id }) => id),
      },
    })
    await needs.seats.save(before, seats, entry, [...before.handovers, handover])
    return finishHandover(needs)(unitId, handover.id)
  }

function seatsAfter(
  before: UnitSeats,
  seat: OfficeSeat,
  { toPersonId, on }: HandOverForm,
  today: Day,
  newId: string,
): readonly OfficeSeat[] {
  if (toPersonId === '' || toPersonId === seat.personId)
    throw new InvalidInput({ toPersonId: 'Xin chọn người nhận khác với người bàn giao.' })
  if (on <= seat.from) throw new InvalidInput({ on: `Ngày nhận phải sau ngày ${printDay(seat.from)}.` })
  if (on > today) throw new InvalidInput({ on: 'Chưa bàn giao trước được; ngày nhận muộn nhất là hôm nay.' })
  if (seat.to !== undefined && seat.to < today) throw new StepRefused('Vị trí này đã kết thúc.')
  const ended = { ...seat, to: addDays(on, -1) }
  const rest = before.seats.map(each => (each.id === seat.id ? ended : each))
  const { to: _to, ...open } = seat
  const next: OfficeSeat = { ...open, id: newId, personId: toPersonId, from: on }
  const fault = faultOf(rest, next)
  if (fault === 'twiceInOneRole') {
    // The successor holds this role already (a teacher takes a teacher's work over): only the old seat ends.
    return rest
  }
  if (fault) throw new InvalidInput(FAULTS[fault])
  return [...rest, next]
}

/** Moves what still waits of a handover; each piece is settled in the unit's list as soon as it has been tried. */
export const finishHandover =
  (needs: HandOverNeeds) =>
  async (unitId: string, handoverId: string): Promise<Handover> => {
    for (let stale = 0; ;) {
      const before = await needs.seats.ofUnit(unitId)
      const handover = before.handovers.find(each => each.id === handoverId)
      if (!handover) throw new NotFound(`handover ${handoverId}`)
      const next = handover.items.find(item => item.state === 'waiting')
      if (!next) return handover
      const settled = await moveOne(needs, handover, next.id)
      const after = withSettled(handover, next.id, settled)
      const by = (await needs.actorOf(handover.by)) ?? { personId: handover.by, name: '', seats: [] }
      const entry = entryOf({ actor: by, at: needs.now() }, before.rev + 1, {
        unitId,
        subject: { kind: 'seats', id: unitId, part: handover.id },
        event: settled.state === 'moved' ? 'moveWork' : 'leaveWork',
        facts: { work: next.id },
      })
      const handovers = before.handovers.map(each => (each.id === handoverId ? after : each))
      try {
        await needs.seats.save(before, before.seats, entry, handovers)
      } catch (error) {
        // Somebody else changed the unit's list meanwhile; moving the piece again changes nothing.
        if (!(error instanceof StaleWrite) || ++stale > MOST_TRIES) throw error
      }
    }
  }

async function moveOne(needs: HandOverNeeds, handover: Handover, workId: string) {
  const { fromPersonId, toPersonId, post } = handover
  const actor = await needs.actorOf(handover.by)
  if (!actor) return { state: 'left' as const, why: 'Người bàn giao không còn đăng nhập được.' }
  const name = (await needs.namesOf([toPersonId])).get(toPersonId) ?? toPersonId
  for (let tries = 1; ; tries++) {
    try {
      await needs.moveWork(actor, workId, { fromPersonId, to: { personId: toPersonId, name, post } })
      return { state: 'moved' as const }
    } catch (error) {
      if (error instanceof StaleWrite && tries < MOST_TRIES) continue
      // A refusal is a rule's answer and stays with the work; anything else is a fault, and the piece waits.
      if (error instanceof Refusal) return { state: 'left' as const, why: sentenceOf(error) }
      throw error
    }
  }
}

const sentenceOf = (refusal: Refusal): string =>
  refusal instanceof StepRefused && refusal.unmet.length > 0
    ? refusal.unmet.map(each => each.message).join('; ')
    : refusal instanceof NotFound
      ? 'Không được xem hồ sơ này.'
      : refusal.message

/** Finishes every handover that a crash broke off; run at each start. */
export const finishHandovers = (needs: HandOverNeeds) => async (): Promise<void> => {
  for (const unitId of await needs.seats.withOpenHandovers())
    for (const { id, state } of (await needs.seats.ofUnit(unitId)).handovers)
      if (state === 'moving') await finishHandover(needs)(unitId, id)
}
