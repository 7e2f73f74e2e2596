import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { journalStore, relay } from '../../src/journal/index.ts'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { StaleWrite, StepRefused } from '../../src/kernel/refusals.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { unitStore } from '../../src/organisations/index.ts'
import { peopleStore, type PeopleStore } from '../../src/people/index.ts'
import { seatStore, type ImportPeopleNeeds } from '../../src/seats/index.ts'
import { importPeople, planOfPeople, rowsToEnter } from '../../src/seats/import-people.ts'
import { PEOPLE_COLUMNS } from '../../src/seats/people-sheet.ts'
import { row, uploadShelf, writeWorkbook, type SheetValue } from '../../src/sheet-files/index.ts'
import { rejection } from '../organisations/rejection.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'
import { testDatabase } from '../support/database.ts'

const as = (role: SeatRole, unitId: string): Actor => ({
  personId: 'boss',
  name: 'Ngô Văn Khế',
  seats: [{ role, unitId, from: '2020-01-01' }],
})
const itTeam = as('itAdmin', 'so')

const HOA = [
  'Trịnh Thị Hoa',
  'Hoa.TT',
  'HOA@mau.edu.vn',
  null,
  'thcs',
  'Hiệu trưởng',
  null,
  'Hiệu trưởng',
  '2025-08-01',
]
const LA = ['Đinh Văn Lá', 'ladv', null, '0900000002', 'thcs', 'Cán bộ, giáo viên, nhân viên', null, 'Giáo viên', null]

