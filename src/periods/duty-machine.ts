import { setup } from 'xstate'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'

export type DutyState = 'due' | 'inProgress' | 'sent' | 'accepted' | 'excused'

export type DutyEvent =
  | { readonly type: 'start' }
  | { readonly type: 'send'; readonly note: string }
  | { readonly type: 'return'; readonly reason: string }
  | { readonly type: 'accept' }
  | { readonly type: 'withdrawAcceptance'; readonly reason: string }
  | { readonly type: 'excuse'; readonly reason: string }
  | { readonly type: 'recallExcuse'; readonly reason: string }

export interface DutyFacts {
  /** The period is open, or its figures are frozen and not yet put together. */
  readonly running: boolean
  /** The figures of the period are frozen: what was accepted stands, and is corrected by a later version. */
  readonly frozen: boolean
  /** The unit above has sent its own report, which stands on this one. */
  readonly aboveSent: boolean
  /** What a school still lacks before it sends, or the children of a managing unit that are neither accepted nor excused. */
  readonly lacks: readonly Unmet[]
}

export const DUTY_VERSION = 'duty@1'

const running = ({ running: isRunning }: DutyFacts) =>
  need(isRunning, 'periodClosed', 'Kỳ báo cáo không còn nhận báo cáo.')

/** What each step of a duty asks for (process § 14.7). */
export const dutyConditions: Conditions<DutyFacts, DutyEvent> = {
  start: running,
  send: facts => [...running(facts), ...facts.lacks],
  return: (facts, { reason }) => [
    ...running(facts),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do trả lại.'),
  ],
  accept: facts => [...running(facts), ...facts.lacks],
  withdrawAcceptance: (facts, { reason }) => [
    ...need(
      !facts.frozen,
      'figuresFrozen',
      'Số liệu của kỳ đã chốt: chỉ còn đính chính được bằng một phiên bản số liệu mới.',
    ),
    ...need(
      !facts.aboveSent,
      'aboveSent',
      'Báo cáo của cấp quản lý trực tiếp, gồm cả báo cáo này, đã gửi: cần được trả lại trước.',
    ),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do rút lại việc chấp nhận.'),
  ],
  excuse: (facts, { reason }) => [
    ...running(facts),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do không phải báo cáo.'),
  ],
  recallExcuse: (facts, { reason }) => [
    ...running(facts),
    ...need(
      !facts.aboveSent,
      'aboveSent',
      'Báo cáo của cấp quản lý trực tiếp, trong đó đơn vị này không phải báo cáo, đã gửi: cần được trả lại trước.',
    ),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do đơn vị vẫn phải báo cáo.'),
  ],
}

const met = meets(dutyConditions)

/**
 * One unit's duty in a period. A managing unit sends only when all below it are accepted or excused. A wrong acceptance
 * is withdrawn only until the unit above has sent and the figures are frozen; should both happen at one moment, the next
 * acceptance and the consolidation ask every report again, so nothing unaccepted gets into the tables.
 */
export const dutyMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as DutyFacts, input: {} as DutyFacts, events: {} as DutyEvent },
  guards: { periodRunning: met, nothingMissing: met, reasonGiven: met, notYetStoodOn: met, excuseNotYetStoodOn: met },
}).createMachine({
  id: 'duty',
  version: DUTY_VERSION,
  context: ({ input }) => input,
  initial: 'due',
  states: {
    due: {
      on: {
        start: { guard: 'periodRunning', target: 'inProgress' },
        excuse: { guard: 'reasonGiven', target: 'excused' },
      },
    },
    inProgress: {
      on: {
        send: { guard: 'nothingMissing', target: 'sent' },
        excuse: { guard: 'reasonGiven', target: 'excused' },
      },
    },
    sent: {
      on: {
        return: { guard: 'reasonGiven', target: 'inProgress' },
        accept: { guard: 'nothingMissing', target: 'accepted' },
      },
    },
    accepted: { on: { withdrawAcceptance: { guard: 'notYetStoodOn', target: 'sent' } } },
    excused: { on: { recallExcuse: { guard: 'excuseNotYetStoodOn', target: 'due' } } },
  },
})

type Step = LifeStep<DutyState, DutyEvent['type'], 'unitDue'>

const STARTERS: Step['who'] = ['head', 'clerk', 'middleOfficer', 'middleLead']
/** Offices of the unit above; the Sở also by delegation. */
const ABOVE: Step['who'] = ['middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead']
const LEADS_ABOVE: Step['who'] = ['middleLead', 'provinceLead']

/** The lines of process § 14.7 as data. */
export const dutySteps: readonly Step[] = [
  { from: 'due', event: 'start', to: 'inProgress', who: STARTERS },
  {
    from: 'inProgress',
    event: 'send',
    to: 'sent',
    who: ['head', 'middleLead'],
    document: 'Báo cáo của đơn vị',
    deadlineKey: 'unitDue',
  },
  { from: 'sent', event: 'return', to: 'inProgress', who: ABOVE },
  { from: 'sent', event: 'accept', to: 'accepted', who: ABOVE },
  { from: 'accepted', event: 'withdrawAcceptance', to: 'sent', who: LEADS_ABOVE },
  { from: 'due', event: 'excuse', to: 'excused', who: LEADS_ABOVE },
  { from: 'inProgress', event: 'excuse', to: 'excused', who: LEADS_ABOVE },
  { from: 'excused', event: 'recallExcuse', to: 'due', who: LEADS_ABOVE },
]

/** Word and colour of each state, in the order in which a reader looks for them. */
export const DUTY_STATES: Readonly<Record<DutyState, { readonly label: string; readonly tone: string }>> = {
  due: { label: 'Chưa làm', tone: 'grey' },
  inProgress: { label: 'Đang làm', tone: 'blue' },
  sent: { label: 'Đã gửi, chờ xem xét', tone: 'orange' },
  accepted: { label: 'Đã chấp nhận', tone: 'green' },
  excused: { label: 'Không phải báo cáo', tone: 'grey' },
}

/** What stepping a duty needs; the stored version is `DUTY_VERSION`. */
export const dutyLife: Stepping<DutyFacts, DutyEvent> = {
  machine: dutyMachine,
  conditions: dutyConditions,
  stateNames: labelsOf(DUTY_STATES),
  eventNames: {
    start: 'Bắt đầu báo cáo',
    send: 'Gửi báo cáo',
    return: 'Trả lại',
    accept: 'Chấp nhận',
    withdrawAcceptance: 'Rút lại việc chấp nhận',
    excuse: 'Cho phép không báo cáo',
    recallExcuse: 'Yêu cầu báo cáo lại',
  },
}
