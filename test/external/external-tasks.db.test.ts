import { expect } from 'chai'
import { externalTasks, register, stepRun, stepTitle } from '../../src/external/index.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import { explainUsesIndex } from '../support/explain.ts'
import {
  COMMUNE_LEAD,
  COMMUNE_OFFICER,
  externalBench,
  HEAD,
  HEIR,
  IT,
  NEXT_COMMUNE_LEAD,
  OTHER_HEAD,
  PROVINCE_LEAD,
  PROVINCE_OFFICER,
  SCHOOL,
  TEAM,
  YEAR,
} from './bench.ts'

const RUN = `${SCHOOL}.${YEAR}.1`
const LETTER = { number: '15/CV', date: '2026-05-10' }

describe('tasks of external assessment', function () {
  this.timeout(180_000)

  it('stand with whoever takes the next step, with its day, and go with it', async () => {
    const { needs, clock } = await externalBench()
    const tasks = async (actor: Actor) =>
      (await externalTasks(needs)(actor)).map(({ label, due, href }) => [label, due?.day, href])
    const one = `/danh-gia-ngoai/${RUN}`
    const nobodyElse = async (...except: readonly Actor[]) => {
      for (const actor of [HEAD, COMMUNE_LEAD, COMMUNE_OFFICER, NEXT_COMMUNE_LEAD, OTHER_HEAD, IT, PROVINCE_LEAD]) {
        if (!except.includes(actor)) expect(await tasks(actor), actor.name).to.deep.equal([])
      }
    }
    await nobodyElse()
    await register(needs)(HEAD, { schoolId: SCHOOL, year: YEAR, asked: { accreditation: 2 }, letter: LETTER })
    expect(await tasks(COMMUNE_LEAD)).to.deep.equal([['Kiểm tra hồ sơ đăng ký đánh giá ngoài', '2026-05-27', one]])
    await nobodyElse(COMMUNE_LEAD)
    await stepRun(needs)(COMMUNE_LEAD, RUN, { type: 'askCompletion', reason: 'Thiếu bản PDF' })
    expect(await tasks(HEAD)).to.deep.equal([['Bổ sung hồ sơ đăng ký đánh giá ngoài', '2026-06-03', one]])
    await nobodyElse(HEAD)
    clock.now = new Date('2026-05-25T02:00:00Z')
    await stepRun(needs)(HEAD, RUN, { type: 'complete', answer: 'Đã gửi' })
    expect((await tasks(COMMUNE_LEAD))[0]?.[1], 'counted from the answer').to.equal('2026-06-01')
    await stepRun(needs)(COMMUNE_LEAD, RUN, { type: 'forwardDossier' })
    expect(await tasks(PROVINCE_LEAD)).to.deep.equal([['Kiểm tra hồ sơ đăng ký đánh giá ngoài', '2026-06-08', one]])
    await stepRun(needs)(PROVINCE_LEAD, RUN, { type: 'acceptForAssessment' })
    expect(await tasks(PROVINCE_LEAD)).to.deep.equal([['Thành lập đoàn đánh giá ngoài', '2026-08-25', one]])
    const decision = { number: '30/QĐ', date: '2026-05-25' }
    await stepRun(needs)(PROVINCE_LEAD, RUN, { type: 'formTeam', decision, members: TEAM })
    expect((await tasks(PROVINCE_OFFICER)).map(([label]) => label)).to.deep.equal(['Ghi nhận báo cáo đánh giá ngoài'])
    clock.now = new Date('2026-07-01T02:00:00Z')
    await stepRun(needs)(PROVINCE_OFFICER, RUN, {
      type: 'report',
      visitedFrom: '2026-06-15',
      visitedTo: '2026-06-16',
      level: 2,
      criteria: {},
      report: { number: '9/BC', date: '2026-07-01' },
    })
    expect(await tasks(PROVINCE_LEAD)).to.deep.equal([
      ['Quyết định công nhận danh hiệu', '2026-07-29', `/danh-hieu/${encodeURIComponent(`${RUN}:accreditation`)}`],
    ])
    expect(await tasks(PROVINCE_OFFICER), 'only the lead grants').to.deep.equal([])
    await stepTitle(needs)(PROVINCE_LEAD, `${RUN}:accreditation`, {
      type: 'grant',
      decision: { number: '40/QĐ', date: '2026-07-01' },
      registerNumber: '7',
      grade: 2,
      cohort: true,
    })
    expect((await tasks(PROVINCE_OFFICER)).map(([label, due]) => [label, due])).to.deep.equal([
      ['Công bố danh hiệu đã công nhận', '2026-07-08'],
    ])
    await stepTitle(needs)(PROVINCE_OFFICER, `${RUN}:accreditation`, { type: 'announce', place: 'Cổng thông tin' })
    await nobodyElse()
  })

  it('of several dossiers at the same step are one line with the earliest day', async () => {
    const { needs, clock, db } = await externalBench()
    const wanted = { year: YEAR, asked: { accreditation: 1 as const }, letter: LETTER }
    await register(needs)(HEAD, { ...wanted, schoolId: SCHOOL })
    await stepRun(needs)(COMMUNE_LEAD, RUN, { type: 'forwardDossier' })
    clock.now = new Date('2026-05-22T02:00:00Z')
    await register(needs)(OTHER_HEAD, { ...wanted, schoolId: HEIR })
    await stepRun(needs)(NEXT_COMMUNE_LEAD, `${HEIR}.${YEAR}.1`, { type: 'forwardDossier' })
    const [task, ...more] = await externalTasks(needs)(PROVINCE_LEAD)
    expect(more).to.deep.equal([])
    expect(task).to.deep.include({
      label: 'Kiểm tra hồ sơ đăng ký đánh giá ngoài (2)',
      schoolName: '2 hồ sơ',
      href: `/danh-gia-ngoai?nam=${YEAR}&trangthai=atProvince`,
    })
    expect(task?.due?.day).to.equal('2026-06-03')
    await explainUsesIndex(db.connection.collection('externalRuns').find({ state: 'reported', year: { $in: [YEAR] } }))
  })
})
