import type { ActingFor, Actor, DelegatedDuty, SeatRole } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { covers, type Span } from './dated.ts'
import type { DelegationState } from './delegation-machine.ts'

/** One unit does named duties of another from a day to a day, by a numbered decision of the Sở. */
export interface Delegation extends Span {
  readonly id: string
  readonly byUnitId: string
  readonly duties: readonly DelegatedDuty[]
  /** The last day: no delegation is open-ended. */
  readonly to: Day
  readonly decision: { readonly number: string; readonly day: Day }
  readonly state: DelegationState
  readonly machine: string
}

/** All delegations of one unit, past ones included: the document on which they are decided. */
export interface UnitDelegations {
  /** The unit whose work others do. */
  readonly unitId: string
  readonly delegations: readonly Delegation[]
  /** 0 before the first one. */
  readonly rev: number
}

export const DUTY_NAMES: Readonly<Record<DelegatedDuty, string>> = {
  review: 'Xem xét báo cáo tự đánh giá',
  period: 'Tổng hợp, gửi báo cáo kỳ',
  reconciliation: 'Đối sánh số liệu',
}

/** A withdrawn one keeps its days but is never in force after the day on which it was withdrawn. */
export const delegatedOn = (delegation: Delegation, day: Day): boolean => covers(delegation, day)

/** What it is called on a day: the stored state, told apart by the calendar while it is active. */
export function standingOn(
  delegation: Delegation,
  day: Day,
): { readonly label: string; readonly tone: 'grey' | 'green' | 'blue' | 'orange' } {
  if (delegation.state === 'revoked') return { label: 'Đã thu hồi', tone: 'orange' }
  if (delegation.state === 'ended' || day > delegation.to) return { label: 'Đã kết thúc', tone: 'grey' }
  return day < delegation.from
    ? { label: 'Chưa có hiệu lực', tone: 'blue' }
    : { label: 'Đang có hiệu lực', tone: 'green' }
}

const STANDS_IN: Readonly<Partial<Record<SeatRole, ActingFor['role']>>> = {
  provinceLead: 'middleLead',
  middleLead: 'middleLead',
  provinceOfficer: 'middleOfficer',
  middleOfficer: 'middleOfficer',
}

/** What an actor may do for other units on the day: each delegation in force to a unit in which the actor holds a managing seat. */
export const actingForOn = (
  seats: Actor['seats'],
  delegations: readonly UnitDelegations[],
  day: Day,
): readonly ActingFor[] =>
  delegations.flatMap(({ unitId, delegations: granted }) =>
    granted
      .filter(delegation => delegatedOn(delegation, day))
      .flatMap(({ id, byUnitId, duties }) => {
        const roles = seats.filter(seat => seat.unitId === byUnitId).map(seat => STANDS_IN[seat.role])
        return [...new Set(roles)].flatMap(role =>
          role === undefined ? [] : [{ delegationId: id, unitId, byUnitId, role, duties }],
        )
      }),
  )
