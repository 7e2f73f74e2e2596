import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import { meets, type Conditions, type Stepping } from '../kernel/step.ts'
import type { Grade } from './facts.ts'
import type { Decision } from './title.ts'

export type TitleState = 'proposed' | 'granted' | 'notRecognised' | 'underVerification' | 'revoked'

export type TitleEvent =
  | {
      readonly type: 'grant'
      readonly decision: Decision
      readonly registerNumber: string
      readonly grade: Grade
      /** Khóa học sinh đầu tiên đã hoàn thành chương trình (mầm non: đủ 5 năm hoạt động), as the signing lead confirms. */
      readonly cohort: boolean
    }
  | { readonly type: 'refuse'; readonly reason: string; readonly number: string }
  | { readonly type: 'announce'; readonly place: string }
  | { readonly type: 'question'; readonly reason: string; readonly decision: Decision }
  | { readonly type: 'clear'; readonly conclusion: string }
  | { readonly type: 'revoke'; readonly conclusion: string; readonly decision: Decision }
  | { readonly type: 'transfer'; readonly toSchoolId: string; readonly reason: string; readonly decision: Decision }
  | { readonly type: 'correct'; readonly decision: Decision; readonly registerNumber: string; readonly reason: string }

export interface TitleFacts {
  readonly today: Day
  /** Grade that the team's level gives; absent: none, or the title did not come from a team. */
  readonly gradeFound?: Grade
  /** Day of the team's report; absent for a title entered from its papers. */
  readonly reportedOn?: Day
  readonly grantedOn?: Day
  /** Ended by its day or by a newer title: nothing more is done with it but a correction. */
  readonly ended: boolean
  /** The wanted new holder is a school that exists and is another one. */
  readonly heirFound: boolean
  readonly announced: boolean
}

export const TITLE_VERSION = 'title@1'

const decided = ({ number, date }: Decision, { today }: TitleFacts) => [
  ...need(isFilled(number), 'numberMissing', 'Cần ghi số quyết định.'),
  ...need(date <= today, 'dateAhead', 'Ngày quyết định không thể ở sau hôm nay.'),
]
const reasoned = (reason: string) => need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do.')
const inForce = ({ ended }: TitleFacts) =>
  need(!ended, 'titleEnded', 'Danh hiệu này đã hết hạn hoặc đã được thay bằng danh hiệu mới.')

/** What each step of a title asks for (process §§ 6, 14.6). */
export const titleConditions: Conditions<TitleFacts, TitleEvent> = {
  grant: (facts, { decision, grade, cohort }) => [
    ...decided(decision, facts),
    ...need(
      facts.gradeFound !== undefined && grade <= facts.gradeFound,
      'gradeTooHigh',
      facts.gradeFound === undefined
        ? 'Kết quả đánh giá ngoài chưa đạt điều kiện của danh hiệu này.'
        : 'Cấp độ, mức độ công nhận không được cao hơn kết quả đánh giá ngoài.',
    ),
    ...need(
      facts.reportedOn === undefined || decision.date >= facts.reportedOn,
      'beforeReport',
      'Quyết định không thể ký trước báo cáo đánh giá ngoài.',
    ),
    ...need(cohort, 'cohortMissing', 'Cần xác nhận trường đã có khóa học sinh hoàn thành chương trình (Điều 34, 37).'),
  ],
  refuse: (_facts, { reason, number }) => [
    ...reasoned(reason),
    ...need(isFilled(number), 'numberMissing', 'Cần ghi số thông báo.'),
  ],
  announce: (facts, { place }) => [
    ...inForce(facts),
    ...need(isFilled(place), 'placeMissing', 'Cần ghi nơi công bố.'),
    ...need(!facts.announced, 'announcedBefore', 'Danh hiệu này đã được công bố.'),
  ],
  question: (facts, { reason, decision }) => [...inForce(facts), ...reasoned(reason), ...decided(decision, facts)],
  clear: (_facts, { conclusion }) => need(isFilled(conclusion), 'conclusionMissing', 'Cần ghi kết luận.'),
  revoke: (facts, { conclusion, decision }) => [
    ...need(isFilled(conclusion), 'conclusionMissing', 'Cần ghi kết luận.'),
    ...decided(decision, facts),
  ],
  transfer: (facts, { reason, decision }) => [
    ...inForce(facts),
    ...need(facts.heirFound, 'heirMissing', 'Cần chọn trường khác đang hoạt động để nhận danh hiệu.'),
    ...reasoned(reason),
    ...decided(decision, facts),
  ],
  correct: (facts, { reason, decision }) => [...reasoned(reason), ...decided(decision, facts)],
}

