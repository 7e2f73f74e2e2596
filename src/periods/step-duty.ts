import { entryBy } from '../journal/index.ts'
import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import { Forbidden, NotFound, Refusal } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { dutyId, type Duty } from './duty.ts'
import { dutyFactsOf } from './duty-lacks.ts'
import { dutyLife, dutySteps, type DutyEvent, type DutyFacts, type DutyState } from './duty-machine.ts'
import type { DutyChange } from './duty-store.ts'
import type { OpenDuty, PeriodNeeds } from './period-needs.ts'
import { mayOnDuty } from './period-policy.ts'
import { openPeriod } from './step-period.ts'
import { tellSoon } from './tell.ts'

/** A unit's duty with its period, for who may read both; `NotFound` for everybody else. */
export async function openDuty(
  needs: Pick<PeriodNeeds, 'periods' | 'duties'>,
  actor: Actor,
  periodId: string,
  unitId: string,
): Promise<OpenDuty> {
  const [period, duty] = await Promise.all([
    openPeriod(needs, actor, periodId),
    needs.duties.find(dutyId(periodId, unitId)),
  ])
  if (!duty || !mayOnDuty.read(actor, duty)) throw new NotFound('Không tìm thấy báo cáo của đơn vị này.')
  return { period, duty }
}

/** One step of one unit's duty: load, ask, step, write; the people concerned are told afterwards. */
export const stepDuty =
  (needs: PeriodNeeds) =>
  async (actor: Actor, periodId: string, unitId: string, event: DutyEvent): Promise<Duty> => {
    const { period, duty } = await openDuty(needs, actor, periodId, unitId)
    demand(actor, duty, event.type)
    const facts = await dutyFactsOf(needs, period, duty, event.type)
    const state = nextState<DutyState, DutyFacts, DutyEvent>(dutyLife, duty.state, facts, event)
    const at = needs.now()
    const rev = duty.rev + 1
    const actingFor = actor.actingFor?.find(each => each.unitId === duty.unitId || each.unitId === duty.parentId)
    const after = await needs.duties.step(
      duty,
      { ...changeOf(actor, duty, event, at), state },
      entryBy(actor, at, {
        id: `duty:${duty.id}:${rev}`,
        unitId: duty.unitId,
        year: duty.year,
        subject: { kind: 'duty', id: duty.id },
        event: event.type,
        from: duty.state,
        to: state,
        ...('reason' in event && { reason: event.reason }),
        ...(actingFor && { facts: { delegationId: actingFor.delegationId } }),
      }),
      event.type === 'start' ? undefined : { event: event.type, rev },
    )
    tellSoon(needs)
    return after
  }

function demand(actor: Actor, duty: Duty, event: DutyEvent['type']): void {
  if (mayOnDuty[event](actor, duty)) return
  const who = [...new Set(dutySteps.filter(step => step.event === event).flatMap(step => step.who))]
  throw new Forbidden(
    `Nhiệm vụ đang giữ không gồm việc “${dutyLife.eventNames[event]}” ở ${duty.name}.`,
    who.map(role => SEAT_NAMES[role]).join(', '),
  )
}

/** What a step writes besides the state. */
function changeOf(actor: Actor, duty: Duty, event: DutyEvent, at: Date): DutyChange {
  switch (event.type) {
    case 'send':
      return { note: event.note, sentAt: at, sentBy: actor.name }
    case 'return':
      return { returns: duty.returns + 1, returned: { reason: event.reason, by: actor.name, at } }
    case 'accept':
      return { acceptedAt: at }
    case 'withdrawAcceptance':
      return { acceptanceWithdrawn: { reason: event.reason, by: actor.name, at } }
    case 'excuse':
      return { excusedFor: event.reason }
    case 'recallExcuse':
      return { excuseRecalled: { reason: event.reason, by: actor.name, at } }
    case 'start':
      return {}
  }
}

/** How a step of several units went: each unit by itself, one that refuses stops no other. */
export interface StepsOfSeveral {
  readonly done: number
  readonly refused: readonly { readonly name: string; readonly message: string }[]
}

/** The same step for several units of a period, each decided on its own document; who may do it for none of them is forbidden. */
export const stepDuties =
  (needs: PeriodNeeds) =>
  async (actor: Actor, periodId: string, unitIds: readonly string[], event: DutyEvent): Promise<StepsOfSeveral> => {
    const refused: { name: string; message: string }[] = []
    const forbidden: Forbidden[] = []
    for (const unitId of unitIds) {
      try {
        await stepDuty(needs)(actor, periodId, unitId, event)
      } catch (error) {
        if (!(error instanceof Refusal) || error instanceof NotFound) throw error
        if (error instanceof Forbidden) forbidden.push(error)
        const duty = await needs.duties.find(dutyId(periodId, unitId))
        refused.push({ name: duty?.name ?? unitId, message: error.message })
      }
    }
    const [first] = forbidden
    if (first && forbidden.length === unitIds.length) throw first
    return { done: unitIds.length - refused.length, refused }
  }
