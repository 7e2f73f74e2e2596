import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'

export type AnnualState = 'drafting' | 'proposed' | 'signed' | 'sent'

export type AnnualEvent =
  | { readonly type: 'propose' }
  | { readonly type: 'giveBack'; readonly reason: string }
  | { readonly type: 'sign'; readonly number: string; readonly date: Day; readonly position: string }
  | { readonly type: 'send' }
  | { readonly type: 'revise'; readonly reason: string }

export interface AnnualFactsForStep {
  /** Required texts that are empty. */
  readonly missingTexts: readonly Unmet[]
  /** What the check of the tables found (forms § 12). */
  readonly blocking: readonly Unmet[]
  /** For the Sở: what keeps the period from ending in this report. */
  readonly period: readonly Unmet[]
  /** The period's figures are frozen. */
  readonly frozen: boolean
  readonly today: Day
}

export const ANNUAL_VERSION = 'annual@1'

/** What each step of an annual report asks for (process § 7, § 14.7 `sign` and the duty's `send`). */
export const annualConditions: Conditions<AnnualFactsForStep, AnnualEvent> = {
  propose: ({ missingTexts }) => missingTexts,
  giveBack: (_facts, { reason }) => need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do trả lại.'),
  sign: ({ missingTexts, blocking, period, frozen, today }, { number, date, position }) => [
    ...missingTexts,
    ...need(frozen, 'figuresOpen', 'Số liệu của kỳ báo cáo chưa chốt, các bảng còn là số liệu tạm tính.'),
    ...blocking,
    ...period,
    ...need(isFilled(number), 'numberMissing', 'Cần ghi số của báo cáo.'),
    ...need(isFilled(position), 'positionMissing', 'Cần ghi chức vụ của người ký.'),
    ...need(isFilled(date) && date <= today, 'dateWrong', 'Ngày ký phải có và không sau hôm nay.'),
  ],
  revise: (_facts, { reason }) => need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do sửa đổi.'),
}

const met = meets(annualConditions)

/** One annual report: the officer drafts, the lead signs, the signed version goes up; a correction is a new version. */
export const annualMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as AnnualFactsForStep, input: {} as AnnualFactsForStep, events: {} as AnnualEvent },
  guards: { textsWritten: met, reasonGiven: met, figuresFrozenAndSound: met },
}).createMachine({
  id: 'annual',
  version: ANNUAL_VERSION,
  context: ({ input }) => input,
  initial: 'drafting',
  states: {
    drafting: {
      on: {
        propose: { guard: 'textsWritten', target: 'proposed' },
        sign: { guard: 'figuresFrozenAndSound', target: 'signed' },
      },
    },
    proposed: {
      on: {
        giveBack: { guard: 'reasonGiven', target: 'drafting' },
        sign: { guard: 'figuresFrozenAndSound', target: 'signed' },
      },
    },
    signed: { on: { send: 'sent', revise: { guard: 'reasonGiven', target: 'drafting' } } },
    sent: { on: { revise: { guard: 'reasonGiven', target: 'drafting' } } },
  },
})

type Step = LifeStep<AnnualState, AnnualEvent['type'], 'unitDue' | 'ministryDue'>

const OFFICE: Step['who'] = ['middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead']
const LEADS: Step['who'] = ['middleLead', 'provinceLead']

/** The life of an annual report as data. */
export const annualSteps: readonly Step[] = [
  { from: 'drafting', event: 'propose', to: 'proposed', who: OFFICE },
  { from: 'proposed', event: 'giveBack', to: 'drafting', who: LEADS },
  ...(['drafting', 'proposed'] as const).map((from): Step => ({
    from,
    event: 'sign',
    to: 'signed',
    who: LEADS,
    document: 'Báo cáo đã ký, ghi mã bản chốt số liệu',
  })),
  { from: 'signed', event: 'send', to: 'sent', who: LEADS, document: 'Báo cáo gửi cấp trên', deadlineKey: 'unitDue' },
  ...(['signed', 'sent'] as const).map((from): Step => ({
    from,
    event: 'revise',
    to: 'drafting',
    who: LEADS,
    document: 'Phiên bản mới, phiên bản cũ được giữ nguyên',
  })),
]

/** Word and colour of each state. */
export const ANNUAL_STATES: Readonly<Record<AnnualState, { readonly label: string; readonly tone: string }>> = {
  drafting: { label: 'Đang soạn', tone: 'blue' },
  proposed: { label: 'Chờ ký', tone: 'orange' },
  signed: { label: 'Đã ký', tone: 'green' },
  sent: { label: 'Đã gửi', tone: 'green' },
}

/** What stepping an annual report needs; the stored version is `ANNUAL_VERSION`. */
export const annualLife: Stepping<AnnualFactsForStep, AnnualEvent> = {
  machine: annualMachine,
  conditions: annualConditions,
  stateNames: labelsOf(ANNUAL_STATES),
  eventNames: {
    propose: 'Trình lãnh đạo ký',
    giveBack: 'Trả lại để sửa',
    sign: 'Ký ban hành',
    send: 'Gửi lên cấp trên',
    revise: 'Lập phiên bản mới',
  },
}
