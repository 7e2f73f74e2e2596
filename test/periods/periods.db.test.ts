import { expect } from 'chai'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused } from '../../src/kernel/refusals.ts'
import { finishDuties, lockDueFigures, stepDuties, stepDuty, stepPeriod } from '../../src/periods/index.ts'
import { readDuty } from '../../src/periods/period-read.ts'
import { changePlan } from '../../src/periods/plan-period.ts'
import { tellUntold } from '../../src/periods/tell.ts'
import { rejection } from '../organisations/rejection.ts'
import { aUnit } from '../organisations/a-tree.ts'
import { explainUsesIndex } from '../support/explain.ts'
import { periodBench, PEOPLE, READY, YEAR } from './bench.ts'

const ID = '2025-2026-cuoi-nam'
const AFTER_CLOSING = new Date('2026-05-31T17:00:00Z')

describe('a reporting period', () => {
  it('is proposed from the settings and moved to working days', async () => {
    const { plan, holidays } = await periodBench()
    holidays.add('2026-06-30')
    const period = await plan()
    expect(period).to.include({
      id: ID,
      state: 'planned',
      unitClosing: '2026-05-25',
      schoolDue: '2026-05-11',
      unitDue: '2026-06-25',
      closing: '2026-05-31',
      ministryDue: '2026-07-01',
      provinceDue: '2026-06-26',
    })
  })

  it('gives each school and each managing unit with schools one duty when it is opened', async () => {
    const { opened, needs } = await periodBench([
      aUnit('xa-vang', { kind: 'commune', parents: [{ parentId: 'so', from: '2025-07-01' }], from: '2025-07-01' }),
    ])
    const period = await opened()
    expect(period.state).to.equal('open')
    const duties = await needs.duties.list({ periodId: ID })
    expect(duties.map(({ unitId, parentId, due }) => [unitId, parentId, due])).to.have.deep.members([
      ['thcs', 'xa', '2026-05-11'],
      ['thpt', 'so', '2026-05-11'],
      ['xa', 'so', '2026-06-25'],
    ])
    expect((await needs.periods.get(ID)).dutiesMade).to.equal(true)
  })

  it('cannot be opened by an officer, seen by a school before, nor changed after', async () => {
    const { plan, needs } = await periodBench()
    await plan()
    const open = { type: 'open' } as const
    expect(await rejection(stepPeriod(needs)(PEOPLE.soOfficer, ID, open))).to.be.instanceOf(Forbidden)
    expect(await rejection(stepPeriod(needs)(PEOPLE.head, ID, open))).to.be.instanceOf(NotFound)
  })

  it('is not planned outside its year, nor over another period, also not by a change', async () => {
    const { plan, needs } = await periodBench()
    const end = await plan('end')
    const over = await rejection(
      plan('start', {
        unitDue: '2025-10-30',
        provinceDue: '2026-05-20',
        ministryDue: '2026-05-20',
        closing: '2026-01-05',
      }),
    )
    expect(over).to.be.instanceOf(InvalidInput)
    expect(JSON.stringify(over)).to.contain(`chồng lên kỳ “${end.name}” (11/05/2026 – 30/06/2026)`)
    const wrongYear = {
      unitClosing: '2024-09-15',
      schoolDue: '2024-09-01',
      unitDue: '2024-10-15',
      closing: '2024-09-30',
      provinceDue: '2024-10-23',
      ministryDue: '2024-10-30',
    }
    expect(JSON.stringify(await rejection(plan('start', wrongYear)))).to.contain('không thuộc năm học 2025-2026')
    const start = await plan('start')
    const change = { ...start, ...wrongYear }
    expect(await rejection(changePlan(needs)(PEOPLE.soOfficer, start.id, change, start.rev))).to.be.instanceOf(
      InvalidInput,
    )
    expect((await needs.periods.get(start.id)).closing).to.equal('2025-09-30')
  })

  it('is not opened when no unit reports on its closing day', async () => {
    const { plan, needs, units, clock } = await periodBench()
    await plan()
    for (const id of ['thcs', 'thpt'])
      await units.close(await units.get(id), '2026-04-01', { actor: SYSTEM, at: clock.at })
    const refusal = await rejection(stepPeriod(needs)(PEOPLE.soLead, ID, { type: 'open' }))
    expect(refusal).to.be.instanceOf(StepRefused)
    expect(JSON.stringify(refusal)).to.contain('nobodyObliged')
  })

  it('says of a school closed after the opening that it owes nothing, and asks of one opened after it', async () => {
    const { opened, needs, units, clock } = await periodBench()
    await opened()
    const by = { actor: SYSTEM, at: clock.at }
    await units.close(await units.get('thcs'), '2026-05-01', by)
    await units.add(aUnit('thcs-moi', { parents: [{ parentId: 'xa', from: '2026-04-15' }], from: '2026-04-15' }), by)
    await finishDuties(needs)()
    const goneOf = async (unitId: string) => (await readDuty(needs, PEOPLE.lead, ID, unitId)).duty.gone
    expect(await goneOf('thcs')).to.equal('Không còn hoạt động từ 02/05/2026')
    expect(await goneOf('thcs-moi')).to.equal(undefined)
    const { lacks } = await readDuty(needs, PEOPLE.soLead, ID, 'xa')
    expect(lacks).to.have.length(2)
    expect(lacks.find(({ code }) => code === 'waiting.thcs')?.message).to.contain('không còn thuộc diện báo cáo')
    expect(lacks.find(({ code }) => code === 'waiting.thcs-moi')?.message).to.contain('chưa được chấp nhận')
    await stepDuty(needs)(PEOPLE.lead, ID, 'thcs', { type: 'excuse', reason: 'Đã sáp nhập từ 01/5/2026' })
    expect((await readDuty(needs, PEOPLE.soLead, ID, 'xa')).lacks).to.have.length(1)
  })

  it('puts a closed school whose commune has ended too before the next unit up, and leaves a settled one where it was', async () => {
    const { opened, needs, units, clock } = await periodBench([
      aUnit('thcs-b', { parents: [{ parentId: 'xa', from: '2025-07-01' }], from: '2025-07-01' }),
    ])
    await opened()
    await stepDuty(needs)(PEOPLE.lead, ID, 'thcs-b', { type: 'excuse', reason: 'Không có học sinh' })
    const by = { actor: SYSTEM, at: clock.at }
    for (const id of ['thcs', 'thcs-b', 'xa']) await units.close(await units.get(id), '2026-05-01', by)
    await finishDuties(needs)()
    expect(await needs.duties.find(`${ID}:thcs`)).to.deep.include({ parentId: 'so', ancestors: ['so'], state: 'due' })
    expect(await needs.duties.find(`${ID}:thcs-b`)).to.include({ parentId: 'xa', state: 'excused' })
    for (const id of ['thcs', 'xa'])
      await stepDuty(needs)(PEOPLE.soLead, ID, id, { type: 'excuse', reason: 'Đã giải thể' })
    expect(await needs.duties.find(`${ID}:thcs`)).to.include({ state: 'excused' })
  })

  it('does not accept a school whose reconciliation came back after it had sent', async () => {
    const { opened, needs, standings } = await periodBench()
    await opened()
    const step = stepDuty(needs)
    await step(PEOPLE.head, ID, 'thcs', { type: 'start' })
    await step(PEOPLE.head, ID, 'thcs', { type: 'send', note: '' })
    standings.set('thcs', { ...READY, reconciliation: { ...READY.reconciliation, done: false } })
    const refusal = await rejection(step(PEOPLE.lead, ID, 'thcs', { type: 'accept' }))
    expect(refusal).to.be.instanceOf(StepRefused)
    expect(JSON.stringify(refusal)).to.contain('reconciliationMissing')
    standings.set('thcs', READY)
    expect((await step(PEOPLE.lead, ID, 'thcs', { type: 'accept' })).state).to.equal('accepted')
  })

  it('takes a unit back that was excused by mistake, until the unit above has sent', async () => {
    const { opened, needs, inbox } = await periodBench()
    await opened()
    const step = stepDuty(needs)
    await step(PEOPLE.lead, ID, 'thcs', { type: 'excuse', reason: 'Đánh dấu nhầm' })
    const back = { type: 'recallExcuse', reason: 'Trường vẫn hoạt động' } as const
    expect(await rejection(step(PEOPLE.officer, ID, 'thcs', back))).to.be.instanceOf(Forbidden)
    expect((await step(PEOPLE.lead, ID, 'thcs', back)).state).to.equal('due')
    await tellUntold(needs)()
    expect((await inbox('head')).join('; ')).to.contain('vẫn phải gửi báo cáo')

    await step(PEOPLE.lead, ID, 'thcs', { type: 'excuse', reason: 'Không có học sinh' })
    await step(PEOPLE.lead, ID, 'xa', { type: 'start' })
    await step(PEOPLE.lead, ID, 'xa', { type: 'send', note: '' })
    expect(JSON.stringify(await rejection(step(PEOPLE.lead, ID, 'thcs', back)))).to.contain('aboveSent')
  })

  it('has its missing duties made at the next start when the process died after half of them', async () => {
    const { plan, needs } = await periodBench()
    await plan()
    const dying = {
      ...needs,
      duties: {
        ...needs.duties,
        addMissing: async (all: Parameters<typeof needs.duties.addMissing>[0]) => {
          await needs.duties.addMissing(all.slice(0, 1))
          throw new Error('the process died')
        },
      },
    }
    await rejection(stepPeriod(dying)(PEOPLE.soLead, ID, { type: 'open' }))
    expect(await needs.duties.list({ periodId: ID })).to.have.length(1)
    expect(await needs.periods.get(ID)).to.include({ state: 'open', dutiesMade: false })

    await finishDuties(needs)()
    await finishDuties(needs)()
    expect((await needs.duties.list({ periodId: ID })).map(duty => duty.unitId)).to.have.members(['thcs', 'thpt', 'xa'])
    expect((await needs.periods.get(ID)).dutiesMade).to.equal(true)
  })

  it('follows a school that will be managed by another unit on the closing day, and keeps what it has done', async () => {
    const { opened, needs, units, clock } = await periodBench([
      aUnit('xa2', { kind: 'commune', parents: [{ parentId: 'so', from: '2025-07-01' }], from: '2025-07-01' }),
    ])
    await opened()
    await stepDuty(needs)(PEOPLE.head, ID, 'thcs', { type: 'start' })
    await units.move(await units.get('thcs'), 'xa2', '2026-05-31', { actor: SYSTEM, at: clock.at })
    await finishDuties(needs)()
    const duties = await needs.duties.list({ periodId: ID })
    expect(duties.find(duty => duty.unitId === 'thcs')).to.deep.include({
      parentId: 'xa2',
      ancestors: ['xa2', 'so'],
      state: 'inProgress',
    })
    expect(duties.map(duty => duty.unitId)).to.include('xa2')
  })

  it('freezes its figures when the closing day is over, once, however many processes look', async () => {
    const { opened, needs, clock } = await periodBench()
    await opened()
    clock.at = new Date(AFTER_CLOSING.getTime() - 1)
    expect(await lockDueFigures(needs)()).to.deep.equal([])
    clock.at = AFTER_CLOSING
    const both = await Promise.all([lockDueFigures(needs)(), lockDueFigures(needs)()])
    expect(both.flat()).to.deep.equal([ID])
    const period = await needs.periods.get(ID)
    expect(period).to.include({ state: 'locked', version: 1, snapshotId: `${ID}.v1` })
    const snapshot = await needs.snapshots.get(`${ID}.v1`)
    expect(snapshot).to.include({ schools: 2, day: '2026-05-31', year: YEAR })
    expect(await lockDueFigures(needs)()).to.deep.equal([])
  })

  it('takes the snapshot of an attempt that died before the state turned', async () => {
    const { opened, needs, clock, rows } = await periodBench()
    await opened()
    clock.at = AFTER_CLOSING
    const dying = { ...needs, periods: { ...needs.periods, step: () => Promise.reject(new Error('the process died')) } }
    await rejection(lockDueFigures(dying)())
    rows.set('thcs', { name: 'Tên đổi sau khi chốt' })
    expect(await lockDueFigures(needs)(), 'another process has it in hand').to.deep.equal([])
    clock.at = new Date(AFTER_CLOSING.getTime() + 10 * 60_000)
    expect(await lockDueFigures(needs)()).to.deep.equal([ID])
    const snapshot = await needs.snapshots.get(`${ID}.v1`)
    expect((await needs.snapshots.rowsOf(snapshot)).map(row => row.name)).not.to.include('Tên đổi sau khi chốt')
  })

  it('is consolidated only when every duty is accepted or excused, then signed, corrected, and signed again', async () => {
    const { opened, needs, clock, rows, reserves } = await periodBench()
    const keeps = (unitId: string, teachers: number) =>
      reserves.set(unitId, {
        unitId,
        name: unitId,
        ancestors: unitId === 'so' ? [] : ['so'],
        year: YEAR,
        rev: teachers,
        lines: { teachers },
      })
    keeps('so', 5)
    keeps('xa', 3)
    await opened()
    clock.at = AFTER_CLOSING
    await lockDueFigures(needs)()
    const step = stepPeriod(needs)
    const refusal = await rejection(step(PEOPLE.soOfficer, ID, { type: 'consolidate' }))
    expect(refusal).to.be.instanceOf(StepRefused).and.have.property('unmet').with.length(3)

    const lead = PEOPLE.soLead
    await stepDuty(needs)(PEOPLE.lead, ID, 'thcs', { type: 'excuse', reason: 'Đã sáp nhập' })
    await stepDuty(needs)(lead, ID, 'xa', { type: 'excuse', reason: 'Không còn trường' })
    await stepDuty(needs)(PEOPLE.principal, ID, 'thpt', { type: 'start' })
    await stepDuty(needs)(PEOPLE.principal, ID, 'thpt', { type: 'send', note: '' })
    await stepDuty(needs)(PEOPLE.soOfficer, ID, 'thpt', { type: 'accept' })
    await step(PEOPLE.soOfficer, ID, { type: 'consolidate' })
    await step(lead, ID, { type: 'sign', number: '125/BC', date: '2026-06-28' })

    rows.set('thcs', { name: 'THCS sửa' })
    rows.set('thpt', { name: 'THPT sửa' })
    keeps('so', 50)
    keeps('xa', 30)
    const corrected = await step(lead, ID, { type: 'correct', reason: 'Ghi nhầm', unitIds: ['xa'] })
    expect(corrected).to.include({ state: 'locked', version: 2, snapshotId: `${ID}.v2` })
    const [old, now] = await needs.snapshots.ofSubject(ID)
    expect(old && (await needs.snapshots.rowsOf(old)).map(row => row.name)).to.not.include('THCS sửa')
    expect(now && (await needs.snapshots.rowsOf(now)).map(row => row.name)).to.deep.equal([
      'THCS sửa',
      'Trường THPT Đồi Thông',
    ])
    expect([old, now].map(each => each?.reserves?.map(({ lines }) => lines.teachers))).to.deep.equal([
      [5, 3],
      [5, 30],
    ])
    expect(now?.correction).to.deep.equal({ reason: 'Ghi nhầm', unitIds: ['xa'], of: `${ID}.v1` })

    await step(PEOPLE.soOfficer, ID, { type: 'consolidate' })
    await step(lead, ID, { type: 'sign', number: '130/BC', date: '2026-07-02' })
    expect((await step(lead, ID, { type: 'publish' })).state).to.equal('published')
    const events = (await needs.history({ kind: 'period', id: ID })).map(entry => entry.event)
    expect(events).to.have.members([
      'plan',
      'open',
      'lockFigures',
      'consolidate',
      'sign',
      'correct',
      'consolidate',
      'sign',
      'publish',
    ])
  })

  it('is not signed on figures that were changed behind its back', async () => {
    const { opened, needs, clock, db } = await periodBench()
    await opened()
    clock.at = AFTER_CLOSING
    await lockDueFigures(needs)()
    for (const unit of ['thcs', 'thpt', 'xa'])
      await stepDuty(needs)(unit === 'thcs' ? PEOPLE.lead : PEOPLE.soLead, ID, unit, { type: 'excuse', reason: 'Thử' })
    await stepPeriod(needs)(PEOPLE.soOfficer, ID, { type: 'consolidate' })
    await db.connection.collection('snapshotPieces').updateOne({}, { $set: { 'rows.0.name': 'Tên khác' } })
    const refusal = await rejection(
      stepPeriod(needs)(PEOPLE.soLead, ID, { type: 'sign', number: '1', date: '2026-06-28' }),
    )
    expect(refusal).to.be.instanceOf(StepRefused).with.nested.property('unmet[0].code', 'snapshotChanged')
  })
})

