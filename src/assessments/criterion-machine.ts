import { setup } from 'xstate'
import { meets, type Stepping } from '../kernel/step.ts'
import {
  criterionConditions,
  type CriterionEvent,
  type CriterionFacts,
  type CriterionState,
} from './criterion-conditions.ts'

export type {
  CouncilDecision,
  CriterionEvent,
  CriterionFacts,
  CriterionState,
  IndicatorFacts,
} from './criterion-conditions.ts'
export { criterionSteps } from './criterion-steps.ts'

export const CRITERION_VERSION = 'criterion@1'

const met = meets(criterionConditions)

/** One criterion of one school in one school year, from the plan to the adopted report (process § 14.2). */
export const criterionMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as CriterionFacts, input: {} as CriterionFacts, events: {} as CriterionEvent },
  guards: {
    analysedOrCarriedOver: met,
    readyToHandIn: met,
    reasonAnchored: met,
    confirmedByAnotherAndLintClean: met,
    reasonGiven: met,
    councilDecided: met,
    assessmentInWorkAndReasonGiven: met,
    namedInReturn: met,
  },
}).createMachine({
  id: 'criterion',
  version: CRITERION_VERSION,
  context: ({ input }) => input,
  initial: 'assigned',
  states: {
    assigned: { on: { analyse: 'analysing', draft: { guard: 'analysedOrCarriedOver', target: 'drafting' } } },
    analysing: { on: { draft: { guard: 'analysedOrCarriedOver', target: 'drafting' } } },
    drafting: { on: { handIn: { guard: 'readyToHandIn', target: 'groupReview' } } },
    groupReview: {
      on: {
        returnToAuthor: { guard: 'reasonAnchored', target: 'drafting' },
        confirm: { guard: 'confirmedByAnotherAndLintClean', target: 'councilReview' },
      },
    },
    councilReview: {
      on: {
        returnToGroup: { guard: 'reasonGiven', target: 'drafting' },
        agree: { guard: 'councilDecided', target: 'agreed' },
      },
    },
    agreed: {
      on: { reopen: { guard: 'assessmentInWorkAndReasonGiven', target: 'drafting' }, freeze: 'frozen' },
    },
    frozen: { on: { thaw: { guard: 'namedInReturn', target: 'agreed' } } },
  },
})

export const CRITERION_STATE_NAMES: Readonly<Record<CriterionState, string>> = {
  assigned: 'Đã phân công',
  analysing: 'Đang phân tích tiêu chí',
  drafting: 'Đang viết phiếu',
  groupReview: 'Chờ trưởng nhóm xác nhận',
  councilReview: 'Chờ hội đồng thông qua',
  agreed: 'Hội đồng đã thống nhất',
  frozen: 'Đã chốt trong báo cáo',
}

/** What stepping a criterion sheet needs; the stored version is `CRITERION_VERSION`. */
export const criterionLife: Stepping<CriterionFacts, CriterionEvent> = {
  machine: criterionMachine,
  conditions: criterionConditions,
  stateNames: CRITERION_STATE_NAMES,
  eventNames: {
    analyse: 'Phân tích tiêu chí',
    draft: 'Viết phiếu',
    handIn: 'Nộp cho trưởng nhóm',
    returnToAuthor: 'Trả lại người viết',
    confirm: 'Xác nhận và trình hội đồng',
    returnToGroup: 'Trả lại nhóm công tác',
    agree: 'Thống nhất phiếu',
    reopen: 'Mở lại phiếu',
    freeze: 'Chốt phiếu',
    thaw: 'Bỏ chốt phiếu',
  },
}
