import { expect } from 'chai'
import fc from 'fast-check'
import { faultOf, growingSeats, type OfficeRole, type OfficeSeat } from '../../src/seats/office-seat.ts'

const aSeat = (fields: Partial<OfficeSeat>): OfficeSeat => ({
  id: 's1',
  personId: 'p1',
  unitId: 'thcs',
  role: 'staff',
  post: 'Giáo viên Toán',
  postKind: 'teacher',
  represents: [],
  from: '2020-01-01',
  ...fields,
})

describe('seats that a list adds one after the other', () => {
  it('are judged as beside all seats of the unit', () => {
    const day = fc.integer({ min: 2000, max: 2006 }).map(year => `${year}-06-15`)
    const wish = fc.record({
      from: day,
      to: fc.option(day, { nil: undefined }),
      personId: fc.constantFrom('a', 'b', 'c'),
      role: fc.constantFrom<OfficeRole>('head', 'clerk', 'staff'),
      standsIn: fc.option(fc.constant('12/QĐ'), { nil: undefined, freq: 3 }),
    })
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 6 }), fc.array(wish, { maxLength: 12 }), (before, list) => {
        const seatOf = ({ to, standsIn, ...rest }: (typeof list)[number], id: string): OfficeSeat =>
          aSeat({ ...rest, id, ...(to !== undefined && { to }), ...(standsIn !== undefined && { standsIn }) })
        const all = before.map((each, at) => seatOf(each, `before-${at}`))
        const growing = growingSeats(all)
        list.forEach((each, at) => {
          const next = seatOf(each, `next-${at}`)
          expect(growing.faultOf(next)).to.equal(faultOf(all, next))
          if (faultOf(all, next) !== undefined) return
          growing.add(next)
          all.push(next)
        })
        expect(growing.ofPerson('a')).to.deep.equal(all.filter(seat => seat.personId === 'a'))
      }),
    )
  })

  it('are looked at a few times each, however many they are', () => {
    let looks = 0
    const counted = (no: number): OfficeSeat => {
      const seat = aSeat({ id: `s${no}`, personId: `p${no}`, ...(no === 0 && { role: 'head', postKind: 'principal' }) })
      return new Proxy(seat, {
        get: (of, name, self) => {
          looks += 1
          return Reflect.get(of, name, self)
        },
      })
    }
    const looksAt = (people: number): number => {
      looks = 0
      const growing = growingSeats([])
      for (let no = 0; no < people; no++) {
        const next = counted(no)
        expect(growing.faultOf(next)).to.equal(undefined)
        growing.add(next)
      }
      return looks / people
    }
    expect(looksAt(4_000)).to.be.at.most(20)
    expect(looksAt(4_000)).to.be.closeTo(looksAt(500), 1)
  })
})
