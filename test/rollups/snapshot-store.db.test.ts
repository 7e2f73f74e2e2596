import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { correctedRows, snapshotStore, type SchoolRow } from '../../src/rollups/index.ts'
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

  it('are the same whether an optional fact is left out or undefined', async () => {
    const { snapshots } = await stage()
    const loose = { ...aRow('a'), reconciliation: undefined } as unknown as SchoolRow
    const frozen = await snapshots.freezeOnce({ ...what, rows: [loose] })
    expect(await snapshots.isGenuine(frozen)).to.equal(true)
    expect(await snapshots.rowsOf(frozen)).to.deep.equal([aRow('a')])
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
