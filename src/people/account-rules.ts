import type { SeatRole } from '../kernel/actor.ts'
import { SEAT_NAMES } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'

/** What every account of the system must have. */
export interface AccountRules {
  /** Whoever holds one of these seats must sign in with a second factor. */
  readonly secondFactorRoles: readonly SeatRole[]
  /** First day on which it is required; until then people are only reminded. Absent: at once. */
  readonly secondFactorFrom?: Day
  /** 0 before the first change. */
  readonly rev: number
}

export const NO_RULES: AccountRules = { secondFactorRoles: [], rev: 0 }

/** Seats for which a second factor can be required: those that decide or look after accounts. */
export const GUARDED_ROLES = [
  'itAdmin',
  'provinceLead',
  'provinceOfficer',
  'middleLead',
  'middleOfficer',
  'head',
] as const satisfies readonly SeatRole[]

export const guardedRoleNames = GUARDED_ROLES.map(role => ({ role, name: SEAT_NAMES[role] }))

/** `required`: today; `announced`: from a later day on; undefined: not for these seats. */
export function secondFactorNeed(
  { secondFactorRoles, secondFactorFrom }: AccountRules,
  roles: readonly SeatRole[],
  today: Day,
): 'required' | 'announced' | undefined {
  if (!roles.some(role => secondFactorRoles.includes(role))) return undefined
  return secondFactorFrom !== undefined && today < secondFactorFrom ? 'announced' : 'required'
}
