import type { PlanDeadline } from './plan-content.ts'

/** Deadlines that a line of the timetable can set, in the order in which they come. */
export const DEADLINE_NAMES: readonly (readonly [PlanDeadline, string])[] = [
  ['councilDue', 'Thành lập hội đồng'],
  ['planDue', 'Phê duyệt kế hoạch'],
  ['analysisDue', 'Phân tích tiêu chí'],
  ['evidenceDue', 'Thu thập minh chứng'],
  ['sheetDraftDue', 'Viết phiếu'],
  ['sheetsToCouncilDue', 'Trình phiếu lên hội đồng'],
  ['sheetsDue', 'Thống nhất các phiếu'],
  ['reportDraftDue', 'Dự thảo báo cáo'],
  ['adoptDue', 'Thông qua báo cáo'],
  ['publishDue', 'Công bố báo cáo'],
]
