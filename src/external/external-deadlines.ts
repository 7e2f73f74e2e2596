import { addWorkingDays, type Day } from '../kernel/dates.ts'
import type { ExternalNumbers } from './external-needs.ts'
import { visitLength, type Run } from './run.ts'
import { monthsFrom, type Title } from './title.ts'

/** A window in which the province takes registrations (process § 5.1): its name and its last day. */
export interface RegistrationWindow {
  readonly name: string
  readonly until: Day
}

/** The window that a day falls in: the first of the two last days that is still ahead, else the first of the next year. */
export function registrationWindow(
  day: Day,
  { registerUntil }: Pick<ExternalNumbers, 'registerUntil'>,
): RegistrationWindow {
  const year = Number(day.slice(0, 4))
  const { summer, autumn } = registerUntil
  if (day <= `${year}-${summer}`) return { name: 'đợt 1', until: `${year}-${summer}` }
  if (day <= `${year}-${autumn}`) return { name: 'đợt 2', until: `${year}-${autumn}` }
  return { name: 'đợt 1', until: `${year + 1}-${summer}` }
}

/** One piece of the team's work with the days in which it lies. */
export interface TeamWork {
  readonly name: string
  readonly from: Day
  readonly to: Day
}

/**
 * The team's timetable from the day on which it was formed, each step as long as the settings let it take (process § 5.3):
 * what the law gives as longest times becomes the latest day of each step.
 */
export function teamTimetable(
  formedOn: Day,
  { days, visit, holidays }: Pick<ExternalNumbers, 'days' | 'visit' | 'holidays'>,
): readonly TeamWork[] {
  const later = (day: Day, count: number): Day => addWorkingDays(day, count, holidays)
  const study = later(formedOn, days.studyDays)
  const preliminary = later(study, days.prelimVisitDays)
  const visitFrom = later(preliminary, days.gapBeforeVisit)
  const visitTo = later(visitFrom, visit.to - 1)
  const draft = later(visitTo, days.draftDays)
  const feedback = later(draft, days.feedbackDays)
  const reply = later(feedback, days.replyDays)
  return [
    { name: 'Nghiên cứu hồ sơ', from: later(formedOn, 1), to: study },
    { name: 'Khảo sát sơ bộ', from: later(study, 1), to: preliminary },
    { name: 'Khảo sát chính thức', from: visitFrom, to: visitTo },
    { name: 'Trường bổ sung minh chứng', from: later(visitTo, 1), to: later(visitTo, days.visitEvidenceDue) },
    { name: 'Dự thảo báo cáo đánh giá ngoài', from: later(visitTo, 1), to: draft },
    { name: 'Trường góp ý dự thảo', from: later(draft, 1), to: feedback },
    { name: 'Đoàn trả lời góp ý', from: later(feedback, 1), to: reply },
    { name: 'Hoàn thiện và ký báo cáo', from: later(reply, 1), to: later(reply, days.finalReportDays) },
  ]
}

/** The day by which the next step of a run is to be taken; undefined when nothing more is asked of anybody. */
export function runDue(run: Run, numbers: ExternalNumbers): Day | undefined {
  const { days, holidays, teamFormMonths } = numbers
  const later = (day: Day, count: number): Day => addWorkingDays(day, count, holidays)
  const last = run.completions.at(-1)
  const came = [run.registeredOn, run.forwardedOn, last?.answeredOn].flatMap(day => day ?? []).toSorted()
  switch (run.state) {
    case 'registered':
      return later(last?.answeredOn ?? run.registeredOn, days.dossierCheckDays)
    case 'toComplete':
      return last && later(last.on, days.resubmitDue)
    case 'atProvince':
      return later(came.at(-1) ?? run.registeredOn, days.provinceCheckDays)
    case 'queued':
      return run.acceptedOn === undefined ? undefined : monthsFrom(run.acceptedOn, teamFormMonths)
    case 'teamFormed':
      return run.team && teamTimetable(run.team.formedOn, numbers).at(-1)?.to
    case 'reported':
    case 'withdrawn':
    case 'stopped':
      return undefined
  }
}

/** The last day on which the school may complain about the team's report; undefined while there is none. */
export const complaintUntil = (
  { found }: Pick<Run, 'found'>,
  { days, holidays }: Pick<ExternalNumbers, 'days' | 'holidays'>,
): Day | undefined => found && addWorkingDays(found.report.date, days.complaintDays, holidays)

/** Where the visit and the report left the times of the settings; remarks, never a hindrance. */
export function visitRemarks(
  { team, found }: Pick<Run, 'team' | 'found'>,
  numbers: ExternalNumbers,
): readonly string[] {
  if (!team || !found) return []
  const { days, visit, holidays } = numbers
  const length = visitLength(found)
  const earliest = addWorkingDays(team.formedOn, days.gapBeforeVisit, holidays)
  const latest = teamTimetable(team.formedOn, numbers).at(-1)?.to ?? found.report.date
  return [
    ...(length < visit.from || length > visit.to
      ? [`Khảo sát chính thức kéo dài ${length} ngày; theo cài đặt từ ${visit.from} đến ${visit.to} ngày.`]
      : []),
    ...(found.visitedFrom < earliest
      ? [`Khảo sát chính thức bắt đầu chưa đủ ${days.gapBeforeVisit} ngày làm việc sau khi thành lập đoàn.`]
      : []),
    ...(found.report.date > latest ? ['Báo cáo đánh giá ngoài ký sau thời hạn tính từ ngày thành lập đoàn.'] : []),
  ]
}

/** The day by which the Sở is to decide on a title, or to make it known; undefined when neither is open. */
export function titleDue(
  { state, decision, announcedOn, runId }: Title,
  run: Pick<Run, 'found'> | undefined,
  { days, holidays }: Pick<ExternalNumbers, 'days' | 'holidays'>,
): Day | undefined {
  if (state === 'proposed' && run?.found) return addWorkingDays(run.found.report.date, days.grantDays, holidays)
  const isOpen = state === 'granted' && runId !== undefined && announcedOn === undefined
  return isOpen && decision ? addWorkingDays(decision.date, days.announceDays, holidays) : undefined
}
