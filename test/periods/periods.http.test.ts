import { expect } from 'chai'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { lockDueFigures, periodRoutes } from '../../src/periods/index.ts'
import { appForTests, signedIn, type Visitor } from '../http/app-for-tests.ts'
import { readGrids } from '../../src/sheet-files/index.ts'
import { periodBench, PEOPLE, READY } from './bench.ts'

const ID = '2025-2026-cuoi-nam'
const LIST = '/ky-bao-cao'
const PERIOD = `${LIST}/${ID}`
const SCHOOL = `${PERIOD}/don-vi/thcs`
const COMMUNE = `${PERIOD}/don-vi/xa`

/** The plan's form as the page proposes it. */
const planFields = (html: string, kind: string): Readonly<Record<string, string>> => {
  const form = html.slice(html.indexOf(`/lap/${kind}`))
  const value = (name: string): string =>
    new RegExp(`id="${kind}-${name}" name="${name}" type="\\w+" value="([^"]*)"`).exec(form)?.[1] ?? ''
  const names = ['name', 'unitClosing', 'schoolDue', 'unitDue', 'closing', 'provinceDue', 'ministryDue']
  return {
    ...Object.fromEntries(names.map(name => [name, value(name)])),
    tableSet: 'accreditation',
    asksReconciliation: 'on',
  }
}