describe('people from a spreadsheet', () => {
  let needs: ImportPeopleNeeds
  let people: PeopleStore
  let last = 0

  beforeEach(async () => {
    const db = await testDatabase()
    const post = relay(db, journalStore(db), error => {
      throw error
    })
    people = peopleStore(db, post)
    needs = {
      units: unitStore(db, post),
      seats: seatStore(db, post),
      people,
      shelf: uploadShelf(mkdtempSync(path.join(tmpdir(), 'kiem-dinh-import-'))),
      now: () => new Date('2025-10-05T02:41:00Z'),
      newId: () => `id-${++last}`,
    }
    await ensureIndexes(db)
    for (const { rev: _rev, ...unit } of twoTierProvince().values())
      await needs.units.add(unit, { actor: itTeam, at: needs.now() })
  })

  async function kept(...rows: readonly (readonly SheetValue[])[]): Promise<string> {
    const columns = PEOPLE_COLUMNS.map(({ head, kind }) => ({ head, ...(kind === 'day' && { kind }) }))
    const bytes = await writeWorkbook([{ name: 'Nhân sự', columns, rows: rows.map(cells => row(...cells)) }])
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'kiem-dinh-sheet-')), 'a.xlsx')
    writeFileSync(file, bytes)
    return needs.shelf.keep({ path: file, sha256: createHash('sha256').update(bytes).digest('hex') }, needs.now())
  }
  const plan = (token: string, actor = itTeam) => planOfPeople(needs)(actor, token)
  async function carryOut(token: string, with_: ImportPeopleNeeds = needs) {
    return importPeople(with_)(itTeam, await rowsToEnter(with_)(itTeam, token, (await plan(token)).mark))
  }
  const kinds = async (token: string): Promise<readonly string[]> => (await plan(token)).lines.map(({ kind }) => kind)

  it('are shown first, entered without a password and given their posts; the same file again does nothing', async () => {
    const second = [...LA.slice(0, 4), 'thpt', LA[5] ?? null, null, 'Giáo viên thỉnh giảng', null]
    const token = await kept(HOA, LA, second)
    expect(await kinds(token)).to.deep.equal(['new', 'new', 'changed'])
    expect(await people.accountNamed('hoa.tt')).to.equal(undefined)
    expect(await carryOut(token)).to.deep.equal({ people: 2, seats: 3 })
    const hoa = await people.accountNamed('hoa.tt')
    expect(hoa?.hash).to.equal(undefined)
    const person = await people.get(hoa?.personId ?? '')
    expect(person).to.include({ email: 'hoa@mau.edu.vn', unitId: 'thcs', waiting: true })
    const [headSeat] = await needs.seats.ofPerson(person.id)
    expect(headSeat).to.include({ role: 'head', postKind: 'principal', from: '2025-08-01' })
    const la = (await people.accountNamed('ladv'))?.personId ?? ''
    expect((await needs.seats.ofPerson(la)).map(({ unitId }) => unitId)).to.have.members(['thcs', 'thpt'])
    expect(await kinds(token)).to.deep.equal(['unchanged', 'unchanged', 'unchanged'])
    expect(await carryOut(token)).to.deep.equal({ people: 0, seats: 0 })
  })

  it('carry each fault at its cell, and nothing is entered while there is one', async () => {
    await carryOut(await kept(LA))
    const token = await kept(
      HOA,
      ['Hai Hiệu Trưởng', 'hai.ht', 'sai', null, 'thcs', 'Hiệu trưởng', null, 'Hiệu trưởng', null],
      ['Ba Hiệu Trưởng', 'ba.ht', null, null, 'thcs', 'Hiệu trưởng', null, 'Hiệu trưởng', null],
      ['Lạ Đơn Vị', 'la.dv', null, null, 'khong-co', 'Văn thư', null, 'Văn thư', null],
      ['Sai Vị Trí', 'sai.vt', null, null, 'xa', 'Hiệu trưởng', null, 'Hiệu trưởng', null],
      ['Người Khác', 'ladv', null, null, 'thpt', 'Văn thư', null, 'Văn thư', null],
      ['Tên Lạ', 'tên lạ', null, null, 'thcs', 'Văn thư', null, 'Văn thư', null],
      HOA,
    )
    const { faults, mark } = await plan(token)
    expect(faults.map(({ cell }) => cell)).to.have.members(['C3', 'F4', 'E5', 'F6', 'B7', 'B8', 'B9'])
    expect(faults.find(({ cell }) => cell === 'B7')?.message).to.contain('Đinh Văn Lá')
    expect(await rejection(rowsToEnter(needs)(itTeam, token, mark))).to.be.instanceOf(StepRefused)
    expect(await people.accountNamed('hoa.tt')).to.equal(undefined)
  })

  it('go on where a crash broke the import off', async () => {
    const token = await kept(HOA, LA)
    const broken = { ...needs, seats: { ...needs.seats, saveMany: () => Promise.reject(new Error('power cut')) } }
    expect(await rejection(carryOut(token, broken))).to.be.an('error')
    expect(await people.accountNamed('hoa.tt')).to.be.an('object')
    expect(await kinds(token)).to.deep.equal(['changed', 'changed'])
    expect(await carryOut(token)).to.deep.equal({ people: 0, seats: 2 })
  })

  it('get their posts in each unit by itself: where somebody else was faster nothing is overwritten, the rest stands', async () => {
    await carryOut(await kept([...LA.slice(0, 4), 'thpt', ...LA.slice(5)]))
    const clerk = ['Lý Thị Sen', 'senlt', null, null, 'thpt', 'Văn thư', null, 'Văn thư', null]
    const token = await kept(HOA, clerk)
    const raced = {
      ...needs,
      seats: {
        ...needs.seats,
        saveMany: async (changes: Parameters<typeof needs.seats.saveMany>[0]) => {
          for (const { before, seats, entry } of changes)
            if (before.unitId === 'thpt') await needs.seats.save(before, seats.slice(0, 1), { ...entry, event: 'end' })
          return needs.seats.saveMany(changes)
        },
      },
    }
    expect(await rejection(carryOut(token, raced))).to.be.instanceOf(StaleWrite)
    expect((await needs.seats.ofUnit('thpt')).seats).to.have.length(1)
    expect((await needs.seats.ofUnit('thcs')).seats.map(({ role }) => role)).to.deep.equal(['head'])
    expect(await carryOut(token)).to.deep.equal({ people: 0, seats: 1 })
    expect((await needs.seats.ofUnit('thpt')).seats.map(({ role }) => role)).to.deep.equal(['staff', 'clerk'])
  })

  it('are entered by a head for the own school alone, and never a head', async () => {
    const clerk = ['Lý Thị Sen', 'senlt', null, null, 'thcs', 'Văn thư', null, 'Văn thư', null]
    const token = await kept(clerk, HOA, [...clerk.slice(0, 1), 'senlt2', null, null, 'thpt', ...clerk.slice(5)])
    const { lines, faults } = await plan(token, as('head', 'thcs'))
    expect(lines.map(({ title }) => title)).to.deep.equal(['Lý Thị Sen'])
    expect(faults.map(({ cell }) => cell)).to.deep.equal(['E3', 'E4'])
  })

  it('are not entered when what was shown is no longer so', async () => {
    const token = await kept(HOA)
    const { mark } = await plan(token)
    await carryOut(await kept(HOA, LA))
    expect(await rejection(rowsToEnter(needs)(itTeam, token, mark))).to.be.instanceOf(StaleWrite)
  })
})
