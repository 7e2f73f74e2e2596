import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'

export type ReviewState = 'received' | 'recalled' | 'underReview' | 'returned' | 'accepted' | 'forwarded'

export type ReviewEvent =
  | { readonly type: 'recall' }
  | { readonly type: 'begin' }
  | { readonly type: 'ask'; readonly text: string; readonly anchored: boolean }
  | { readonly type: 'return'; readonly number: string; readonly date?: Day; readonly due?: Day }
  | { readonly type: 'receiveAgain' }
  | { readonly type: 'accept'; readonly number: string; readonly date?: Day }
  | { readonly type: 'forward'; readonly ground: string; readonly number: string; readonly date?: Day }
  | { readonly type: 'provinceReturn'; readonly reason: string; readonly due?: Day }
  | { readonly type: 'withdrawAcceptance'; readonly reason: string }
  | { readonly type: 'takeOver'; readonly ground: string; readonly number: string; readonly date?: Day }

export interface ReviewFacts {
  readonly today: Day
  /** Anchored remarks of this round that must be mended. */
  readonly fixes: number
  readonly openQuestions: readonly Unmet[]
  /** State of the reconciliation of the year's figures; `none`: the school was not asked for one. */
  readonly reconciliation: string
  readonly reconciliationHref: string
  /** What the check of the form found missing, each with the screen on which it shows. */
  readonly formLacks: readonly Unmet[]
  /** A title rests on the accepted report already. */
  readonly recognised: boolean
  /** The Sở reviews it already. */
  readonly inProvinceHands: boolean
}

export const REVIEW_VERSION = 'review@1'

const numbered = (number: string, date: Day | undefined, what: string): readonly Unmet[] => [
  ...need(isFilled(number), 'numberMissing', `Cần ghi số của ${what}.`),
  ...need(isFilled(date), 'dateMissing', `Cần ghi ngày của ${what}.`),
]

/** What each step of a review asks for (process § 14.4), every lack as a sentence. */
export const reviewConditions: Conditions<ReviewFacts, ReviewEvent> = {
  ask: (_, { text, anchored }) => [
    ...need(anchored, 'anchorMissing', 'Cần chọn phần hoặc câu của báo cáo mà câu hỏi nói tới.'),
    ...need(isFilled(text), 'textMissing', 'Cần ghi câu hỏi.'),
  ],
  return: ({ fixes, today }, { number, date, due }) => [
    ...need(fixes > 0, 'fixesMissing', 'Cần ít nhất một nội dung yêu cầu hoàn thiện gắn với chỗ cụ thể của báo cáo.'),
    ...numbered(number, date, 'công văn trả hồ sơ'),
    ...need(isFilled(due), 'dueMissing', 'Cần ghi hạn gửi lại báo cáo.'),
    ...(due === undefined ? [] : need(due >= today, 'dueInPast', 'Hạn gửi lại phải từ hôm nay trở đi.')),
  ],
  accept: ({ fixes, openQuestions, reconciliation, reconciliationHref, formLacks }, { number, date }) => [
    ...openQuestions,
    ...need(
      fixes === 0,
      'fixesOpen',
      `Còn ${fixes} nội dung yêu cầu hoàn thiện: trả hồ sơ, hoặc bỏ, hoặc đổi thành góp ý.`,
    ),
    ...need(
      reconciliation === 'verified' || reconciliation === 'none',
      'reconciliationNotVerified',
      'Phiếu đối sánh số liệu chưa được cấp quản lý xác nhận khớp.',
      reconciliationHref,
    ),
    ...formLacks,
    ...numbered(number, date, 'thông báo chấp nhận'),
  ],
  forward: (_, { ground, number, date }) => [
    ...need(
      ground === 'external' || ground === 'period',
      'groundMissing',
      'Cần chọn căn cứ chuyển: trường đăng ký đánh giá ngoài, hoặc báo cáo tổng hợp của kỳ.',
    ),
    ...numbered(number, date, 'công văn chuyển hồ sơ'),
  ],
  provinceReturn: ({ today }, { reason, due }) => [
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do trả lại.'),
    ...need(isFilled(due), 'dueMissing', 'Cần ghi hạn gửi lại báo cáo.'),
    ...(due === undefined ? [] : need(due >= today, 'dueInPast', 'Hạn gửi lại phải từ hôm nay trở đi.')),
  ],
  withdrawAcceptance: ({ recognised }, { reason }) => [
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do rút lại việc chấp nhận.'),
    ...need(
      !recognised,
      'recognised',
      'Trường đã được công nhận trên báo cáo này nên không rút lại việc chấp nhận được.',
    ),
  ],
  takeOver: ({ inProvinceHands }, { ground, number, date }) => [
    ...need(!inProvinceHands, 'alreadyThere', 'Sở đang xem xét báo cáo này.'),
    ...need(
      ground === 'noOfficer' || ground === 'conflict' || ground === 'merger',
      'groundMissing',
      'Cần chọn lý do Sở làm thay đơn vị.',
    ),
    ...numbered(number, date, 'quyết định Sở làm thay'),
  ],
}

const met = meets(reviewConditions)

/**
 * The managing level's review of what one school has sent in one year. `recalled` is the school's own doing while nobody
 * has begun to read; the next sending is received again.
 */