describe('screens of reporting periods', () => {
  const stage = async () => {
    const bench = await periodBench()
    const app = await appForTests(periodRoutes(bench.needs))
    const visitors = new Map<string, Visitor>()
    for (const [name, { seats }] of Object.entries(PEOPLE)) {
      await app.person(name.toLowerCase(), seats[0]?.unitId ?? 'so', seats)
      visitors.set(name, await signedIn(app.app, name.toLowerCase()))
    }
    const as = (name: keyof typeof PEOPLE): Visitor => {
      const visitor = visitors.get(name)
      if (!visitor) throw new Error(name)
      return visitor
    }
    return { ...bench, as }
  }

  it('name a unit that owes nothing any more and excuse it in one click with the reason filled in', async () => {
    const { as, opened, needs, units, clock } = await stage()
    await opened()
    await units.close(await units.get('thcs'), '2026-05-01', { actor: SYSTEM, at: clock.at })
    const [commune, why] = [as('lead'), 'Không còn hoạt động từ 02/05/2026']
    const { text } = await commune.agent.get(PERIOD)
    expect(text).to.contain(`>${why}<`).and.to.contain('form="thoi-thcs"')
    const form = text.slice(text.indexOf('<form id="thoi-thcs"'))
    const [, action = ''] = /action="([^"]+)"/.exec(form) ?? []
    const [, reason = ''] = /name="reason" value="([^"]+)"/.exec(form) ?? []
    expect({ action, reason }).to.deep.equal({ action: `${SCHOOL}/khong-phai-bao-cao`, reason: why })
    expect((await commune.agent.get(SCHOOL)).text).to.match(
      /<textarea[^>]*name="reason"[^>]*>Không còn hoạt động từ 02/,
    )
    expect((await commune.post(action, { reason }, PERIOD)).status).to.equal(303)
    expect(await needs.duties.find(`${ID}:thcs`)).to.include({ state: 'excused', excusedFor: why })
    expect((await commune.agent.get(PERIOD)).text).not.to.contain('form="thoi-thcs"')
  })

  it('never count a unit that owes nothing any more as late: in tabs, counts, badges and the spreadsheet', async () => {
    const { as, opened, units, clock } = await stage()
    await opened()
    clock.at = new Date('2026-07-01T02:00:00Z')
    const [commune, so, late] = [as('lead'), as('soLead'), `${PERIOD}?trangthai=qua-han`]
    const tabs = (text: string): readonly string[] =>
      [...text.matchAll(/(Quá hạn|Chưa gửi|Không còn thuộc diện)\s*<span[^>]*>(\d+)</g)].map(
        ([, label = '', count = '']) => `${label} ${count}`,
      )
    const before = (await commune.agent.get(PERIOD)).text
    expect(tabs(before)).to.deep.equal(['Chưa gửi 1', 'Quá hạn 1'])
    expect((await commune.agent.get(LIST)).text).to.contain('1 quá hạn')
    await units.close(await units.get('thcs'), '2026-05-01', { actor: SYSTEM, at: clock.at })

    expect(tabs((await commune.agent.get(PERIOD)).text)).to.deep.equal([
      'Chưa gửi 0',
      'Quá hạn 0',
      'Không còn thuộc diện 1',
    ])
    expect((await commune.agent.get(late)).text).to.contain('Không có đơn vị nào như vậy')
    expect((await commune.agent.get(`${PERIOD}?trangthai=khong-con`)).text).to.contain('form="thoi-thcs"')
    const list = (await commune.agent.get(LIST)).text
    expect(list).to.contain('1 không còn thuộc diện báo cáo').and.not.contain('quá hạn')
    // Its only school is gone, so the commune itself has nothing to report; the other school still is late.
    expect(tabs((await so.agent.get(PERIOD)).text)).to.deep.equal(['Chưa gửi 1', 'Quá hạn 1', 'Không còn thuộc diện 1'])
    const grid = await so.agent
      .get(`${PERIOD}/danh-sach.xlsx?cap=tat-ca`)
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => done(null, Buffer.concat(parts)))
      })
    const [sheet] = await readGrids(grid.body as Buffer)
    const lines = sheet?.rows.filter(([number]) => typeof number === 'number').map(cells => [cells[5], cells[9]])
    expect(lines).to.have.deep.members([
      ['Chưa làm', null],
      ['Không còn thuộc diện', 'Không còn hoạt động từ 02/05/2026 – cần cho phép không báo cáo'],
      [
        'Không còn thuộc diện',
        'Không còn quản lý trường nào vào ngày chốt số liệu 31/05/2026 – cần cho phép không báo cáo',
      ],
    ])
    expect(lines?.[0]).to.deep.equal(['Chưa làm', null])
  })

  it('lead from the plan to the opened period, the sent, returned and accepted report, and the signed one', async () => {
    const { as, needs, clock, standings, report } = await stage()
    const [officer, lead, head, commune] = [as('soOfficer'), as('soLead'), as('head'), as('lead')]

    const offered = (await officer.agent.get(LIST)).text
    expect(offered).to.contain('Lập kỳ báo cáo: đầu năm học').and.to.contain('Lập kỳ báo cáo: cuối năm học')
    const plan = planFields(offered, 'end')
    const wrong = await officer.post(`${LIST}/lap/end?nam=2025-2026`, { ...plan, schoolDue: '2026-06-29' }, LIST)
    expect(wrong.status).to.equal(422)
    expect(wrong.text).to.contain('Hạn trường gửi (29/06/2026) không được sau')
    expect((await officer.post(`${LIST}/lap/end?nam=2025-2026`, plan, LIST)).status).to.equal(303)

    expect((await head.agent.get(PERIOD)).status).to.equal(404)
    expect((await head.agent.get(LIST)).text).to.contain('Chưa có kỳ báo cáo nào')
    const edited = { ...plan, name: 'Báo cáo cuối năm (thử)', revision: '1' }
    expect((await officer.post(`${PERIOD}/sua`, edited, PERIOD)).status).to.equal(303)
    const stale = await officer.post(`${PERIOD}/sua`, edited, PERIOD)
    expect(stale.status).to.equal(409)

    expect((await officer.agent.get(PERIOD)).text).not.to.contain(`${PERIOD}/mo"`)
    expect((await officer.post(`${PERIOD}/mo`, {}, PERIOD)).status).to.equal(403)
    expect((await lead.post(`${PERIOD}/mo`, {}, PERIOD)).status).to.equal(303)
    expect((await lead.agent.get(PERIOD)).text)
      .to.contain('Trường THPT Đồi Thông')
      .and.to.contain('UBND xã Suối Mây')

    expect((await head.agent.get(LIST)).text)
      .to.contain(SCHOOL)
      .and.to.contain('Chưa làm')
    expect((await head.agent.get(COMMUNE)).status).to.equal(404)
    standings.set('thcs', {
      ...READY,
      reconciliation: { done: false, label: 'Chưa lập', href: '/so-lieu/doi-sanh?truong=thcs' },
    })
    expect((await head.post(`${SCHOOL}/bat-dau`, {}, SCHOOL)).status).to.equal(303)
    const lacking = (await head.agent.get(SCHOOL)).text
    expect(lacking).to.contain('/so-lieu/doi-sanh?truong=thcs').and.not.to.contain(`${SCHOOL}/gui`)
    expect((await head.post(`${SCHOOL}/gui`, { note: '' }, SCHOOL)).status).to.equal(409)
    standings.delete('thcs')
    expect((await head.post(`${SCHOOL}/gui`, { note: 'Thiếu giáo viên' }, SCHOOL)).status).to.equal(303)

    const assessment = { state: 'Đã công bố', tone: 'blue', href: '/danh-gia/thcs.2025-2026', sent: false }
    standings.set('thcs', { ...READY, assessment })
    const opens = async (who: typeof head) => (await who.agent.get(SCHOOL)).text.includes(`href="${assessment.href}"`)
    expect([await opens(head), await opens(commune)], 'results are the school’s own').to.deep.equal([true, false])
    expect((await commune.agent.get(SCHOOL)).text).to.contain('Xem được khi trường đã gửi báo cáo')
    standings.set('thcs', { ...READY, assessment: { ...assessment, sent: true } })
    expect(await opens(commune)).to.equal(true)
    standings.delete('thcs')

    const desk = (await commune.agent.get(`${PERIOD}?trangthai=da-gui`)).text
    expect(desk).to.contain('Trường THCS Lá Lúa').and.to.contain('Chấp nhận các đơn vị đã chọn')
    const empty = await commune.post(`${SCHOOL}/tra-lai`, { reason: ' ' }, SCHOOL)
    expect(empty.status).to.equal(422)
    expect(empty.text).to.contain('Xin ghi lý do trả lại.')
    expect((await commune.post(`${SCHOOL}/tra-lai`, { reason: 'Thiếu số lớp' }, SCHOOL)).status).to.equal(303)
    expect((await head.agent.get(SCHOOL)).text)
      .to.contain('Báo cáo bị trả lại:')
      .and.to.contain('Thiếu số lớp')
    expect((await head.post(`${SCHOOL}/gui`, { note: '' }, SCHOOL)).status).to.equal(303)

    expect((await commune.post(`${COMMUNE}/bat-dau`, {}, COMMUNE)).status).to.equal(303)
    expect((await commune.agent.get(COMMUNE)).text).to.contain('Trường THCS Lá Lúa: báo cáo chưa được chấp nhận.')
    const noUnits = await commune.post(`${PERIOD}/chap-nhan`, {}, PERIOD)
    expect(noUnits.status).to.equal(422)
    const accepted = await commune.post(`${PERIOD}/chap-nhan`, { units: 'thcs', _page: PERIOD }, PERIOD)
    expect(accepted.status).to.equal(303)
    expect((await commune.agent.get(PERIOD)).text).to.contain('Đã chấp nhận báo cáo: 1 đơn vị.')
    expect((await commune.agent.get(SCHOOL)).text).to.contain(`${SCHOOL}/rut-chap-nhan`)
    expect((await head.agent.get(SCHOOL)).text).to.not.contain(`${SCHOOL}/rut-chap-nhan`)
    const unsaid = await commune.post(`${SCHOOL}/rut-chap-nhan`, { reason: '' }, SCHOOL)
    expect(unsaid.status).to.equal(422)
    expect(unsaid.text).to.contain('Xin ghi lý do rút lại việc chấp nhận.')
    expect((await commune.post(`${SCHOOL}/rut-chap-nhan`, { reason: 'Chọn nhầm' }, SCHOOL)).status).to.equal(303)
    expect((await head.agent.get(SCHOOL)).text)
      .to.contain('Việc chấp nhận đã được rút lại:')
      .and.to.contain('Chọn nhầm')
    expect((await commune.post(`${PERIOD}/chap-nhan`, { units: 'thcs', _page: PERIOD }, PERIOD)).status).to.equal(303)
    expect((await commune.post(`${COMMUNE}/gui`, { note: '' }, COMMUNE)).status).to.equal(303)
    expect((await head.post(`${PERIOD}/chap-nhan`, { units: 'xa' }, LIST)).status).to.equal(404)

    const thpt = `${PERIOD}/don-vi/thpt`
    expect((await lead.agent.get(thpt)).text).to.contain(`${thpt}/khong-phai-bao-cao`)
    const noReason = await lead.post(`${PERIOD}/khong-phai-bao-cao`, { units: 'thpt', reason: '' }, PERIOD)
    expect(noReason.status).to.equal(422)
    expect(noReason.text).to.contain('Xin ghi lý do đơn vị không phải báo cáo.')
    const excuse = { units: 'thpt', reason: 'Chưa tuyển sinh' }
    expect((await lead.post(`${PERIOD}/khong-phai-bao-cao`, excuse, PERIOD)).status).to.equal(303)
    expect((await lead.agent.get(PERIOD)).text).to.contain('Chưa tuyển sinh')
    expect((await lead.post(`${PERIOD}/chap-nhan`, { units: 'xa' }, PERIOD)).status).to.equal(303)

    clock.at = new Date('2026-05-31T17:00:00Z')
    await lockDueFigures(needs)()
    const locked = (await officer.agent.get(PERIOD)).text
    expect(locked).to.contain(`${ID}.v1`).and.to.contain(`${PERIOD}/tong-hop`)
    expect((await officer.post(`${PERIOD}/tong-hop`, {}, PERIOD)).status).to.equal(303)
    const toSign = (await lead.agent.get(PERIOD)).text
    expect(toSign).to.contain('href="/bao-cao-nam/so"').and.contain('Đến báo cáo của Sở để ký')
    expect(toSign).to.not.contain(`action="${PERIOD}/ky"`)
    const unsigned = await lead.post(`${PERIOD}/ky`, { number: '9/BC', date: '2026-06-28' }, PERIOD)
    expect(unsigned.status).to.equal(409)
    expect(unsigned.text).to.contain('Báo cáo của Sở về kỳ này chưa ký theo số liệu đang dùng.')
    report.signed = { number: '125/BC', date: '2026-06-28' }
    expect((await lead.agent.get(PERIOD)).text).to.contain('Số 125/BC, ngày 28/06/2026')
    expect((await lead.post(`${PERIOD}/ky`, {}, PERIOD)).status).to.equal(303)
    expect((await needs.periods.get(ID)).dispatch).to.deep.equal({ number: '125/BC', date: '2026-06-28' })
    const corrected = await lead.post(`${PERIOD}/dinh-chinh`, { reason: 'Ghi nhầm', units: 'xa' }, PERIOD)
    expect(corrected.status).to.equal(303)
    expect((await lead.agent.get(PERIOD)).text)
      .to.contain(`${ID}.v2`)
      .and.to.contain('Được giữ lại')
  }).timeout(180_000)

  it('list, filter and hand out who has not sent, each level its own units', async () => {
    const { as, db, opened } = await stage()
    await opened()
    const so = as('soOfficer')
    const direct = (await so.agent.get(PERIOD)).text
    expect(direct).to.contain('UBND xã Suối Mây').and.not.to.contain('Trường THCS Lá Lúa')
    expect((await so.agent.get(`${PERIOD}?cap=tat-ca`)).text).to.contain('Trường THCS Lá Lúa')
    expect((await so.agent.get(`${PERIOD}?cap=tat-ca&tim=la+lua`)).text)
      .to.contain('Trường THCS Lá Lúa')
      .and.not.to.contain('>Trường THPT Đồi Thông<')
    expect((await so.agent.get(`${PERIOD}?donvi=xa`)).text).to.contain('Trường THCS Lá Lúa')
    const head = as('head')
    expect((await head.agent.get(`${PERIOD}?donvi=xa`)).status).to.equal(404)
    expect((await head.agent.get(PERIOD)).text).not.to.contain('Trường THPT Đồi Thông')
    expect((await head.agent.get(`${PERIOD}/danh-sach.xlsx`)).status).to.equal(404)

    const file = await so.agent.get(`${PERIOD}/danh-sach.xlsx?cap=tat-ca`).responseType('blob')
    expect(file.headers['content-type']).to.contain('spreadsheetml')
    // A blob is handed out as a buffer.
    const [grid] = await readGrids(file.body as Buffer)
    const text = JSON.stringify(grid)
    expect(text).to.contain('Trường THCS Lá Lúa').and.to.contain('UBND xã Suối Mây').and.to.contain('11/05/2026')
    const only = await so.agent
      .get(`${PERIOD}/danh-sach.xlsx?cap=tat-ca&trangthai=chua-gui&loai=thpt`)
      .responseType('blob')
    const [filtered] = await readGrids(only.body as Buffer)
    expect(JSON.stringify(filtered), 'the list as it is filtered on the screen')
      .to.contain('Trường THPT Đồi Thông')
      .and.to.contain('trạng thái “Chưa gửi”')
      .and.not.to.contain('Trường THCS Lá Lúa')
    expect((await so.agent.get(`${PERIOD}?cap=tat-ca&trangthai=chua-gui`)).text).to.contain(
      'danh-sach.xlsx?trangthai=chua-gui&amp;cap=tat-ca',
    )
    const reminded = await so.post(`${PERIOD}/nhac`, { units: 'thpt' }, PERIOD)
    expect(reminded.status).to.equal(303)
    expect((await so.agent.get(PERIOD)).text)
      .to.contain('Đã nhắc 1 đơn vị.')
      .and.to.contain('Đã nhắc: 02/03/2026')

    const offer = 'Nhắc các đơn vị đã chọn'
    expect((await so.agent.get(PERIOD)).text).to.contain(offer)
    const periods = db.connection.collection<{ _id: string }>('periods')
    await periods.updateOne({ _id: ID }, { $set: { state: 'published' } })
    expect((await so.agent.get(PERIOD)).text)
      .to.contain('Trường THPT Đồi Thông')
      .and.not.to.contain(offer)
    expect((await so.post(`${PERIOD}/nhac`, { units: 'thpt' }, PERIOD)).status).to.equal(409)
  })
})
