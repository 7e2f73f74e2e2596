import { addDays, type Day } from '../kernel/dates.ts'
import type { PlanDeadline, TimetableRow } from './plan-content.ts'

/** A holiday inside the school year, both days included: the Tết break. */
export interface SchoolBreak {
  readonly from: Day
  readonly to: Day
}

type ModelRow = Omit<TimetableRow, 'from' | 'to'>

/** Fewer working days than this and a week is no week of work. */
const LEAST_DAYS_OF_WORK = 3

/** The guidance's model of 20 weeks (CV 5932/5942); weeks are weeks of work, counted without the breaks. */
const MODEL: readonly ModelRow[] = [
  {
    weekFrom: 1,
    weekTo: 1,
    activity: 'Họp hội đồng: công bố quyết định thành lập, giao nhiệm vụ cho nhóm thư ký và các nhóm công tác',
    responsible: 'Hiệu trưởng',
    result: 'Quyết định thành lập hội đồng, biên bản họp',
    step: 1,
    deadlineKey: 'councilDue',
  },
  {
    weekFrom: 1,
    weekTo: 2,
    activity: 'Lập và phê duyệt kế hoạch tự đánh giá; phổ biến kế hoạch trong toàn trường, tập huấn nghiệp vụ',
    responsible: 'Chủ tịch hội đồng',
    result: 'Kế hoạch tự đánh giá được phê duyệt',
    step: 2,
    deadlineKey: 'planDue',
  },
  {
    weekFrom: 3,
    weekTo: 4,
    activity: 'Phân tích tiêu chí, xác định minh chứng cần thu thập',
    responsible: 'Các nhóm công tác',
    result: 'Phiếu xác định nội hàm, phân tích tiêu chí tìm minh chứng',
    step: 3,
    deadlineKey: 'analysisDue',
  },
  {
    weekFrom: 3,
    weekTo: 7,
    activity: 'Thu thập, kiểm tra, mã hóa và lưu trữ minh chứng',
    responsible: 'Các nhóm công tác, nhóm thư ký',
    result: 'Minh chứng đã mã hóa, bảng danh mục mã minh chứng',
    step: 3,
    deadlineKey: 'evidenceDue',
  },
  {
    weekFrom: 8,
    weekTo: 10,
    activity: 'Viết phiếu đánh giá tiêu chí',
    responsible: 'Các nhóm công tác',
    result: 'Dự thảo phiếu đánh giá của từng tiêu chí',
    step: 4,
    deadlineKey: 'sheetDraftDue',
  },
  {
    weekFrom: 11,
    weekTo: 11,
    activity: 'Trưởng nhóm rà soát, xác nhận phiếu và trình hội đồng',
    responsible: 'Trưởng các nhóm công tác',
    result: 'Phiếu có xác nhận của trưởng nhóm',
    step: 4,
    deadlineKey: 'sheetsToCouncilDue',
  },
  {
    weekFrom: 11,
    weekTo: 12,
    activity: 'Hội đồng xem xét, thống nhất từng phiếu; thu thập bổ sung minh chứng',
    responsible: 'Chủ tịch hội đồng',
    result: 'Các phiếu được hội đồng thống nhất, biên bản họp',
    step: 4,
    deadlineKey: 'sheetsDue',
  },
  {
    weekFrom: 13,
    weekTo: 13,
    activity: 'Thống nhất đề cương báo cáo tự đánh giá',
    responsible: 'Hội đồng tự đánh giá',
    result: 'Đề cương báo cáo',
    step: 5,
  },
  {
    weekFrom: 14,
    weekTo: 16,
    activity: 'Viết dự thảo báo cáo tự đánh giá',
    responsible: 'Nhóm thư ký',
    result: 'Dự thảo báo cáo',
    step: 5,
    deadlineKey: 'reportDraftDue',
  },
  {
    weekFrom: 17,
    weekTo: 17,
    activity: 'Hội đồng và toàn trường góp ý cho dự thảo báo cáo',
    responsible: 'Chủ tịch hội đồng',
    result: 'Bản tổng hợp ý kiến góp ý',
    step: 5,
  },
  {
    weekFrom: 18,
    weekTo: 18,
    activity: 'Hoàn thiện, thông qua và ký báo cáo tự đánh giá',
    responsible: 'Hội đồng tự đánh giá',
    result: 'Báo cáo tự đánh giá, biên bản thông qua',
    step: 5,
    deadlineKey: 'adoptDue',
  },
  {
    weekFrom: 19,
    weekTo: 19,
    activity: 'Công bố báo cáo tự đánh giá trong nhà trường',
    responsible: 'Hiệu trưởng',
    result: 'Báo cáo được công bố',
    step: 6,
    deadlineKey: 'publishDue',
  },
  {
    weekFrom: 20,
    weekTo: 20,
    activity: 'Gửi báo cáo cho cơ quan quản lý trực tiếp; triển khai kế hoạch cải tiến chất lượng',
    responsible: 'Hiệu trưởng',
    result: 'Công văn gửi báo cáo',
    step: 7,
  },
]

