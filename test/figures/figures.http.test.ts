import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import { compare, valuesOf } from '../../src/figures/index.ts'
import { seat, signedIn, type Visitor } from '../http/app-for-tests.ts'
import { organisationsStage } from '../organisations/stage.ts'
import { soundThcs } from './some-figures.ts'

const year = workingYear('2025-2026')
const PAGE = '/so-lieu?truong=thcs&nam=2025-2026'
const DOI_SANH = '/so-lieu/doi-sanh?truong=thcs&nam=2025-2026'
const actionFor = (table: string, column = '2025-2026') => `${PAGE}&cot=${column}&bang=${table}`

/** Addresses of the breadcrumbs of a page. */
const crumbsIn = (html: string): readonly (string | undefined)[] => {
  const trail = /<nav class="crumbs"[\s\S]*?<\/nav>/.exec(html)?.[0] ?? ''
  return [...trail.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
}

describe('the screens of figures', () => {
  let stage: Awaited<ReturnType<typeof organisationsStage>>
  let head: Visitor
  before(async () => {
    stage = await organisationsStage()
    await stage.person('head', 'thcs', [seat('head', 'thcs')])
    await stage.person('clerk', 'thcs', [seat('clerk', 'thcs')])
    await stage.person('late', 'thcs', [{ ...seat('secretary', 'thcs'), year: workingYear('2024-2025') }])
    await stage.person('officer', 'xa', [seat('middleOfficer', 'xa')])
    await stage.person('other', 'thpt', [seat('head', 'thpt')])
    head = await signedIn(stage.app, 'head')
  })

  it('shows the own school’s five years with one of them open for typing', async () => {
    const { text } = await head.agent.get('/so-lieu')
    expect(text).to.contain('2021-2022').and.contain('name="cell.classes.g6"').and.contain('Khối lớp 9, 2025-2026')
    expect(text).to.not.contain('cell.pupils.goodDistrict')
    const earlier = (await head.agent.get(`${PAGE}&cot=2022-2023`)).text
    expect(earlier).to.contain('cell.pupils.goodDistrict').and.contain('Lưu 2022-2023')
  })

  it('saves a table with numbers typed the Vietnamese way and shows the totals', async () => {
    const fields = {
      'cell.pupils.g6': '1.080',
      'cell.pupils.g7': '90',
      'cell.pupils.g8': '85',
      'cell.pupils.g9': '0',
      revision: '0',
    }
    const saved = await head.post(actionFor('pupils'), fields, PAGE)
    expect(saved.status).to.equal(303)
    expect(saved.headers['location']).to.contain('#pupils')
    expect((await head.agent.get(PAGE)).text)
      .to.contain('1.255')
      .and.contain('value="1.080"')
  })

  it('draws the page again with what was typed and the message at the cell', async () => {
    const bad = await head.post(
      actionFor('classes'),
      { 'cell.classes.g6': 'hai', 'cell.classes.g7': '3', revision: '1' },
      PAGE,
    )
    expect(bad.status).to.equal(422)
    expect(bad.text).to.contain('value="hai"').and.contain('Xin nhập một số, ví dụ 1.234.')
    const broken = await head.post(actionFor('pupils'), { 'cell.pupils.female': '9.999', revision: '1' }, PAGE)
    expect(broken.status).to.equal(422)
    expect(broken.text).to.contain('Số nữ lớn hơn tổng số.').and.contain('value="9.999"')
    expect(valuesOf(await stage.figures.of('thcs', year))).to.not.have.any.keys('classes.g7', 'pupils.female')
  })

  it('answers 409 when somebody else changed the very cell', async () => {
    const late = await head.post(actionFor('pupils'), { 'cell.pupils.g6': '7', revision: '0' }, PAGE)
    expect(late.status).to.equal(409)
    expect(late.text).to.contain('vừa được người khác sửa').and.contain('value="7"').and.contain('đang lưu: 1.080')
  })

  it('lets others of the school and above read only, and hides it from other schools', async () => {
    for (const name of ['late', 'officer']) {
      const visitor = await signedIn(stage.app, name)
      const { status, text } = await visitor.agent.get(PAGE)
      expect(status, name).to.equal(200)
      expect(text, name).to.contain('Chỉ xem').and.not.contain('name="cell.')
      expect((await visitor.post(actionFor('pupils'), { 'cell.pupils.g6': '1' })).status, name).to.equal(403)
    }
    const other = await signedIn(stage.app, 'other')
    expect((await other.agent.get(PAGE)).status).to.equal(404)
    expect((await other.post(actionFor('pupils'), { 'cell.pupils.g6': '1' })).status).to.equal(404)
  })

  it('lets an officer choose among the schools of the unit', async () => {
    const officer = await signedIn(stage.app, 'officer')
    const { text } = await officer.agent.get('/so-lieu')
    expect(text).to.contain('/so-lieu?truong=thcs&amp;nam=2025-2026').and.not.contain('Đồi Thông')
  })

  it('finds schools by words of the name, the commune and the kind, without marks', async () => {
    await stage.person('so-officer', 'so', [seat('provinceOfficer', 'so')])
    const province = await signedIn(stage.app, 'so-officer')
    const found = async (query: string) => (await province.agent.get(`/so-lieu?nam=2025-2026&${query}`)).text
    expect(await found(''))
      .to.contain('truong=thcs&amp;')
      .and.contain('truong=thpt&amp;')
    const byCommune = await found('tim=suoi+may')
    expect(byCommune).to.contain('truong=thcs&amp;').and.not.contain('truong=thpt&amp;')
    expect(byCommune).to.contain('value="suoi may"').and.contain('UBND xã Suối Mây')
    expect(await found('tim=DOI+thong+pho+thong'))
      .to.contain('truong=thpt&amp;')
      .and.not.contain('truong=thcs&amp;')
    expect(await found('cap=thcs'))
      .to.contain('truong=thcs&amp;')
      .and.not.contain('truong=thpt&amp;')
    expect(await found('tim=khong+co+ai')).to.contain('Không có trường nào như vậy')
  })

  it('leads back from the pages that take a file', async () => {
    const clerk = await signedIn(stage.app, 'clerk')
    const form = (await clerk.agent.get('/so-lieu/nhap?truong=thcs&nam=2025-2026')).text
    expect(crumbsIn(form)).to.deep.equal(['/so-lieu?truong=thcs&amp;nam=2025-2026'])
    const officer = await signedIn(stage.app, 'officer')
    const giving = (await officer.agent.get('/doi-sanh/giao?don-vi=xa&nam=2025-2026')).text
    expect(crumbsIn(giving)).to.deep.equal(['/doi-sanh?don-vi=xa&amp;nam=2025-2026'])
  })

  it('leads a reconciliation from assigned numbers to the managing unit’s answer', async () => {
    const clerk = await signedIn(stage.app, 'clerk')
    const officer = await signedIn(stage.app, 'officer')
    const rev = async () => String((await stage.figures.of('thcs', year)).rev)
    const cells = Object.fromEntries(Object.entries(soundThcs()).map(([key, value]) => [`cell.${key}`, String(value)]))
    expect((await clerk.post(actionFor('pupils'), { ...cells, revision: await rev() }, PAGE)).status).to.equal(303)

    const assigned = Object.fromEntries(
      compare(['thcs'], soundThcs(), undefined)
        .filter(row => row.of === undefined)
        .map(row => [`assigned.${row.key}`, String(row.key === 'staff.teachers.total' ? 18 : (row.current ?? ''))]),
    )
    const undecided = await clerk.post(DOI_SANH, { ...assigned, revision: await rev() }, DOI_SANH)
    expect(undecided.status).to.equal(422)
    expect(undecided.text).to.contain('Hãy ghi quyết định giao')
    const decisions = Object.fromEntries(
      ['plan', 'staff'].flatMap(kind => [
        [`${kind}.number`, '12/QĐ-UBND'],
        [`${kind}.day`, '2025-08-01'],
        [`${kind}.issuer`, 'UBND xã Suối Mây'],
      ]),
    )
    const draft = { ...assigned, ...decisions }
    expect((await clerk.post(DOI_SANH, { ...draft, revision: await rev() }, DOI_SANH)).status).to.equal(303)
    const stepTo = async (visitor: Visitor, event: string, reason = '') =>
      visitor.post(`/so-lieu/doi-sanh/${event}?truong=thcs&nam=2025-2026`, { revision: await rev(), reason }, DOI_SANH)

    const unexplained = await stepTo(clerk, 'explain')
    expect(unexplained.status).to.equal(409)
    expect(unexplained.text).to.contain('E. Giáo viên: chênh lệch chưa có nguyên nhân.')
    const explained = {
      ...draft,
      'code.staff.teachers.total': 'notRecruited',
      'sentence.staff.teachers.total': 'Chưa tuyển được giáo viên Tin học.',
    }
    expect((await clerk.post(DOI_SANH, { ...explained, revision: await rev() }, DOI_SANH)).status).to.equal(303)
    expect((await stepTo(clerk, 'explain')).status).to.equal(303)
    expect((await stepTo(clerk, 'confirm')).status).to.equal(403)
    expect((await stepTo(head, 'confirm')).status).to.equal(303)
    expect((await officer.agent.get(DOI_SANH)).text)
      .to.contain('Hiệu trưởng đã xác nhận')
      .and.contain('Xác nhận khớp')
    expect((await stepTo(officer, 'dispute')).status).to.equal(409)
    expect((await stepTo(officer, 'dispute', 'Biên chế giao là 17.')).status).to.equal(303)
    expect((await head.agent.get(DOI_SANH)).text)
      .to.contain('Biên chế giao là 17.')
      .and.contain('Mở lại phiếu đối sánh')
    expect((await stepTo(head, 'khong-co')).status).to.equal(404)
  })
})
