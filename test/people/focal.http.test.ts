import { expect } from 'chai'
import { journalStore, relay } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { unitStore } from '../../src/organisations/index.ts'
import { focalRoutes, focalStore } from '../../src/people/index.ts'
import { readRows } from '../../src/sheet-files/index.ts'
import { appForTests, seat, signedIn } from '../http/app-for-tests.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'
import { testDatabase } from '../support/database.ts'

const PAGE = '/don-vi/thcs/dau-moi'
const FIELDS = {
  revision: '0',
  name: 'Trịnh  Thị Hoa',
  post: 'Phó Hiệu trưởng',
  phone: '0900 000 001',
  email: 'Hoa@mau.edu.vn',
}
const COLUMNS = [
  { key: 'unit', head: 'Đơn vị', kind: 'text', required: true },
  { key: 'name', head: 'Họ và tên', kind: 'text', required: true },
  { key: 'email', head: 'Thư điện tử', kind: 'text' },
] as const

describe('focal persons of units', () => {
  let stage: Awaited<ReturnType<typeof appForTests>>
  before(async () => {
    const db = await testDatabase()
    const now = (): Date => new Date('2025-10-05T02:41:00Z')
    const post = relay(db, journalStore(db), error => {
      throw error
    })
    const units = unitStore(db, post)
    const focals = focalStore(db, post)
    await ensureIndexes(db)
    for (const { rev: _rev, ...unit } of twoTierProvince().values()) await units.add(unit, { actor: SYSTEM, at: now() })
    stage = await appForTests(focalRoutes({ units, focals, now }))
    await stage.person('truong', 'thcs', [seat('head', 'thcs')])
    await stage.person('gv', 'thcs', [seat('staff', 'thcs')])
    await stage.person('la', 'thpt', [seat('head', 'thpt')])
    await stage.person('xa', 'xa', [seat('middleOfficer', 'xa')])
    await stage.person('so', 'so', [seat('provinceOfficer', 'so')])
  })

  it('are named by the unit itself, with all that is wrong told at once', async () => {
    const head = await signedIn(stage.app, 'truong')
    const wrong = await head.post(PAGE, { ...FIELDS, name: '', phone: '12', email: 'hoa' }, PAGE)
    expect(wrong.status).to.equal(422)
    expect(wrong.text).to.contain('Xin nhập họ và tên').and.contain('8–15 chữ số').and.contain('thư điện tử chưa đúng')
    expect((await head.post(PAGE, FIELDS, PAGE)).status).to.equal(303)
    expect((await head.agent.get(PAGE)).text)
      .to.contain('Trịnh Thị Hoa')
      .and.contain('hoa@mau.edu.vn')
    expect((await head.post(PAGE, FIELDS, PAGE)).status, 'drawn before the first was saved').to.equal(409)
  })

  it('are shown with the managing unit’s to everybody of the school, who may not change them', async () => {
    const officer = await signedIn(stage.app, 'xa')
    const own = { ...FIELDS, name: 'Hà Văn Suối', email: '' }
    expect((await officer.post('/don-vi/xa/dau-moi', own, '/don-vi/xa/dau-moi')).status).to.equal(303)
    const teacher = await signedIn(stage.app, 'gv')
    expect((await teacher.agent.get('/dau-moi')).headers['location']).to.equal(PAGE)
    const { text } = await teacher.agent.get(PAGE)
    expect(text).to.contain('Trịnh Thị Hoa').and.contain('Hà Văn Suối').and.not.contain('Đặt đầu mối')
    expect((await teacher.post(PAGE, { ...FIELDS, revision: '1' })).status).to.equal(403)
  })

  it('are hidden from a school beside, and not changed by the office above', async () => {
    const stranger = await signedIn(stage.app, 'la')
    expect((await stranger.agent.get(PAGE)).status).to.equal(404)
    expect((await stranger.post(PAGE, FIELDS)).status).to.equal(404)
    const officer = await signedIn(stage.app, 'xa')
    expect((await officer.post(PAGE, { ...FIELDS, revision: '1' })).status).to.equal(403)
  })

  it('make a directory of the units below, searched, filtered and exported alike', async () => {
    const province = await signedIn(stage.app, 'so')
    const { text } = await province.agent.get('/dau-moi')
    expect(text).to.contain('Trịnh Thị Hoa').and.contain('Trường THPT Đồi Thông').and.contain('Chưa có')
    expect((await province.agent.get('/dau-moi?q=trinh')).text)
      .to.contain('Lá Lúa')
      .and.not.contain('Đồi Thông')
    const missing = (await province.agent.get('/dau-moi?thieu=1&loai=thpt')).text
    expect(missing).to.contain('Đồi Thông').and.not.contain('Lá Lúa')
    const file = await province.agent.get('/dau-moi/xuat?q=suoi may').responseType('blob')
    const { rows } = await readRows(file.body as Buffer, COLUMNS)
    expect(rows.map(({ values }) => values)).to.deep.equal([
      { unit: 'Trường THCS Lá Lúa', name: 'Trịnh Thị Hoa', email: 'hoa@mau.edu.vn' },
      { unit: 'UBND xã Suối Mây', name: 'Hà Văn Suối', email: undefined },
    ])
    const commune = (await (await signedIn(stage.app, 'xa')).agent.get('/dau-moi')).text
    expect(commune).to.contain('Lá Lúa').and.not.contain('Đồi Thông')
  })
})
