import { expect } from 'chai'
import { SYSTEM } from '../../src/kernel/actor.ts'
import type { ReconciliationMark } from '../../src/figures/figures-reader.ts'
import { lockDueFigures, periodDeadlines, periodTasks, reconciliationTasks, stepDuty } from '../../src/periods/index.ts'
import { actor, periodBench, PEOPLE, seat } from './bench.ts'

const ID = '2025-2026-cuoi-nam'

describe('work that reporting periods ask for', () => {
  it('stands exactly as long as its button', async () => {
    const { plan, opened, needs, clock } = await periodBench()
    const labels = async (name: keyof typeof PEOPLE): Promise<readonly string[]> =>
      (await periodTasks(needs)(PEOPLE[name])).map(task => task.label.replace(/: Báo cáo .*/, ''))
    expect(await labels('head')).to.deep.equal([])
    await plan('start')
    expect(await labels('soLead')).to.deep.equal(['Mở kỳ báo cáo (trường gửi đến 01/09/2025)'])
    expect(await labels('soOfficer')).to.deep.equal([])

    await opened('end')
    expect(await labels('head')).to.deep.equal(['Gửi báo cáo'])
    expect(await labels('officer')).to.deep.equal(['Gửi báo cáo'])
    await stepDuty(needs)(PEOPLE.officer, ID, 'xa', { type: 'start' })
    expect(await labels('officer'), 'only the lead sends').to.deep.equal([])
    expect(await labels('lead')).to.deep.equal(['Gửi báo cáo'])

    await stepDuty(needs)(PEOPLE.head, ID, 'thcs', { type: 'start' })
    await stepDuty(needs)(PEOPLE.head, ID, 'thcs', { type: 'send', note: '' })
    expect(await labels('head')).to.deep.equal([])
    expect(await labels('officer')).to.deep.equal(['Xem xét 1 báo cáo đã gửi'])
    await stepDuty(needs)(PEOPLE.officer, ID, 'thcs', { type: 'return', reason: 'Thiếu số lớp' })
    const [again] = await periodTasks(needs)(PEOPLE.head)
    expect(again).to.deep.include({
      label: 'Sửa và gửi lại báo cáo: Báo cáo cuối năm học 2025-2026',
      detail: 'Bị trả lại: Thiếu số lớp',
      href: `/ky-bao-cao/${ID}/don-vi/thcs`,
      due: '2026-05-11',
    })
    expect(await periodDeadlines(needs)(PEOPLE.head)).to.have.length(1)

    clock.at = new Date('2026-06-25T02:00:00Z')
    await lockDueFigures(needs)()
    expect(await labels('soOfficer')).to.include('Hoàn thành tổng hợp')
  })

  it('asks nobody for the report of a unit that owes none any more, but its manager’s lead to excuse it, once', async () => {
    const { opened, needs, units, clock } = await periodBench()
    const labels = async (name: keyof typeof PEOPLE): Promise<readonly string[]> =>
      (await periodTasks(needs)(PEOPLE[name])).map(task => task.label.replace(/: Báo cáo .*/, ''))
    const reconciliations = reconciliationTasks({
      ...needs,
      reconciliationOf: async () => ({ state: 'none', done: false, label: '', href: '/so-lieu/doi-sanh' }),
    })
    const clerk = actor('clerk', seat('clerk', 'thcs'))
    await opened('end')
    expect(await reconciliations(clerk)).to.have.length(1)
    await units.close(await units.get('thcs'), '2026-05-01', { actor: SYSTEM, at: clock.at })
    clock.at = new Date('2026-06-10T02:00:00Z')
    expect(await labels('head')).to.deep.equal([])
    expect(await reconciliations(clerk)).to.deep.equal([])
    expect(await labels('officer'), 'nor the commune, which has no school left').to.deep.equal([])
    expect(await periodTasks(needs)(PEOPLE.lead)).to.deep.equal([
      {
        label: 'Cho phép 1 đơn vị không báo cáo: Báo cáo cuối năm học 2025-2026',
        detail: 'Không còn hoạt động từ 02/05/2026',
        href: `/ky-bao-cao/${ID}?trangthai=khong-con&donvi=xa`,
        unitName: 'Trường THCS Lá Lúa',
        year: '2025-2026',
        due: '2026-06-25',
      },
    ])
    expect(await labels('soOfficer')).to.deep.equal([])
    expect(await labels('soLead')).to.deep.equal(['Cho phép 1 đơn vị không báo cáo'])
    await stepDuty(needs)(PEOPLE.lead, ID, 'thcs', { type: 'excuse', reason: 'Đã giải thể' })
    await stepDuty(needs)(PEOPLE.soLead, ID, 'xa', { type: 'excuse', reason: 'Không còn trường' })
    expect([...(await labels('lead')), ...(await labels('soLead'))]).to.deep.equal([])
  })

  it('asks the keepers of the figures for the reconciliation, then the head, until it is confirmed', async () => {
    const { opened, needs } = await periodBench()
    const clerk = actor('clerk', seat('clerk', 'thcs'))
    let state: ReconciliationMark = 'none'
    const tasks = reconciliationTasks({
      ...needs,
      reconciliationOf: async (schoolId, year) => ({
        state,
        done: false,
        label: '',
        href: `/so-lieu/doi-sanh?truong=${schoolId}&nam=${year}`,
      }),
    })
    const labels = async (who: typeof clerk): Promise<readonly string[]> => (await tasks(who)).map(({ label }) => label)
    expect(await labels(clerk), 'no period runs').to.deep.equal([])
    await opened('end')
    const [first] = await tasks(clerk)
    expect(first).to.deep.include({
      label: 'Lập phiếu đối sánh số liệu và giải trình',
      href: '/so-lieu/doi-sanh?truong=thcs&nam=2025-2026',
      due: '2026-05-11',
    })
    expect(await labels(actor('teacher', seat('staff', 'thcs')))).to.deep.equal([])
    expect(await labels(actor('stranger', seat('clerk', 'thpt-khac')))).to.deep.equal([])
    expect(await labels(PEOPLE.head)).to.deep.equal([])
    state = 'explained'
    expect(await labels(clerk)).to.deep.equal([])
    expect(await labels(PEOPLE.head)).to.deep.equal(['Xác nhận phiếu đối sánh số liệu'])
    state = 'confirmed'
    expect([...(await labels(clerk)), ...(await labels(PEOPLE.head))]).to.deep.equal([])
    state = 'disputed'
    expect(await labels(clerk)).to.deep.equal(['Sửa phiếu đối sánh số liệu bị trả lại'])

    // After the report was sent nothing else on the school's list leads to a form that came back.
    await stepDuty(needs)(PEOPLE.head, '2025-2026-cuoi-nam', 'thcs', { type: 'start' })
    await stepDuty(needs)(PEOPLE.head, '2025-2026-cuoi-nam', 'thcs', { type: 'send', note: '' })
    for (const who of [clerk, PEOPLE.head])
      expect(await labels(who)).to.deep.equal(['Sửa phiếu đối sánh số liệu bị trả lại'])
    state = 'drafting'
    for (const who of [clerk, PEOPLE.head])
      expect(await labels(who)).to.deep.equal(['Giải trình và xác nhận lại phiếu đối sánh số liệu'])
    state = 'confirmed'
    expect([...(await labels(clerk)), ...(await labels(PEOPLE.head))]).to.deep.equal([])
  })
})
