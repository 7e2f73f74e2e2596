import { expect } from 'chai'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catalogue, type Catalogue } from '../../src/catalogue/catalogue.ts'
import { CriteriaFileInvalid, contentHash } from '../../src/catalogue/criteria-file.ts'
import { criteriaSetStore } from '../../src/catalogue/criteria-set-store.ts'
import { yearTreeStore } from '../../src/catalogue/year-tree-store.ts'
import { journalStore, relay, type JournalStore, type Relay } from '../../src/journal/index.ts'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { testDatabase } from '../support/database.ts'

const YEAR = workingYear('2024-2025')
const REPEAL = 'tt22-2024-d13-k2-a'
const PRIMARY = 'tt17-2018-tieu-hoc'

const someone = (role: SeatRole, unitId = 'so'): Actor => ({
  personId: `p-${role}`,
  name: 'Trần Thị Mẫu',
  seats: [{ role, unitId, from: '2020-01-01' }],
})

const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => undefined).catch((error: unknown) => error)

describe('catalogue', () => {
  let db: Database
  let journal: JournalStore
  let post: Relay
  let cat: Catalogue
  let clock = new Date('2024-09-01T02:00:00Z')
  const build = (): Catalogue =>
    catalogue({
      sets: criteriaSetStore(db),
      trees: yearTreeStore(db, post),
      provinceId: async () => 'so',
      now: () => clock,
    })

  before(async () => {
    db = await testDatabase()
    journal = journalStore(db)
    post = relay(db, journal, error => {
      throw error
    })
    cat = build()
    await ensureIndexes(db)
  })

  it('imports the files of a folder once', async () => {
    const first = await cat.importCriteriaFiles('criteria')
    expect(first.map(one => one.setId)).to.have.members([
      'chuyen-doi-so-4725',
      'trang-thiet-bi-cntt',
      PRIMARY,
      'tt18-2018-thcs-thpt',
      'tt19-2018-mam-non',
    ])
    expect(first.every(one => one.isNew)).to.equal(true)
    const again = await cat.importCriteriaFiles('criteria')
    expect(again.some(one => one.isNew)).to.equal(false)
  })

  it('gives a set back exactly as it was read, also to a process that has not read it before', async () => {
    const [first] = await cat.importCriteriaFiles('criteria')
    const hash = first?.hash ?? ''
    expect(contentHash(await build().setOf(hash))).to.equal(hash)
    const files = await criteriaSetStore(db).all()
    expect(files.find(one => one.hash === hash)?.set.id).to.equal(first?.setId)
    expect(await refusal(cat.setOf('khong-co'))).to.be.instanceOf(NotFound)
  })

  it('imports nothing from a folder in which one file has an error', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'criteria-'))
    const text = await readFile('criteria/tt19-2018-mam-non.yaml', 'utf8')
    await writeFile(join(folder, 'a.yaml'), text.replace('title: Quy', 'title: Bản mới, Quy'))
    await writeFile(join(folder, 'b.yaml'), text.replace("code: '1.1'", "code: '1.2'").replace('id: tt19', 'id: xx'))
    await writeFile(join(folder, 'c.yaml'), text.replace('rating: levels', 'rating: stars'))
    const before = (await criteriaSetStore(db).all()).length
    const error = await refusal(cat.importCriteriaFiles(folder))
    expect(error).to.be.instanceOf(CriteriaFileInvalid)
    expect(error).to.have.nested.property('problems[0].message').that.contains('c.yaml').and.contains('rating')
    expect(error).to.have.nested.property('problems[1].message').that.contains('b.yaml').and.contains('1.2')
    expect((await criteriaSetStore(db).all()).length).to.equal(before)
  })

  it('has no set for a year before the Sở publishes it', async () => {
    expect(await cat.setFor(YEAR, 'tieu_hoc')).to.equal(undefined)
    expect(await cat.setsOf(YEAR)).to.deep.equal([])
  })

  it('lets only the office of this very Sở publish', async () => {
    for (const actor of [
      someone('itAdmin'),
      someone('middleLead', 'xa'),
      someone('provinceLead', 'so-khac'),
      someone('head', 'truong'),
    ]) {
      expect(await refusal(cat.publishForYear(actor, YEAR))).to.be.instanceOf(Forbidden)
    }
  })

  it('publishes the newest valid version of every set and finds it by school kind', async () => {
    const tree = await cat.publishForYear(someone('provinceOfficer'), YEAR)
    expect(tree.sets).to.have.length(5)
    expect((await cat.setFor(YEAR, 'tieu_hoc'))?.version.set.id).to.equal(PRIMARY)
    expect((await cat.setFor(YEAR, 'thpt'))?.version.set.id).to.equal('tt18-2018-thcs-thpt')
    expect((await cat.setFor(YEAR, 'mam_non'))?.version.set.id).to.equal('tt19-2018-mam-non')
    expect((await cat.setFor(YEAR, 'mam_non'))?.switches).to.deep.equal({})
    expect(await cat.setFor(workingYear('2023-2024'), 'tieu_hoc')).to.equal(undefined)
  })

  it('refuses two level sets for one school kind, and a set that is not valid in the year', async () => {
    const sets = criteriaSetStore(db)
    const primary = (await sets.all()).find(one => one.set.id === PRIMARY)
    if (!primary) throw new Error('not imported')
    await sets.insertOnce({ hash: 'rival', set: { ...primary.set, id: 'rival' } }, clock)
    const rivals = await refusal(cat.publishForYear(someone('provinceLead'), YEAR, { hashes: [primary.hash, 'rival'] }))
    expect(rivals).to.be.instanceOf(InvalidInput).with.property('message').that.contains('cùng xếp mức')
    await sets.insertOnce({ hash: 'ended', set: { ...primary.set, id: 'ended', validTo: '2025-05-30' } }, clock)
    const ended = await refusal(cat.publishForYear(someone('provinceLead'), YEAR, { hashes: ['ended'] }))
    expect(ended).to.be.instanceOf(InvalidInput).with.property('message').that.contains('không có hiệu lực')
  })

  describe('switching an unverified change', () => {
    const request = { year: YEAR, setId: PRIMARY, changeId: REPEAL, state: 'on', reason: 'Đã đọc Công báo.' } as const

    it('is refused to everybody but the Sở, without a reason, and for what cannot be switched', async () => {
      for (const actor of [someone('itAdmin'), someone('provinceLead', 'so-khac'), someone('middleOfficer', 'so')]) {
        expect(await refusal(cat.switchChange(actor, request))).to.be.instanceOf(Forbidden)
      }
      const officer = someone('provinceOfficer')
      expect(await refusal(cat.switchChange(officer, { ...request, reason: '  ' }))).to.be.instanceOf(InvalidInput)
      expect(await refusal(cat.switchChange(officer, { ...request, changeId: 'khong-co' }))).to.be.instanceOf(NotFound)
      expect(await refusal(cat.switchChange(officer, { ...request, changeId: 'tt29-2021-d8-k2-b' }))).to.be.instanceOf(
        NotFound,
      )
      expect(await refusal(cat.switchChange(officer, { ...request, setId: 'rival' }))).to.be.instanceOf(NotFound)
      expect((await cat.setFor(YEAR, 'tieu_hoc'))?.switches).to.deep.equal({})
    })

    it('counts for that set and year only, keeps who, when and why, and leaves a journal entry', async () => {
      clock = new Date('2024-10-02T03:00:00Z')
      const tree = await cat.switchChange(someone('provinceOfficer'), request)
      expect(tree.switches).to.deep.equal([
        {
          setId: PRIMARY,
          changeId: REPEAL,
          state: 'on',
          reason: 'Đã đọc Công báo.',
          at: clock,
          by: { personId: 'p-provinceOfficer', name: 'Trần Thị Mẫu' },
        },
      ])
      expect((await cat.setFor(YEAR, 'tieu_hoc'))?.switches).to.deep.equal({ [REPEAL]: 'on' })
      expect((await cat.setFor(YEAR, 'mam_non'))?.switches).to.deep.equal({})
      await post.settled()
      const outbox = await db.connection.collection('yearTrees').findOne({}, { projection: { outbox: 1 } })
      expect(outbox?.['outbox']).to.deep.equal([])
      const entries = (await journal.of({ kind: 'yearTree', id: `so:${YEAR}` })).toSorted((a, b) =>
        a.id < b.id ? -1 : 1,
      )
      expect(entries.map(entry => entry.event)).to.deep.equal(['publishCriteria', 'switchChange'])
      expect(entries[1]).to.include({ reason: 'Đã đọc Công báo.', unitId: 'so', year: YEAR })
    })

    it('replaces the earlier decision, and survives publishing again', async () => {
      await cat.switchChange(someone('provinceLead'), { ...request, state: 'off', reason: 'Chờ văn bản chính thức.' })
      const tree = await cat.publishForYear(someone('provinceLead'), YEAR, {
        hashes: (await cat.treeOf(YEAR)).sets.map(one => one.hash),
      })
      expect(tree.switches.map(one => one.state)).to.deep.equal(['off'])
    })

    it('is refused on a catalogue that somebody changed meanwhile', async () => {
      const { rev } = await cat.treeOf(YEAR)
      const officer = someone('provinceOfficer')
      expect(await refusal(cat.switchChange(officer, { ...request, seenRev: rev - 1 }))).to.be.instanceOf(StaleWrite)
      const outcomes = await Promise.all(
        (['on', 'off'] as const).map(state => refusal(cat.switchChange(officer, { ...request, state, seenRev: rev }))),
      )
      expect(outcomes.filter(one => one instanceof StaleWrite)).to.have.length(1)
      expect((await cat.treeOf(YEAR)).rev).to.equal(rev + 1)
    })
  })
})
