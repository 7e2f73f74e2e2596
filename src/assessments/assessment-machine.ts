import { setup } from 'xstate'
import { meets, type Stepping } from '../kernel/step.ts'
import {
  assessmentConditions,
  type AssessmentEvent,
  type AssessmentFacts,
  type AssessmentState,
} from './assessment-conditions.ts'

export type {
  AssessmentEvent,
  AssessmentFacts,
  AssessmentState,
  Reconciliation,
  SheetStanding,
  SignedCopy,
} from './assessment-conditions.ts'
export { assessmentSteps } from './assessment-steps.ts'

export const ASSESSMENT_VERSION = 'assessment@1'

const met = meets(assessmentConditions)

/** One self-assessment of one school in one school year, from the opening to the close (process § 14.1). */
export const assessmentMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as AssessmentFacts, input: {} as AssessmentFacts, events: {} as AssessmentEvent },
  guards: {
    councilComplete: met,
    councilCompleteAndReasonGiven: met,
    planComplete: met,
    reasonGivenAndEachCriterionKeepsAGroup: met,
    rightsChangedAndStrandedWorkRead: met,
    allSheetsAgreed: met,
    reasonAndCriteriaNamed: met,
    reportComplete: met,
    commentsAnsweredAndPeriodOver: met,
    carriedByCouncilOnSettledFigures: met,
    signedCopyVerified: met,
    sentToManagingUnitByDispatch: met,
    reviewNotBegun: met,
    eachPointAnswered: met,
    withdrawalReasonGiven: met,
    yearOpen: met,
    newerVersionMapped: met,
    noActionLeftBehind: met,
    reasonAndDecisionGiven: met,
  },
}).createMachine({
  id: 'assessment',
  version: ASSESSMENT_VERSION,
  context: ({ input }) => input,
  initial: 'preparing',
  states: {
    preparing: {
      on: {
        appointCouncil: { guard: 'councilComplete', target: 'preparing' },
        setGroupRights: { guard: 'rightsChangedAndStrandedWorkRead', target: 'preparing' },
        approvePlan: { guard: 'planComplete', target: 'working' },
        takeNewVersion: { guard: 'newerVersionMapped', target: 'preparing' },
        cancel: { guard: 'reasonAndDecisionGiven', target: 'cancelled' },
      },
    },
    working: {
      on: {
        reviseCouncil: { guard: 'councilCompleteAndReasonGiven', target: 'working' },
        revisePlan: { guard: 'reasonGivenAndEachCriterionKeepsAGroup', target: 'working' },
        setGroupRights: { guard: 'rightsChangedAndStrandedWorkRead', target: 'working' },
        startReport: { guard: 'allSheetsAgreed', target: 'drafting' },
        takeNewVersion: { guard: 'newerVersionMapped', target: 'working' },
        cancel: { guard: 'reasonAndDecisionGiven', target: 'cancelled' },
      },
    },
    drafting: {
      on: {
        reviseCouncil: { guard: 'councilCompleteAndReasonGiven', target: 'drafting' },
        setGroupRights: { guard: 'rightsChangedAndStrandedWorkRead', target: 'drafting' },
        reopenSheet: { guard: 'reasonAndCriteriaNamed', target: 'working' },
        openComments: { guard: 'reportComplete', target: 'consulting' },
        takeNewVersion: { guard: 'newerVersionMapped', target: 'working' },
        adopt: { guard: 'carriedByCouncilOnSettledFigures', target: 'adopted' },
        cancel: { guard: 'reasonAndDecisionGiven', target: 'cancelled' },
      },
    },
    consulting: {
      on: {
        reviseCouncil: { guard: 'councilCompleteAndReasonGiven', target: 'consulting' },
        setGroupRights: { guard: 'rightsChangedAndStrandedWorkRead', target: 'consulting' },
        closeComments: { guard: 'commentsAnsweredAndPeriodOver', target: 'drafting' },
        cancel: { guard: 'reasonAndDecisionGiven', target: 'cancelled' },
      },
    },
    adopted: { on: { publish: { guard: 'signedCopyVerified', target: 'published' } } },
    published: { on: { submit: { guard: 'sentToManagingUnitByDispatch', target: 'submitted' } } },
    submitted: {
      on: {
        recall: { guard: 'reviewNotBegun', target: 'published' },
        markReturned: 'returned',
        markAccepted: 'accepted',
      },
    },
    returned: {
      on: {
        setGroupRights: { guard: 'rightsChangedAndStrandedWorkRead', target: 'returned' },
        resume: { guard: 'eachPointAnswered', target: 'drafting' },
      },
    },
    accepted: {
      on: {
        markReturned: 'returned',
        reopenReview: { guard: 'withdrawalReasonGiven', target: 'submitted' },
        addSupplement: { guard: 'yearOpen', target: 'accepted' },
        close: { guard: 'noActionLeftBehind', target: 'closed' },
      },
    },
    closed: {},
    cancelled: {},
  },
})

export const ASSESSMENT_STATE_NAMES: Readonly<Record<AssessmentState, string>> = {
  preparing: 'Chuẩn bị',
  working: 'Đang đánh giá tiêu chí',
  drafting: 'Đang viết báo cáo',
  consulting: 'Đang lấy ý kiến dự thảo',
  adopted: 'Hội đồng đã thông qua',
  published: 'Đã công bố',
  submitted: 'Đã gửi cấp quản lý',
  returned: 'Bị trả lại',
  accepted: 'Đã được chấp nhận',
  closed: 'Đã kết thúc',
  cancelled: 'Đã hủy',
}

/** What stepping an assessment needs; the stored version is `ASSESSMENT_VERSION`. */
export const assessmentLife: Stepping<AssessmentFacts, AssessmentEvent> = {
  machine: assessmentMachine,
  conditions: assessmentConditions,
  stateNames: ASSESSMENT_STATE_NAMES,
  eventNames: {
    appointCouncil: 'Thành lập hội đồng',
    reviseCouncil: 'Kiện toàn hội đồng',
    approvePlan: 'Phê duyệt kế hoạch',
    revisePlan: 'Điều chỉnh kế hoạch',
    setGroupRights: 'Đặt quyền của nhóm công tác',
    startReport: 'Bắt đầu viết báo cáo',
    reopenSheet: 'Mở lại phiếu đánh giá tiêu chí',
    openComments: 'Lấy ý kiến về dự thảo',
    closeComments: 'Kết thúc lấy ý kiến',
    adopt: 'Thông qua báo cáo',
    publish: 'Công bố báo cáo',
    submit: 'Gửi báo cáo',
    recall: 'Rút lại báo cáo đã gửi',
    markReturned: 'Ghi nhận bị trả lại',
    resume: 'Hoàn thiện báo cáo bị trả lại',
    markAccepted: 'Ghi nhận được chấp nhận',
    reopenReview: 'Rút lại việc chấp nhận',
    takeNewVersion: 'Chuyển sang phiên bản mới của bộ tiêu chí',
    addSupplement: 'Bổ sung báo cáo tự đánh giá',
    close: 'Kết thúc đợt tự đánh giá',
    cancel: 'Hủy đợt tự đánh giá',
  },
}
