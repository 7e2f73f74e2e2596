import { expect } from 'chai'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import type { Day } from '../../src/kernel/dates.ts'
import { Forbidden, InvalidInput, StaleWrite } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import {
  addUnits,
  changeSetting,
  isSchool,
  lintTree,
  moveUnit,
  settingsReader,
  settingStore,
  unitStore,
  yearStore,
  type By,
  type SettingChange,
  type Unit,
} from '../../src/organisations/index.ts'
import { addressOf, testDatabase } from '../support/database.ts'
import { explain } from '../support/explain.ts'
import { explainUsesIndex } from '../support/explain.ts'
import { aUnit, twoTierProvince } from './a-tree.ts'
import { rejection } from './rejection.ts'

const admin: Actor = {
  personId: 'p1',
  name: 'Trần Văn Ổi',
  seats: [{ role: 'itAdmin', unitId: 'so', from: '2020-01-01' }],
}
const by: By = { actor: admin, at: new Date('2025-11-22T02:00:00Z') }
const year = workingYear('2025-2026')

describe('organisations in the database', () => {
  let db: Database
  let outbox: ReturnType<typeof relay>
  let units: ReturnType<typeof unitStore>
  let years: ReturnType<typeof yearStore>
  let settings: ReturnType<typeof settingStore>

  before(async () => {
    db = await testDatabase()
    outbox = relay(db, journalStore(db), error => {
      throw error
    })
    units = unitStore(db, outbox)
    years = yearStore(db, outbox)
    settings = settingStore(db, outbox)
    await ensureIndexes(db)
    for (const { rev: _rev, ...unit } of twoTierProvince().values()) await units.add(unit, by)
  })

  const journalOf = async (kind: string, id: string): Promise<readonly string[]> => {
    await outbox.settled()
    const rows = await db.connection
      .collection('journal')
      .find({ 'subject.kind': kind, 'subject.id': id })
      .sort({ seq: 1 })
      .toArray()
    return rows.map(row => String((row['entry'] as { event: string }).event))
  }

  it('gives back the tree as it was put in', async () => {
    const tree = await units.tree()
    expect([...tree.keys()].toSorted()).to.deep.equal(['phong', 'so', 'thcs', 'thpt', 'xa'])
    expect(lintTree(tree)).to.deep.equal([])
    expect(await journalOf('unit', 'thcs')).to.deep.equal(['addUnit'])
  })

  it('reads the managing chain of a day', async () => {
    const ids = async (day: string) => (await units.chainOf('thcs', day)).map(unit => unit.id)
    expect(await ids('2025-06-30')).to.deep.equal(['thcs', 'phong', 'so'])
    expect(await ids('2025-07-01')).to.deep.equal(['thcs', 'xa', 'so'])
    expect(await ids('1990-01-01')).to.deep.equal(['thcs'])
  })

  it('reads the chain in one command, and afresh where another process has moved the unit since the tree was read', async () => {
    const own = await testDatabase({ watchCommands: true })
    const post = relay(own, journalStore(own), error => {
      throw error
    })
    const [here, elsewhere] = [unitStore(own, post), unitStore(own, post)]
    await ensureIndexes(own)
    for (const { rev: _rev, ...unit } of twoTierProvince().values()) await here.add(unit, by)
    await here.tree()
    await post.settled() // delivering reads units too
    const chain = async () => (await here.chainOf('thcs', '2026-03-01')).map(unit => unit.id)
    let finds = 0
    const hear = ({ command }: { readonly command: { readonly find?: unknown } }): void => {
      if (command.find === 'units') finds++
    }
    own.client.on('commandStarted', hear)
    expect(await chain()).to.deep.equal(['thcs', 'xa', 'so'])
    own.client.off('commandStarted', hear)
    expect(finds).to.equal(1)
    const { rev: _rev, ...commune } = await elsewhere.get('xa')
    await elsewhere.add({ ...commune, id: 'xa-moi' }, by)
    await elsewhere.move(await elsewhere.get('thcs'), 'xa-moi', '2026-02-01', by)
    expect(await chain()).to.deep.equal(['thcs', 'xa-moi', 'so'])
    await post.settled()
  })

  it('keeps the tree while nothing is written, and sees after a moment what another process has written', async () => {
    let seconds = 0
    const seen = await connect(addressOf(db), db.name, { writes: false, elapsed: () => seconds * 1000 })
    const watching = unitStore(seen, outbox)
    const tree = await watching.tree()
    for (seconds of [0.9, 1.1, 40]) expect(await watching.tree(), `${seconds} s`).to.equal(tree)
    const rows = db.connection.collection<{ _id: string }>('units')
    await rows.updateOne({ _id: 'xa' }, { $set: { symbol: 'XA-MOI' }, $inc: { rev: 1 } })
    expect((await watching.tree()).get('xa')?.symbol).to.equal(tree.get('xa')?.symbol)
    seconds = 41.1
    expect((await watching.tree()).get('xa')?.symbol).to.equal('XA-MOI')
    await seen.close()
    const plan = await explain(
      rows.aggregate([{ $match: { rev: { $gte: 0 } } }, { $group: { _id: null, revs: { $sum: '$rev' } } }], {
        hint: { rev: 1 },
      }),
    )
    expect(plan).to.deep.include({ indexes: ['rev_1'], docsExamined: 0 })
  })

  it('lists the schools a unit manages on a day', async () => {
    expect((await units.schoolsManagedBy('phong', '2025-07-01')).map(({ id }) => id)).to.deep.equal([])
    expect((await units.schoolsManagedBy('xa', '2025-07-01')).map(({ id }) => id)).to.deep.equal(['thcs'])
  })

  it('refuses a second unit with the same id', async () => {
    const { rev: _rev, ...unit } = await units.get('thpt')
    expect(await rejection(units.add(unit, by))).to.be.instanceOf(InvalidInput)
  })

  it('moves a school from a day on, ending the former relation the day before, and shows it at once', async () => {
    await units.tree()
    const moved = await units.move(await units.get('thcs'), 'so', '2026-01-01', by)
    expect(moved.parents.slice(-2)).to.deep.equal([
      { parentId: 'xa', from: '2025-07-01', to: '2025-12-31' },
      { parentId: 'so', from: '2026-01-01' },
    ])
    const tree = await units.tree()
    expect(tree.get('thcs')?.parents).to.have.length(3)
    expect(lintTree(tree)).to.deep.equal([])
  })

  it('closes a unit in its names, places and parents alike', async () => {
    const { rev: _rev, ...unit } = await units.get('thpt')
    const added = await units.add({ ...unit, id: 'thpt-2' }, by)
    await units.close(added, '2026-03-31', by)
    expect(lintTree(await units.tree())).to.deep.equal([])
    expect((await units.get('thpt-2')).to).to.equal('2026-03-31')
  })

  it('renames and keeps the former name', async () => {
    const renamed = await units.rename(await units.get('thpt'), { name: 'Trường THPT Đồi Sim' }, '2026-02-01', by)
    expect(renamed.names).to.deep.equal([
      { name: 'Trường THPT Đồi Thông', from: '2000-01-01', to: '2026-01-31' },
      { name: 'Trường THPT Đồi Sim', from: '2026-02-01' },
    ])
    expect(await journalOf('unit', 'thpt')).to.deep.equal(['addUnit', 'renameUnit'])
  })

  it('refuses a profile decided on an old revision', async () => {
    const school = await units.getSchool('thpt')
    const saved = await units.saveProfile(school, { ...school.school, phone: '0200 000 000' }, by)
    expect(isSchool(saved) && saved.school.phone).to.equal('0200 000 000')
    expect(await rejection(units.saveProfile(school, { ...school.school, phone: '1' }, by))).to.be.instanceOf(
      StaleWrite,
    )
  })

  it('opens a year once and closes it with a journal entry', async () => {
    const opened = await years.open({ id: year, closingDay: '2026-05-31', holidays: ['2026-01-01'] }, 'so', by)
    expect(
      await rejection(years.open({ id: year, closingDay: '2026-05-31', holidays: [] }, 'so', by)),
    ).to.be.instanceOf(InvalidInput)
    await years.change(opened, { state: 'closed' }, 'so', by)
    expect(await rejection(years.change(opened, { state: 'open' }, 'so', by))).to.be.instanceOf(StaleWrite)
    expect((await years.all()).map(({ id, state }) => [id, state])).to.deep.equal([[year, 'closed']])
    expect(await journalOf('year', year)).to.deep.equal(['openYear', 'closeYear'])
  })

  describe('settings', () => {
    const lead = (role: SeatRole, unitId: string): Actor => ({
      ...admin,
      seats: [{ role, unitId, from: '2020-01-01' }],
    })
    const [ofXa, ofSo] = [lead('middleLead', 'xa'), lead('provinceLead', 'so')]
    const now = () => by.at
    const change = (actor: Actor, wanted: Omit<SettingChange, 'key' | 'reason'>) =>
      changeSetting({ units, settings, now })(actor, { key: 'submitDue', reason: 'Lịch của đơn vị', ...wanted })
    const submitDue = (day: Day, unitId = 'thcs') =>
      settingsReader({ units, store: settings, now }).valueOf('submitDue', { year, unitId, day })

    it('answer a school from its own chain, and journal each change with its reason', async () => {
      expect(await submitDue('2025-11-22')).to.equal('05-15')
      await change(ofSo, { unitId: 'so', seenRev: 0, value: { value: '05-12' } })
      await change(ofXa, { unitId: 'xa', seenRev: 0, value: { value: '05-08', to: '2025-11-30' } })
      expect(await submitDue('2025-11-30')).to.equal('05-08')
      expect(await submitDue('2025-12-01')).to.equal('05-12')
      expect(await submitDue('2025-11-22', 'thpt')).to.equal('05-12')
      const stale = await rejection(change(ofXa, { unitId: 'xa', seenRev: 0, value: { value: '05-09' } }))
      expect(stale).to.be.instanceOf(StaleWrite)
      await change(ofXa, { unitId: 'xa', seenRev: 1, valueId: '1', value: null })
      expect(await submitDue('2025-11-30')).to.equal('05-12')
      expect(await journalOf('setting', 'submitDue:xa')).to.deep.equal(['changeSetting', 'withdrawSetting'])
    })

    it('let no two values of a unit hold for the same schools on one day', async () => {
      await change(ofXa, { unitId: 'xa', seenRev: 2, value: { value: '05-07', schoolKind: 'thcs', to: '2025-10-31' } })
      const again = change(ofXa, {
        unitId: 'xa',
        seenRev: 3,
        value: { value: '05-06', schoolKind: 'thcs', from: '2025-10-31' },
      })
      const refused = await rejection(again)
      expect(refused).to.be.instanceOf(InvalidInput)
      expect(String((refused as InvalidInput).fields['from'])).to.contain('Trung học cơ sở, đến 31/10/2025')
      await change(ofXa, {
        unitId: 'xa',
        seenRev: 3,
        value: { value: '05-06', schoolKind: 'thcs', from: '2025-11-01' },
      })
      expect([await submitDue('2025-10-31'), await submitDue('2025-11-01')]).to.deep.equal(['05-07', '05-06'])
      await change(ofXa, {
        unitId: 'xa',
        seenRev: 4,
        valueId: '3',
        value: { value: '05-05', schoolKind: 'thcs', to: '2025-10-30' },
      })
      expect([await submitDue('2025-10-30'), await submitDue('2025-10-31')]).to.deep.equal(['05-05', '05-12'])
    })

    it('of two changes at the same moment keep one', async () => {
      const before = await settings.ofKey('reviewDays', 'so')
      const wanted = (value: number) =>
        changeSetting({ units, settings, now })(ofSo, {
          key: 'reviewDays',
          unitId: 'so',
          seenRev: before.rev,
          value: { value },
          reason: 'Đọc lâu hơn',
        })
      const went = await Promise.allSettled([wanted(12), wanted(14)])
      expect(went.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected'])
      expect((await settings.ofKey('reviewDays', 'so')).values).to.have.length(1)
    })
  })

  describe('arranging the tree', () => {
    const needs = () => ({ units, now: () => by.at })
    const school = (id: string, parentId: string): Omit<Unit, 'rev'> => {
      const { rev: _rev, ...unit } = aUnit(id, { from: '2025-07-01', parents: [{ parentId, from: '2025-07-01' }] })
      return unit
    }

    it('lets the IT team add units below its Sở, and nobody else', async () => {
      await addUnits(needs())(admin, [school('moi-1', 'xa'), school('moi-2', 'so')])
      expect((await units.chainOf('moi-1', '2025-11-22')).map(({ id }) => id)).to.deep.equal(['moi-1', 'xa', 'so'])
      const stranger: Actor = { ...admin, seats: [{ role: 'itAdmin', unitId: 'so-khac', from: '2020-01-01' }] }
      expect(await rejection(addUnits(needs())(stranger, [school('moi-3', 'xa')]))).to.be.instanceOf(Forbidden)
    })

    it('writes nothing when one of the units would break the tree', async () => {
      const work = addUnits(needs())(admin, [school('moi-4', 'xa'), { ...school('moi-5', 'xa'), from: '2025-01-01' }])
      expect(await rejection(work)).to.be.instanceOf(InvalidInput)
      expect(await units.find('moi-4')).to.equal(undefined)
    })

    it('moves a school by decision and refuses a manager that is not there', async () => {
      const to = (parentId: string) => ({ parentId, from: '2026-01-01', reason: 'Quyết định 07/QĐ-UBND' })
      await moveUnit(needs())(admin, 'moi-1', to('so'))
      expect((await units.chainOf('moi-1', '2026-01-01')).map(({ id }) => id)).to.deep.equal(['moi-1', 'so'])
      expect(await rejection(moveUnit(needs())(admin, 'moi-2', to('phong')))).to.be.instanceOf(InvalidInput)
      const head: Actor = { ...admin, seats: [{ role: 'head', unitId: 'moi-2', from: '2020-01-01' }] }
      expect(await rejection(moveUnit(needs())(head, 'moi-2', to('xa')))).to.be.instanceOf(Forbidden)
    })
  })

  it('answers every query of a screen from an index', async () => {
    const at = (name: string) => db.connection.collection(name)
    await explainUsesIndex(at('units').find({ _id: 'thcs' as never }))
    await explainUsesIndex(at('units').find({ 'parents.parentId': 'so' }))
    await explainUsesIndex(at('years').find({}).sort({ _id: -1 }))
    await explainUsesIndex(at('settings').find({ unitId: { $in: ['so', 'xa'] } }))
  })
})
