import { expect } from 'chai'
import { keepReserve, reserveStore } from '../../src/figures/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { unitStore } from '../../src/organisations/index.ts'
import {
  correctedReserves,
  correctedRows,
  reservesFor,
  snapshotStore,
  type SchoolRow,
  type UnitReserve,
} from '../../src/rollups/index.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'
import { testDatabase } from '../support/database.ts'
import { explainUsesIndex } from '../support/explain.ts'

const YEAR = workingYear('2025-2026')

const aRow = (schoolId: string, own: Partial<SchoolRow> = {}): SchoolRow => ({
  schoolId,
  year: YEAR,
  name: `Trường ${schoolId}`,
  kind: 'thcs',
  ownership: 'public',
  ancestors: ['xa', 'so'],
  titles: [],
  external: [],
  figures: { rev: 3, classes: 10, pupils: 300, staff: 25 },
  ...own,
})

const aReserve = (unitId: string, teachers: number): UnitReserve => ({
  unitId,
  name: `Đơn vị ${unitId}`,
  ancestors: unitId === 'so' ? [] : ['so'],
  year: YEAR,
  rev: 1,
  lines: { teachers, staff: teachers },
})

const OLD_HASH = 'fb29a0081be71a385ef9b3278149c25f5e32fb45fea37fbe13646eb94be004a3'

const what = { subject: 'ky', version: 1, unitId: 'so', year: YEAR, day: '2026-05-31', at: new Date(0) }

describe('frozen figures', () => {
  const stage = async () => {
    const db = await testDatabase()
    const snapshots = snapshotStore(db)
    await ensureIndexes(db)
    return { db, snapshots }
  }

  it('keep every row in pieces of at most 200, in one order, under one hash', async () => {
    const { db, snapshots } = await stage()
    const rows = Array.from({ length: 450 }, (_, at) => aRow(`t${String(at).padStart(3, '0')}`))
    const frozen = await snapshots.freezeOnce({ ...what, rows: rows.toReversed() })
    expect(frozen.id).to.equal('ky.v1')
    expect(frozen.pieces).to.have.length(3)
    expect(await snapshots.rowsOf(frozen)).to.deep.equal(rows)
    expect(await snapshots.documentsOf(frozen)).to.have.length(450)
    expect(await snapshots.isGenuine(frozen)).to.equal(true)
    const sameAgain = await snapshots.freezeOnce({ ...what, subject: 'ky khác', rows })
    expect(sameAgain.hash).to.equal(frozen.hash)
    await explainUsesIndex(db.connection.collection('snapshots').find({ subject: 'ky' }).sort({ version: 1 }))
  })

  it('give everybody the version of whoever was first', async () => {
    const { snapshots } = await stage()
    const [a, b] = await Promise.all([
      snapshots.freezeOnce({ ...what, rows: [aRow('a')] }),
      snapshots.freezeOnce({ ...what, rows: [aRow('a', { name: 'Tên đến sau' })] }),
    ])
    expect(a).to.deep.equal(b)
    const later = await snapshots.freezeOnce({ ...what, rows: [aRow('b')] })
    expect(later).to.deep.equal(a)
    expect((await snapshots.rowsOf(later)).map(row => row.schoolId)).to.deep.equal(['a'])
  })

  it('show that a row was changed behind their back', async () => {
    const { db, snapshots } = await stage()
    const frozen = await snapshots.freezeOnce({ ...what, rows: [aRow('a')] })
    await db.connection.collection('snapshotPieces').updateOne({}, { $set: { 'rows.0.figures.pupils': 301 } })
    expect(await snapshots.isGenuine(frozen)).to.equal(false)
  })

  it('are covered by the hash with the reserves of their units, and keep the hash of old without them', async () => {
    const { db, snapshots } = await stage()
    const old = await snapshots.freezeOnce({ ...what, rows: [aRow('a')] })
    expect(old).not.to.have.property('reserves')
    // Worked out when nothing but rows was frozen: papers that name this hash must stay genuine.
    expect(old.hash).to.equal(OLD_HASH)
    const reserves = [aReserve('xa', 3), aReserve('so', 5)]
    const frozen = await snapshots.freezeOnce({ ...what, version: 2, rows: [aRow('a')], reserves })
    expect(frozen.hash).not.to.equal(old.hash)
    expect((await snapshots.get(frozen.id)).reserves).to.deep.equal([aReserve('so', 5), aReserve('xa', 3)])
    expect(await snapshots.documentsOf(frozen)).to.deep.include({ kind: 'figureReserve', id: 'xa.2025-2026', rev: 1 })
    const none = await snapshots.freezeOnce({ ...what, version: 3, rows: [aRow('a')], reserves: [] })
    expect((await snapshots.get(none.id)).reserves).to.deep.equal([])
    for (const each of [old, frozen, none])
      expect(await snapshots.isGenuine(await snapshots.get(each.id)), each.id).to.equal(true)
    await db.connection
      .collection<{ _id: string }>('snapshots')
      .updateOne({ _id: frozen.id }, { $set: { 'reserves.0.lines.teachers': 50 } })
    expect(await snapshots.isGenuine(await snapshots.get(frozen.id))).to.equal(false)
  })

  it('are the same whether an optional fact is left out or undefined', async () => {
    const { snapshots } = await stage()
    const loose = { ...aRow('a'), reconciliation: undefined } as unknown as SchoolRow
    const frozen = await snapshots.freezeOnce({ ...what, rows: [loose] })
    expect(await snapshots.isGenuine(frozen)).to.equal(true)
    expect(await snapshots.rowsOf(frozen)).to.deep.equal([aRow('a')])
  })
})

