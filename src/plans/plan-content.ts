import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'

/**
 * What a self-assessment plan says (CV 5932/5942 annex, sections I–IX). Sections IV.1–IV.3 are not here: the council,
 * the secretariat and the groups are printed from the assessment's own lists.
 */
export interface PlanContent {
  /** I. Mục đích */
  readonly purpose: string
  readonly aims: PlanAims
  /** II. Phạm vi */
  readonly scope: string
  readonly years: readonly WorkingYear[]
  /** III. Công cụ: the circular, the guidance, the school's own forms. */
  readonly tools: readonly string[]
  /** IV.4 Phân công */
  readonly assignments: readonly PlanAssignment[]
  /** V. Tập huấn nghiệp vụ */
  readonly training: readonly PlanTraining[]
  /** VI. Nguồn lực cần huy động */
  readonly resources: readonly PlanResource[]
  /** VII. Dự kiến minh chứng */
  readonly evidence: readonly PlanEvidence[]
  /** VIII. Thuê chuyên gia (nếu có) */
  readonly experts: readonly PlanExpert[]
  /** IX. Thời gian biểu */
  readonly timetable: readonly TimetableRow[]
}

/** The level of the school that the plan works towards, and the titles it may later be put forward for. */
export interface PlanAims {
  readonly level: 1 | 2 | 3 | 4
  /** Cấp độ kiểm định chất lượng giáo dục. */
  readonly accreditationGrade?: 1 | 2 | 3 | 4
  /** Mức độ chuẩn quốc gia. */
  readonly nationalGrade?: 1 | 2
}

export interface PlanAssignment {
  readonly criterion: string
  readonly responsible: string
  readonly supporting: string
  readonly from?: Day
  readonly to?: Day
}

export interface PlanTraining {
  readonly on?: Day
  readonly place: string
  readonly participants: string
  readonly content: string
  readonly trainer: string
}

export interface PlanResource {
  /** Standards or criteria it is for, as typed: `Tiêu chuẩn 3`, `1.2, 1.3`. */
  readonly for: string
  readonly activity: string
  readonly kind: 'people' | 'facilities' | 'money'
  readonly when: string
  readonly note: string
}

export const RESOURCE_KIND_NAMES: Readonly<Record<PlanResource['kind'], string>> = {
  people: 'Nhân lực',
  facilities: 'Cơ sở vật chất',
  money: 'Tài chính',
}

export interface PlanEvidence {
  readonly criterion: string
  readonly name: string
  readonly where: string
  readonly who: string
  readonly by?: Day
  readonly cost: string
  readonly note: string
}

export interface PlanExpert {
  readonly name: string
  readonly field: string
  readonly for: string
  readonly when: string
  readonly cost: string
}

/** The seven steps of self-assessment (Điều 23). */
export type PlanStep = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const PLAN_STEP_NAMES: Readonly<Record<PlanStep, string>> = {
  1: 'Thành lập hội đồng tự đánh giá',
  2: 'Lập kế hoạch tự đánh giá',
  3: 'Thu thập, xử lý và phân tích minh chứng',
  4: 'Đánh giá các mức đạt được theo từng tiêu chí',
  5: 'Viết báo cáo tự đánh giá',
  6: 'Công bố báo cáo tự đánh giá',
  7: 'Triển khai các hoạt động sau khi hoàn thành báo cáo tự đánh giá',
}

/** Settings of process § 15 that a school sets by its timetable. */
export type PlanDeadline =
  | 'councilDue'
  | 'planDue'
  | 'analysisDue'
  | 'evidenceDue'
  | 'sheetDraftDue'
  | 'sheetsToCouncilDue'
  | 'sheetsDue'
  | 'reportDraftDue'
  | 'adoptDue'
  | 'publishDue'

/** A line of the timetable; both weeks and both days are included. */
export interface TimetableRow {
  readonly weekFrom: number
  readonly weekTo: number
  readonly from: Day
  readonly to: Day
  readonly activity: string
  readonly responsible: string
  readonly result: string
  readonly step: PlanStep
  readonly deadlineKey?: PlanDeadline
}
