import { expect } from 'chai'
import type { Unmet } from '../../src/kernel/refusals.ts'
import { dutyLife, dutySteps, type DutyEvent, type DutyFacts, type DutyState } from '../../src/periods/duty-machine.ts'
import {
  periodLife,
  periodSteps,
  type PeriodEvent,
  type PeriodFacts,
  type PeriodState,
} from '../../src/periods/period-machine.ts'
import {
  expectOneLack,
  itStepsAs,
  machineArrows,
  statesWith,
  tableArrows,
  type WholeTable,
} from '../assessments/whole-table.ts'

const refused = 'refused'
const lack: Unmet = { code: 'lack', message: 'Còn thiếu một việc.' }

describe('life of a reporting period', () => {
  const closing = new Date('2026-05-31T17:00:00Z')
  const before = new Date(closing.getTime() - 1)
  const facts: PeriodFacts = {
    now: before,
    closingInstant: closing,
    dutiesMade: true,
    obliged: 3,
    dayFaults: [],
    waiting: [],
    lint: [],
  }
  const events: { readonly [K in PeriodEvent['type']]: Extract<PeriodEvent, { type: K }> } = {
    open: { type: 'open' },
    lockFigures: { type: 'lockFigures' },
    consolidate: { type: 'consolidate' },
    sign: { type: 'sign', number: '125/BC-SGDĐT', date: '2026-06-28' },
    publish: { type: 'publish' },
    correct: { type: 'correct', reason: 'Ghi nhầm số lớp', unitIds: ['truong'] },
  }
  const none = {
    open: refused,
    lockFigures: refused,
    consolidate: refused,
    sign: refused,
    publish: refused,
    correct: refused,
  } as const
  const everyCell: WholeTable<PeriodState, PeriodEvent['type']> = {
    planned: { ...none, open: 'open' },
    open: { ...none, lockFigures: 'locked' },
    locked: { ...none, consolidate: 'consolidated', correct: 'locked' },
    consolidated: { ...none, sign: 'reported', correct: 'locked' },
    reported: { ...none, publish: 'published', correct: 'locked' },
    published: none,
  }
  const at = (state: PeriodState): PeriodFacts => (state === 'open' ? { ...facts, now: closing } : facts)
  itStepsAs<PeriodState, PeriodFacts, PeriodEvent>(periodLife, everyCell, events, at)

  it('has exactly the arrows of its table of steps', () => {
    expect(tableArrows(periodSteps)).to.deep.equal(machineArrows(periodLife.machine))
  })

  const lacks: readonly [PeriodEvent, string, PeriodFacts][] = [
    [events.open, 'lack', { ...facts, dayFaults: [lack] }],
    [events.open, 'nobodyObliged', { ...facts, obliged: 0 }],
    [events.open, 'closingPassed', { ...facts, now: closing }],
    [events.lockFigures, 'closingAhead', facts],
    [events.lockFigures, 'dutiesMissing', { ...facts, now: closing, dutiesMade: false }],
    [events.consolidate, 'lack', { ...facts, waiting: [lack] }],
    [events.sign, 'lack', { ...facts, lint: [lack] }],
    [{ ...events.sign, number: ' ' }, 'numberMissing', facts],
    [{ ...events.sign, date: '' }, 'dateMissing', facts],
    [{ ...events.correct, reason: ' ' }, 'reasonMissing', facts],
    [{ ...events.correct, unitIds: [] }, 'unitsMissing', facts],
  ]
  for (const [event, code, of] of lacks)
    it(`refuses ${event.type} alone for ${code}`, () => {
      expectOneLack(periodLife, statesWith(everyCell, event.type), of, event, code)
    })
})

describe('life of a duty', () => {
  const facts: DutyFacts = { running: true, frozen: false, aboveSent: false, lacks: [] }
  const events: { readonly [K in DutyEvent['type']]: Extract<DutyEvent, { type: K }> } = {
    start: { type: 'start' },
    send: { type: 'send', note: '' },
    return: { type: 'return', reason: 'Thiếu số lớp' },
    accept: { type: 'accept' },
    withdrawAcceptance: { type: 'withdrawAcceptance', reason: 'Chấp nhận nhầm' },
    excuse: { type: 'excuse', reason: 'Đã giải thể' },
    recallExcuse: { type: 'recallExcuse', reason: 'Trường vẫn hoạt động' },
  }
  const none = {
    start: refused,
    send: refused,
    return: refused,
    accept: refused,
    withdrawAcceptance: refused,
    excuse: refused,
    recallExcuse: refused,
  } as const
  const everyCell: WholeTable<DutyState, DutyEvent['type']> = {
    due: { ...none, start: 'inProgress', excuse: 'excused' },
    inProgress: { ...none, send: 'sent', excuse: 'excused' },
    sent: { ...none, return: 'inProgress', accept: 'accepted' },
    accepted: { ...none, withdrawAcceptance: 'sent' },
    excused: { ...none, recallExcuse: 'due' },
  }
  itStepsAs<DutyState, DutyFacts, DutyEvent>(dutyLife, everyCell, events, () => facts)

  it('has exactly the arrows of its table of steps', () => {
    expect(tableArrows(dutySteps)).to.deep.equal(machineArrows(dutyLife.machine))
  })

  const lacks: readonly [DutyEvent, string, DutyFacts?][] = [
    [events.send, 'lack', { ...facts, lacks: [lack] }],
    [events.accept, 'lack', { ...facts, lacks: [lack] }],
    [events.withdrawAcceptance, 'figuresFrozen', { ...facts, frozen: true }],
    [events.withdrawAcceptance, 'aboveSent', { ...facts, aboveSent: true }],
    [{ ...events.withdrawAcceptance, reason: ' ' }, 'reasonMissing'],
    [{ ...events.return, reason: ' ' }, 'reasonMissing'],
    [{ ...events.excuse, reason: '' }, 'reasonMissing'],
    [{ ...events.recallExcuse, reason: ' ' }, 'reasonMissing'],
    [events.recallExcuse, 'aboveSent', { ...facts, aboveSent: true }],
    ...Object.values(events)
      .filter(({ type }) => type !== 'withdrawAcceptance')
      .map((event): [DutyEvent, string, DutyFacts] => [event, 'periodClosed', { ...facts, running: false }]),
  ]
  for (const [event, code, of = facts] of lacks)
    it(`refuses ${event.type} alone for ${code}`, () => {
      expectOneLack(dutyLife, statesWith(everyCell, event.type), of, event, code)
    })
})
