import { expect } from 'chai'
import fc from 'fast-check'
import type { Actor } from '../../src/kernel/actor.ts'
import { faultOf, growingSeats, type OfficeRole, type OfficeSeat } from '../../src/seats/office-seat.ts'
import { judgePeople } from '../../src/seats/people-sheet.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'
import { aSeat } from './a-seat.ts'

const itTeam: Actor = {
  personId: 'boss',
  name: 'Ngô Văn Khế',
  seats: [{ role: 'itAdmin', unitId: 'so', from: '2020-01-01' }],
}

/** Counts how often somebody looks at a field of the seats that it hands out. */
function looking() {
  let looks = 0
  const watched = (seat: OfficeSeat): OfficeSeat =>
    new Proxy(seat, {
      get: (of, name, self) => {
        looks += 1
        const value: unknown = Reflect.get(of, name, self)
        return value
      },
    })
  return { watched, looks: () => looks }
}

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
    const looksAt = (people: number): number => {
      const { watched, looks } = looking()
      const growing = growingSeats([])
      for (let no = 0; no < people; no++) {
        const seat = aSeat({ id: `s${no}`, personId: `p${no}`, ...(no === 0 && { role: 'head' }) })
        const next = watched(seat)
        expect(growing.faultOf(next)).to.equal(undefined)
        growing.add(next)
      }
      return looks() / people
    }
    expect(looksAt(4_000)).to.be.at.most(20)
    expect(looksAt(4_000)).to.be.closeTo(looksAt(500), 1)
  })

  it('are not gone through again for every line of a file of people', () => {
    const linesFor = (people: number): number => {
      const { watched, looks } = looking()
      const held = Array.from({ length: people }, (_, no) => watched(aSeat({ id: `s${no}`, personId: `p${no}` })))
      const rows = Array.from({ length: people }, (_, no) => ({
        number: no + 2,
        values: {
          name: `Người Mẫu ${no}`,
          username: `moi${no}`,
          email: undefined,
          phone: undefined,
          unitId: 'thcs',
          role: 'staff',
          postKind: undefined,
          post: 'Giáo viên',
          from: undefined,
        } as const,
      }))
      const faultAt = (): never => expect.fail('no line has a fault')
      const kinds: string[] = []
      judgePeople(
        { sheet: 'Nhân sự', rows, faults: [], columns: new Set(), faultAt },
        {
          actor: itTeam,
          day: '2025-10-05',
          tree: twoTierProvince(),
          people: new Map(),
          seats: new Map([['thcs', held]]),
        },
        ({ kind }) => kinds.push(kind),
      )
      expect(kinds).to.deep.equal(rows.map(() => 'new'))
      return looks() / people
    }
    expect(linesFor(1_500)).to.be.at.most(10)
  }).timeout(120_000)
})
