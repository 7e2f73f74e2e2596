import { ASSESSMENT_STATE_NAMES, assessmentLife, type AssessmentState } from './assessment-machine.ts'
import { criterionLife, CRITERION_STATE_NAMES, type CriterionState } from './criterion-machine.ts'

export type Tone = 'grey' | 'blue' | 'green' | 'orange' | 'red'

/** A word with its colour, as the badge partial takes it. */
export interface Badge {
  readonly label: string
  readonly tone: Tone
}

const STATE_TONES: Readonly<Record<AssessmentState, Tone>> = {
  preparing: 'grey',
  working: 'blue',
  drafting: 'blue',
  consulting: 'blue',
  adopted: 'green',
  published: 'green',
  submitted: 'blue',
  returned: 'orange',
  accepted: 'green',
  closed: 'grey',
  cancelled: 'red',
}

const CRITERION_TONES: Readonly<Record<CriterionState, Tone>> = {
  assigned: 'grey',
  analysing: 'grey',
  drafting: 'blue',
  groupReview: 'orange',
  councilReview: 'orange',
  agreed: 'green',
  frozen: 'green',
}

export const stateBadge = (state: AssessmentState): Badge => ({
  label: ASSESSMENT_STATE_NAMES[state],
  tone: STATE_TONES[state],
})

export const criterionBadge = (state: CriterionState): Badge => ({
  label: CRITERION_STATE_NAMES[state],
  tone: CRITERION_TONES[state],
})

/** `Mức 2`, `Không đạt`: a level as reports name it. */
export const levelName = (level: number): string => (level === 0 ? 'Không đạt' : `Mức ${level}`)

const EVENTS: Readonly<Record<string, string>> = {
  ...assessmentLife.eventNames,
  ...criterionLife.eventNames,
  open: 'Mở đợt tự đánh giá',
  saveCouncil: 'Lưu danh sách hội đồng',
  saveGroups: 'Lưu các nhóm công tác',
  authorise: 'Ủy quyền cho phó chủ tịch',
  endAuthorisation: 'Kết thúc ủy quyền',
  printDraft: 'In dự thảo trình hội đồng',
  addComment: 'Góp ý cho dự thảo',
  answerComment: 'Trả lời góp ý',
  answerIndicator: 'Đánh giá chỉ báo',
  beginReading: 'Cấp quản lý bắt đầu đọc báo cáo',
  dropPlanPin: 'Bỏ bản chụp kế hoạch dang dở để phê duyệt lại',
  confirmReview: 'Xác nhận nội dung chép sang vẫn đúng',
  moveSheets: 'Chuyển nội dung các phiếu theo bộ tiêu chí',
}

/** An event of the journal in Vietnamese; an unknown one is shown by its own name rather than hidden. */
export const eventName = (event: string): string => EVENTS[event] ?? event

const VERDICTS: Readonly<Record<string, string>> = { met: 'Đạt', notMet: 'Không đạt', notApplicable: 'Không áp dụng' }

/** An answer to an indicator in words; `Chưa đánh giá` where there is none. */
export const verdictName = (verdict: string | undefined): string => VERDICTS[verdict ?? ''] ?? 'Chưa đánh giá'

const STATES: Readonly<Record<string, string>> = {
  ...CRITERION_STATE_NAMES,
  ...ASSESSMENT_STATE_NAMES,
  ...VERDICTS,
}

/** A state of the assessment, of a sheet, or a verdict, as the journal keeps it. */
export const stateName = (state: string, ofSheet: boolean): string =>
  (ofSheet ? CRITERION_STATES[state] : undefined) ?? STATES[state] ?? state

const CRITERION_STATES: Readonly<Record<string, string>> = CRITERION_STATE_NAMES
