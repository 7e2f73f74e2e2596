import { MANAGING_ROLES, SCHOOL_ROLES, SEAT_NAMES, type Actor, type Seat, type SeatRole } from '../src/kernel/actor.ts'
import type { Rule } from '../src/kernel/rules.ts'
import { workingYear } from '../src/kernel/working-year.ts'
import { OFFICE_ROLES } from '../src/seats/office-seat.ts'

export const YEAR = workingYear('2025-2026')
export const [SCHOOL, MANAGER, PROVINCE, OWN_GROUP, OTHER_GROUP] = ['school', 'manager', 'province', 'own', 'other']
export const PERSON = 'person'

const PROVINCE_ROLES: readonly SeatRole[] = ['provinceOfficer', 'provinceLead', 'itAdmin']
const ROLES: readonly SeatRole[] = [...SCHOOL_ROLES, ...MANAGING_ROLES, 'itAdmin']

export const unitOf = (role: SeatRole): string =>
  SCHOOL_ROLES.includes(role) ? SCHOOL : PROVINCE_ROLES.includes(role) ? PROVINCE : MANAGER

export const isGroupRole = (role: SeatRole): boolean => role === 'groupLead' || role === 'groupMember'
const isOffice = (role: SeatRole): boolean => OFFICE_ROLES.some(office => office === role)

/** Somebody who holds this one seat and nothing else. */
const holderOf = (role: SeatRole): Actor => {
  const seat: Seat = {
    role,
    unitId: unitOf(role),
    from: '2020-01-01',
    ...(!isOffice(role) && { year: YEAR }),
    ...(isGroupRole(role) && { groupId: OWN_GROUP }),
  }
  return { personId: PERSON, name: SEAT_NAMES[role], seats: [seat] }
}

/** A record that the holder of a seat meets, and what is special about it. */
export interface Circumstance<Row> {
  readonly words: string
  readonly row: Row
}

/** The seats that a rule lets through, each with the circumstances when it is not all of them; equal ones share theirs. */
function whoPasses<Row>(rule: Rule<Row>, meets: (role: SeatRole) => readonly Circumstance<Row>[]): string {
  const rolesWhen = new Map<string, string[]>()
  for (const role of ROLES) {
    const circumstances = meets(role)
    const passed = circumstances.filter(({ row }) => rule(holderOf(role), row))
    if (passed.length === 0) continue
    const when = passed.length === circumstances.length ? '' : ` (${passed.map(({ words }) => words).join(', ')})`
    rolesWhen.set(when, [...(rolesWhen.get(when) ?? []), SEAT_NAMES[role]])
  }
  return rolesWhen.size === 0 ? '–' : [...rolesWhen].map(([when, roles]) => roles.join('; ') + when).join('<br>')
}

interface Section<Row> {
  readonly title: string
  readonly rules: Readonly<Record<string, Rule<Row>>>
  readonly names: Readonly<Record<string, string>>
  readonly meets: (role: SeatRole) => readonly Circumstance<Row>[]
}

/** One table of rights as a section of the page: each right, and the seats that it lets through. */
export function linesOf<Row>({ title, rules, names, meets }: Section<Row>): readonly string[] {
  return [
    `## ${title}`,
    '',
    '| Việc | Ai được làm |',
    '| --- | --- |',
    ...Object.entries(rules).map(([right, rule]) => `| ${names[right] ?? right} | ${whoPasses(rule, meets)} |`),
    '',
  ]
}
