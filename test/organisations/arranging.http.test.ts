import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import { actingForOn } from '../../src/organisations/index.ts'
import { seat, signedIn, type Visitor } from '../http/app-for-tests.ts'
import { organisationsStage } from './stage.ts'

const REVISION = /name="revision" value="(\d+)"/

describe('the screens on which units are arranged', () => {
  let stage: Awaited<ReturnType<typeof organisationsStage>>
  let admin: Visitor
  let lead: Visitor
  let head: Visitor

  before(async () => {
    stage = await organisationsStage()
    await stage.person('admin', 'so', [seat('itAdmin', 'so')])
    await stage.person('lead', 'so', [seat('provinceLead', 'so')])
    await stage.person('head', 'thcs', [seat('head', 'thcs')])
    ;[admin, lead, head] = await Promise.all([
      signedIn(stage.app, 'admin'),
      signedIn(stage.app, 'lead'),
      signedIn(stage.app, 'head'),
    ])
  })

  const revisionAt = async (visitor: Visitor, href: string): Promise<string> =>
    REVISION.exec((await visitor.agent.get(href)).text)?.[1] ?? ''
  const take = async (visitor: Visitor, href: string, step: string, fields: Readonly<Record<string, string>> = {}) =>
    visitor.post(`${href}/${step}`, { revision: await revisionAt(visitor, href), ...fields }, href)
  const drawnUp = async (slug: string, unitId: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    const form = `/sap-xep-don-vi/moi/${slug}?don-vi=${unitId}`
    const { status, headers, text } = await admin.post(form, fields, form)
    expect(status, text.slice(0, 3000)).to.equal(303)
    return String(headers['location'])
  }

  it('adds communes and schools by hand, from an empty form to a unit in the tree', async () => {
    const commune = await drawnUp('them', 'so', {
      kind: 'commune',
      parentId: 'so',
      name: 'UBND xã Đồi Chè',
      symbol: 'DC',
      place: 'Đồi Chè',
      from: '2025-10-01',
      reason: 'Thành lập',
    })
    expect((await admin.agent.get(commune)).text)
      .to.contain('Thêm UBND xã Đồi Chè')
      .and.contain('Đã kiểm tra')
    expect((await take(admin, commune, 'thuc-hien')).status).to.equal(303)
    const school = await drawnUp('them', 'xa-doi-che', {
      kind: 'school',
      parentId: 'xa-doi-che',
      name: 'Trường Tiểu học Đồi Chè',
      symbol: 'THDC',
      place: 'Đồi Chè',
      schoolKind: 'tieu_hoc',
      ownership: 'public',
      from: '2025-10-02',
      reason: 'Thành lập',
    })
    await take(admin, school, 'thuc-hien')
    const { text } = await head.agent.get('/don-vi/xa-doi-che?ngay=2025-10-05')
    expect(text).to.contain('Trường Tiểu học Đồi Chè').and.not.contain('Chuyển cấp quản lý')
    expect((await admin.agent.get('/don-vi/xa-doi-che')).text)
      .to.contain('Sáp nhập')
      .and.contain('Thêm đơn vị')
  })

  it('refuses what would break the tree in words, keeping what was typed', async () => {
    const form = '/sap-xep-don-vi/moi/chuyen?don-vi=thpt'
    const fields = { parentId: 'xa', from: '2020-01-01', reason: 'Thử', decision: 'Số chín' }
    const { status, text } = await admin.post(form, fields, form)
    expect(status).to.equal(409)
    expect(text).to.contain('cấp quản lý không tồn tại suốt khoảng thời gian này').and.contain('value="Số chín"')
    const past = await admin.post(form, { parentId: 'xa', from: '2025-09-01' }, form)
    expect(past.status).to.equal(409)
    expect(past.text).to.contain('cần ghi lý do')
    const empty = await admin.post(form, {}, form)
    expect(empty.status).to.equal(422)
    expect(empty.text).to.contain('Xin nhập ngày có hiệu lực.').and.contain('Xin chọn cấp quản lý mới.')
  })

  it('is closed to those who do not arrange units', async () => {
    expect((await head.agent.get('/sap-xep-don-vi/moi/them')).status).to.equal(403)
    expect((await head.agent.get('/sap-xep-don-vi/nhap')).status).to.equal(403)
    const plan = await drawnUp('doi-ten', 'thpt', { name: 'Trường THPT Đồi Sim', from: '2026-01-01' })
    expect((await head.agent.get(plan)).status).to.equal(404)
    expect((await take(admin, plan, 'bo')).status).to.equal(303)
  })

  it('shows who else is touched, applies, and undoes with a reason before the day', async () => {
    const rename = await drawnUp('doi-ten', 'thcs', { name: 'Trường THCS Lá Sen', from: '2026-01-01' })
    expect((await lead.agent.get(rename)).text).to.contain('1 đợt tự đánh giá đang mở.')
    expect((await take(lead, rename, 'thuc-hien')).status).to.equal(303)
    expect((await head.agent.get('/don-vi/thcs?ngay=2026-01-01')).text).to.contain('Trường THCS Lá Sen')
    expect((await head.agent.get('/sap-xep-don-vi')).text).to.contain('thành Trường THCS Lá Sen')
    expect((await take(lead, rename, 'huy', { reason: '' })).status).to.equal(409)
    expect((await take(lead, rename, 'huy', { reason: 'Tỉnh chưa quyết' })).status).to.equal(303)
    expect((await head.agent.get('/don-vi/thcs?ngay=2026-01-01')).text).to.not.contain('<h1>Trường THCS Lá Sen')
    expect((await admin.agent.get('/don-vi/thcs')).text).to.contain('Hủy thay đổi trước khi có hiệu lực')
  })

  it('places the schools of a unit that ends, on the screen', async () => {
    const href = await drawnUp('giai-the', 'xa', { from: '2026-01-01', decision: '9/QĐ-UBND' })
    const waiting = (await admin.agent.get(href)).text
    expect(waiting).to.contain('Còn 1 đơn vị chưa có cấp quản lý mới.').and.not.contain(`${href}/thuc-hien`)
    const place = `${href}/xep-cho?tu=xa`
    const revision = await revisionAt(admin, place)
    expect((await admin.post(place, { revision, 'to:thcs': 'so' }, place)).status).to.equal(303)
    expect((await admin.post(place, { revision, 'to:thcs': '' }, place)).status).to.equal(409)
    expect((await take(admin, href, 'kiem-tra')).status).to.equal(303)
    const ready = (await admin.agent.get(href)).text
    expect(ready).to.contain('Tổng không đổi').and.contain(`${href}/thuc-hien`)
    const sheet = await admin.agent.get(`${href}/mau.xlsx`).buffer(true)
    expect(sheet.status).to.equal(200)
    expect(sheet.headers['content-type']).to.contain('spreadsheetml')
    await take(admin, href, 'bo')
  })

  it('gives the tree of a day as a spreadsheet and a page at a time', async () => {
    const sheet = await head.agent.get('/don-vi/xuat.xlsx?ngay=2025-06-30')
    expect(sheet.headers['content-disposition']).to.contain('don-vi-2025-06-30.xlsx')
    const found = (await head.agent.get('/don-vi?loai=thpt')).text
    expect(found).to.contain('Trường THPT Đồi Thông').and.not.contain('Lá Lúa')
  })

  it('forms a cluster for the year, changes it, and dissolves it', async () => {
    const form = '/cum-truong/moi?don-vi=xa'
    const wrong = await admin.post('/cum-truong/moi', { name: 'Cụm Một', codes: 'thcs, la', leadId: 'thpt' }, form)
    expect(wrong.status).to.equal(422)
    expect(wrong.text).to.contain('Không phải trường đang hoạt động').and.contain('phải thuộc cụm')
    const made = await admin.post('/cum-truong/moi', { name: 'Cụm Một', codes: 'thcs, thpt', leadId: 'thpt' }, form)
    expect(made.status).to.equal(303)
    const href = String(made.headers['location'])
    const year = workingYear('2025-2026')
    expect((await stage.clusters.ofSchool('thcs', year)).map(({ name }) => name)).to.deep.equal(['Cụm Một'])
    expect((await head.agent.get('/cum-truong')).text)
      .to.contain('Cụm Một')
      .and.contain('Trường THPT Đồi Thông')
    expect((await head.post(href, { name: 'Cụm Hai', revision: '1' }, '/cum-truong')).status).to.equal(403)
    expect((await admin.post(href, { name: 'Cụm Hai', schoolIds: 'thcs', revision: '1' }, href)).status).to.equal(303)
    expect(
      (await stage.clusters.ofYear(year)).map(({ name, schoolIds, leadId }) => [name, schoolIds, leadId]),
    ).to.deep.equal([['Cụm Hai', ['thcs'], undefined]])
    expect((await admin.post(href, { name: 'Cụm Hai', revision: '2' }, href)).status).to.equal(303)
    expect(await stage.clusters.ofYear(year)).to.deep.equal([])
  })

  describe('delegation', () => {
    const grant = {
      unitId: 'xa',
      byUnitId: 'so',
      duties: 'review',
      from: '2025-10-01',
      to: '2025-12-31',
      number: '7/QĐ-SGDĐT',
      decidedOn: '2025-09-30',
    }
    const dutiesOn = async (day: string) =>
      actingForOn([seat('provinceOfficer', 'so')], await stage.delegations.all(), day).map(
        ({ unitId, role, duties }) => [unitId, role, duties],
      )

    it('is granted by the lead of the Sở alone, once for each duty and day', async () => {
      expect((await admin.post('/uy-quyen', grant)).status).to.equal(403)
      const wrong = await lead.post(
        '/uy-quyen',
        { ...grant, byUnitId: 'thcs', to: '2025-09-01', duties: '' },
        '/uy-quyen',
      )
      expect(wrong.status).to.equal(422)
      expect(wrong.text)
        .to.contain('Xin chọn một cấp quản lý.')
        .and.contain('trước ngày bắt đầu')
        .and.contain('ít nhất một việc')
      expect((await lead.post('/uy-quyen', grant, '/uy-quyen')).status).to.equal(303)
      const twice = await lead.post('/uy-quyen', { ...grant, from: '2025-12-31', to: '2026-01-31' }, '/uy-quyen')
      expect(twice.text).to.contain('đã được ủy quyền từ 01/10/2025 đến 31/12/2025')
      expect(await dutiesOn('2025-10-01')).to.deep.equal([['xa', 'middleOfficer', ['review']]])
      expect(await dutiesOn('2026-01-01')).to.deep.equal([])
    })

    it('is shortened or withdrawn, and gives nothing from then on', async () => {
      const id = (await stage.delegations.of('xa')).delegations[0]?.id ?? ''
      const base = `/uy-quyen/xa/${id}`
      expect((await lead.post(`${base}/ket-thuc`, { lastDay: '2025-09-30' }, '/uy-quyen')).status).to.equal(409)
      expect((await lead.post(`${base}/thu-hoi`, { reason: '' }, '/uy-quyen')).status).to.equal(409)
      expect((await lead.post(`${base}/thu-hoi`, { reason: 'Xã đã đủ người' }, '/uy-quyen')).status).to.equal(303)
      expect(await dutiesOn('2025-10-05')).to.deep.equal([])
      expect((await head.agent.get('/uy-quyen')).text)
        .to.contain('Đã thu hồi')
        .and.not.contain('Ghi ủy quyền')
    })
  })
})
