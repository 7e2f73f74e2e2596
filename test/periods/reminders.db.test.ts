import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import {
  applyOperation,
  checkOperation,
  operationStore,
  planOperation,
  type OperationDraft,
} from '../../src/organisations/index.ts'
import { periodJobs, remindNow, stepDuty } from '../../src/periods/index.ts'
import { remind } from '../../src/periods/reminders.ts'
import { Forbidden, StepRefused } from '../../src/kernel/refusals.ts'
import { rejection } from '../organisations/rejection.ts'
import { aUnit } from '../organisations/a-tree.ts'
import { actor, periodBench, PEOPLE, seat } from './bench.ts'

const ID = '2025-2026-cuoi-nam'
/** Arranges the units of the province. */
const ADMIN = actor('admin', seat('itAdmin', 'so'))
const at = (day: string): Date => new Date(`${day}T02:00:00Z`)

describe('reminders', () => {
  it('climb from the person in charge to the Sở, each step once, and stop when the report is sent', async () => {
    const { opened, needs, clock, inbox, notices } = await periodBench()
    await opened()
    await stepDuty(needs)(PEOPLE.principal, ID, 'thpt', { type: 'start' })
    await stepDuty(needs)(PEOPLE.principal, ID, 'thpt', { type: 'send', note: '' })
    const remindersOf = async (personId: string): Promise<number> =>
      (await notices.ofPerson(personId, 0, 100)).filter(
        notice => notice.id.startsWith('remind:') && !notice.id.includes('province'),
      ).length
    const told = async () => ({
      secretary: await remindersOf('secretary'),
      head: await remindersOf('head'),
      lead: await remindersOf('lead'),
      so: await remindersOf('soLead'),
      principal: await remindersOf('principal'),
    })
    const none = { secretary: 0, head: 0, lead: 0, so: 0, principal: 0 }

    clock.at = at('2026-04-29')
    expect(await remind(needs)()).to.equal(0)
    expect(await told()).to.deep.equal(none)

    const steps = [
      ['2026-04-30', { secretary: 1 }],
      ['2026-05-08', { secretary: 2, head: 1 }],
      ['2026-05-12', { secretary: 3, head: 2 }],
      ['2026-05-14', { secretary: 4, head: 3, lead: 1 }],
      ['2026-05-20', { secretary: 5, head: 4, lead: 2, so: 1 }],
    ] as const
    for (const [day, expected] of steps) {
      clock.at = at(day)
      expect(await remind(needs)(), day).to.equal(1)
      expect(await remind(needs)(), `${day} again`).to.equal(0)
      expect(await told(), day).to.deep.equal({ ...none, ...expected })
    }
    expect((await inbox('soLead')).at(-1)).to.equal(
      '1 đơn vị đã quá hạn 11/05/2026 mà chưa gửi báo cáo kỳ “Báo cáo cuối năm học 2025-2026”.',
    )
    const duty = await needs.duties.find(`${ID}:thcs`)
    expect(duty?.reminders.map(each => each.on)).to.deep.equal(steps.map(([day]) => day))
  })

  it('tell nobody twice when the process died between telling and noting it', async () => {
    const { opened, needs, clock, inbox } = await periodBench()
    await opened()
    clock.at = at('2026-05-14')
    const dying = {
      ...needs,
      duties: { ...needs.duties, reminded: () => Promise.reject(new Error('the process died')) },
    }
    await rejection(remind(dying)())
    await remind(needs)()
    expect((await inbox('head')).filter(subject => subject.startsWith('Đã quá hạn'))).to.have.length(1)
    expect(
      (await inbox('lead')).filter(subject => subject.startsWith('2 đơn vị') || subject.startsWith('1 đơn vị')),
    ).to.have.length(1)
  })

  it('bring one reminder, not five, after a long stop', async () => {
    const { opened, needs, clock, inbox } = await periodBench()
    await opened()
    clock.at = at('2026-05-20')
    await remind(needs)()
    expect((await inbox('head')).filter(subject => subject.includes('chưa gửi'))).to.have.length(1)
  })

  it('leave alone a school that was dissolved or merged into another after the opening, by the clock and by hand', async () => {
    const { opened, needs, units, db, post, clock, inbox } = await periodBench([
      aUnit('thcs-b', { parents: [{ parentId: 'xa', from: '2025-07-01' }], from: '2025-07-01' }),
    ])
    await opened()
    const operate = { units, operations: operationStore(db, post), now: needs.now, newId: () => randomUUID() }
    const drafts: readonly OperationDraft[] = [
      { kind: 'merge', sources: ['thcs'], into: { unitId: 'thcs-b' } },
      { kind: 'dissolve', unitId: 'thpt', placing: {} },
    ]
    for (const draft of drafts) {
      const plan = { provinceId: 'so', draft, from: '2026-05-01', decision: '12/QĐ-UBND', reason: 'Sắp xếp trường' }
      const planned = await planOperation(operate)(ADMIN, plan)
      await applyOperation(operate)(ADMIN, await checkOperation(operate)(ADMIN, planned))
    }
    clock.at = at('2026-05-14')
    expect(await remind(needs)(), 'only the school that goes on').to.equal(1)
    for (const person of ['head', 'secretary', 'principal'])
      expect(
        (await inbox(person)).filter(subject => subject.includes('chưa gửi')),
        person,
      ).to.deep.equal([])
    expect((await inbox('lead')).filter(subject => subject.startsWith('1 đơn vị đã quá'))).to.have.length(1)
    expect(await remindNow(needs)(PEOPLE.officer, ID, ['thcs', 'thcs-b'])).to.equal(1)
    expect((await needs.duties.find(`${ID}:thcs`))?.reminders).to.deep.equal([])
  })

  it('are sent by hand once a day by the level above alone', async () => {
    const { opened, needs, clock, inbox } = await periodBench()
    await opened()
    clock.at = at('2026-03-03')
    expect(await rejection(remindNow(needs)(PEOPLE.head, ID, ['thcs']))).to.be.instanceOf(Forbidden)
    expect(await remindNow(needs)(PEOPLE.officer, ID, ['thcs'])).to.equal(1)
    expect(await remindNow(needs)(PEOPLE.soOfficer, ID, ['thcs'])).to.equal(0)
    clock.at = at('2026-03-04')
    expect(await remindNow(needs)(PEOPLE.officer, ID, ['thcs'])).to.equal(1)
    expect((await inbox('head')).filter(subject => subject.startsWith('Nhắc gửi báo cáo'))).to.have.length(2)
  })

  it('are not sent by hand once the period takes no reports any more', async () => {
    const { opened, needs, db, clock } = await periodBench()
    await opened()
    clock.at = at('2026-03-03')
    await db.connection.collection<{ _id: string }>('periods').updateOne({ _id: ID }, { $set: { state: 'published' } })
    const refused = await rejection(remindNow(needs)(PEOPLE.officer, ID, ['thcs']))
    expect(refused).to.be.instanceOf(StepRefused)
    expect(String(refused)).to.contain('không còn nhận báo cáo')
  })

  it('and everything else that the clock does come from one job', async () => {
    const { opened, needs, clock, inbox } = await periodBench()
    await opened()
    clock.at = at('2026-05-12')
    const job = periodJobs(needs)
    await job()
    expect(await inbox('head')).to.have.length(2)
    clock.at = at('2026-06-01')
    await job()
    expect((await needs.periods.get(ID)).state).to.equal('locked')
  })
})
