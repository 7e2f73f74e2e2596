import { expect } from 'chai'
import { lockDueFigures, periodDeadlines, periodTasks, stepDuty } from '../../src/periods/index.ts'
import { periodBench, PEOPLE } from './bench.ts'

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
})
