import type { AssessmentEvent, AssessmentState } from './assessment-conditions.ts'
import type { LifeStep } from '../kernel/life-step.ts'

export type AssessmentDeadline =
  | 'openWindow'
  | 'councilDue'
  | 'planDue'
  | 'sheetsDue'
  | 'reportDraftDue'
  | 'internalCommentDays'
  | 'adoptDue'
  | 'publishDue'
  | 'submitDue'
  | 'resubmitDue'
  | 'supplementDue'
  | 'yearEnd'

type Step = LifeStep<AssessmentState, AssessmentEvent['type'] | 'open', AssessmentDeadline>

const REVISED_COUNCIL = 'Quyết định kiện toàn hội đồng tự đánh giá'

/** The table of process § 14.1 as data, with the supplementary decision on the council of § 3.1 (`reviseCouncil`). */
export const assessmentSteps: readonly Step[] = [
  { event: 'open', to: 'preparing', who: ['head', 'provinceOfficer'], deadlineKey: 'openWindow' },
  {
    from: 'preparing',
    event: 'appointCouncil',
    to: 'preparing',
    who: ['head'],
    document: 'Quyết định thành lập hội đồng tự đánh giá và các danh sách kèm theo',
    deadlineKey: 'councilDue',
  },
  { from: 'working', event: 'reviseCouncil', to: 'working', who: ['head'], document: REVISED_COUNCIL },
  { from: 'drafting', event: 'reviseCouncil', to: 'drafting', who: ['head'], document: REVISED_COUNCIL },
  { from: 'consulting', event: 'reviseCouncil', to: 'consulting', who: ['head'], document: REVISED_COUNCIL },
  {
    from: 'preparing',
    event: 'approvePlan',
    to: 'working',
    who: ['chair'],
    document: 'Kế hoạch tự đánh giá',
    deadlineKey: 'planDue',
  },
  { from: 'working', event: 'revisePlan', to: 'working', who: ['chair'], document: 'Kế hoạch điều chỉnh' },
  ...(['preparing', 'working', 'drafting', 'consulting', 'returned'] as const).map((state): Step => ({
    from: state,
    event: 'setGroupRights',
    to: state,
    who: ['chair'],
    document: 'Quyền của nhóm và từng thành viên, trong danh sách nhóm công tác',
  })),
  {
    from: 'working',
    event: 'startReport',
    to: 'drafting',
    who: ['secretary', 'chair'],
    document: 'Dự thảo báo cáo tự đánh giá',
    deadlineKey: 'sheetsDue',
  },
  { from: 'drafting', event: 'reopenSheet', to: 'working', who: ['chair'], document: 'Biên bản họp hội đồng' },
  {
    from: 'drafting',
    event: 'openComments',
    to: 'consulting',
    who: ['chair'],
    document: 'Dự thảo báo cáo công bố trong trường',
    deadlineKey: 'reportDraftDue',
  },
  {
    from: 'consulting',
    event: 'closeComments',
    to: 'drafting',
    who: ['secretary'],
    document: 'Bảng tổng hợp, tiếp thu ý kiến góp ý',
    deadlineKey: 'internalCommentDays',
  },
  {
    from: 'drafting',
    event: 'adopt',
    to: 'adopted',
    who: ['chair'],
    document: 'Biên bản thông qua và báo cáo tự đánh giá',
    deadlineKey: 'adoptDue',
  },
  {
    from: 'adopted',
    event: 'publish',
    to: 'published',
    who: ['head'],
    document: 'Ghi nhận công bố báo cáo',
    deadlineKey: 'publishDue',
  },
  {
    from: 'published',
    event: 'submit',
    to: 'submitted',
    who: ['head'],
    document: 'Công văn gửi báo cáo tự đánh giá',
    deadlineKey: 'submitDue',
  },
  { from: 'submitted', event: 'recall', to: 'published', who: ['head'] },
  { from: 'submitted', event: 'markReturned', to: 'returned', who: [], firedBy: 'review' },
  {
    from: 'returned',
    event: 'resume',
    to: 'drafting',
    who: ['chair'],
    document: 'Phiên bản mới của báo cáo tự đánh giá',
    deadlineKey: 'resubmitDue',
  },
  { from: 'submitted', event: 'markAccepted', to: 'accepted', who: [], firedBy: 'review' },
  { from: 'accepted', event: 'reopenReview', to: 'submitted', who: [], firedBy: 'review' },
  { from: 'accepted', event: 'markReturned', to: 'returned', who: [], firedBy: 'review' },
  {
    from: 'accepted',
    event: 'addSupplement',
    to: 'accepted',
    who: ['chair'],
    document: 'Báo cáo tự đánh giá bổ sung',
    deadlineKey: 'supplementDue',
  },
  { from: 'accepted', event: 'close', to: 'closed', who: ['head'], firedBy: 'system', deadlineKey: 'yearEnd' },
  ...(['preparing', 'working', 'drafting'] as const).map((from): Step => ({
    from,
    event: 'takeNewVersion',
    to: from === 'preparing' ? 'preparing' : 'working',
    who: ['chair', 'provinceOfficer', 'provinceLead'],
    document: 'Nhật ký chuyển bộ tiêu chí; nội dung của tiêu chí cũ',
  })),
  { from: 'preparing', event: 'cancel', to: 'cancelled', who: ['provinceLead', 'head'] },
  { from: 'working', event: 'cancel', to: 'cancelled', who: ['provinceLead'] },
  { from: 'drafting', event: 'cancel', to: 'cancelled', who: ['provinceLead'] },
  { from: 'consulting', event: 'cancel', to: 'cancelled', who: ['provinceLead'] },
]
