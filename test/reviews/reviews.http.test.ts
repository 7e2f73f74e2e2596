import { expect } from 'chai'
import type { Verdict } from '../../src/catalogue/index.ts'
import { keyOf, resume } from '../../src/assessments/index.ts'
import { signedIn, tokenOf, type Visitor } from '../http/app-for-tests.ts'
import { FIRST, ID, reviewStage, SECOND, WEAKNESS, type ReviewStage } from './review-stage.ts'

const DESK = '/xem-xet?nam=2025-2026'
const HERE = `/xem-xet/${ID}`
const SCHOOL_SIDE = `/danh-gia/${ID}/xem-xet`

async function send(who: Visitor, path: string, fields: Readonly<Record<string, string>>, from: string) {
  const csrf = tokenOf((await who.agent.get(from)).text)
  return who.agent
    .post(path)
    .type('form')
    .send({ _csrf: csrf, _page: from, ...fields })
}

const FIX = { code: '1.1', place: 'description.1.a|1', kind: 'fix', reason: 'noEvidence', text: 'Dẫn biên bản đo.' }
const ASK = { code: '1.1', place: 'weaknesses|0', kind: 'question', reason: 'weakPlan', text: 'Chật đến mức nào?' }

describe('the review desk over HTTP', function () {
  this.timeout(180_000)
  let stage: ReviewStage
  let officer: Visitor
  let lead: Visitor
  let head: Visitor
  /** Answers indicators of Mức 1 of criterion 1.4. */
  const answer = async (verdicts: Readonly<Record<string, Verdict>>): Promise<void> => {
    const decision = (await stage.system.assessments.get(ID)).criteria[keyOf('1.4')]
    if (!decision) throw new Error('no criterion 1.4')
    const answers = { ...decision.answers, '1': { ...decision.answers['1'], ...verdicts } }
    await stage.given({ criteria: { [keyOf('1.4')]: { ...decision, answers } } })
  }
  before(async () => {
    stage = await reviewStage()
    await stage.write('1.3', { strengths: 'Chi bộ sinh hoạt đều đặn hằng tháng.' })
    await stage.write('1.4', { strengths: 'Tổ chuyên môn sinh hoạt đều.' })
    await stage.send()
    officer = await signedIn(stage.app, 'canboxa')
    lead = await signedIn(stage.app, 'lanhdaoxa')
    head = await signedIn(stage.app, 'hieutruong')
  })
  const remarks = async () => (await stage.review()).rounds.at(-1)?.remarks ?? []

  it('shows the queue to the unit, an empty one to the commune beside it, and none to the school', async () => {
    const { text } = await officer.agent.get(DESK)
    expect(text).to.contain('Trường Tiểu học Hoa Sen').and.contain('Chờ xem xét').and.contain('chưa phân công')
    const stranger = await signedIn(stage.app, 'canboben')
    expect((await stranger.agent.get(DESK)).text).to.not.contain('Hoa Sen')
    for (const path of [HERE, `${HERE}/doc`, `${HERE}/nhan-xet`, SCHOOL_SIDE])
      expect((await stranger.agent.get(path)).status, path).to.equal(404)
    expect((await head.agent.get(DESK)).status).to.equal(403)
    expect((await head.agent.get(HERE)).status).to.equal(404)
    const province = await signedIn(stage.app, 'chuyenvienso')
    expect((await province.agent.get(DESK)).text).to.not.contain('Hoa Sen')
    expect((await province.agent.get(`${DESK}&phamvi=tat-ca`)).text).to.contain('Hoa Sen')
  })

  it('gives several dossiers to an officer at once, and says what is missing', async () => {
    expect((await send(lead, '/xem-xet/phan-cong', { officer: 'canboxa' }, DESK)).status).to.equal(422)
    const done = await send(lead, '/xem-xet/phan-cong', { officer: 'canboxa', ids: ID }, DESK)
    expect(done.status).to.equal(303)
    expect((await officer.agent.get(`${DESK}&nguoi=canboxa`)).text).to.contain('Hoa Sen')
    expect((await officer.agent.get(`${DESK}&nguoi=chua`)).text).to.not.contain('Hoa Sen')
    expect((await officer.agent.get('/viec-cua-toi')).text).to.contain('Bắt đầu xem xét báo cáo')
  })

  it('lets one of two officers begin; the other is told that somebody has begun', async () => {
    const other = await signedIn(stage.app, 'canboxa2')
    const before = (await officer.agent.get(HERE)).text
    expect(before).to.not.contain('Đang xem xét').and.not.contain('Đọc và ghi nhận xét')
    const csrf = await Promise.all([officer, other].map(async who => tokenOf((await who.agent.get(HERE)).text)))
    const answers = await Promise.all(
      [officer, other].map((who, index) =>
        who.agent.post(`${HERE}/bat-dau`).type('form').send({ _csrf: csrf[index], _page: HERE, receivedNumber: '' }),
      ),
    )
    expect(answers.map(({ status }) => status)).to.have.members([303, 409])
    expect((await officer.agent.get(HERE)).text)
      .to.contain('Đang xem xét')
      .and.contain('Đọc và ghi nhận xét')
  })

  it('shows the sentences that were sent, and keeps remarks on them', async () => {
    const reading = await officer.agent.get(`${HERE}/doc?phan=1.1`)
    for (const sentence of [FIRST, SECOND, WEAKNESS]) expect(reading.text).to.contain(sentence)
    expect(reading.text).to.contain('value="description.1.a|1"')
    const refused = await send(officer, `${HERE}/nhan-xet`, { ...FIX, place: '' }, `${HERE}/doc?phan=1.1`)
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('Xin chọn phần hoặc câu').and.contain('Dẫn biên bản đo.')
    await send(officer, `${HERE}/nhan-xet`, FIX, `${HERE}/doc?phan=1.1`)
    await send(officer, `${HERE}/nhan-xet`, ASK, `${HERE}/doc?phan=1.1`)
    expect((await remarks()).map(({ anchor }) => anchor.quote)).to.deep.equal([SECOND, WEAKNESS])
    expect((await officer.agent.get(`${HERE}/doc?phan=1.1`)).text).to.contain('sentence-remarked')
  })

  it('hands the question to the school at once and keeps demands until the decision', async () => {
    expect((await head.agent.get('/viec-cua-toi')).text).to.contain('Trả lời 1 câu hỏi')
    const { text } = await head.agent.get(SCHOOL_SIDE)
    expect(text).to.contain('Chật đến mức nào?').and.not.contain('Dẫn biên bản đo.')
    const asked = (await remarks()).find(({ kind }) => kind === 'question')?.id ?? ''
    const answered = await send(head, `${SCHOOL_SIDE}/${asked}`, { answer: 'Thiếu 20 mét vuông.' }, SCHOOL_SIDE)
    expect(answered.status).to.equal(303)
    expect((await officer.agent.get(`${HERE}/nhan-xet`)).text).to.contain('Thiếu 20 mét vuông.')
    expect((await send(officer, `${HERE}/nhan-xet/${asked}/khep`, {}, `${HERE}/nhan-xet`)).status).to.equal(303)
  })

  it('refuses an acceptance with every lack as a link, and an officer’s return', async () => {
    const paper = { number: '14/TB', date: '18/05/2026' }
    const refused = await send(lead, `${HERE}/chap-nhan`, paper, HERE)
    expect(refused.status).to.equal(409)
    expect(refused.text).to.contain('Còn 1 nội dung yêu cầu hoàn thiện')
    expect((await send(officer, `${HERE}/tra-lai`, { ...paper, due: '01/06/2026' }, HERE)).status).to.equal(403)
  })

  it('returns with a letter that the school reads, and shows what became of the remark when it is sent again', async () => {
    const back = { number: '12/UBND', date: '18/05/2026', due: '01/06/2026' }
    const shown = /name="revision" value="(\d+)"/.exec((await lead.agent.get(HERE)).text)?.[1] ?? ''
    const ADVICE = { ...FIX, kind: 'advice', text: 'Nên in sơ đồ phòng học.' }
    expect((await send(officer, `${HERE}/nhan-xet`, ADVICE, `${HERE}/doc?phan=1.1`)).status).to.equal(303)
    const unseen = await send(lead, `${HERE}/tra-lai`, { ...back, revision: shown }, HERE)
    expect(unseen.status, 'a colleague has remarked since the page was drawn').to.equal(409)
    expect(unseen.text).to.contain('Đồng nghiệp vừa ghi nhận xét').and.contain('12/UBND')
    expect((await send(lead, `${HERE}/tra-lai`, back, HERE)).status).to.equal(303)
    const [letter] = (await stage.review()).letters
    const pdf = await head.agent.get(`${HERE}/van-ban/${letter?.id}.pdf`)
    expect(pdf.headers['content-type']).to.equal('application/pdf')
    const stranger = await signedIn(stage.app, 'canboben')
    expect((await stranger.agent.get(`${HERE}/van-ban/${letter?.id}.pdf`)).status).to.equal(404)
    expect((await head.agent.get(SCHOOL_SIDE)).text)
      .to.contain('Dẫn biên bản đo.')
      .and.contain('01/06/2026')

    const desk = (await head.agent.get(`/danh-gia/${ID}/bao-cao`)).text
    expect(desk, 'the point names its place and its sentence').to.contain(
      'Tiêu chí 1.1, Mô tả Mức 1, chỉ báo a: Thiếu minh chứng',
    )
    expect(desk).to.contain(`Câu được nêu: “${SECOND}”`)
    const actor = await stage.actor('hieutruong')
    const resumed = await resume(stage.system.assessmentNeeds)(actor, ID, { '0': 'Đã dẫn biên bản.' })
    await stage.given({ state: 'published', report: { ...resumed.report, version: 2 } })
    await stage.write('1.1', {
      'description.1.a': 'Phòng học bảo đảm ánh sáng theo biên bản đo.',
      strengths: FIRST,
    })
    await stage.write('1.2', { strengths: 'Hội đồng trường họp đủ ba lần trong năm học.' })
    const { pin: _, ...taken } = (await stage.system.assessments.get(ID)).criteria[keyOf('1.3')] ?? {}
    // All that is left out of the decision is its frozen text.
    await stage.given({ criteria: { [keyOf('1.3')]: taken } } as Parameters<typeof stage.given>[0])
    await answer({ b: 'notApplicable' })
    await stage.send('40/CV-THHS')
    const { text } = await officer.agent.get(`${HERE}/so-sanh`)
    expect(text).to.contain('Câu đã sửa').and.contain('Đã dẫn biên bản.').and.contain('<ins>')
    expect(text, 'a sentence that moved to another part').to.contain('chuyển từ Tiêu chí 1.1, Mô tả Mức 1, chỉ báo a')
    expect(text, 'a sheet without frozen words before').to.contain('Phiếu mới')
    expect(text, 'a sheet that is not sent any more').to.contain('Phiếu không còn trong báo cáo')
    expect(text, 'another answer under the same level').to.match(
      /Tiêu chí 1\.4, Mức 1, chỉ báo b\s*<\/td><td>Đạt\s*<\/td><td>Không áp dụng\s*<\/td>/,
    )
    expect(text).not.to.match(/<td>Tiêu chí 1\.4(, Mức 1, chỉ báo a)?\s*<\/td>/)
    const twice = await officer.agent.get(DESK)
    expect(twice.text).to.contain('gửi lần 2')
  })

  it('accepts the second time; the notice names the level', async () => {
    await send(officer, `${HERE}/bat-dau`, { receivedNumber: '77' }, HERE)
    const done = await send(lead, `${HERE}/chap-nhan`, { number: '15/TB', date: '18/05/2026' }, HERE)
    expect(done.status).to.equal(303)
    expect((await stage.system.assessments.get(ID)).state).to.equal('accepted')
    const { text } = await lead.agent.get(HERE)
    expect(text).to.contain('Đã chấp nhận').and.contain('Số 15/TB').and.contain('số đến 77')
    expect((await head.agent.get(SCHOOL_SIDE)).text).to.contain('đã chấp nhận báo cáo')
  })
})
