import { expect } from 'chai'
import { journalStore, relay } from '../../src/journal/index.ts'
import {
  beginMinutes,
  minutesRoutes,
  minutesStore,
  signedMinutesOf,
  type MinutesNeeds,
} from '../../src/minutes/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { renderPdf } from '../../src/paper/index.ts'
import { appForTests, signedIn } from '../http/app-for-tests.ts'
import { CHAIR, ID, NOW, planBench, SCHOOL, seat } from '../plans/bench.ts'

async function minutesBench() {
  const bench = await planBench()
  const post = relay(bench.db, journalStore(bench.db), error => {
    throw error
  })
  const files = new Map<string, Uint8Array>()
  const needs: MinutesNeeds = {
    minutes: minutesStore(bench.db, post),
    assessment: id => bench.assessments.find(id),
    tree: async () => new Map(),
    draw: async doc => {
      const drawn = await renderPdf(doc)
      files.set(drawn.sha256, drawn.bytes)
      return drawn
    },
    keepBytes: async () => undefined,
    openBytes: async sha256 => files.get(sha256) ?? new Uint8Array(),
    now: () => NOW,
  }
  await ensureIndexes(bench.db)
  return { ...bench, needs, settled: post.settled }
}

describe('screens of minutes', () => {
  const LIST = `/danh-gia/${ID}/bien-ban`

  it('record a meeting, keep what was typed, sign it once and keep the PDF as it was', async () => {
    const bench = await minutesBench()
    const stage = await appForTests(minutesRoutes(bench.needs))
    await stage.person('thuky', SCHOOL, [seat('secretary')])
    await stage.person('chutich', SCHOOL, [seat('chair')])
    await stage.person('giaovien', SCHOOL, [seat('staff')])
    await stage.person('xa', 'xa', [seat('middleLead', { unitId: 'xa' })])
    const secretary = await signedIn(stage.app, 'thuky')
    const chair = await signedIn(stage.app, 'chutich')
    const teacher = await signedIn(stage.app, 'giaovien')
    const above = await signedIn(stage.app, 'xa')

    expect((await above.agent.get(LIST)).status).to.equal(404)
    expect((await teacher.agent.get(LIST)).text).not.to.contain('Ghi biên bản mới')
    expect((await teacher.post(LIST, { body: 'council' }, LIST)).status).to.equal(403)
    const one = `${LIST}/1`
    expect((await secretary.post(LIST, { body: 'council' }, LIST)).headers['location']).to.equal(one)

    const form = {
      revision: '1',
      number: '03/BB',
      on: '2025-10-04',
      from: '14:00',
      until: '25:10',
      place: 'Phòng họp',
      chair: 'Quàng Thị Thử',
      secretary: 'Hà Văn Mẫu',
      present: [CHAIR.personId, 'a', 'b'],
      title: ['Thông qua phân công', ''],
      speaker: ['Thư ký', ''],
      opinions: ['Nhất trí', ''],
      conclusion: ['Giao các nhóm thực hiện', ''],
      question: ['Phân công'],
      for: ['7'],
      against: ['x'],
      other: ['0'],
    }
    const wrong = await secretary.post(one, form, one)
    expect(wrong.status).to.equal(422)
    expect(wrong.text)
      .to.contain('Giờ phải có dạng giờ:phút')
      .and.to.contain('không phải là số')
      .and.to.contain('Giao các nhóm thực hiện')
    const right = { ...form, until: '16:10', against: ['0'] }
    expect((await secretary.post(one, right, one)).status).to.equal(303)
    const stale = await secretary.post(one, { ...right, place: 'Sân trường' }, one)
    expect(stale.status).to.equal(409)
    expect(stale.text).to.contain('value="Sân trường"')

    expect((await secretary.post(`${one}/ky`, {}, one)).status).to.equal(403)
    const draft = await chair.agent.get(`${one}/bien-ban.pdf`)
    expect((await chair.post(`${one}/ky`, {}, one)).status).to.equal(303)
    expect((await secretary.post(one, { ...right, revision: '3' }, one)).status).to.equal(409)
    const first = await chair.agent.get(`${one}/bien-ban.pdf`).buffer(true)
    const second = await chair.agent.get(`${one}/bien-ban.pdf`).buffer(true)
    expect(String(first.headers['content-type'])).to.contain('application/pdf')
    expect(Buffer.compare(first.body as Buffer, second.body as Buffer)).to.equal(0)
    expect(Buffer.compare(first.body as Buffer, draft.body as Buffer)).not.to.equal(0)
    expect(await signedMinutesOf(bench.needs.minutes)(ID)).to.deep.equal([
      'Biên bản số 03/BB ngày 04/10/2025 (Hội đồng tự đánh giá, lần 1)',
    ])
    expect((await chair.post(`${one}/huy`, { reason: '' }, one)).status).to.equal(422)
    expect((await chair.post(`${one}/huy`, { reason: 'Ghi nhầm ngày' }, one)).status).to.equal(303)
    expect(await signedMinutesOf(bench.needs.minutes)(ID)).to.deep.equal([])
    expect((await teacher.agent.get(LIST)).text).to.contain('Đã hủy')
    await bench.settled()
    const events = (await bench.journal.of({ kind: 'minutes', id: `${ID}:1` })).map(entry => entry.event)
    expect(events.toSorted()).to.deep.equal(['begin', 'sign', 'withdraw', 'write'])
  })

  it('give two records that are begun at once two numbers, or refuse one of them', async () => {
    const bench = await minutesBench()
    const begin = () => beginMinutes(bench.needs)(CHAIR, ID, 'council')
    await Promise.allSettled([begin(), begin()])
    await begin()
    const numbers = (await bench.needs.minutes.ofAssessment(ID)).map(({ no }) => no).toSorted((a, b) => a - b)
    expect(numbers).to.deep.equal([...new Set(numbers)])
    expect(numbers.length).to.be.at.least(2)
  })
})
