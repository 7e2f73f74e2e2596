import { expect } from 'chai'
import type { ActingFor, Actor, Seat, SeatRole } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { mayOnDuty, mayOnPeriod } from '../../src/periods/index.ts'

const seat = (role: SeatRole, unitId: string, more: Partial<Seat> = {}): Seat => ({
  role,
  unitId,
  from: '2020-01-01',
  ...more,
})
const actor = (...seats: readonly Seat[]): Actor => ({ personId: 'p', name: 'Người Mẫu', seats })
const acting = (unitId: string, role: ActingFor['role'], duty: ActingFor['duties'][number]): Actor => ({
  ...actor(seat(role === 'middleLead' ? 'provinceLead' : 'provinceOfficer', 'so')),
  actingFor: [{ delegationId: 'd', unitId, byUnitId: 'so', role, duties: [duty] }],
})

/** Everybody who may something, and everybody who almost may. */
const everybody = {
  head: actor(seat('head', 'truong')),
  clerk: actor(seat('clerk', 'truong')),
  chairOfAnotherYear: actor(seat('chair', 'truong', { year: workingYear('2020-2021') })),
  headOfAnotherSchool: actor(seat('head', 'truong-khac')),
  officer: actor(seat('middleOfficer', 'xa')),
  lead: actor(seat('middleLead', 'xa')),
  leadOfAnotherCommune: actor(seat('middleLead', 'xa-khac')),
  leadWhoIsOnTheCouncil: actor(seat('middleLead', 'xa'), seat('councilMember', 'truong')),
  provinceOfficer: actor(seat('provinceOfficer', 'so')),
  provinceLead: actor(seat('provinceLead', 'so')),
  leadOfAnotherProvince: actor(seat('provinceLead', 'so-khac')),
  actingLead: acting('xa', 'middleLead', 'period'),
  actingOfficer: acting('xa', 'middleOfficer', 'period'),
  actingForReviewsAlone: acting('xa', 'middleLead', 'review'),
  actingForAnotherCommune: acting('xa-khac', 'middleLead', 'period'),
  itAdmin: actor(seat('itAdmin', 'so')),
  nobody: actor(),
} as const
type Name = keyof typeof everybody

const whoPasses = (rule: (who: Actor) => boolean): readonly string[] =>
  Object.entries(everybody).flatMap(([name, who]) => (rule(who) ? [name] : []))

describe('rights on a school’s duty under a commune', () => {
  const place = { unitId: 'truong', parentId: 'xa', ancestors: ['xa', 'so'] }
  const whoMay: Readonly<Record<keyof typeof mayOnDuty, readonly Name[]>> = {
    read: [
      'head',
      'clerk',
      'chairOfAnotherYear',
      'officer',
      'lead',
      'leadWhoIsOnTheCouncil',
      'provinceOfficer',
      'provinceLead',
      'actingLead',
      'actingOfficer',
      'actingForReviewsAlone',
      'actingForAnotherCommune',
    ],
    start: ['head', 'clerk'],
    send: ['head'],
    return: ['officer', 'lead', 'actingLead', 'actingOfficer'],
    accept: ['officer', 'lead', 'actingLead', 'actingOfficer'],
    withdrawAcceptance: ['lead', 'actingLead'],
    excuse: ['lead', 'actingLead'],
    recallExcuse: ['lead', 'actingLead'],
    remind: [
      'officer',
      'lead',
      'leadWhoIsOnTheCouncil',
      'provinceOfficer',
      'provinceLead',
      'actingLead',
      'actingOfficer',
      'actingForReviewsAlone',
      'actingForAnotherCommune',
    ],
  }
  for (const [right, expected] of Object.entries(whoMay))
    it(`${right}: nobody who almost may`, () => {
      // The keys of the table above.
      const rule = mayOnDuty[right as keyof typeof mayOnDuty]
      expect(whoPasses(who => rule(who, place))).to.have.members([...expected])
    })
})

describe('rights on a commune’s duty', () => {
  const place = { unitId: 'xa', parentId: 'so', ancestors: ['so'] }
  it('is sent by its lead or by whom the Sở has for it, and judged by the Sở', () => {
    expect(whoPasses(who => mayOnDuty.send(who, place))).to.have.members([
      'lead',
      'leadWhoIsOnTheCouncil',
      'actingLead',
    ])
    const ofTheSo = [
      'provinceOfficer',
      'provinceLead',
      'actingLead',
      'actingOfficer',
      'actingForReviewsAlone',
      'actingForAnotherCommune',
    ]
    expect(whoPasses(who => mayOnDuty.accept(who, place))).to.have.members(ofTheSo)
    expect(whoPasses(who => mayOnDuty.excuse(who, place))).to.have.members(
      ofTheSo.filter(name => !['provinceOfficer', 'actingOfficer'].includes(name)),
    )
  })
})

describe('rights on a period', () => {
  const open = { provinceId: 'so', state: 'open' as const }
  const ofTheSo: readonly Name[] = [
    'provinceOfficer',
    'provinceLead',
    'actingLead',
    'actingOfficer',
    'actingForReviewsAlone',
    'actingForAnotherCommune',
  ]
  const leads = ofTheSo.filter(name => !['provinceOfficer', 'actingOfficer'].includes(name))

  it('is planned and put together by the Sở, opened, signed, published and corrected by its lead', () => {
    for (const right of ['plan', 'consolidate'] as const)
      expect(whoPasses(who => mayOnPeriod[right](who, open))).to.have.members([...ofTheSo])
    for (const right of ['open', 'sign', 'publish', 'correct'] as const)
      expect(whoPasses(who => mayOnPeriod[right](who, open))).to.have.members(leads)
  })
  it('is locked by no person', () => {
    expect(whoPasses(who => mayOnPeriod.lockFigures(who, open))).to.deep.equal([])
  })
  it('is known to the Sở alone while it is planned, and to whoever works on content once it is open', () => {
    expect(whoPasses(who => mayOnPeriod.read(who, { ...open, state: 'planned' }))).to.have.members([...ofTheSo])
    const all = Object.keys(everybody).filter(name => !['itAdmin', 'nobody'].includes(name))
    expect(whoPasses(who => mayOnPeriod.read(who, open))).to.have.members(all)
  })
})
