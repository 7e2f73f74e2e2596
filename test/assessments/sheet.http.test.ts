import { expect } from 'chai'
import { signedIn, tokenOf, type Visitor } from '../http/app-for-tests.ts'
import type { Username } from '../support/school.ts'
import { sheetApp, type SheetApp } from './sheet-app.ts'

describe('the criterion sheet over HTTP', () => {
  let s: SheetApp
  let base: string
  let plan: { id: string; label: string }
  before(async () => {
    s = await sheetApp()
    base = `/danh-gia/${s.id}/phieu`
    plan = await s.evidence('1.1', 'Kế hoạch chiến lược')
  })

  const visitors = new Map<Username, Promise<Visitor>>()
  const as = (username: Username): Promise<Visitor> => {
    const visitor = visitors.get(username) ?? signedIn(s.app, username)
    visitors.set(username, visitor)
    return visitor
  }

  /** Sends JSON as the page's script does. */
  const put = async (who: Visitor, path: string, body: object) => {
    const token = tokenOf((await who.agent.get('/ho-so')).text)
    return who.agent.put(path).set('x-csrf-token', token).set('Accept', 'application/json').send(body)
  }
  const errorOf = (body: unknown): Readonly<Record<string, unknown>> =>
    (body as { readonly error: Readonly<Record<string, unknown>> }).error

  it('leads a member to a sheet of the own group, and a member of another group to theirs', async () => {
    const own = await (await as('thanhvien')).agent.get(base)
    expect(own.headers['location']).to.equal(`${base}/1.1`)
    const other = await (await as('nhomkhac')).agent.get(base)
    expect(other.headers['location']).to.equal(`${base}/2.1`)
  })

  it('shows the sheet with levels, texts and what is missing', async () => {
    const { status, text } = await (await as('thanhvien')).agent.get(`${base}/1.1`)
    expect(status).to.equal(200)
    for (const words of [
      'Tiêu chí 1.1.',
      'id="mo-ta-1-a"',
      'id="tu-danh-gia-1-a"',
      'id="diem-manh"',
      'Còn thiếu để nộp',
      'Nộp cho trưởng nhóm',
      'chưa đối chiếu',
      'Kế hoạch chiến lược',
    ])
      expect(text).to.include(words)
  })

  it('saves a part with labels as ids, and gives it back with labels', async () => {
    const who = await as('thanhvien')
    const path = `${base}/1.1/phan/description.1.a`
    const { status, body } = await put(who, path, { rev: 0, text: `Có kế hoạch ${plan.label} và [H9-9.9-99].` })
    expect(status).to.equal(200)
    expect(body).to.include({ rev: 1, by: 'Lò Thị Mẫu', text: `Có kế hoạch ${plan.label} và [H9-9.9-99].` })
    expect(body).to.deep.include({ unknown: ['[H9-9.9-99]'] })
    const { parts } = await s.system.sheets.find(s.id, '1.1')
    expect(parts['description.1.a']?.text).to.equal(`Có kế hoạch [[${plan.id}]] và [H9-9.9-99].`)
    const page = await who.agent.get(`${base}/1.1`)
    expect(page.text).to.include(`Có kế hoạch ${plan.label} và`)
    expect(page.text).to.include('không có trong danh mục')
  })

  it('means the item that the page showed, also when its label belongs to another one by now', async () => {
    const [one, other] = [await s.evidence('1.3', 'Sổ một'), await s.evidence('1.3', 'Sổ hai')]
    const path = `${base}/1.3/phan/strengths`
    await put(await as('thanhvien'), path, { rev: 0, text: `Theo ${other.label}`, known: { [other.label]: one.id } })
    const { parts } = await s.system.sheets.find(s.id, '1.3')
    expect(parts['strengths']?.text).to.equal(`Theo [[${one.id}]]`)
  })

  it('refuses a stale save with the text that stands there and the difference, and writes nothing', async () => {
    const path = `${base}/1.1/phan/weaknesses`
    await put(await as('dongnghiep'), path, { rev: 0, text: 'Chưa giám sát thường xuyên.' })
    const { status, body } = await put(await as('thanhvien'), path, { rev: 0, text: 'Chưa giám sát đều.' })
    expect(status).to.equal(409)
    expect(errorOf(body)).to.include({ code: 'staleWrite' })
    expect(body).to.deep.include({ current: { ...(body as { current: object }).current, rev: 1 } })
    expect((body as { current: { text: string; by: string } }).current).to.include({
      text: 'Chưa giám sát thường xuyên.',
      by: 'Giàng A Thử',
    })
    expect(JSON.stringify(body)).to.include('"kind":"added"').and.to.include('"kind":"removed"')
    expect((await s.system.sheets.find(s.id, '1.1')).parts['weaknesses']?.text).to.equal('Chưa giám sát thường xuyên.')
  })

  it('draws a form without script again with what was typed and what stands there', async () => {
    const who = await as('thanhvien')
    const answer = await who.post(`${base}/1.1/phan/weaknesses`, { rev: '0', text: 'Bản gõ tay' }, `${base}/1.1`)
    expect(answer.status).to.equal(409)
    expect(answer.text).to.include('Bản gõ tay').and.to.include('Nội dung đang lưu').and.to.include('thường xuyên')
    const saved = await who.post(`${base}/1.1/phan/weaknesses`, { rev: '1', text: 'Bản gõ tay' }, `${base}/1.1`)
    expect(saved.status).to.equal(303)
    expect((await s.system.sheets.find(s.id, '1.1')).parts['weaknesses']?.text).to.equal('Bản gõ tay')
  })

  it('shows a member of another group the texts without fields, and refuses the writing with whom to ask', async () => {
    const who = await as('nhomkhac')
    const page = await who.agent.get(`${base}/1.1`)
    expect(page.status).to.equal(200)
    expect(page.text).to.include('Nhóm công tác 1 viết').and.not.to.include('<textarea id="o-mo-ta')
    const answer = await put(who, `${base}/1.1/phan/strengths`, { rev: 0, text: 'x' })
    expect(answer.status).to.equal(403)
    expect(errorOf(answer.body)).to.include({ whoMay: 'Nhóm công tác 1' })
  })

  it('does not tell a stranger that the sheet exists', async () => {
    const who = await as('nguoila')
    for (const path of [
      base,
      `${base}/1.1`,
      `${base}/1.1/trang-thai`,
      `${base}/1.1/lich-su`,
      `${base}/1.1/phan/strengths`,
    ])
      expect((await who.agent.get(path)).status, path).to.equal(404)
    expect((await put(who, `${base}/1.1/phan/strengths`, { rev: 0, text: 'x' })).status).to.equal(404)
  })

  it('answers 404 for a sheet or a part that there is not', async () => {
    const who = await as('thanhvien')
    expect((await who.agent.get(`${base}/9.9`)).status).to.equal(404)
    expect((await put(who, `${base}/1.1/phan/summary`, { rev: 0, text: 'x' })).status).to.equal(404)
  })

  it('takes a verdict, refuses one given blindly over a colleague’s, and takes it back', async () => {
    const path = `${base}/1.1/chi-bao/1/a`
    expect((await put(await as('thanhvien'), path, { verdict: 'met', seen: '' })).status).to.equal(200)
    const blind = await put(await as('dongnghiep'), path, { verdict: 'notMet', seen: '' })
    expect(blind.status).to.equal(409)
    expect(blind.body).to.deep.include({ current: { verdict: 'met' } })
    const state = await (await as('thanhvien')).agent.get(`${base}/1.1/trang-thai`)
    expect(state.body).to.deep.include({ answers: { '1': { a: 'met' } } })
    await put(await as('dongnghiep'), path, { clear: 'yes', seen: 'met' })
    expect((await s.system.assessments.get(s.id)).criteria['1_1']?.answers['1']?.['a']).to.equal(undefined)
  })

  it('keeps improvement actions by rows, with ids of their own, and refuses a day that does not exist', async () => {
    const who = await as('thanhvien')
    const path = `${base}/1.1/hanh-dong`
    const { status, body } = await put(who, path, {
      rev: 0,
      actions: [{ what: 'Lập sổ giám sát', who: 'Lò Thị Mẫu', to: '2026-06-30' }, { what: ' ' }],
    })
    expect(status).to.equal(200)
    const { actions } = body as { actions: readonly { id: string; what: string }[] }
    expect(actions).to.have.length(1)
    expect(actions[0]?.id).to.match(/^[0-9a-f-]{36}$/)
    const wrong = await put(who, path, { rev: 1, actions: [{ what: 'Họp', to: '31/02/2026' }] })
    expect(wrong.status).to.equal(422)
    expect(JSON.stringify(wrong.body)).to.include('"to.0"')
    const stale = await put(who, path, { rev: 0, actions: [] })
    expect(stale.status).to.equal(409)
    expect((await s.system.sheets.find(s.id, '1.1')).actions.map(action => action.what)).to.deep.equal([
      'Lập sổ giám sát',
    ])
  })

  it('saves actions from the plain form, one of them removed', async () => {
    const who = await as('thanhvien')
    const fields = { rev: '0', 'what.0': 'Giữ', 'who.0': 'A', 'what.1': 'Bỏ', 'remove.1': 'yes', 'what.2': '' }
    expect((await who.post(`${base}/1.4/hanh-dong`, fields, `${base}/1.4`)).status).to.equal(303)
    expect((await s.system.sheets.find(s.id, '1.4')).actions.map(action => action.what)).to.deep.equal(['Giữ'])
  })

  it('tells who else has the sheet open, in which part, and forgets them after 45 seconds', async () => {
    await (await as('dongnghiep')).agent.get(`${base}/1.5/trang-thai?o=strengths`)
    const mine = await (await as('thanhvien')).agent.get(`${base}/1.5/trang-thai`)
    expect(mine.body).to.deep.include({ others: [{ personId: 'dongnghiep', name: 'Giàng A Thử', part: 'strengths' }] })
    const side = await (await as('thanhvien')).agent.get(`${base}/1.5/ben-canh`)
    expect(side.text).to.include('Giàng A Thử').and.to.include('đang ở: Điểm mạnh').and.not.to.include('<html')
    s.clock.at = new Date(s.clock.at.getTime() + 46_000)
    const later = await (await as('thanhvien')).agent.get(`${base}/1.5/trang-thai`)
    expect(later.body).to.deep.include({ others: [] })
  })

  it('refuses to hand in with every lack as a link, and offers no step that is another’s', async () => {
    const who = await as('thanhvien')
    const answer = await who.post(`${base}/1.2/buoc/handIn`, {}, `${base}/1.2`)
    expect(answer.status).to.equal(409)
    expect(answer.text).to.include(`${base}/1.2#tu-danh-gia-1-a`).and.to.include(`${base}/1.2#diem-manh`)
    const seenByChair = await (await as('chutich')).agent.get(`${base}/1.2`)
    expect(seenByChair.text).not.to.include('/buoc/')
    expect((await (await as('chutich')).post(`${base}/1.2/buoc/handIn`, {}, `${base}/1.2`)).status).to.equal(403)
    expect((await who.post(`${base}/1.2/buoc/freeze`, {}, `${base}/1.2`)).status).to.equal(404)
  })

  it('shows the history of a part with what each version changed', async () => {
    const who = await as('thanhvien')
    const path = `${base}/1.6/phan/strengths`
    await put(await as('dongnghiep'), path, { rev: 0, text: 'Hồ sơ đủ.' })
    await put(who, path, { rev: 1, text: 'Hồ sơ đầy đủ, rõ ràng.' })
    const { status, text } = await who.agent.get(`${base}/1.6/lich-su?phan=strengths`)
    expect(status).to.equal(200)
    expect(text)
      .to.include('Giàng A Thử')
      .and.to.include('Bản hiện nay')
      .and.to.match(/<ins>[^<]*rõ ràng/)
    expect((await who.agent.get(`${base}/1.6/lich-su?phan=khac`)).status).to.equal(404)
  })

  it('keeps the analysis sheet and records expected evidence from it', async () => {
    const who = await as('thanhvien')
    const page = `${base}/1.7/phan-tich`
    const fields = {
      rev: '0',
      'level.0': '1',
      'indicator.0': 'a',
      'questions.0': 'Có kế hoạch bồi dưỡng không?',
      'evidenceNeeded.0': 'Kế hoạch bồi dưỡng',
      'level.1': '1',
      'indicator.1': 'b',
      'notNeeded.1': 'Đã có ở chỉ báo a',
    }
    expect((await who.post(page, fields, page)).status).to.equal(303)
    expect((await s.system.sheets.find(s.id, '1.7')).analysis).to.have.length(2)
    const expected = { name: 'Kế hoạch bồi dưỡng 2025', where: 'Văn phòng', who: 'Văn thư' }
    expect((await who.post(`${page}/du-kien`, expected, page)).status).to.equal(303)
    const shown = await who.agent.get(page)
    expect(shown.text).to.include('Kế hoạch bồi dưỡng 2025').and.to.include('mới dự kiến')
  })
})

