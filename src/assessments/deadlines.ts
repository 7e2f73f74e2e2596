import { daysBetween, printDay, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Assessment } from './assessment.ts'
import type { AssessmentState } from './assessment-machine.ts'
import type { CriterionState } from './criterion-machine.ts'

/** Keys of process § 15 that an assessment's screens show, in the order of the work. */
export const DEADLINE_NAMES = {
  councilDue: 'Thành lập hội đồng',
  planDue: 'Phê duyệt kế hoạch',
  analysisDue: 'Phân tích tiêu chí',
  evidenceDue: 'Thu thập minh chứng',
  sheetDraftDue: 'Viết phiếu đánh giá tiêu chí',
  sheetsToCouncilDue: 'Trình phiếu lên hội đồng',
  sheetsDue: 'Hội đồng thống nhất các phiếu',
  reportDraftDue: 'Dự thảo báo cáo',
  internalCommentDays: 'Lấy ý kiến về dự thảo',
  adoptDue: 'Thông qua báo cáo',
  publishDue: 'Công bố báo cáo',
  submitDue: 'Gửi báo cáo lên cấp quản lý',
  resubmitDue: 'Hoàn thiện báo cáo bị trả lại',
  supplementDue: 'Báo cáo bổ sung (nếu có thay đổi)',
} as const

export type DeadlineKey = keyof typeof DEADLINE_NAMES

export type Deadlines = Readonly<Partial<Record<string, Day>>>

export interface Due {
  readonly day: Day
  readonly state: 'overdue' | 'soon' | 'ahead'
  /** `quá hạn 3 ngày`, `hôm nay`, `còn 5 ngày`. */
  readonly words: string
}

/** A line of “Việc của tôi”: something that one person can do now; derived, never stored. */
export interface RecordTask {
  readonly label: string
  readonly detail: string
  readonly href: string
  readonly schoolName: string
  readonly year: WorkingYear
  readonly due?: Due
}

/** A deadline within these days is shown as near. */
const SOON = 7

/** How a day lies from today; overdue and near are derived from dates, never stored (process § 14). */
export function dueOn(day: Day, today: Day): Due {
  const left = daysBetween(today, day)
  if (left < 0) return { day, state: 'overdue', words: `quá hạn ${-left} ngày` }
  const words = left === 0 ? 'hạn hôm nay' : `còn ${left} ngày`
  return { day, state: left <= SOON ? 'soon' : 'ahead', words }
}

export const DUE_TONES = { overdue: 'red', soon: 'orange', ahead: 'grey' } as const

export interface DeadlineLine {
  readonly key: DeadlineKey
  readonly label: string
  readonly printed: string
  readonly done: boolean
  readonly due: Due
}

/** Deadlines of the approved plan and of the settings, with the days that the record itself sets. */
export function deadlineLines(assessment: Assessment, deadlines: Deadlines, today: Day): readonly DeadlineLine[] {
  const days = allDays(assessment, deadlines)
  // The object above is the only source of these keys.
  const keys = Object.keys(DEADLINE_NAMES) as DeadlineKey[]
  return keys.flatMap(key => {
    const day = days[key]
    if (day === undefined) return []
    return [
      {
        key,
        label: DEADLINE_NAMES[key],
        printed: printDay(day),
        done: isDone(assessment, key),
        due: dueOn(day, today),
      },
    ]
  })
}

/** The plan's days, the settings' and those of the running comment round and of the last return. */
export function allDays(assessment: Assessment, deadlines: Deadlines): Deadlines {
  const { supplementDue, ...always } = deadlines
  const round = assessment.consultation
  const returned = assessment.submissions.at(-1)?.returned
  return {
    ...always,
    ...assessment.plan.deadlines,
    ...(round && { internalCommentDays: round.endsOn }),
    ...(returned && assessment.state !== 'accepted' && { resubmitDue: returned.due }),
    ...(assessment.state === 'accepted' && supplementDue !== undefined && { supplementDue }),
  }
}

const ADOPTED: readonly AssessmentState[] = ['adopted', 'published', 'submitted', 'accepted', 'closed']

function isDone(assessment: Assessment, key: DeadlineKey): boolean {
  const { state } = assessment
  switch (key) {
    case 'councilDue':
      return assessment.councilVersions.length > 0
    case 'planDue':
      return assessment.plan.version > 0
    case 'analysisDue':
      return noSheetIn(assessment, ['assigned', 'analysing'])
    case 'evidenceDue':
    case 'sheetDraftDue':
      return noSheetIn(assessment, ['assigned', 'analysing', 'drafting'])
    case 'sheetsToCouncilDue':
      return noSheetIn(assessment, ['assigned', 'analysing', 'drafting', 'groupReview'])
    case 'sheetsDue':
      return noSheetIn(assessment, ['assigned', 'analysing', 'drafting', 'groupReview', 'councilReview'])
    case 'reportDraftDue':
      return assessment.report.draft !== undefined
    case 'internalCommentDays':
      return assessment.consultation?.closedOn !== undefined
    case 'adoptDue':
      return ADOPTED.includes(state)
    case 'publishDue':
      return ADOPTED.includes(state) && state !== 'adopted'
    case 'submitDue':
      return assessment.submissions.some(submission => submission.recalledOn === undefined)
    case 'supplementDue':
      return assessment.supplements.length > 0
    case 'resubmitDue':
      return ADOPTED.includes(state) && state !== 'adopted' && state !== 'published'
  }
}

const noSheetIn = ({ criteria }: Assessment, states: readonly CriterionState[]): boolean => {
  const decisions = Object.values(criteria)
  return decisions.length > 0 && decisions.every(decision => !states.includes(decision.state))
}

/** The deadline under which a sheet stands in each state. */
export const SHEET_DEADLINES: Readonly<Partial<Record<CriterionState, DeadlineKey>>> = {
  assigned: 'analysisDue',
  analysing: 'analysisDue',
  drafting: 'sheetDraftDue',
  groupReview: 'sheetsToCouncilDue',
  councilReview: 'sheetsDue',
}
