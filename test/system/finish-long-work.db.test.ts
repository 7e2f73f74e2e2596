import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { unprotectedCreatePerson } from '../../src/people/index.ts'
import { followImport } from '../../src/seats/import-job.ts'
import { PEOPLE_COLUMNS } from '../../src/seats/people-sheet.ts'
import { row, writeWorkbook } from '../../src/sheet-files/index.ts'
import { finishHalfDone, finishLongWork } from '../../src/system/finish-half-done.ts'
import { importNeedsOf } from '../../src/system/import-needs.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'
import { testDatabase } from '../support/database.ts'

const NOW = new Date('2025-10-05T02:41:00Z')
const STAFF = 'Cán bộ, giáo viên, nhân viên'

async function withAnImportBrokenOff(): Promise<System> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-long-'))
  const db = await testDatabase()
  const system = buildSystem(db, { filesDir: folder, now: () => NOW })
  await ensureIndexes(db)
  for (const { rev: _rev, ...unit } of twoTierProvince().values())
    await system.units.add(unit, { actor: SYSTEM, at: NOW })
  await unprotectedCreatePerson({ people: system.people, now: () => NOW })(
    SYSTEM,
    { id: 'boss', name: 'Ngô Văn Khế', username: 'khenv', unitId: 'so' },
    'Câu dễ nhớ: hoa sữa',
    { mustChange: false },
  )
  const seat = { personId: 'boss', unitId: 'so', role: 'itAdmin', from: '2020-01-01' } as const
  const entry = entryBy(SYSTEM, NOW, {
    id: 'seats:so:1',
    unitId: 'so',
    subject: { kind: 'seats', id: 'so' },
    event: 'appoint',
  })
  await system.seats.save(
    { unitId: 'so', seats: [], handovers: [], rev: 0 },
    [{ ...seat, id: 'ghe', post: 'Chuyên viên', postKind: 'officer', represents: [] }],
    entry,
  )
  const columns = PEOPLE_COLUMNS.map(({ head, kind }) => ({ head, ...(kind === 'day' && { kind }) }))
  const rows = [1, 2].map(n => row(`Người Mẫu ${n}`, `mau.${n}`, null, null, 'thcs', STAFF, null, 'Giáo viên', null))
  const bytes = await writeWorkbook([{ name: 'Nhân sự', columns, rows }])
  const file = path.join(folder, 'a.xlsx')
  writeFileSync(file, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const token = await importNeedsOf(system).shelf.keep({ path: file, sha256 }, NOW)
  const by = { personId: 'boss', name: 'Ngô Văn Khế' }
  await system.importJobs.begin({ id: 'viec', token, by, at: NOW, state: 'running', rows: 2, people: 0, seats: 0 })
  return system
}

describe('a start after a crash', function () {
  this.timeout(180_000)

  it('does not wait for a large import: people are served first, and its page shows how far it is', async () => {
    const system = await withAnImportBrokenOff()
    await finishHalfDone(system)
    expect(await system.importJobs.find('viec')).to.include({ state: 'running', people: 0, seats: 0 })

    const followed = followImport({ jobs: system.importJobs }, 'viec', '/xong')
    expect((await followed.next()).value).to.include({ done: 0, total: 2 })
    await finishLongWork(system, () => false)
    expect(await system.importJobs.find('viec')).to.include({ state: 'done', people: 2, seats: 2 })
    expect((await followed.next()).value).to.deep.equal({ href: '/xong' })
  })
})
