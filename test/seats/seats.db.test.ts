import { expect } from 'chai'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite } from '../../src/kernel/refusals.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { unitStore } from '../../src/organisations/index.ts'
import { appoint, endSeat, seatReader, seatStore, type Appointment, type EndNeeds } from '../../src/seats/index.ts'
import { testDatabase } from '../support/database.ts'
import { explainUsesIndex } from '../support/explain.ts'
import { rejection } from '../organisations/rejection.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'

const as = (role: SeatRole, unitId: string): Actor => ({
  personId: 'boss',
  name: 'Ngô Văn Khế',
  seats: [{ role, unitId, from: '2020-01-01' }],
})
const principal: Appointment = {
  personId: 'p1',
  role: 'head',
  post: 'Hiệu trưởng',
  postKind: 'principal',
  represents: [],
  from: '2025-08-01',
}
const deputy: Appointment = { ...principal, personId: 'p2', role: 'staff', post: 'Phó Hiệu trưởng', postKind: 'deputy' }

describe('appointments in the database', () => {
  let needs: EndNeeds
  let database: Database
  let journal: () => Promise<readonly string[]>

  before(async () => {
    const db = await testDatabase()
    database = db
    const outbox = relay(db, journalStore(db), error => {
      throw error
    })
    const units = unitStore(db, outbox)
    let last = 0
    needs = {
      units,
      seats: seatStore(db, outbox),
      now: () => new Date('2025-11-22T02:00:00Z'),
      newId: () => `seat-${++last}`,
      whoCanSignIn: async ids => new Set(ids.filter(id => id !== 'waiting')),
    }
    await ensureIndexes(db)
    for (const { rev: _rev, ...unit } of twoTierProvince().values())
      await units.add(unit, { actor: as('itAdmin', 'so'), at: needs.now() })
    journal = async () => {
      await outbox.settled()
      const rows = await db.connection
        .collection('journal')
        .find({ 'subject.kind': 'seats' })
        .sort({ seq: 1 })
        .toArray()
      return rows.map(row => String((row['entry'] as { event: string }).event))
    }
  })

  it('lets the managing lead appoint a head and the head appoint staff', async () => {
    await appoint(needs)(as('middleLead', 'xa'), 'thcs', principal, 'Quyết định bổ nhiệm số 01')
    await appoint(needs)(as('head', 'thcs'), 'thcs', deputy, 'Quyết định số 02')
    const reader = seatReader({
      seats: needs.seats,
      namesOf: async () =>
        new Map([
          ['p1', 'Lý Thị Mơ'],
          ['p2', 'Hồ Văn Quất'],
        ]),
    })
    expect(await reader.leadershipOf('thcs', '2025-08-01')).to.deep.equal({ headId: 'p1', hasDeputy: true })
    expect(await reader.leadershipOf('thcs', '2025-07-31')).to.deep.equal({ hasDeputy: false })
    expect((await reader.staffOf('thcs', '2025-09-01')).map(({ name }) => name)).to.deep.equal([
      'Lý Thị Mơ',
      'Hồ Văn Quất',
    ])
    expect(await reader.officeSeatsOf('p1', '2025-09-01')).to.deep.equal([
      { role: 'head', unitId: 'thcs', from: '2025-08-01' },
    ])
  })

  it('refuses a second head, a stranger, and a post the unit does not have', async () => {
    const another = { ...principal, personId: 'p3' }
    expect(await rejection(appoint(needs)(as('middleLead', 'xa'), 'thcs', another, 'Nhầm'))).to.be.instanceOf(
      InvalidInput,
    )
    expect(await rejection(appoint(needs)(as('head', 'thpt'), 'thcs', deputy, 'Nhầm'))).to.be.instanceOf(NotFound)
    expect(await rejection(appoint(needs)(as('middleOfficer', 'xa'), 'thcs', another, 'Nhầm'))).to.be.instanceOf(
      Forbidden,
    )
    const officer = { ...deputy, role: 'provinceOfficer' } as const
    expect(await rejection(appoint(needs)(as('itAdmin', 'so'), 'thcs', officer, 'Nhầm'))).to.be.instanceOf(InvalidInput)
  })

  it('lets only one of two heads in who are appointed at the same moment', async () => {
    const lead = as('itAdmin', 'so')
    const both = await Promise.allSettled(
      ['p5', 'p6'].map(personId => appoint(needs)(lead, 'thpt', { ...principal, personId }, 'Bổ nhiệm')),
    )
    expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    const refused = both.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
    expect(refused[0] instanceof StaleWrite || refused[0] instanceof InvalidInput).to.equal(true)
    expect((await needs.seats.ofUnit('thpt')).seats).to.have.length(1)
  })

  it('ends a seat without deleting it, and journals every step', async () => {
    const seat = (await needs.seats.ofUnit('thcs')).seats.find(({ role }) => role === 'head')
    const end = endSeat(needs)
    expect(await rejection(end(as('head', 'thcs'), 'thcs', seat?.id ?? '', '2026-01-31', 'Nghỉ hưu'))).to.be.instanceOf(
      Forbidden,
    )
    expect(await rejection(end(as('itAdmin', 'so'), 'thcs', seat?.id ?? '', '2025-07-31', 'Sai'))).to.be.instanceOf(
      InvalidInput,
    )
    await end(as('middleLead', 'xa'), 'thcs', seat?.id ?? '', '2026-01-31', 'Nghỉ hưu')
    await appoint(needs)(
      as('middleLead', 'xa'),
      'thcs',
      { ...principal, personId: 'p3', from: '2026-02-01' },
      'Bổ nhiệm',
    )
    expect((await needs.seats.ofUnit('thcs')).seats).to.have.length(3)
    expect(await journal()).to.deep.equal(['appoint', 'appoint', 'appoint', 'endSeat', 'appoint'])
  })

  it('finds a person’s seats by an index', async () => {
    const seats = database.connection.collection('seats')
    await explainUsesIndex(seats.find({ 'seats.personId': 'p1' }))
    await explainUsesIndex(seats.find({ _id: { $in: ['thcs', 'thpt'] as never[] } }))
  })
})
