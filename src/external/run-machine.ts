import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'
import type { FoundLevel } from './facts.ts'
import type { TeamMember } from './run.ts'
import { teamUnmet, type TeamLimits } from './team-rules.ts'
import type { Decision } from './title.ts'

export type RunState =
  'registered' | 'toComplete' | 'atProvince' | 'queued' | 'teamFormed' | 'reported' | 'withdrawn' | 'stopped'

export type RunEvent =
  | { readonly type: 'forwardDossier' }
  | { readonly type: 'askCompletion'; readonly reason: string }
  | { readonly type: 'complete'; readonly answer: string }
  | { readonly type: 'acceptForAssessment' }
  | { readonly type: 'formTeam'; readonly decision: Decision; readonly members: readonly TeamMember[] }
  | {
      readonly type: 'replaceMember'
      readonly decision: Decision
      readonly members: readonly TeamMember[]
      readonly reason: string
    }
  | {
      readonly type: 'report'
      readonly visitedFrom: Day
      readonly visitedTo: Day
      readonly level: FoundLevel
      readonly criteria: Readonly<Record<string, 0 | 1 | 2 | 3>>
      readonly report: Decision
    }
  | { readonly type: 'reopenByProvince'; readonly reason: string }
  | { readonly type: 'withdraw'; readonly reason: string }
  | { readonly type: 'stop'; readonly reason: string }

export interface RunFacts {
  readonly today: Day
  readonly underProvince: boolean
  readonly limits: TeamLimits
  readonly formedOn?: Day
  /** A title was granted or refused on this report. */
  readonly titleDecided: boolean
}

export const RUN_VERSION = 'externalRun@1'

const reasoned = (reason: string) => need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do.')
const decided = ({ number, date }: Decision, { today }: RunFacts) => [
  ...need(isFilled(number), 'numberMissing', 'Cần ghi số quyết định.'),
  ...need(date <= today, 'dateAhead', 'Ngày quyết định không thể ở sau hôm nay.'),
]

/** What each step of an external assessment asks for (process § 14.5, Điều 26–31). */
export const runConditions: Conditions<RunFacts, RunEvent> = {
  askCompletion: (_facts, { reason }) => reasoned(reason),
  complete: (_facts, { answer }) => need(isFilled(answer), 'answerMissing', 'Cần ghi đã bổ sung những gì.'),
  formTeam: (facts, { decision, members }) => [...decided(decision, facts), ...teamUnmet(members, facts.limits)],
  replaceMember: (facts, { decision, members, reason }) => [
    ...reasoned(reason),
    ...decided(decision, facts),
    ...teamUnmet(members, facts.limits),
  ],
  report: (facts, { visitedFrom, visitedTo, report }) => [
    ...need(isFilled(report.number), 'numberMissing', 'Cần ghi số báo cáo đánh giá ngoài.'),
    ...need(visitedFrom <= visitedTo, 'visitBackwards', 'Ngày kết thúc khảo sát phải từ ngày bắt đầu trở đi.'),
    ...need(
      facts.formedOn === undefined || facts.formedOn <= visitedFrom,
      'visitBeforeTeam',
      'Đoàn không thể khảo sát trước khi được thành lập.',
    ),
    ...need(visitedTo <= report.date, 'reportBeforeVisit', 'Báo cáo không thể ký trước khi khảo sát xong.'),
    ...need(report.date <= facts.today, 'dateAhead', 'Ngày báo cáo không thể ở sau hôm nay.'),
  ],
  reopenByProvince: (facts, { reason }) => [
    ...reasoned(reason),
    ...need(!facts.titleDecided, 'titleDecided', 'Đã có quyết định công nhận hoặc không công nhận theo báo cáo này.'),
  ],
  withdraw: (_facts, { reason }) => reasoned(reason),
  stop: (_facts, { reason }) => reasoned(reason),
}

const met = meets(runConditions)
const ofProvince = ({ context, event }: { context: RunFacts; event: RunEvent }): boolean =>
  context.underProvince && met({ context, event })

/** One external assessment from the school's registration to the team's report (Điều 26–31). */
export const runMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as RunFacts, input: {} as RunFacts, events: {} as RunEvent },
  guards: {
    reasonGiven: met,
    answered: met,
    answeredToProvince: ofProvince,
    teamComplete: met,
    reportComplete: met,
    noTitleYet: met,
  },
}).createMachine({
  id: 'externalRun',
  version: RUN_VERSION,
  context: ({ input }) => input,
  initial: 'registered',
  states: {
    registered: {
      on: {
        forwardDossier: 'atProvince',
        askCompletion: { guard: 'reasonGiven', target: 'toComplete' },
        withdraw: { guard: 'reasonGiven', target: 'withdrawn' },
      },
    },
    toComplete: {
      on: {
        complete: [
          { guard: 'answeredToProvince', target: 'atProvince' },
          { guard: 'answered', target: 'registered' },
        ],
        withdraw: { guard: 'reasonGiven', target: 'withdrawn' },
      },
    },
    atProvince: {
      on: {
        acceptForAssessment: 'queued',
        askCompletion: { guard: 'reasonGiven', target: 'toComplete' },
        withdraw: { guard: 'reasonGiven', target: 'withdrawn' },
      },
    },
    queued: {
      on: {
        formTeam: { guard: 'teamComplete', target: 'teamFormed' },
        withdraw: { guard: 'reasonGiven', target: 'withdrawn' },
      },
    },
    teamFormed: {
      on: {
        replaceMember: { guard: 'teamComplete', target: 'teamFormed' },
        report: { guard: 'reportComplete', target: 'reported' },
        stop: { guard: 'reasonGiven', target: 'stopped' },
      },
    },
    reported: { on: { reopenByProvince: { guard: 'noTitleYet', target: 'teamFormed' } } },
    withdrawn: {},
    stopped: {},
  },
})