describe('the way of a sheet through group and council', () => {
  it('is handed in, returned to a place, mended, confirmed and agreed; readers see the words handed in', async () => {
    const s = await sheetApp()
    const base = `/danh-gia/${s.id}/phieu/1.10`
    const [member, lead, chair] = await Promise.all([
      signedIn(s.app, 'thanhvien'),
      signedIn(s.app, 'truongnhom'),
      signedIn(s.app, 'chutich'),
    ])
    const proof = await s.evidence('1.10', 'Kế hoạch bảo đảm an ninh')
    const set = await s.needs.setOf((await s.system.assessments.get(s.id)).set.hash)
    const criterion = set.standards[0]?.criteria.find(each => each.code === '1.10')
    for (const demand of criterion?.levels ?? [])
      for (const { code } of demand.indicators) {
        await member.post(`${base}/chi-bao/${demand.level}/${code}`, { verdict: 'met', seen: '' }, base)
        const text = `Nhà trường thực hiện đầy đủ trong 5 năm ${proof.label}.`
        await member.post(`${base}/phan/description.${demand.level}.${code}`, { rev: '0', text }, base)
      }
    await member.post(`${base}/phan/strengths`, { rev: '0', text: 'Nề nếp **tốt**.' }, base)
    await member.post(`${base}/phan/weaknesses`, { rev: '0', text: 'Không có' }, base)
    const step = async (who: Visitor, event: string, fields: Readonly<Record<string, string>> = {}) =>
      (await who.post(`${base}/buoc/${event}`, fields, base)).status
    const state = async () => (await s.system.assessments.get(s.id)).criteria['1_10']?.state

    expect(await step(member, 'handIn')).to.equal(303)
    expect(await state()).to.equal('groupReview')
    expect((await member.agent.get(base)).text)
      .to.include('nội dung dưới đây là bản đã nộp')
      .and.to.include('fw-bold')

    expect(await step(lead, 'returnToAuthor', { reason: 'Nêu rõ số liệu.' })).to.equal(409)
    expect(await step(lead, 'returnToAuthor', { reason: 'Nêu rõ số liệu.', anchor: 'mo-ta-1-a' })).to.equal(303)
    const returned = (await member.agent.get(base)).text
    expect(returned).to.include('Nêu rõ số liệu.').and.to.include('href="#mo-ta-1-a"')

    expect(await step(member, 'handIn')).to.equal(303)
    expect(await step(lead, 'confirm')).to.equal(303)
    expect(await step(chair, 'agree', { for: '1', against: '1', other: '1', total: '3' })).to.equal(409)
    expect(await step(chair, 'agree', { for: '2', against: '0', other: '1', total: '3' })).to.equal(303)
    expect(await state()).to.equal('agreed')
  })
})
