import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { journalStore, relay } from '../../src/journal/index.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { NotFound, StaleWrite } from '../../src/kernel/refusals.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { unitStore } from '../../src/organisations/index.ts'
import { peopleStore } from '../../src/people/index.ts'
import {
  beginImport,
  finishImports,
  followImport,
  openImport,
  type ImportJobNeeds,
} from '../../src/seats/import-job.ts'
import { importJobPage } from '../../src/seats/import-job-page.ts'
import { planOfPeople } from '../../src/seats/import-people.ts'
import { importJobStore, seatStore } from '../../src/seats/index.ts'
import { PEOPLE_COLUMNS } from '../../src/seats/people-sheet.ts'
import { row, uploadShelf, writeWorkbook } from '../../src/sheet-files/index.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'
import { rejection } from '../organisations/rejection.ts'
import { testDatabase } from '../support/database.ts'

const itTeam: Actor = {
  personId: 'boss',
  name: 'Ngô Văn Khế',
  seats: [{ role: 'itAdmin', unitId: 'so', from: '2020-01-01' }],
}
const STAFF = 'Cán bộ, giáo viên, nhân viên'
const ROWS = ['thcs', 'thpt'].flatMap(unitId =>
  [1, 2, 3].map(n => [`Người Mẫu ${n}`, `${unitId}.${n}`, null, null, unitId, STAFF, null, 'Giáo viên', null] as const),
)

