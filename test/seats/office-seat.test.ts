import { expect } from 'chai'
import fc from 'fast-check'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import {
  actorFor,
  DUTIES,
  headAmong,
  maySeat,
  ROLE_NAMES,
  seatLabel,
  staffFrom,
  type OfficeSeat,
} from '../../src/seats/index.ts'
import { faultOf } from '../../src/seats/office-seat.ts'
import { aSeat } from './a-seat.ts'

describe('seats of a unit', () => {
  const head = aSeat({ id: 'h1', role: 'head', postKind: 'principal', post: 'Hiệu trưởng', to: '2025-08-31' })

  it('refuse a second head on a common day and take the successor from the next', () => {
    expect(faultOf([head], aSeat({ id: 'h2', personId: 'p2', role: 'head', from: '2025-08-31' }))).to.equal(
      'secondHead',
    )
    expect(faultOf([head], aSeat({ id: 'h2', personId: 'p2', role: 'head', from: '2025-09-01' }))).to.equal(undefined)
  })

  it('refuse the same person twice in one role, and an end before the beginning', () => {
    expect(faultOf([aSeat({})], aSeat({ id: 's2' }))).to.equal('twiceInOneRole')
    expect(faultOf([aSeat({})], aSeat({ id: 's2', role: 'clerk' }))).to.equal(undefined)
    expect(faultOf([], aSeat({ to: '2019-12-31' }))).to.equal('endsBeforeItBegins')
  })

  it('never have two heads on a day, whatever is appointed in whatever order', () => {
    const day = fc.integer({ min: 2000, max: 2012 }).map(year => `${year}-06-15`)
    const wish = fc.record({
      from: day,
      to: fc.option(day, { nil: undefined }),
      personId: fc.constantFrom('a', 'b', 'c'),
    })
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), day, (wishes, asked) => {
        const seats = wishes.reduce<readonly OfficeSeat[]>((taken, { from, to, personId }, index) => {
          const next = aSeat({ id: String(index), personId, role: 'head', from, ...(to === undefined ? {} : { to }) })
          return faultOf(taken, next) ? taken : [...taken, next]
        }, [])
        const heads = seats.filter(seat => seat.from <= asked && (seat.to === undefined || asked <= seat.to))
        expect(heads.length).to.be.at.most(1)
        expect(headAmong(seats, asked)).to.equal(heads[0])
      }),
      { numRuns: 200 },
    )
  })

  it('name each person once, by rank and then by given name', () => {
    const names = new Map([
      ['p1', 'Lê Văn An'],
      ['p2', 'Đỗ Thị Bưởi'],
      ['p3', 'Bùi Văn Ánh'],
    ])
    const staff = staffFrom(
      [
        aSeat({ id: '1', personId: 'p1' }),
        aSeat({ id: '2', personId: 'p2', postKind: 'deputy', post: 'Phó Hiệu trưởng', represents: ['partyCell'] }),
        aSeat({
          id: '3',
          personId: 'p2',
          role: 'clerk',
          postKind: 'staff',
          post: 'Kiêm văn thư',
          represents: ['teachers'],
        }),
        aSeat({ id: '4', personId: 'p3' }),
      ],
      names,
    )
    expect(staff.map(({ name, post }) => [name, post])).to.deep.equal([
      ['Đỗ Thị Bưởi', 'Phó Hiệu trưởng; Kiêm văn thư'],
      ['Lê Văn An', 'Giáo viên Toán'],
      ['Bùi Văn Ánh', 'Giáo viên Toán'],
    ])
    expect(staff[0]?.represents).to.deep.equal(['partyCell', 'teachers'])
  })
})

describe('an actor', () => {
  it('carries only seats in force on the day', () => {
    const seats = [
      { role: 'head', unitId: 'a', from: '2020-01-01', to: '2025-06-30' },
      { role: 'staff', unitId: 'b', from: '2025-07-01' },
    ] as const
    const rolesOn = (day: string) => actorFor({ id: 'p', name: 'Vũ Thị Cam' }, seats, day).seats.map(({ role }) => role)
    expect(rolesOn('2025-06-30')).to.deep.equal(['head'])
    expect(rolesOn('2025-07-01')).to.deep.equal(['staff'])
  })
})

describe('who fills and ends seats', () => {
  const target = {
    unitId: 'thcs',
    isSchool: true,
    role: 'staff',
    managerId: 'xa',
    chain: ['thcs', 'xa', 'so'],
  } as const
  const as = (role: SeatRole, unitId: string): Actor => ({
    personId: 'p',
    name: 'Vũ Thị Cam',
    seats: [{ role, unitId, from: '2020-01-01' }],
  })

  it('is the head for the own staff, never for another school and never for a head', () => {
    expect(maySeat.appoint(as('head', 'thcs'), target)).to.equal(true)
    expect(maySeat.appoint(as('head', 'thpt'), target)).to.equal(false)
    expect(maySeat.appoint(as('head', 'thcs'), { ...target, role: 'head' })).to.equal(false)
  })

  it('is the lead of the managing unit for heads, not for staff and not elsewhere', () => {
    expect(maySeat.appoint(as('middleLead', 'xa'), { ...target, role: 'head' })).to.equal(true)
    expect(maySeat.appoint(as('middleLead', 'xa'), target)).to.equal(false)
    expect(maySeat.appoint(as('middleLead', 'xa-khac'), { ...target, role: 'head' })).to.equal(false)
    expect(maySeat.appoint(as('middleOfficer', 'xa'), { ...target, role: 'head' })).to.equal(false)
  })

  it('is the IT team anywhere below its Sở, and nowhere else', () => {
    expect(maySeat.end(as('itAdmin', 'so'), target)).to.equal(true)
    expect(maySeat.end(as('itAdmin', 'so-khac'), target)).to.equal(false)
  })

  it('is nobody without a seat', () => {
    expect(maySeat.read({ personId: 'p', name: '', seats: [] }, target)).to.equal(false)
    expect(maySeat.read(as('staff', 'thcs'), target)).to.equal(true)
  })
})

describe('the words of seats', () => {
  it('say for every seat what it is there for', () => {
    expect(DUTIES.map(({ role }) => role).toSorted()).to.deep.equal(Object.keys(ROLE_NAMES).toSorted())
    expect(seatLabel({ role: 'clerk' }, 'Trường THCS Lá Lúa')).to.equal('Văn thư – Trường THCS Lá Lúa')
  })
})