describe('a unit’s duty', () => {
  it('goes up: the school sends what is complete, the commune only when its schools are settled', async () => {
    const { opened, needs, standings, inbox } = await periodBench()
    await opened()
    standings.set('thcs', { ...READY, reconciliation: { ...READY.reconciliation, done: false } })
    const step = stepDuty(needs)
    await step(PEOPLE.head, ID, 'thcs', { type: 'start' })
    const lacking = await rejection(step(PEOPLE.head, ID, 'thcs', { type: 'send', note: '' }))
    expect(lacking).to.be.instanceOf(StepRefused).with.nested.property('unmet[0].code', 'reconciliationMissing')

    standings.delete('thcs')
    await step(PEOPLE.head, ID, 'thcs', { type: 'send', note: 'Thiếu giáo viên' })
    await step(PEOPLE.officer, ID, 'thcs', { type: 'return', reason: 'Thiếu số lớp' })
    await step(PEOPLE.head, ID, 'thcs', { type: 'send', note: 'Đã bổ sung' })
    await step(PEOPLE.officer, ID, 'xa', { type: 'start' })
    const tooEarly = await rejection(step(PEOPLE.lead, ID, 'xa', { type: 'send', note: '' }))
    expect(tooEarly).to.be.instanceOf(StepRefused).with.nested.property('unmet[0].code', 'waiting.thcs')

    const went = await stepDuties(needs)(PEOPLE.lead, ID, ['thcs'], { type: 'accept' })
    expect(went).to.deep.equal({ done: 1, refused: [] })
    expect((await step(PEOPLE.lead, ID, 'xa', { type: 'send', note: '' })).state).to.equal('sent')
    for (const event of ['start', 'accept'] as const)
      expect(
        await rejection(stepDuty(needs)(event === 'start' ? PEOPLE.head : PEOPLE.lead, ID, 'thcs', { type: event })),
      )
        .to.be.instanceOf(StepRefused)
        .with.property('message')
        .that.contains('đang ở bước “Đã chấp nhận”')

    await tellUntold(needs)()
    await tellUntold(needs)()
    expect(await inbox('head')).to.have.members([
      'Kỳ “Báo cáo cuối năm học 2025-2026” đã mở, hạn gửi 11/05/2026.',
      'Báo cáo kỳ “Báo cáo cuối năm học 2025-2026” của Trường THCS Lá Lúa bị trả lại.',
      'Báo cáo kỳ “Báo cáo cuối năm học 2025-2026” của Trường THCS Lá Lúa đã được chấp nhận.',
    ])
    expect(await inbox('soOfficer')).to.deep.equal([
      'UBND xã Suối Mây đã gửi báo cáo kỳ “Báo cáo cuối năm học 2025-2026”.',
    ])
  })

  describe('accepted by mistake', () => {
    const accepted = async () => {
      const bench = await periodBench()
      await bench.opened()
      const step = stepDuty(bench.needs)
      await step(PEOPLE.head, ID, 'thcs', { type: 'start' })
      await step(PEOPLE.head, ID, 'thcs', { type: 'send', note: '' })
      await step(PEOPLE.officer, ID, 'thcs', { type: 'accept' })
      return { ...bench, step }
    }
    const WITHDRAW = { type: 'withdrawAcceptance', reason: 'Chấp nhận nhầm trường' } as const
    const codesOf = (error: unknown) => (error instanceof StepRefused ? error.unmet.map(({ code }) => code) : error)

    it('goes back to be considered, by the lead of the level above, with the reason in the journal and told to the school', async () => {
      const { step, needs, inbox } = await accepted()
      expect(await rejection(step(PEOPLE.officer, ID, 'thcs', WITHDRAW))).to.be.instanceOf(Forbidden)
      expect(await rejection(step(PEOPLE.head, ID, 'thcs', WITHDRAW))).to.be.instanceOf(Forbidden)
      await step(PEOPLE.lead, ID, 'thcs', WITHDRAW)
      const duty = await needs.duties.find(`${ID}:thcs`)
      expect(duty).to.include({ state: 'sent' }).and.not.have.property('acceptedAt')
      expect(duty?.acceptanceWithdrawn).to.include({ reason: WITHDRAW.reason, by: PEOPLE.lead.name })
      const entry = (await needs.history({ kind: 'duty', id: `${ID}:thcs` })).find(
        ({ event }) => event === WITHDRAW.type,
      )
      expect(entry).to.include({ from: 'accepted', to: 'sent', reason: WITHDRAW.reason })
      await tellUntold(needs)()
      expect(await inbox('head')).to.include(
        'Việc chấp nhận báo cáo kỳ “Báo cáo cuối năm học 2025-2026” của Trường THCS Lá Lúa đã được rút lại.',
      )
      await step(PEOPLE.officer, ID, 'thcs', { type: 'return', reason: 'Thiếu số lớp' })
      expect((await needs.duties.find(`${ID}:thcs`))?.state).to.equal('inProgress')
    })

    it('stands once the unit above has sent its own report, until that is returned', async () => {
      const { step } = await accepted()
      await step(PEOPLE.officer, ID, 'xa', { type: 'start' })
      await step(PEOPLE.lead, ID, 'xa', { type: 'send', note: '' })
      expect(codesOf(await rejection(step(PEOPLE.lead, ID, 'thcs', WITHDRAW)))).to.deep.equal(['aboveSent'])
      await step(PEOPLE.soOfficer, ID, 'xa', { type: 'return', reason: 'Xem lại' })
      expect((await step(PEOPLE.lead, ID, 'thcs', WITHDRAW)).state).to.equal('sent')
    })

    it('keeps the report of the unit above from being accepted, had both been done at one moment', async () => {
      const { step, needs } = await accepted()
      await step(PEOPLE.officer, ID, 'xa', { type: 'start' })
      const blind = {
        ...needs,
        duties: {
          ...needs.duties,
          find: async (id: string) => (id === `${ID}:xa` ? undefined : needs.duties.find(id)),
        },
      }
      await step(PEOPLE.lead, ID, 'xa', { type: 'send', note: '' })
      await stepDuty(blind)(PEOPLE.lead, ID, 'thcs', WITHDRAW)
      expect(codesOf(await rejection(step(PEOPLE.soLead, ID, 'xa', { type: 'accept' })))).to.deep.equal([
        'waiting.thcs',
      ])
    })

    it('stands once the figures are frozen: only a later version corrects them', async () => {
      const { step, needs, clock } = await accepted()
      clock.at = AFTER_CLOSING
      await lockDueFigures(needs)()
      expect(codesOf(await rejection(step(PEOPLE.lead, ID, 'thcs', WITHDRAW)))).to.deep.equal(['figuresFrozen'])
    })
  })

  it('is done by one of two who act at once', async () => {
    const { opened, needs } = await periodBench()
    await opened()
    await stepDuty(needs)(PEOPLE.head, ID, 'thcs', { type: 'start' })
    await stepDuty(needs)(PEOPLE.head, ID, 'thcs', { type: 'send', note: '' })
    const ends = await Promise.allSettled([
      stepDuty(needs)(PEOPLE.lead, ID, 'thcs', { type: 'accept' }),
      stepDuty(needs)(PEOPLE.officer, ID, 'thcs', { type: 'return', reason: 'Thiếu' }),
    ])
    expect(ends.map(end => end.status)).to.have.members(['fulfilled', 'rejected'])
  })

  it('refuses one of several without stopping the others', async () => {
    const { opened, needs } = await periodBench()
    await opened()
    await stepDuty(needs)(PEOPLE.principal, ID, 'thpt', { type: 'start' })
    await stepDuty(needs)(PEOPLE.principal, ID, 'thpt', { type: 'send', note: '' })
    const went = await stepDuties(needs)(PEOPLE.soLead, ID, ['xa', 'thpt'], { type: 'accept' })
    expect(went.done).to.equal(1)
    expect(went.refused.map(each => each.name)).to.deep.equal(['UBND xã Suối Mây'])
  })

  it('lets the Sở act for a commune that gave it the work of periods, and says so in the journal', async () => {
    const { opened, needs } = await periodBench()
    await opened()
    const delegated = {
      ...PEOPLE.soLead,
      actingFor: [{ delegationId: 'd1', unitId: 'xa', byUnitId: 'so', role: 'middleLead', duties: ['period'] }],
    } as const
    expect(
      await rejection(stepDuty(needs)(PEOPLE.soLead, ID, 'thcs', { type: 'excuse', reason: 'Thử' })),
    ).to.be.instanceOf(Forbidden)
    await stepDuty(needs)(delegated, ID, 'thcs', { type: 'excuse', reason: 'Không có học sinh' })
    const [entry] = await needs.history({ kind: 'duty', id: `${ID}:thcs` })
    expect(entry).to.deep.include({ event: 'excuse', facts: { delegationId: 'd1' } })
  })

  it('is listed through indexes', async () => {
    const { opened, db } = await periodBench()
    await opened()
    const duties = db.connection.collection('duties')
    await explainUsesIndex(duties.find({ periodId: ID, parentId: 'so' }))
    await explainUsesIndex(duties.find({ periodId: ID, ancestors: 'so' }))
    await explainUsesIndex(duties.find({ periodId: ID, state: { $in: ['due', 'inProgress'] } }))
    await explainUsesIndex(duties.find({ unitId: { $in: ['xa'] } }))
    await explainUsesIndex(duties.find({ 'untold.event': { $exists: true } }))
    await explainUsesIndex(db.connection.collection('periods').find({ year: YEAR }).sort({ closing: 1 }))
    await explainUsesIndex(db.connection.collection('periods').find({ state: { $in: ['open'] } }))
  })
})
