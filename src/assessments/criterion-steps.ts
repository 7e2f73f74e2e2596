import type { CriterionEvent, CriterionState } from './criterion-conditions.ts'
import type { LifeStep } from '../kernel/life-step.ts'

export type CriterionDeadline = 'analysisDue' | 'sheetDraftDue' | 'sheetsToCouncilDue' | 'sheetsDue'

/** The table of process § 14.2 as data. */
export const criterionSteps: readonly LifeStep<CriterionState, CriterionEvent['type'] | 'create', CriterionDeadline>[] =
  [
    { event: 'create', to: 'assigned', who: [], firedBy: 'approvePlan' },
    {
      from: 'assigned',
      event: 'analyse',
      to: 'analysing',
      who: ['groupMember', 'groupLead'],
      document: 'Phiếu xác định nội hàm, phân tích tiêu chí tìm minh chứng',
      deadlineKey: 'analysisDue',
    },
    { from: 'analysing', event: 'draft', to: 'drafting', who: ['groupMember', 'groupLead'] },
    { from: 'assigned', event: 'draft', to: 'drafting', who: ['groupMember', 'groupLead'] },
    {
      from: 'drafting',
      event: 'handIn',
      to: 'groupReview',
      who: ['groupMember'],
      document: 'Bản chụp phiếu đánh giá tiêu chí',
      deadlineKey: 'sheetDraftDue',
    },
    { from: 'groupReview', event: 'returnToAuthor', to: 'drafting', who: ['groupLead'] },
    {
      from: 'groupReview',
      event: 'confirm',
      to: 'councilReview',
      who: ['groupLead'],
      document: 'Xác nhận của trưởng nhóm công tác',
      deadlineKey: 'sheetsToCouncilDue',
    },
    {
      from: 'councilReview',
      event: 'returnToGroup',
      to: 'drafting',
      who: ['chair', 'viceChair', 'secretary'],
      document: 'Biên bản họp hội đồng',
    },
    {
      from: 'councilReview',
      event: 'agree',
      to: 'agreed',
      who: ['chair', 'viceChair'],
      onlyIfAuthorised: ['viceChair'],
      document: 'Biên bản họp hội đồng',
      deadlineKey: 'sheetsDue',
    },
    { from: 'agreed', event: 'reopen', to: 'drafting', who: ['chair'] },
    {
      from: 'agreed',
      event: 'freeze',
      to: 'frozen',
      who: [],
      firedBy: 'adopt',
      document: 'Phiếu được in trong báo cáo tự đánh giá',
    },
    { from: 'frozen', event: 'thaw', to: 'agreed', who: [], firedBy: 'resume' },
  ]
