import type { Actor, DelegatedDuty } from '../kernel/actor.ts'
import { addDays, dayOf, printDay, type Clock, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { DUTY_NAMES, type Delegation, type UnitDelegations } from './delegation.ts'
import { DELEGATION_VERSION, delegationLife, type DelegationEvent, type DelegationFacts } from './delegation-machine.ts'
import { mayDelegate, WHO_DELEGATES } from './delegation-policy.ts'
import type { DelegationStore } from './delegation-store.ts'
import { nameOn, type Unit } from './unit.ts'
import type { UnitStore } from './unit-store.ts'

export interface DelegationNeeds {
  readonly units: UnitStore
  readonly delegations: DelegationStore
  readonly now: Clock
  readonly newId: () => string
}

export interface Grant {
  readonly unitId: string
  readonly byUnitId: string
  readonly duties: readonly DelegatedDuty[]
  readonly from: Day
  readonly to: Day
  readonly decision: Delegation['decision']
}

const lives = (unit: Unit, from: Day, to: Day): boolean => unit.from <= from && (unit.to === undefined || to <= unit.to)

/** A unit with its managing chain, or the sentence that it may not be used here. */
async function managingUnit(needs: DelegationNeeds, id: string, { from, to }: Grant): Promise<Unit | string> {
  const [unit] = await needs.units.chainOf(id, from)
  if (!unit || unit.kind === 'school') return 'Xin chọn một cấp quản lý.'
  return lives(unit, from, to)
    ? unit
    : `${nameOn(unit, from)} không hoạt động suốt từ ${printDay(from)} đến ${printDay(to)}.`
}

/** Everything that is wrong with a grant, by field; a unit's duty lies in one hand on each day. */
async function faultsOf(needs: DelegationNeeds, before: UnitDelegations, grant: Grant) {
  const { unitId, byUnitId, duties, from, to } = grant
  const [unit, acting] = await Promise.all([managingUnit(needs, unitId, grant), managingUnit(needs, byUnitId, grant)])
  const twice = before.delegations.find(
    each => each.from <= to && from <= each.to && each.duties.some(duty => duties.includes(duty)),
  )
  return {
    ...(typeof unit === 'string' && { unitId: unit }),
    ...(typeof acting === 'string' && { byUnitId: acting }),
    ...(unitId === byUnitId && { byUnitId: 'Đơn vị không ủy quyền cho chính mình.' }),
    ...(to < from && { to: 'Ngày kết thúc không được trước ngày bắt đầu.' }),
    ...(duties.length === 0 && { duties: 'Xin chọn ít nhất một việc.' }),
    ...(twice && {
      duties: `Việc “${twice.duties
        .filter(duty => duties.includes(duty))
        .map(duty => DUTY_NAMES[duty])
        .join(', ')}” đã được ủy quyền từ ${printDay(twice.from)} đến ${printDay(twice.to)}.`,
    }),
  }
}

async function demand(needs: DelegationNeeds, actor: Actor, unitId: string): Promise<void> {
  const chain = (await needs.units.chainOf(unitId, dayOf(needs.now()))).map(unit => unit.id)
  if (chain.length === 0) throw new NotFound(`unit ${unitId}`)
  if (!mayDelegate.grant(actor, { chain })) throw new Forbidden('Không được ủy quyền ở đây.', WHO_DELEGATES)
}

/** The Sở lets one managing unit (often itself) do duties of another between two days. */
export const grantDelegation =
  (needs: DelegationNeeds) =>
  async (actor: Actor, grant: Grant): Promise<UnitDelegations> => {
    await demand(needs, actor, grant.unitId)
    const before = await needs.delegations.of(grant.unitId)
    const faults = await faultsOf(needs, before, grant)
    if (Object.keys(faults).length > 0) throw new InvalidInput(faults)
    const { unitId: _unitId, ...rest } = grant
    const delegation: Delegation = { id: needs.newId(), ...rest, state: 'active', machine: DELEGATION_VERSION }
    return needs.delegations.put(before, delegation, { actor, at: needs.now() }, { event: 'grant' })
  }

/** Ends a delegation earlier than written, or withdraws it: then it was in force for the last time yesterday. */
export const stepDelegation =
  (needs: DelegationNeeds) =>
  async (actor: Actor, unitId: string, id: string, event: DelegationEvent): Promise<UnitDelegations> => {
    await demand(needs, actor, unitId)
    const before = await needs.delegations.of(unitId)
    const delegation = before.delegations.find(each => each.id === id)
    if (!delegation) throw new NotFound(`delegation ${id}`)
    const at = needs.now()
    const facts: DelegationFacts = { from: delegation.from, to: delegation.to, today: dayOf(at) }
    const state = nextState<Delegation['state'], DelegationFacts, DelegationEvent>(
      delegationLife,
      delegation.state,
      facts,
      event,
    )
    const to = event.type === 'end' ? event.lastDay : addDays(facts.today, -1)
    const by = { actor, at, ...(event.type === 'revoke' && { reason: event.reason }) }
    return needs.delegations.put(before, { ...delegation, state, to }, by, {
      event: event.type,
      from: delegation.state,
    })
  }
