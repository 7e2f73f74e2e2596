import { expect } from 'chai'
import { externalRoutes } from '../../src/external/external-routes.ts'
import { register, stepRun, stepTitle, recordTitle } from '../../src/external/index.ts'
import { NotFound, StaleWrite } from '../../src/kernel/refusals.ts'
import { appForTests, signedIn } from '../http/app-for-tests.ts'
import { externalBench, HEAD, HEIR, PROVINCE_LEAD, SCHOOL, seat, TEAM, YEAR } from './bench.ts'

const DECISION = { number: '12/QĐ-SGDĐT', date: '2026-05-02' }
const RUN = `${SCHOOL}.${YEAR}.1`

describe('external assessment and titles', () => {
  it('goes on its screens from the registration to the title, each step offered only to its own seat', async () => {
    const bench = await externalBench()
    const stage = await appForTests(externalRoutes(bench.needs))
    await stage.person('hieutruong', SCHOOL, [seat('head', SCHOOL)])
    await stage.person('xa', 'xa-1', [seat('middleLead', 'xa-1')])
    await stage.person('so', 'so', [seat('provinceLead', 'so')])
    await stage.person('la', HEIR, [seat('head', HEIR)])
    await stage.person('it', 'so', [seat('itAdmin', 'so')])
    const head = await signedIn(stage.app, 'hieutruong')
    const commune = await signedIn(stage.app, 'xa')
    const province = await signedIn(stage.app, 'so')
    const stranger = await signedIn(stage.app, 'la')
    const it = await signedIn(stage.app, 'it')
    const list = '/danh-gia-ngoai'
    const one = `${list}/${RUN}`

    expect((await it.agent.get(list)).status).to.equal(403)
    const tooHigh = await head.post(
      `${list}/dang-ky/${SCHOOL}`,
      { accreditation: '4', number: '15/CV', date: '2026-05-10' },
      list,
    )
    expect(tooHigh.status).to.equal(409)
    expect(tooHigh.text).to.contain('Cấp độ đề nghị cao hơn mức tự đánh giá.').and.to.contain('value="15/CV"')
    const none = await head.post(`${list}/dang-ky/${SCHOOL}`, { number: '', date: '31/02/2026' }, list)
    expect(none.status).to.equal(422)
    expect(none.text).to.contain('Xin chọn ít nhất một danh hiệu').and.to.contain('Ngày phải có dạng')
    const wanted = { accreditation: '2', national: '1', number: '15/CV', date: '2026-05-10' }
    expect((await stranger.post(`${list}/dang-ky/${SCHOOL}`, wanted, list)).status).to.equal(404)
    expect((await head.post(`${list}/dang-ky/${SCHOOL}`, wanted, list)).headers['location']).to.equal(one)
    expect((await head.post(`${list}/dang-ky/${SCHOOL}`, wanted, list)).status).to.equal(409)

    expect((await stranger.agent.get(one)).status).to.equal(404)
    expect((await head.agent.get(one)).text)
      .to.contain(`${one}/rut`)
      .and.not.to.contain(`${one}/chuyen"`)
    expect((await head.post(`${one}/chuyen`, {}, one)).status).to.equal(403)
    expect((await province.post(`${one}/yeu-cau-bo-sung`, { reason: 'x' }, one)).status).to.equal(403)
    expect((await commune.post(`${one}/yeu-cau-bo-sung`, { reason: '' }, one)).status).to.equal(422)
    expect((await commune.post(`${one}/yeu-cau-bo-sung`, { reason: 'Thiếu bản PDF' }, one)).status).to.equal(303)
    expect((await head.agent.get(one)).text).to.contain('Thiếu bản PDF')
    expect((await head.post(`${one}/bo-sung`, { answer: 'Đã gửi' }, one)).status).to.equal(303)
    expect((await commune.post(`${one}/chuyen`, {}, one)).status).to.equal(303)
    expect((await province.post(`${one}/chap-nhan`, {}, one)).status).to.equal(303)

    const rows = Object.fromEntries(
      TEAM.flatMap((person, row) =>
        Object.entries({
          name: person.name,
          workplace: person.workplace,
          role: person.role,
          years: String(person.yearsInService),
          education: 'on',
          trained: 'on',
          ...(row > 0 && { neverHere: 'on' }),
        }).map(([part, value]) => [`${part}${row}`, value]),
      ),
    )
    const team = { number: '30/QĐ', date: '2026-05-01', ...rows }
    const conflict = await province.post(`${one}/lap-doan`, team, one)
    expect(conflict.status).to.equal(409)
    expect(conflict.text)
      .to.contain('Người Mẫu Một: thành viên đoàn chưa từng làm việc')
      .and.to.contain('value="Người Mẫu Năm"')
    expect((await province.post(`${one}/lap-doan`, { ...team, neverHere0: 'on' }, one)).status).to.equal(303)
    expect((await head.agent.get(one)).text).to.contain('Người Mẫu Năm')

    const report = {
      visitedFrom: '2026-05-04',
      visitedTo: '2026-05-05',
      number: '40/BC',
      date: '2026-05-12',
      level: '2',
      'level.1.1': '3',
      'level.9.9': '3',
    }
    expect((await commune.post(`${one}/bao-cao`, report, one)).status).to.equal(403)
    expect((await province.post(`${one}/bao-cao`, report, one)).status).to.equal(303)
    const seen = (await head.agent.get(one)).text
    expect(seen)
      .to.contain('40/BC')
      .and.to.contain(`/danh-hieu/${encodeURIComponent(`${RUN}:national`)}`)
    const kept = await bench.needs.runs.find(RUN)
    expect(kept?.found?.criteria).to.deep.equal({ '1.1': 3 })

    const title = `/danh-hieu/${encodeURIComponent(`${RUN}:accreditation`)}`
    expect((await stranger.agent.get(title)).status).to.equal(404)
    const waiting = (await head.agent.get(title)).text
    expect(waiting).to.contain('Chờ quyết định').and.not.to.contain('cong-nhan"').and.not.to.contain('Nhật ký</h2>')
    expect(waiting).to.match(/Hạn quyết định[^]{0,300}(còn|quá hạn|hôm nay)/)
    const grant = { grade: '2', number: '55/QĐ-SGDĐT', date: '2026-05-18', registerNumber: '7' }
    const unconfirmed = await province.post(`${title}/cong-nhan`, grant, title)
    expect(unconfirmed.status).to.equal(409)
    expect(unconfirmed.text).to.contain('Cần xác nhận trường đã có khóa học sinh')
    expect((await head.post(`${title}/cong-nhan`, { ...grant, cohort: 'on' }, title)).status).to.equal(403)
    expect((await province.post(`${title}/cong-nhan`, { ...grant, cohort: 'on' }, title)).status).to.equal(303)
    expect((await head.agent.get(title)).text)
      .to.contain('Còn hạn')
      .and.to.contain('18/05/2026 – 17/05/2031')
    expect((await province.agent.get('/danh-hieu?tinhtrang=valid')).text).to.contain('55/QĐ-SGDĐT')
    expect((await province.agent.get('/danh-hieu?tinhtrang=proposed')).text)
      .to.contain('Chờ quyết định')
      .and.not.to.contain('55/QĐ-SGDĐT')
    expect((await province.post(`${one}/mo-lai`, { reason: 'Sai' }, one)).text).to.contain('Đã có quyết định công nhận')
  })

  it('enters titles from their papers once, for the Sở alone, and moves one to the school that goes on', async () => {
    const bench = await externalBench()
    const stage = await appForTests(externalRoutes(bench.needs))
    await stage.person('so', 'so', [seat('provinceOfficer', 'so'), seat('provinceLead', 'so')])
    await stage.person('hieutruong', SCHOOL, [seat('head', SCHOOL)])
    const province = await signedIn(stage.app, 'so')
    const head = await signedIn(stage.app, 'hieutruong')
    const form = '/danh-hieu/ghi-so'
    const paper = { schoolId: SCHOOL, title: 'national:1', number: '9/QĐ', date: '2022-06-01' }
    expect((await head.agent.get(form)).status).to.equal(403)
    expect((await head.post(form, paper, '/danh-hieu')).status).to.equal(403)
    expect((await province.post(form, { ...paper, title: 'national:3' }, form)).text).to.contain('Xin chọn danh hiệu.')
    const done = await province.post(form, paper, form)
    const href = done.headers['location'] ?? ''
    expect(href).to.match(/^\/danh-hieu\//)
    expect((await province.post(form, paper, form)).text).to.contain('Sổ đã có danh hiệu theo quyết định này.')
    const decision = { number: '70/QĐ', date: '2026-05-15' }
    const same = await province.post(
      `${href}/chuyen-truong`,
      { toSchoolId: SCHOOL, reason: 'Sáp nhập', ...decision },
      href,
    )
    expect(same.text).to.contain('Cần chọn trường khác đang hoạt động')
    const moved = await province.post(
      `${href}/chuyen-truong`,
      { toSchoolId: HEIR, reason: 'Sáp nhập', ...decision },
      href,
    )
    expect(moved.status).to.equal(303)
    const before = await bench.facts([SCHOOL, HEIR], '2026-05-14')
    const after = await bench.facts([SCHOOL, HEIR], '2026-05-15')
    const held = (facts: typeof before) => [SCHOOL, HEIR].map(id => facts.get(id)?.titles.length ?? 0)
    expect([held(before), held(after)]).to.deep.equal([
      [1, 0],
      [0, 1],
    ])
    expect((await head.agent.get(href)).status).to.equal(404)
  })

  it('lets one of two leads win who grant the same title at once, and keeps what was done in the journal', async () => {
    const bench = await externalBench()
    const run = await register(bench.needs)(HEAD, {
      schoolId: 'truong-hoa-sen',
      year: YEAR,
      asked: { accreditation: 2 },
      letter: DECISION,
    })
    const step = stepRun(bench.needs)
    await step({ ...PROVINCE_LEAD, seats: [seat('middleLead', 'xa-1')] }, run.id, { type: 'forwardDossier' })
    await step(PROVINCE_LEAD, run.id, { type: 'acceptForAssessment' })
    await step(PROVINCE_LEAD, run.id, { type: 'formTeam', decision: DECISION, members: TEAM })
    await step(PROVINCE_LEAD, run.id, {
      type: 'report',
      visitedFrom: '2026-05-04',
      visitedTo: '2026-05-05',
      level: 1,
      criteria: {},
      report: { number: '1/BC', date: '2026-05-10' },
    })
    const id = `${run.id}:accreditation`
    const grant = (number: string, grade: 1 | 2) =>
      stepTitle(bench.needs)(PROVINCE_LEAD, id, {
        type: 'grant',
        decision: { number, date: '2026-05-15' },
        registerNumber: '',
        grade,
        cohort: true,
      })
    expect((await bench.titlesOn('2026-05-20')).size).to.equal(0)
    const results = await Promise.allSettled([grant('1/QĐ', 1), grant('2/QĐ', 1)])
    expect(results.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected'])
    const refused = results.find(each => each.status === 'rejected')
    expect(refused?.reason).to.be.instanceOf(StaleWrite)
    const history = await bench.needs.history({ kind: 'title', id })
    expect(history.map(entry => entry.event)).to.deep.equal(['grant'])
    const facts = await bench.facts([SCHOOL], '2026-05-20')
    expect(facts.get(SCHOOL)?.titles.map(({ grade }) => grade)).to.deep.equal([1])
    expect(facts.get(SCHOOL)?.external).to.have.length(1)
    const onScreens = await bench.titlesOn('2026-05-20')
    expect(onScreens).to.deep.equal(new Map([[SCHOOL, facts.get(SCHOOL)?.titles]]))
    expect(await bench.titlesOn('2026-05-20')).to.equal(onScreens)
    expect((await bench.titlesOn('2026-05-14')).size).to.equal(0)
    expect((await bench.facts([SCHOOL], '2026-05-19')).get(SCHOOL)?.external).to.deep.equal([])
  })

  it('does not know a title of another school or one that nobody proposed', async () => {
    const bench = await externalBench()
    const outcome = await stepTitle(bench.needs)(PROVINCE_LEAD, 'không:có', { type: 'clear', conclusion: 'x' }).catch(
      (error: unknown) => error,
    )
    expect(outcome).to.be.instanceOf(NotFound)
    const paper = { schoolId: 'thpt', kind: 'accreditation' as const, grade: 3 as const, registerNumber: '' }
    const title = await recordTitle(bench.needs)(PROVINCE_LEAD, { ...paper, decision: DECISION })
    const hidden = await stepTitle(bench.needs)(HEAD, title.id, { type: 'clear', conclusion: 'x' }).catch(
      (error: unknown) => error,
    )
    expect(hidden).to.be.instanceOf(NotFound)
  })
})
