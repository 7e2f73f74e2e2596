import type { Assessment } from '../assessments/index.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { isFilled } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { firstCalendarYear, type WorkingYear } from '../kernel/working-year.ts'
import { PLAN_STEP_NAMES, type PlanContent, type PlanStep, type TimetableRow } from './plan-content.ts'
import { sectionHref, type PlanSection } from './plan-sections.ts'

/** What a plan is checked against. */
export interface PlanFacts {
  readonly year: WorkingYear
  /** Criteria that the assessment asks this year, clauses of Mức 4 too when the plan aims at it. */
  readonly criteria: readonly string[]
  /** The day by which the report must be sent (setting `submitDue`). */
  readonly submitDue: Day
  /** Address of the plan's screen; each section has its own below it. */
  readonly href: string
}

/** A lack or a warning with the section in which it is mended. */
export interface PlanUnmet extends Unmet {
  readonly section: PlanSection
}

const STEPS: readonly PlanStep[] = [1, 2, 3, 4, 5, 6, 7]

/** Before the approval the plan is written; while criteria are assessed a revision is; afterwards it is history. */
export const isOpenForWriting = ({ state }: Pick<Assessment, 'state'>): boolean =>
  state === 'preparing' || state === 'working'

/** Everything that keeps the chair from approving this plan; empty when it may be approved. */
export function planUnmet(plan: PlanContent, facts: PlanFacts): readonly PlanUnmet[] {
  const empty = (wrong: boolean, section: PlanSection, message: string) =>
    sayer(facts, section)(wrong, 'sectionEmpty', message)
  return [
    ...empty(!isFilled(plan.purpose), 'purpose', 'Mục I. Mục đích còn trống.'),
    ...empty(!isFilled(plan.scope) || plan.years.length === 0, 'scope', 'Mục II. Phạm vi còn trống.'),
    ...empty(!plan.tools.some(isFilled), 'tools', 'Mục III. Công cụ còn trống.'),
    ...assignmentsUnmet(plan, facts),
    ...evidenceUnmet(plan, facts),
    ...rowsUnmet(plan, facts),
    ...timetableUnmet(plan, facts),
    ...datesUnmet(plan, facts),
  ]
}

/** What is unusual in a plan but may be approved. */
export function planWarnings(plan: PlanContent, facts: PlanFacts): readonly PlanUnmet[] {
  const say = sayer(facts, 'timetable')
  const weeks = Math.max(0, ...plan.timetable.map(row => row.weekTo))
  const sheetsDue = lastDay(plan.timetable.filter(row => row.deadlineKey === 'sheetsDue'))
  return [
    ...sayer(facts, 'training')(plan.training.length === 0, 'noTraining', 'Mục V chưa có buổi tập huấn nghiệp vụ nào.'),
    ...sayer(facts, 'resources')(plan.resources.length === 0, 'noResources', 'Mục VI chưa nêu nguồn lực cần huy động.'),
    ...say(
      weeks > 0 && (weeks < 15 || weeks > 20),
      'unusualLength',
      `Thời gian biểu kéo dài ${weeks} tuần, thường từ 15 đến 20 tuần.`,
    ),
    ...STEPS.slice(1).flatMap(step => {
      const [before, after] = [rowsOf(plan, step - 1), rowsOf(plan, step)]
      const [begins, previous] = [firstDay(after), firstDay(before)]
      return say(
        begins !== undefined && previous !== undefined && begins < previous,
        'stepsOutOfOrder',
        `Bước ${step} bắt đầu trước bước ${step - 1}.`,
      )
    }),
    ...plan.assignments.flatMap(row =>
      sayer(facts, 'assignments')(
        sheetsDue !== undefined && row.to !== undefined && row.to > sheetsDue,
        'assignmentAfterSheetsDue',
        `Tiêu chí ${row.criterion} hoàn thành sau ngày hội đồng thống nhất các phiếu (${printDay(sheetsDue ?? '')}).`,
      ),
    ),
  ]
}

function assignmentsUnmet({ assignments }: PlanContent, facts: PlanFacts): readonly PlanUnmet[] {
  const say = sayer(facts, 'assignments')
  const times = (code: string): number => assignments.filter(row => row.criterion === code).length
  return [
    ...facts.criteria.flatMap(code => [
      ...say(times(code) === 0, 'criterionNotAssigned', `Mục IV.4 chưa phân công tiêu chí ${code}.`),
      ...say(times(code) > 1, 'criterionAssignedTwice', `Mục IV.4 phân công tiêu chí ${code} nhiều lần.`),
    ]),
    ...unknownCriteria(assignments, facts, 'assignments', 'Mục IV.4'),
    ...assignments.flatMap(row =>
      say(
        !isFilled(row.responsible) || row.from === undefined || row.to === undefined,
        'assignmentIncomplete',
        `Mục IV.4, tiêu chí ${row.criterion}: cần ghi người chịu trách nhiệm, ngày bắt đầu và ngày hoàn thành.`,
      ),
    ),
  ]
}

function evidenceUnmet({ evidence }: PlanContent, facts: PlanFacts): readonly PlanUnmet[] {
  const say = (wrong: boolean, code: string, message: string, criterion: string) =>
    sayer(facts, 'evidence', standardOf(criterion))(wrong, code, message)
  return [
    ...facts.criteria.flatMap(code =>
      say(
        evidence.every(row => row.criterion !== code),
        'evidenceNotForecast',
        `Mục VII chưa dự kiến minh chứng cho tiêu chí ${code}.`,
        code,
      ),
    ),
    ...unknownCriteria(evidence, facts, 'evidence', 'Mục VII'),
    ...evidence.flatMap((row, at) =>
      say(
        ![row.name, row.where, row.who].every(isFilled),
        'evidenceIncomplete',
        `Mục VII, tiêu chí ${row.criterion}, dòng ${lineOf(evidence, at)}: cần ghi tên minh chứng, nơi thu thập và nhóm, cá nhân thu thập.`,
        row.criterion,
      ),
    ),
  ]
}