const met = meets(titleConditions)

/** One title from the team's proposal to its end; expiry and replacement are days, not steps. */
export const titleMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as TitleFacts, input: {} as TitleFacts, events: {} as TitleEvent },
  guards: {
    decisionAndGradeRight: met,
    reasonGiven: met,
    placeGiven: met,
    inForceAndDecided: met,
    concluded: met,
    heirFound: met,
    correctionDecided: met,
  },
}).createMachine({
  id: 'title',
  version: TITLE_VERSION,
  context: ({ input }) => input,
  initial: 'proposed',
  states: {
    proposed: {
      on: {
        grant: { guard: 'decisionAndGradeRight', target: 'granted' },
        refuse: { guard: 'reasonGiven', target: 'notRecognised' },
      },
    },
    granted: {
      on: {
        announce: { guard: 'placeGiven', target: 'granted' },
        question: { guard: 'inForceAndDecided', target: 'underVerification' },
        transfer: { guard: 'heirFound', target: 'granted' },
        correct: { guard: 'correctionDecided', target: 'granted' },
      },
    },
    underVerification: {
      on: {
        clear: { guard: 'concluded', target: 'granted' },
        revoke: { guard: 'concluded', target: 'revoked' },
      },
    },
    notRecognised: {},
    revoked: {},
  },
})

type Step = LifeStep<TitleState, TitleEvent['type'], 'grantDays' | 'announceDays'>

/** The lines of process § 14.6 as data. */
export const titleSteps: readonly Step[] = [
  {
    from: 'proposed',
    event: 'grant',
    to: 'granted',
    who: ['provinceLead'],
    document: 'Quyết định và chứng nhận, bằng công nhận',
    deadlineKey: 'grantDays',
  },
  {
    from: 'proposed',
    event: 'refuse',
    to: 'notRecognised',
    who: ['provinceLead'],
    document: 'Thông báo không công nhận',
    deadlineKey: 'grantDays',
  },
  {
    from: 'granted',
    event: 'announce',
    to: 'granted',
    who: ['provinceOfficer', 'provinceLead'],
    deadlineKey: 'announceDays',
  },
  {
    from: 'granted',
    event: 'question',
    to: 'underVerification',
    who: ['provinceLead'],
    document: 'Quyết định kiểm tra',
  },
  { from: 'underVerification', event: 'clear', to: 'granted', who: ['provinceLead'], document: 'Kết luận' },
  {
    from: 'underVerification',
    event: 'revoke',
    to: 'revoked',
    who: ['provinceLead'],
    document: 'Quyết định thu hồi',
  },
  { from: 'granted', event: 'transfer', to: 'granted', who: ['provinceLead'], document: 'Quyết định chuyển danh hiệu' },
  { from: 'granted', event: 'correct', to: 'granted', who: ['provinceLead'], document: 'Quyết định đính chính' },
]

export const TITLE_STATE_NAMES: Readonly<Record<TitleState, string>> = {
  proposed: 'Chờ quyết định công nhận',
  granted: 'Đã công nhận',
  notRecognised: 'Không công nhận',
  underVerification: 'Đang kiểm tra lại',
  revoked: 'Đã thu hồi',
}

/** What stepping a title needs; the stored version is `TITLE_VERSION`. */
export const titleLife: Stepping<TitleFacts, TitleEvent> = {
  machine: titleMachine,
  conditions: titleConditions,
  stateNames: TITLE_STATE_NAMES,
  eventNames: {
    grant: 'Công nhận',
    refuse: 'Không công nhận',
    announce: 'Công bố',
    question: 'Kiểm tra lại',
    clear: 'Kết luận còn đạt',
    revoke: 'Thu hồi',
    transfer: 'Chuyển cho trường kế thừa',
    correct: 'Đính chính',
  },
}