describe('what units keep back', () => {
  it('is read unit by unit from the reserves as they stand, with the decision, in the lines of form 13', async () => {
    const db = await testDatabase()
    const journal = journalStore(db)
    const post = relay(db, journal, error => {
      throw error
    })
    const reserves = reserveStore(db, post)
    const units = unitStore(db, post)
    await ensureIndexes(db)
    const at = new Date('2026-05-20T03:00:00Z')
    for (const { rev: _rev, ...unit } of twoTierProvince().values()) await units.add(unit, { actor: SYSTEM, at })
    const keep = (unitId: string, seenRev: number, teachers: number) =>
      keepReserve({ reserves, units, now: () => at })(
        {
          personId: 'p',
          name: 'Người Mẫu',
          seats: [{ role: unitId === 'so' ? 'provinceOfficer' : 'middleOfficer', unitId, from: '2020-01-01' }],
        },
        { unitId, year: YEAR, seenRev },
        {
          values: [
            { key: 'staff.teachers.total', value: teachers },
            { key: 'staff.deputies.total', value: 1 },
          ],
          ...(unitId === 'xa' && { decision: { number: '77/QĐ-UBND', day: '2025-08-20', issuer: 'UBND xã' } }),
        },
      )
    await keep('xa', 0, 3)
    await keep('so', 0, 12)
    const read = reservesFor({ tree: () => units.tree(), reserves })
    const [so, xa] = await read('so', YEAR, '2026-05-31')
    expect(so).to.deep.include({ unitId: 'so', ancestors: [], rev: 1, lines: { managers: 1, teachers: 12, staff: 13 } })
    expect(so).not.to.have.property('decision')
    expect(xa).to.deep.include({ unitId: 'xa', ancestors: ['so'], lines: { managers: 1, teachers: 3, staff: 4 } })
    expect(xa?.decision).to.deep.equal({ number: '77/QĐ-UBND', day: '2025-08-20' })
    expect((await read('xa', YEAR, '2026-05-31')).map(({ unitId }) => unitId)).to.deep.equal(['xa'])
    expect(await read('so', workingYear('2024-2025'), '2026-05-31')).to.deep.equal([])
  })

  it('is corrected for the affected units and those below them alone', () => {
    const frozen = [aReserve('so', 5), aReserve('xa', 3), aReserve('xa-khac', 1)]
    const now = [aReserve('so', 6), aReserve('xa', 4), aReserve('xa-khac', 2)]
    const lines = (ids: readonly string[]) => correctedReserves(frozen, now, ids).map(each => each.lines.teachers)
    expect(lines(['xa'])).to.deep.equal([5, 4, 1])
    expect(lines(['so'])).to.deep.equal([6, 4, 2])
    expect(correctedReserves(frozen, [], ['xa']).map(({ unitId }) => unitId)).to.deep.equal(['so', 'xa-khac'])
  })
})

describe('a corrected version', () => {
  it('takes the affected schools as they are now and leaves all others as they were', () => {
    const frozen = [aRow('a'), aRow('b', { name: 'Cũ' }), aRow('c', { ancestors: ['xa khác', 'so'] })]
    const now = [aRow('a', { name: 'Mới' }), aRow('b', { name: 'Mới' }), aRow('d')]
    const corrected = correctedRows(frozen, now, row => ['b', 'd'].includes(row.schoolId))
    expect(corrected.map(row => [row.schoolId, row.name])).to.deep.equal([
      ['a', 'Trường a'],
      ['b', 'Mới'],
      ['c', 'Trường c'],
      ['d', 'Trường d'],
    ])
  })

  it('lets a school go that has left the affected unit', () => {
    const frozen = [aRow('a'), aRow('b')]
    expect(
      correctedRows(frozen, [aRow('a')], row => row.ancestors.includes('xa')).map(row => row.schoolId),
    ).to.deep.equal(['a'])
  })
})
