import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'

export type PeriodState = 'planned' | 'open' | 'locked' | 'consolidated' | 'reported' | 'published'

export type PeriodEvent =
  | { readonly type: 'open' }
  | { readonly type: 'lockFigures' }
  | { readonly type: 'consolidate' }
  | { readonly type: 'sign'; readonly number: string; readonly date: Day }
  | { readonly type: 'publish' }
  | { readonly type: 'correct'; readonly reason: string; readonly unitIds: readonly string[] }

export interface PeriodFacts {
  readonly now: Date
  readonly closingInstant: Date
  readonly dutiesMade: boolean
  /** Units that report by the tree of the closing day; counted before the opening. */
  readonly obliged: number
  /** Days that cannot stand beside each other, lie outside the year or over another period. */
  readonly dayFaults: readonly Unmet[]
  /** Duties that are neither accepted nor excused, named where they are few. */
  readonly waiting: readonly Unmet[]
  /** What the check of the tables found: sums, shares, year of comparison. */
  readonly lint: readonly Unmet[]
}

export const PERIOD_VERSION = 'period@1'

/** What each step of a period asks for (process § 14.7). */
export const periodConditions: Conditions<PeriodFacts, PeriodEvent> = {
  open: ({ dayFaults, now, closingInstant, obliged }) => [
    ...dayFaults,
    ...need(now < closingInstant, 'closingPassed', 'Ngày chốt số liệu phải ở phía trước.'),
    ...need(
      obliged > 0,
      'nobodyObliged',
      'Theo cây đơn vị của ngày Sở chốt số liệu, không có đơn vị nào phải báo cáo.',
      '/don-vi',
    ),
  ],
  lockFigures: ({ now, closingInstant, dutiesMade }) => [
    ...need(now >= closingInstant, 'closingAhead', 'Chưa hết ngày chốt số liệu.'),
    ...need(dutiesMade, 'dutiesMissing', 'Hệ thống chưa giao xong nhiệm vụ báo cáo cho các đơn vị.'),
  ],
  consolidate: ({ waiting }) => waiting,
  sign: ({ lint }, { number, date }) => [
    ...lint,
    ...need(isFilled(number), 'numberMissing', 'Cần ghi số của báo cáo.'),
    ...need(isFilled(date), 'dateMissing', 'Cần ghi ngày của báo cáo.'),
  ],
  correct: (_facts, { reason, unitIds }) => [
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do đính chính.'),
    ...need(unitIds.length > 0, 'unitsMissing', 'Cần chọn đơn vị có số liệu phải đính chính.'),
  ],
}

const met = meets(periodConditions)

const correctable = { correct: { guard: 'reasonAndUnitsGiven', target: 'locked' } } as const

/** One reporting period, from the Sở's plan to what is made public; a correction goes back to frozen figures. */
export const periodMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as PeriodFacts, input: {} as PeriodFacts, events: {} as PeriodEvent },
  guards: {
    daysInOrder: met,
    closingDayOver: met,
    everyDutyAcceptedOrExcused: met,
    tablesSoundAndNumbered: met,
    reasonAndUnitsGiven: met,
  },
}).createMachine({
  id: 'period',
  version: PERIOD_VERSION,
  context: ({ input }) => input,
  initial: 'planned',
  states: {
    planned: { on: { open: { guard: 'daysInOrder', target: 'open' } } },
    open: { on: { lockFigures: { guard: 'closingDayOver', target: 'locked' } } },
    locked: {
      on: { consolidate: { guard: 'everyDutyAcceptedOrExcused', target: 'consolidated' }, ...correctable },
    },
    consolidated: { on: { sign: { guard: 'tablesSoundAndNumbered', target: 'reported' }, ...correctable } },
    reported: { on: { publish: 'published', ...correctable } },
    published: {},
  },
})

type Step = LifeStep<PeriodState, PeriodEvent['type'] | 'plan', 'closingDate' | 'provinceDue' | 'ministryDue'>

/** The lines of process § 14.7 as data. */
export const periodSteps: readonly Step[] = [
  { event: 'plan', to: 'planned', who: ['provinceOfficer', 'provinceLead'] },
  {
    from: 'planned',
    event: 'open',
    to: 'open',
    who: ['provinceLead'],
    document: 'Văn bản yêu cầu báo cáo; nhiệm vụ báo cáo của từng đơn vị',
  },
  {
    from: 'open',
    event: 'lockFigures',
    to: 'locked',
    who: [],
    firedBy: 'clock',
    document: 'Bản chốt số liệu',
    deadlineKey: 'closingDate',
  },
  {
    from: 'locked',
    event: 'consolidate',
    to: 'consolidated',
    who: ['provinceOfficer', 'provinceLead'],
    document: 'Các bảng tổng hợp của Sở, ghi mã bản chốt số liệu',
    deadlineKey: 'provinceDue',
  },
  {
    from: 'consolidated',
    event: 'sign',
    to: 'reported',
    who: ['provinceLead'],
    document: 'Báo cáo của Sở gửi Bộ',
    deadlineKey: 'ministryDue',
  },
  { from: 'reported', event: 'publish', to: 'published', who: ['provinceLead'] },
  ...(['locked', 'consolidated', 'reported'] as const).map((from): Step => ({
    from,
    event: 'correct',
    to: 'locked',
    who: ['provinceLead'],
    document: 'Phiên bản số liệu mới, phiên bản cũ được giữ nguyên',
  })),
]

/** Word and colour of each state. */
export const PERIOD_STATES: Readonly<Record<PeriodState, { readonly label: string; readonly tone: string }>> = {
  planned: { label: 'Đang chuẩn bị', tone: 'grey' },
  open: { label: 'Đang mở', tone: 'blue' },
  locked: { label: 'Đã chốt số liệu', tone: 'orange' },
  consolidated: { label: 'Đã tổng hợp', tone: 'orange' },
  reported: { label: 'Đã báo cáo Bộ', tone: 'green' },
  published: { label: 'Đã công bố', tone: 'green' },
}

/** What stepping a period needs; the stored version is `PERIOD_VERSION`. */
export const periodLife: Stepping<PeriodFacts, PeriodEvent> = {
  machine: periodMachine,
  conditions: periodConditions,
  stateNames: labelsOf(PERIOD_STATES),
  eventNames: {
    open: 'Mở kỳ báo cáo',
    lockFigures: 'Chốt số liệu',
    consolidate: 'Hoàn thành tổng hợp',
    sign: 'Ghi nhận báo cáo đã ký',
    publish: 'Công bố',
    correct: 'Đính chính số liệu',
  },
}