type Step = LifeStep<
  RunState,
  RunEvent['type'],
  'dossierCheckDays' | 'provinceCheckDays' | 'resubmitDue' | 'teamFormDays' | 'finalReportDays'
>

const withdrawals: readonly Step[] = (['registered', 'toComplete', 'atProvince', 'queued'] as const).map(from => ({
  from,
  event: 'withdraw',
  to: 'withdrawn',
  who: ['head'],
  document: 'Công văn rút đăng ký',
}))

/** The lines of process § 14.5 as data; the team's own work between its forming and its report is not followed here. */
export const runSteps: readonly Step[] = [
  {
    from: 'registered',
    event: 'forwardDossier',
    to: 'atProvince',
    who: ['middleLead'],
    document: 'Công văn chuyển hồ sơ',
    deadlineKey: 'dossierCheckDays',
  },
  {
    from: 'registered',
    event: 'askCompletion',
    to: 'toComplete',
    who: ['middleLead'],
    document: 'Thông báo bổ sung hồ sơ',
    deadlineKey: 'dossierCheckDays',
  },
  { from: 'toComplete', event: 'complete', to: 'registered', who: ['head'], deadlineKey: 'resubmitDue' },
  { from: 'toComplete', event: 'complete', to: 'atProvince', who: ['head'], deadlineKey: 'resubmitDue' },
  {
    from: 'atProvince',
    event: 'acceptForAssessment',
    to: 'queued',
    who: ['provinceLead'],
    document: 'Thông báo chấp nhận hồ sơ đánh giá ngoài',
    deadlineKey: 'provinceCheckDays',
  },
  {
    from: 'atProvince',
    event: 'askCompletion',
    to: 'toComplete',
    who: ['provinceLead'],
    document: 'Thông báo bổ sung hồ sơ',
    deadlineKey: 'provinceCheckDays',
  },
  {
    from: 'queued',
    event: 'formTeam',
    to: 'teamFormed',
    who: ['provinceLead'],
    document: 'Quyết định thành lập đoàn đánh giá ngoài',
    deadlineKey: 'teamFormDays',
  },
  {
    from: 'teamFormed',
    event: 'replaceMember',
    to: 'teamFormed',
    who: ['provinceLead'],
    document: 'Quyết định thay đổi thành viên đoàn',
  },
  {
    from: 'teamFormed',
    event: 'report',
    to: 'reported',
    who: ['provinceOfficer', 'provinceLead'],
    document: 'Báo cáo đánh giá ngoài',
    deadlineKey: 'finalReportDays',
  },
  { from: 'teamFormed', event: 'stop', to: 'stopped', who: ['provinceLead'], document: 'Quyết định dừng' },
  { from: 'reported', event: 'reopenByProvince', to: 'teamFormed', who: ['provinceLead'] },
  ...withdrawals,
]

export const RUN_STATES: Readonly<Record<RunState, { readonly label: string; readonly tone: string }>> = {
  registered: { label: 'Đã đăng ký', tone: 'blue' },
  toComplete: { label: 'Cần bổ sung hồ sơ', tone: 'orange' },
  atProvince: { label: 'Sở đang kiểm tra hồ sơ', tone: 'blue' },
  queued: { label: 'Chờ thành lập đoàn', tone: 'blue' },
  teamFormed: { label: 'Đoàn đang đánh giá', tone: 'blue' },
  reported: { label: 'Đã có báo cáo đánh giá ngoài', tone: 'green' },
  withdrawn: { label: 'Đã rút đăng ký', tone: 'grey' },
  stopped: { label: 'Đã dừng', tone: 'grey' },
}

/** What stepping an external assessment needs; the stored version is `RUN_VERSION`. */
export const runLife: Stepping<RunFacts, RunEvent> = {
  machine: runMachine,
  conditions: runConditions,
  stateNames: labelsOf(RUN_STATES),
  eventNames: {
    forwardDossier: 'Chuyển hồ sơ lên Sở',
    askCompletion: 'Yêu cầu bổ sung hồ sơ',
    complete: 'Gửi lại hồ sơ đã bổ sung',
    acceptForAssessment: 'Chấp nhận để đánh giá ngoài',
    formTeam: 'Thành lập đoàn',
    replaceMember: 'Thay đổi thành viên đoàn',
    report: 'Ghi nhận báo cáo đánh giá ngoài',
    reopenByProvince: 'Mở lại để sửa báo cáo',
    withdraw: 'Rút đăng ký',
    stop: 'Dừng đánh giá ngoài',
  },
}