export const reviewMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as ReviewFacts, input: {} as ReviewFacts, events: {} as ReviewEvent },
  guards: {
    questionAnchored: met,
    fixesNamedAndLetterNumbered: met,
    questionsClosedFiguresVerifiedFormComplete: met,
    groundAndNumberGiven: met,
    reasonAndDueGiven: met,
    reasonGivenAndNotRecognised: met,
    groundAndDecisionGiven: met,
  },
}).createMachine({
  id: 'review',
  version: REVIEW_VERSION,
  context: ({ input }) => input,
  initial: 'received',
  states: {
    received: {
      on: {
        recall: 'recalled',
        begin: 'underReview',
        takeOver: { guard: 'groundAndDecisionGiven', target: 'received' },
      },
    },
    recalled: { on: { receiveAgain: 'received' } },
    underReview: {
      on: {
        ask: { guard: 'questionAnchored', target: 'underReview' },
        return: { guard: 'fixesNamedAndLetterNumbered', target: 'returned' },
        accept: { guard: 'questionsClosedFiguresVerifiedFormComplete', target: 'accepted' },
        takeOver: { guard: 'groundAndDecisionGiven', target: 'underReview' },
      },
    },
    returned: { on: { receiveAgain: 'received' } },
    accepted: {
      on: {
        forward: { guard: 'groundAndNumberGiven', target: 'forwarded' },
        withdrawAcceptance: { guard: 'reasonGivenAndNotRecognised', target: 'underReview' },
      },
    },
    forwarded: {
      on: {
        provinceReturn: { guard: 'reasonAndDueGiven', target: 'returned' },
        withdrawAcceptance: { guard: 'reasonGivenAndNotRecognised', target: 'underReview' },
      },
    },
  },
})

export type ReviewDeadline = 'reviewStartDays' | 'reviewDays' | 'resubmitDue' | 'forwardDays'

type Step = LifeStep<ReviewState, ReviewEvent['type'] | 'receive', ReviewDeadline>

const OFFICERS: Step['who'] = ['middleOfficer', 'middleLead', 'provinceOfficer', 'provinceLead']
const LEADS: Step['who'] = ['middleLead', 'provinceLead']

/** The lines of process § 14.4 as data; seats count in the unit that reviews, those of the Sở also for what is its own. */
export const reviewSteps: readonly Step[] = [
  { event: 'receive', to: 'received', who: [], firedBy: 'submit', document: 'Ghi nhận ngày đến, số đến' },
  { from: 'received', event: 'recall', to: 'recalled', who: [], firedBy: 'recall' },
  { from: 'received', event: 'begin', to: 'underReview', who: OFFICERS, deadlineKey: 'reviewStartDays' },
  { from: 'underReview', event: 'ask', to: 'underReview', who: OFFICERS, document: 'Câu hỏi gửi trường' },
  {
    from: 'underReview',
    event: 'return',
    to: 'returned',
    who: LEADS,
    document: 'Công văn yêu cầu hoàn thiện hồ sơ',
    deadlineKey: 'reviewDays',
  },
  { from: 'returned', event: 'receiveAgain', to: 'received', who: [], firedBy: 'submit', deadlineKey: 'resubmitDue' },
  { from: 'recalled', event: 'receiveAgain', to: 'received', who: [], firedBy: 'submit' },
  {
    from: 'underReview',
    event: 'accept',
    to: 'accepted',
    who: LEADS,
    document: 'Thông báo chấp nhận báo cáo',
    deadlineKey: 'reviewDays',
  },
  {
    from: 'accepted',
    event: 'forward',
    to: 'forwarded',
    who: LEADS,
    document: 'Công văn chuyển hồ sơ',
    deadlineKey: 'forwardDays',
  },
  { from: 'forwarded', event: 'provinceReturn', to: 'returned', who: ['provinceOfficer', 'provinceLead'] },
  { from: 'accepted', event: 'withdrawAcceptance', to: 'underReview', who: LEADS },
  { from: 'forwarded', event: 'withdrawAcceptance', to: 'underReview', who: LEADS },
  {
    from: 'received',
    event: 'takeOver',
    to: 'received',
    who: ['provinceLead'],
    document: 'Quyết định Sở làm thay đơn vị',
  },
  {
    from: 'underReview',
    event: 'takeOver',
    to: 'underReview',
    who: ['provinceLead'],
    document: 'Quyết định Sở làm thay đơn vị',
  },
]

export const REVIEW_STATES: Readonly<
  Record<ReviewState, { readonly label: string; readonly tone: 'grey' | 'blue' | 'green' | 'orange' | 'red' }>
> = {
  received: { label: 'Chờ xem xét', tone: 'blue' },
  recalled: { label: 'Trường đã rút lại', tone: 'grey' },
  underReview: { label: 'Đang xem xét', tone: 'blue' },
  returned: { label: 'Đã trả để hoàn thiện', tone: 'orange' },
  accepted: { label: 'Đã chấp nhận', tone: 'green' },
  forwarded: { label: 'Đã chuyển Sở', tone: 'green' },
}

/** What stepping a review needs; the stored version is `REVIEW_VERSION`. */
export const reviewLife: Stepping<ReviewFacts, ReviewEvent> = {
  machine: reviewMachine,
  conditions: reviewConditions,
  stateNames: labelsOf(REVIEW_STATES),
  eventNames: {
    recall: 'Rút lại báo cáo đã gửi',
    begin: 'Bắt đầu xem xét',
    ask: 'Hỏi trường',
    return: 'Trả hồ sơ để hoàn thiện',
    receiveAgain: 'Nhận lại báo cáo',
    accept: 'Chấp nhận báo cáo',
    forward: 'Chuyển hồ sơ lên Sở',
    provinceReturn: 'Sở trả lại hồ sơ',
    withdrawAcceptance: 'Rút lại việc chấp nhận',
    takeOver: 'Sở làm thay đơn vị',
  },
}