function rowsUnmet({ training, resources }: PlanContent, facts: PlanFacts): readonly PlanUnmet[] {
  return [
    ...training.flatMap((row, at) =>
      sayer(facts, 'training')(
        row.on === undefined || ![row.place, row.participants, row.content].every(isFilled),
        'trainingIncomplete',
        `Mục V, dòng ${at + 1}: cần ghi thời gian, địa điểm, thành phần và nội dung tập huấn.`,
      ),
    ),
    ...resources.flatMap((row, at) =>
      sayer(facts, 'resources')(
        ![row.for, row.activity, row.when].every(isFilled),
        'resourceIncomplete',
        `Mục VI, dòng ${at + 1}: cần ghi tiêu chuẩn hoặc tiêu chí, hoạt động và thời điểm huy động.`,
      ),
    ),
  ]
}

function timetableUnmet(plan: PlanContent, facts: PlanFacts): readonly PlanUnmet[] {
  const say = sayer(facts, 'timetable')
  const end = lastDay(plan.timetable)
  return [
    ...STEPS.flatMap(step =>
      say(
        rowsOf(plan, step).length === 0,
        'stepMissing',
        `Mục IX chưa có việc nào của bước ${step} (${PLAN_STEP_NAMES[step]}).`,
      ),
    ),
    ...plan.timetable.flatMap((row, at) =>
      say(
        !isFilled(row.activity) || !isFilled(row.responsible),
        'timetableIncomplete',
        `Mục IX, dòng ${at + 1}: cần ghi hoạt động và người chịu trách nhiệm.`,
      ),
    ),
    ...say(
      end !== undefined && end >= facts.submitDue,
      'timetableTooLate',
      `Thời gian biểu kết thúc ngày ${printDay(end ?? '')}, phải xong trước hạn gửi báo cáo ${printDay(facts.submitDue)}.`,
    ),
  ]
}

interface Dates {
  readonly section: PlanSection
  readonly where: string
  readonly from?: Day
  readonly to?: Day
  readonly standard?: string
}

/** Every pair of days stands in order, every day in the school year. */
function datesUnmet(plan: PlanContent, facts: PlanFacts): readonly PlanUnmet[] {
  const first = firstCalendarYear(facts.year)
  const outside = (day: Day): boolean => day < `${first}-08-01` || day > `${first + 1}-07-31`
  return datesOf(plan).flatMap(({ section, where, from, to, standard }) => {
    const say = sayer(facts, section, standard)
    return [
      ...say(
        from !== undefined && to !== undefined && from > to,
        'datesReversed',
        `${where}: ngày bắt đầu sau ngày hoàn thành.`,
      ),
      ...[from, to]
        .filter(day => day !== undefined)
        .flatMap(day =>
          say(outside(day), 'dateOutsideYear', `${where}: ngày ${printDay(day)} nằm ngoài năm học ${facts.year}.`),
        ),
    ]
  })
}

const datesOf = (plan: PlanContent): readonly Dates[] => [
  ...plan.assignments.map(row => ({
    ...row,
    section: 'assignments' as const,
    where: `Mục IV.4, tiêu chí ${row.criterion}`,
  })),
  ...plan.training.map(({ on }, at) => ({
    section: 'training' as const,
    where: `Mục V, dòng ${at + 1}`,
    ...(on !== undefined && { to: on }),
  })),
  ...plan.evidence.map(({ by, criterion }, at) => ({
    section: 'evidence' as const,
    where: `Mục VII, tiêu chí ${criterion}, dòng ${lineOf(plan.evidence, at)}`,
    standard: standardOf(criterion),
    ...(by !== undefined && { to: by }),
  })),
  ...plan.timetable.map(({ from, to }, at) => ({
    section: 'timetable' as const,
    where: `Mục IX, dòng ${at + 1}`,
    from,
    to,
  })),
]

const unknownCriteria = (
  rows: readonly { readonly criterion: string }[],
  facts: PlanFacts,
  section: PlanSection,
  name: string,
): readonly PlanUnmet[] =>
  [...new Set(rows.map(row => row.criterion))].flatMap(code =>
    sayer(facts, section)(
      !facts.criteria.includes(code),
      'criterionUnknown',
      `${name} nêu tiêu chí ${code} không có trong bộ tiêu chí của đợt này.`,
    ),
  )

/** Says a sentence when something is wrong; every one leads to the section (and standard) where it is mended. */
const sayer =
  ({ href }: PlanFacts, section: PlanSection, standard?: string) =>
  (wrong: boolean, code: string, message: string): readonly PlanUnmet[] =>
    wrong ? [{ code, message, section, href: sectionHref(href, section, standard) }] : []

/** The standard of a criterion: `1` of `1.10`, `22` of a clause of Mức 4. */
const standardOf = (criterion: string): string => criterion.split('.')[0] ?? criterion

/** Which line of its own criterion a row is, from 1 on. */
const lineOf = (rows: readonly { readonly criterion: string }[], at: number): number =>
  rows.slice(0, at + 1).filter(row => row.criterion === rows[at]?.criterion).length

const rowsOf = (plan: PlanContent, step: number): readonly TimetableRow[] =>
  plan.timetable.filter(row => row.step === step)

const firstDay = (rows: readonly TimetableRow[]): Day | undefined => rows.map(row => row.from).toSorted()[0]

const lastDay = (rows: readonly TimetableRow[]): Day | undefined =>
  rows
    .map(row => row.to)
    .toSorted()
    .at(-1)
