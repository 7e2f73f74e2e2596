import { expect } from 'chai'
import type { Actor, Seat } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import type { Remark, Review } from '../../src/reviews/review.ts'
import { mayOnReview, reviewTasks } from '../../src/reviews/index.ts'

const YEAR = workingYear('2025-2026')
const NOW = new Date('2026-05-18T02:00:00Z')

const aReview = (change: Partial<Review> = {}, remarks: readonly Remark[] = []): Review => ({
  id: `th-mau.${YEAR}`,
  schoolId: 'th-mau',
  year: YEAR,
  schoolKind: 'tieu_hoc',
  unitId: 'xa',
  handlerId: 'xa',
  provinceId: 'so',
  state: 'received',
  machine: 'review@1',
  rev: 1,
  due: '2026-05-15',
  rounds: [
    {
      submission: 0,
      receivedOn: '2026-05-11',
      dispatch: { number: '1/CV', date: '2026-05-11' },
      reportVersion: 1,
      startDue: '2026-05-15',
      answerDue: '2026-05-25',
      level: 2,
      read: [],
      remarks,
      withdrawals: 0,
    },
  ],
  letters: [],
  outbox: [],
  ...change,
})

const question = (change: Partial<Remark> = {}): Remark => ({
  id: 'q1',
  kind: 'question',
  anchor: { code: '1.1', part: '', quote: '', offset: 0 },
  reason: 'other',
  text: 'Vì sao?',
  by: { personId: 'canbo', name: 'Cán Bộ' },
  at: NOW,
  ...change,
})

const person = (personId: string, ...seats: readonly Pick<Seat, 'role' | 'unitId'>[]): Actor => ({
  personId,
  name: personId,
  seats: seats.map(seat => ({ ...seat, from: '2020-01-01' })),
})
const officer = person('canbo', { role: 'middleOfficer', unitId: 'xa' })
const colleague = person('canbo2', { role: 'middleOfficer', unitId: 'xa' })
const lead = person('lanhdao', { role: 'middleLead', unitId: 'xa' })
const head = person('hieutruong', { role: 'head', unitId: 'th-mau' })
const mine = { officer: { personId: 'canbo', name: 'Cán Bộ' } }

/** The tasks of a person when this review is all there is: the fake store answers by the policy's own check. */
async function tasksFor(actor: Actor, review: Review): Promise<readonly string[]> {
  const waiting = (where: object, states: readonly string[]) => {
    const right = [mayOnReview.begin, mayOnReview.answer].find(
      rule => JSON.stringify(rule.where(actor)) === JSON.stringify(where),
    )
    return Promise.resolve(right?.(actor, review) && states.includes(review.state) ? [review] : [])
  }
  const reviews = { waiting } as unknown as Parameters<typeof reviewTasks>[0]['reviews']
  const tasks = await reviewTasks({
    reviews,
    unitNames: () => Promise.resolve(new Map([['th-mau', 'Trường Mẫu']])),
    now: () => NOW,
  })(actor)
  return tasks.map(({ label, due }) => `${label}${due ? ` (${due.words})` : ''}`)
}

describe('what reviews put into “Việc của tôi”', () => {
  it('a new dossier: the lead gives it out, an officer may begin, the school has nothing to do', async () => {
    expect(await tasksFor(lead, aReview())).to.deep.equal(['Phân công người xem xét báo cáo (quá hạn 3 ngày)'])
    expect(await tasksFor(officer, aReview())).to.deep.equal(['Bắt đầu xem xét báo cáo (quá hạn 3 ngày)'])
    expect(await tasksFor(head, aReview())).to.deep.equal([])
  })
  it('one that was given out is its officer’s alone', async () => {
    expect(await tasksFor(officer, aReview(mine))).to.have.length(1)
    expect(await tasksFor(colleague, aReview(mine))).to.deep.equal([])
    expect(await tasksFor(lead, aReview(mine))).to.deep.equal([])
  })
  it('a question waits for the school, its answer for the officer; the lead decides when all are closed', async () => {
    const reading = { ...mine, state: 'underReview', due: '2026-05-25' } as const
    const asked = aReview(reading, [question()])
    expect(await tasksFor(head, asked)).to.deep.equal(['Trả lời 1 câu hỏi của đơn vị xem xét'])
    expect(await tasksFor(lead, asked)).to.deep.equal([])
    const answer = { text: 'Vì mưa.', by: { personId: 'hieutruong', name: 'Hiệu Trưởng' }, at: NOW }
    const answered = aReview(reading, [question({ answer })])
    expect(await tasksFor(officer, answered)).to.deep.equal(['Đọc 1 câu trả lời của trường (còn 7 ngày)'])
    expect(await tasksFor(head, answered)).to.deep.equal([])
    const closed = aReview(reading, [question({ answer, closedOn: '2026-05-18' })])
    expect(await tasksFor(officer, closed)).to.deep.equal(['Xem xét báo cáo (còn 7 ngày)'])
    expect(await tasksFor(lead, closed)).to.deep.equal(['Quyết định chấp nhận hoặc trả hồ sơ (còn 7 ngày)'])
  })
})