describe('a confirmed import of people', function () {
  this.timeout(180_000)
  let db: Database
  let needs: ImportJobNeeds
  let folder: string
  let faults: unknown[]
  let last = 0
  beforeEach(async () => {
    db = await testDatabase()
    folder = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-import-'))
    faults = []
    const post = relay(db, journalStore(db), error => {
      throw error
    })
    needs = {
      units: unitStore(db, post),
      seats: seatStore(db, post),
      people: peopleStore(db, post),
      jobs: importJobStore(db),
      shelf: uploadShelf(folder),
      actorOf: async personId => (personId === itTeam.personId ? itTeam : undefined),
      report: error => void faults.push(error),
      now: () => new Date('2025-10-05T02:41:00Z'),
      newId: () => `id-${++last}`,
    }
    await ensureIndexes(db)
    for (const { rev: _rev, ...unit } of twoTierProvince().values())
      await needs.units.add(unit, { actor: itTeam, at: needs.now() })
  })

  async function confirmed() {
    const columns = PEOPLE_COLUMNS.map(({ head, kind }) => ({ head, ...(kind === 'day' && { kind }) }))
    const bytes = await writeWorkbook([{ name: 'Nhân sự', columns, rows: ROWS.map(cells => row(...cells)) }])
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'kiem-dinh-sheet-')), 'a.xlsx')
    writeFileSync(file, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const token = await needs.shelf.keep({ path: file, sha256 }, needs.now())
    return { token, mark: (await planOfPeople(needs)(itTeam, token)).mark }
  }
  const counts = async () => ({
    people: await db.connection.collection('people').countDocuments({}),
    seats: (await needs.seats.ofUnits(['thcs', 'thpt'])).reduce((sum, { seats }) => sum + seats.length, 0),
  })
  /** The same stores, which fail like a killed process once people are entered. */
  const dying = (): ImportJobNeeds => ({
    ...needs,
    seats: { ...needs.seats, saveMany: () => Promise.reject(new Error('killed')) },
    jobs: { ...needs.jobs, end: () => Promise.reject(new Error('killed')) },
  })

  it('goes on behind the answer, tells how far it is, and is one job when confirmed twice', async () => {
    const { token, mark } = await confirmed()
    const { id, ended } = await beginImport(needs)(itTeam, token, mark)
    const again = await beginImport(needs)(itTeam, token, mark)
    expect(again.id).to.equal(id)
    await Promise.all([ended, again.ended])
    const job = await openImport(needs, itTeam, id)
    expect(job).to.include({ state: 'done', rows: 6, people: 6, seats: 6 })
    expect(await counts()).to.deep.equal({ people: 6, seats: 6 })
    expect(faults).to.deep.equal([])
    expect(importJobPage(job, '/x', '/y').running).to.equal(undefined)
  })

  it('is told step by step to whoever follows it, who is led to how it ended', async () => {
    const { token, mark } = await confirmed()
    const { id, ended } = await beginImport(needs)(itTeam, token, mark)
    const told: object[] = []
    for await (const step of followImport(needs, id, '/xong')) told.push(step)
    await ended
    expect(told.at(-1)).to.deep.equal({ href: '/xong' })
  })

  it('is finished by the next start when the process was killed, without anybody twice', async () => {
    const { token, mark } = await confirmed()
    const { id, ended } = await beginImport(dying())(itTeam, token, mark)
    await ended
    expect(await counts()).to.deep.equal({ people: 6, seats: 0 })
    const broken = await openImport(needs, itTeam, id)
    expect(broken).to.include({ state: 'running', people: 6, seats: 0 })
    expect(importJobPage(broken, '/x', '/y').running?.words).to.contain('0% – đã nhập 0/6 dòng')
    await finishImports(needs)
    expect(await openImport(needs, itTeam, id)).to.include({ state: 'done', people: 6, seats: 6 })
    await finishImports(needs)
    expect(await counts()).to.deep.equal({ people: 6, seats: 6 })
  })

  it('stands as running when the process is stopped between two writes, and the next start goes on with it', async () => {
    const { token, mark } = await confirmed()
    const { id, ended } = await beginImport(dying())(itTeam, token, mark)
    await ended
    let isStopped = false
    const stopping = {
      ...needs,
      people: {
        ...needs.people,
        takenUsernames: (usernames: readonly string[]) => {
          isStopped = true
          return needs.people.takenUsernames(usernames)
        },
      },
    }
    faults = []
    await finishImports(stopping, () => isStopped)
    expect(await openImport(needs, itTeam, id)).to.include({ state: 'running', seats: 0 })
    expect(await counts()).to.deep.equal({ people: 6, seats: 0 })
    expect(faults).to.deep.equal([])
    await finishImports(needs)
    expect(await openImport(needs, itTeam, id)).to.include({ state: 'done', people: 6, seats: 6 })
  })

  it('says why it cannot go on: the file is gone, or the person may no longer', async () => {
    const { token, mark } = await confirmed()
    const { id, ended } = await beginImport(dying())(itTeam, token, mark)
    await ended
    rmSync(path.join(folder, token))
    await finishImports(needs)
    const gone = await openImport(needs, itTeam, id)
    expect(gone.state).to.equal('stopped')
    expect(importJobPage(gone, '/x', '/y').stopped?.why).to.contain('không còn')
    const second = await confirmed()
    await db.connection.collection('peopleImports').updateOne({}, { $set: { state: 'running', token: second.token } })
    await finishImports({ ...needs, actorOf: async () => undefined })
    expect((await openImport(needs, itTeam, id)).why).to.contain('không còn quyền')
  })

  it('tells a fault to the log and to the person what to do', async () => {
    const { token, mark } = await confirmed()
    const broken = { ...needs, people: { ...needs.people, inviteMany: () => Promise.reject(new Error('đĩa đầy')) } }
    const { id, ended } = await beginImport(broken)(itTeam, token, mark)
    await ended
    expect(String(faults[0])).to.contain('đĩa đầy')
    expect(await openImport(needs, itTeam, id)).to.include({ state: 'stopped', people: 0 })
  })

  it('begins nothing on a plan that has changed since, and is nobody else’s to see', async () => {
    const { token, mark } = await confirmed()
    expect(await rejection(beginImport(needs)(itTeam, token, 'x'.repeat(64)))).to.be.instanceOf(StaleWrite)
    expect(await needs.jobs.running()).to.deep.equal([])
    const { id, ended } = await beginImport(needs)(itTeam, token, mark)
    await ended
    expect(await rejection(openImport(needs, { ...itTeam, personId: 'other' }, id))).to.be.instanceOf(NotFound)
  })
})
