import { expect } from 'chai'
import type { Actor, Seat, SeatRole } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { mayOnReview, type ReviewPlace, type ReviewRight } from '../../src/reviews/review-policy.ts'

const YEAR = workingYear('2025-2026')
const place: ReviewPlace = {
  id: `th-mau.${YEAR}`,
  schoolId: 'th-mau',
  year: YEAR,
  unitId: 'xa-mau',
  handlerId: 'xa-mau',
  provinceId: 'so',
}
const takenOver: ReviewPlace = { ...place, handlerId: 'so' }

const seat = (role: SeatRole, unitId: string, more: Partial<Seat> = {}): Seat => ({
  role,
  unitId,
  from: '2020-01-01',
  ...more,
})
const actor = (seats: readonly Seat[], actingFor?: Actor['actingFor']): Actor => ({
  personId: 'p',
  name: 'Nguyễn Thị Mẫu',
  seats,
  ...(actingFor && { actingFor }),
})

const RIGHTS = Object.keys(mayOnReview) as ReviewRight[]
const rightsOf = (who: Actor, on: ReviewPlace = place): readonly string[] =>
  RIGHTS.filter(right => mayOnReview[right](who, on)).toSorted()

const OFFICER = ['ask', 'begin', 'read', 'remark']
const LEAD = [...OFFICER, 'accept', 'assign', 'forward', 'return', 'withdrawAcceptance'].toSorted()

const acting = (role: 'middleLead' | 'middleOfficer', unitId = 'xa-mau'): Actor['actingFor'] => [
  { delegationId: 'd', unitId, byUnitId: 'so', role, duties: ['review'] },
]

describe('who may do what with a review', () => {
  const cases: readonly [string, Actor, readonly string[], readonly string[]][] = [
    ['an officer of the unit', actor([seat('middleOfficer', 'xa-mau')]), OFFICER, ['read']],
    ['its lead', actor([seat('middleLead', 'xa-mau')]), LEAD, ['read']],
    ['an officer of the commune beside it', actor([seat('middleOfficer', 'xa-ben')]), [], []],
    ['a lead of the commune beside it', actor([seat('middleLead', 'xa-ben')]), [], []],
    [
      'an officer of the Sở',
      actor([seat('provinceOfficer', 'so')]),
      ['provinceReturn', 'read'],
      [...OFFICER, 'provinceReturn'].toSorted(),
    ],
    [
      'a lead of the Sở',
      actor([seat('provinceLead', 'so')]),
      ['provinceReturn', 'read', 'takeOver', 'withdrawAcceptance'],
      [...LEAD, 'provinceReturn', 'takeOver'].toSorted(),
    ],
    ['a lead of another Sở', actor([seat('provinceLead', 'so-khac')]), [], []],
    ['the IT team', actor([seat('itAdmin', 'so')]), [], []],
    ['the head', actor([seat('head', 'th-mau')]), ['answer', 'seeAsSchool'], ['answer', 'seeAsSchool']],
    ['a head of another school', actor([seat('head', 'th-khac')]), [], []],
    ['a teacher', actor([seat('staff', 'th-mau')]), ['seeAsSchool'], ['seeAsSchool']],
    [
      'the secretary of the year',
      actor([seat('secretary', 'th-mau', { year: YEAR })]),
      ['answer', 'seeAsSchool'],
      ['answer', 'seeAsSchool'],
    ],
    ['the secretary of another year', actor([seat('secretary', 'th-mau', { year: workingYear('2024-2025') })]), [], []],
    ['nobody', actor([]), [], []],
  ]
  for (const [who, somebody, own, taken] of cases)
    it(who, () => {
      expect(rightsOf(somebody)).to.deep.equal(own)
      expect(rightsOf(somebody, takenOver), 'after the Sở has taken over').to.deep.equal(taken)
    })

  it('an officer of the Sở by delegation of exactly this unit and this duty', () => {
    const officer = [seat('provinceOfficer', 'so')]
    expect(rightsOf(actor(officer, acting('middleOfficer')))).to.deep.equal([...OFFICER, 'provinceReturn'].toSorted())
    expect(rightsOf(actor(officer, acting('middleOfficer', 'xa-ben')))).to.deep.equal(['provinceReturn', 'read'])
    const [granted] = acting('middleOfficer') ?? []
    expect(rightsOf(actor(officer, granted && [{ ...granted, duties: ['period'] }]))).to.deep.equal([
      'provinceReturn',
      'read',
    ])
  })

  it('nobody who holds a seat in the school, in any office there or on that year’s council', () => {
    for (const own of [seat('staff', 'th-mau'), seat('groupMember', 'th-mau', { year: YEAR, groupId: 'n1' })])
      for (const office of [seat('middleLead', 'xa-mau'), seat('provinceLead', 'so')])
        expect(rightsOf(actor([office, own]), takenOver)).to.deep.equal(['seeAsSchool'])
    const elsewhere = [seat('middleLead', 'xa-mau'), seat('councilMember', 'th-khac', { year: YEAR })]
    expect(rightsOf(actor(elsewhere))).to.deep.equal(LEAD)
  })
})
