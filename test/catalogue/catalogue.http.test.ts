import { expect } from 'chai'
import {
  catalogue,
  catalogueRoutes,
  criteriaSetStore,
  setHref,
  versionOf,
  yearTreeStore,
  type Catalogue,
} from '../../src/catalogue/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { appForTests, seat, signedIn, type Visitor } from '../http/app-for-tests.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { testDatabase } from '../support/database.ts'

const YEAR = workingYear('2025-2026')
const SET = '/tieu-chi/tt17-2018-tieu-hoc'
const CHANGE = `${SET}/thay-doi/tt22-2024-d13-k2-a`

describe('screens of the criteria sets', () => {
  let cat: Catalogue
  let db: Database
  let officer: Visitor
  let teacher: Visitor
  before(async () => {
    db = await testDatabase()
    const post = relay(db, journalStore(db), error => {
      throw error
    })
    cat = catalogue({
      sets: criteriaSetStore(db),
      trees: yearTreeStore(db, post),
      provinceId: async () => 'so',
      now: () => new Date('2025-10-05T02:41:00Z'),
    })
    await ensureIndexes(db)
    await cat.importCriteriaFiles('criteria')
    const stage = await appForTests(catalogueRoutes(cat))
    await stage.person('chuyenvien', 'so', [seat('provinceOfficer', 'so')])
    await stage.person('giaovien', 'truong', [seat('staff', 'truong')])
    officer = await signedIn(stage.app, 'chuyenvien')
    teacher = await signedIn(stage.app, 'giaovien')
  })

  it('lets the Sở publish, and nobody else', async () => {
    expect((await teacher.agent.get('/tieu-chi')).text).not.to.contain('Ban hành')
    const fields = { year: YEAR, revision: '0' }
    expect((await teacher.post('/tieu-chi/ban-hanh', fields)).status).to.equal(403)
    expect((await teacher.agent.get(SET)).status).to.equal(404)
    const published = await officer.post('/tieu-chi/ban-hanh', fields, '/tieu-chi')
    expect(published.headers['location']).to.equal('/tieu-chi?nam=2025-2026')
    const { text } = await teacher.agent.get('/tieu-chi')
    expect(text).to.contain('18/2018/TT-BGDĐT').and.to.contain('4725/QĐ-BGDĐT')
  })

  it('shows a set to everybody who is signed in, and 404 for what is none', async () => {
    const { status, text } = await teacher.agent.get(SET)
    expect(status).to.equal(200)
    expect(text).to.contain('id="tc-5.5"').and.to.contain('chưa đối chiếu văn bản gốc')
    expect(text).not.to.contain('Lý do, căn cứ')
    expect((await teacher.agent.get('/tieu-chi/khong-co')).status).to.equal(404)
    expect((await teacher.agent.get(`${SET}?nam=2019-2020`)).status).to.equal(404)
  })

  it('narrows the tree to what is looked for', async () => {
    const { text } = await teacher.agent.get(`${SET}?tim=${encodeURIComponent('thư viện')}`)
    expect(text).to.contain('id="tc-3.6" open').and.not.to.contain('id="tc-1.1"')
  })

  it('shows the version that an assessment pinned, without the buttons of the Sở, when a newer one is in use', async () => {
    const inUse = await cat.setFor(YEAR, 'tieu_hoc')
    if (!inUse) throw new Error('not published')
    const older = versionOf({ ...inUse.version.set, title: 'Bản trước khi chép nguyên văn' })
    await criteriaSetStore(db).insertOnce(older, new Date('2020-01-01T00:00:00Z'))
    const { status, text } = await officer.agent.get(setHref(inUse.version.set.id, YEAR, older.hash))
    expect(status).to.equal(200)
    expect(text).to.contain('Bản trước khi chép nguyên văn').and.not.to.contain('Lý do, căn cứ')
    expect((await officer.agent.get(setHref('tt19-2018-mam-non', YEAR, older.hash))).status).to.equal(404)
    expect((await officer.agent.get(setHref(inUse.version.set.id, YEAR, 'la'))).status).to.equal(404)
    expect((await officer.agent.get(SET)).text).to.contain('Lý do, căn cứ')
  })

  it('asks for a reason and keeps the page', async () => {
    const { rev } = await cat.treeOf(YEAR)
    const refused = await officer.post(`${CHANGE}/ap-dung`, { year: YEAR, revision: String(rev), reason: ' ' }, SET)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('Xin nhập lý do hoặc căn cứ').and.to.contain('id="tc-5.5"')
    expect((await cat.treeOf(YEAR)).switches).to.deep.equal([])
  })

  it('refuses the switch to others, and on a catalogue that has changed since', async () => {
    const { rev } = await cat.treeOf(YEAR)
    const fields = { year: YEAR, revision: String(rev), reason: 'Đã đọc Công báo.' }
    expect((await teacher.post(`${CHANGE}/ap-dung`, fields, SET)).status).to.equal(403)
    expect((await officer.post(`${CHANGE}/ap-dung`, { ...fields, revision: String(rev - 1) }, SET)).status).to.equal(
      409,
    )
    expect((await cat.treeOf(YEAR)).rev).to.equal(rev)
  })

  it('applies the change: shown to all, and counted', async () => {
    const { rev } = await cat.treeOf(YEAR)
    const fields = { year: YEAR, revision: String(rev), reason: 'Đã đọc Công báo.' }
    const done = await officer.post(`${CHANGE}/ap-dung`, fields, SET)
    expect(done.headers['location']).to.equal(`${SET}?nam=2025-2026#quyet-dinh`)
    const { text } = await teacher.agent.get(SET)
    expect(text)
      .to.contain('Sở áp dụng')
      .and.to.contain('Đã đọc Công báo.')
      .and.to.contain('Không xét trong năm học này.')
    expect((await cat.setFor(YEAR, 'tieu_hoc'))?.switches).to.deep.equal({ 'tt22-2024-d13-k2-a': 'on' })
  })
})