/** In which week of work each step of the model ends; a key that is left out ends as in the guidance. */
export type ModelWeeks = Readonly<Partial<Record<PlanDeadline, number>>>

/** The model with other last weeks: a line keeps its length, and lines without a deadline follow the line before them. */
function modelWith(weeks: ModelWeeks): readonly ModelRow[] {
  let moved = 0
  return MODEL.map(row => {
    const last = row.deadlineKey === undefined ? undefined : weeks[row.deadlineKey]
    moved = last === undefined ? (row.deadlineKey === undefined ? moved : 0) : last - row.weekTo
    return { ...row, weekFrom: Math.max(1, row.weekFrom + moved), weekTo: Math.max(1, row.weekTo + moved) }
  })
}

/**
 * The model timetable from a first day on, its deadlines in the weeks of the settings. A week that a break leaves fewer
 * than three working days is no week of work: everything after it moves by a week.
 */
export function modelTimetable(
  start: Day,
  breaks: readonly SchoolBreak[] = [],
  weeks: ModelWeeks = {},
): readonly TimetableRow[] {
  const model = modelWith(weeks)
  const beginnings = beginningsOfWeeks(start, breaks, Math.max(...model.map(row => row.weekTo)))
  return model.map(row => ({
    ...row,
    // The list holds a day for every week of the model; `start` only satisfies the type.
    from: beginnings[row.weekFrom - 1] ?? start,
    to: addDays(beginnings[row.weekTo - 1] ?? start, 6),
  }))
}

/** Deadlines by setting key: the last day of the last line that carries the key. */
export function deadlinesOf(timetable: readonly TimetableRow[]): ReadonlyMap<PlanDeadline, Day> {
  const deadlines = new Map<PlanDeadline, Day>()
  for (const { deadlineKey, to } of timetable) {
    if (deadlineKey && to > (deadlines.get(deadlineKey) ?? '')) deadlines.set(deadlineKey, to)
  }
  return deadlines
}

/** Until a plan is approved only these two run: 2 and 3 weeks after the opening (process § 15). */
export const deadlinesBeforePlan = (
  openedOn: Day,
  weeks = { council: 2, plan: 3 },
): Readonly<Record<'councilDue' | 'planDue', Day>> => ({
  councilDue: addDays(openedOn, weeks.council * 7),
  planDue: addDays(openedOn, weeks.plan * 7),
})

/** First days of the first `count` weeks of work. */
function beginningsOfWeeks(start: Day, breaks: readonly SchoolBreak[], count: number): readonly Day[] {
  const beginnings: Day[] = []
  for (let day = start; beginnings.length < count; day = addDays(day, 7)) {
    if (workingDaysFrom(day, breaks) >= LEAST_DAYS_OF_WORK) beginnings.push(day)
  }
  return beginnings
}

const workingDaysFrom = (day: Day, breaks: readonly SchoolBreak[]): number =>
  [0, 1, 2, 3, 4, 5, 6]
    .map(ahead => addDays(day, ahead))
    .filter(each => isWeekday(each) && breaks.every(({ from, to }) => each < from || each > to)).length

const isWeekday = (day: Day): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
