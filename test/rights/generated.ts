import fc from 'fast-check'
import { DELEGATED_DUTIES, SCHOOL_ROLES, type Actor, type Seat, type SeatRole } from '../../src/kernel/actor.ts'
import { GROUP_DEEDS } from '../../src/kernel/group-seats.ts'
import { workingYear } from '../../src/kernel/working-year.ts'

/** A small province: who manages whom, nearest first. Small, so that actors and records meet often. */
const CHAINS: Readonly<Record<string, readonly string[]>> = {
  so: ['so'],
  'xa-1': ['xa-1', 'so'],
  'xa-2': ['xa-2', 'so'],
  'th-1': ['th-1', 'xa-1', 'so'],
  'th-2': ['th-2', 'xa-1', 'so'],
  'th-3': ['th-3', 'xa-2', 'so'],
  thpt: ['thpt', 'so'],
}

const SCHOOLS = ['th-1', 'th-2', 'th-3', 'thpt'] as const
const YEARS = [workingYear('2024-2025'), workingYear('2025-2026')] as const
export const CRITERIA = ['1.1', '1.2', '2.1'] as const
const GROUPS = ['nhom-1', 'nhom-2'] as const
const PEOPLE = ['p1', 'p2', 'p3'] as const

const OFFICES: readonly SeatRole[] = ['head', 'clerk', 'staff']
const MIDDLE: readonly SeatRole[] = ['middleOfficer', 'middleLead']
const PROVINCE: readonly SeatRole[] = ['provinceOfficer', 'provinceLead', 'itAdmin']

const FROM = '2020-01-01'

const schoolSeat: fc.Arbitrary<Seat> = fc
  .record({
    role: fc.constantFrom(...SCHOOL_ROLES),
    unitId: fc.constantFrom(...SCHOOLS),
    year: fc.constantFrom(...YEARS),
    groupId: fc.constantFrom(...GROUPS),
    deeds: fc.option(fc.subarray([...GROUP_DEEDS]), { nil: undefined }),
    criteria: fc.option(fc.subarray([...CRITERIA]), { nil: undefined }),
  })
  .map(({ role, unitId, year, groupId, deeds, criteria }) => ({
    role,
    unitId,
    from: FROM,
    ...(!OFFICES.includes(role) && { year }),
    ...((role === 'groupLead' || role === 'groupMember') && {
      groupId,
      ...(deeds && { deeds }),
      ...(criteria && { criteria }),
    }),
  }))

const officeSeat = (roles: readonly SeatRole[], units: readonly string[]): fc.Arbitrary<Seat> =>
  fc.record({ role: fc.constantFrom(...roles), unitId: fc.constantFrom(...units), from: fc.constant(FROM) })

const seat = fc.oneof(
  { arbitrary: schoolSeat, weight: 3 },
  { arbitrary: officeSeat(MIDDLE, ['xa-1', 'xa-2']), weight: 1 },
  { arbitrary: officeSeat(PROVINCE, ['so']), weight: 1 },
)

/** Anybody: no seat, one, or several in different units and years, some standing in for a unit by delegation. */
export const actors: fc.Arbitrary<Actor> = fc
  .record({
    personId: fc.constantFrom(...PEOPLE),
    seats: fc.array(seat, { maxLength: 4 }),
    actingFor: fc.array(
      fc.record({
        delegationId: fc.constant('d'),
        unitId: fc.constantFrom('xa-1', 'xa-2'),
        byUnitId: fc.constant('so'),
        role: fc.constantFrom('middleLead' as const, 'middleOfficer' as const),
        duties: fc.subarray([...DELEGATED_DUTIES]),
      }),
      { maxLength: 1 },
    ),
  })
  .map(({ personId, ...rest }) => ({ personId, name: personId, ...rest }))

const chainOf = (unitId: string): readonly string[] => CHAINS[unitId] ?? []

/** A school with everything that records keep about its place. */
export const schools = fc
  .record({ schoolId: fc.constantFrom(...SCHOOLS), year: fc.constantFrom(...YEARS) })
  .map(({ schoolId, year }) => {
    const chain = chainOf(schoolId)
    return { schoolId, year, chain, ancestors: chain.slice(1), managerId: chain[1] ?? '', id: `${schoolId}.${year}` }
  })

/** Any unit of the tree with its managing chain, itself first. */
export const units = fc.constantFrom(...Object.keys(CHAINS)).map(unitId => {
  const chain = chainOf(unitId)
  const kind = unitId === 'so' ? 'province' : unitId.startsWith('xa') ? 'commune' : 'school'
  return {
    unitId,
    chain,
    ancestors: chain.slice(1),
    parentId: chain[1] ?? '',
    managerId: chain[1] ?? '',
    kind: kind as 'province' | 'commune' | 'school',
    isSchool: kind === 'school',
    provinceId: 'so',
  }
})

export const provinces = fc.constantFrom('so', 'so-khac').map(provinceId => ({ provinceId }))
export const groups = fc.option(fc.constantFrom(...GROUPS), { nil: undefined })
export const criteria = fc.constantFrom(...CRITERIA)
export const people = fc.constantFrom(...PEOPLE)
