import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'
import type { WorkingYear } from '../kernel/working-year.ts'

export type ActionState = 'planned' | 'doing' | 'done' | 'dropped' | 'carriedOver'

export type ActionEvent =
  | { readonly type: 'start' }
  | { readonly type: 'report'; readonly progress: string }
  | { readonly type: 'extend'; readonly to: Day }
  | { readonly type: 'finish'; readonly result: string; readonly evidence: string }
  | { readonly type: 'drop'; readonly reason: string }
  | { readonly type: 'carryOver'; readonly to: WorkingYear }

export interface ActionFacts {
  /** False when the self-assessment was cancelled. */
  readonly live: boolean
  readonly today: Day
}

export const ACTION_VERSION = 'action@1'

const live = ({ live: isLive }: ActionFacts) =>
  need(isLive, 'assessmentCancelled', 'Đợt tự đánh giá của việc này đã bị hủy.')

/** What each step of an improvement action asks for (process § 14.8). */
export const actionConditions: Conditions<ActionFacts, ActionEvent> = {
  start: live,
  report: (facts, { progress }) => [
    ...live(facts),
    ...need(isFilled(progress), 'progressMissing', 'Cần ghi việc đã làm đến đâu.'),
  ],
  extend: (facts, { to }) => [
    ...live(facts),
    ...need(to >= facts.today, 'dueInPast', 'Hạn mới phải từ hôm nay trở đi.'),
  ],
  finish: (facts, { result, evidence }) => [
    ...live(facts),
    ...need(isFilled(result), 'resultMissing', 'Cần ghi kết quả đạt được.'),
    ...need(isFilled(evidence), 'evidenceMissing', 'Cần ghi minh chứng của kết quả.'),
  ],
  drop: (facts, { reason }) => [
    ...live(facts),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do không thực hiện.'),
  ],
  carryOver: live,
}

const met = meets(actionConditions)

/** One improvement action, from the council's agreement to its result: its owners move it, the chair closes it. */
export const actionMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as ActionFacts, input: {} as ActionFacts, events: {} as ActionEvent },
  guards: {
    assessmentLive: met,
    progressTold: met,
    newDueDayAhead: met,
    resultAndEvidenceGiven: met,
    reasonGiven: met,
  },
}).createMachine({
  id: 'action',
  version: ACTION_VERSION,
  context: ({ input }) => input,
  initial: 'planned',
  states: {
    planned: {
      on: {
        start: { guard: 'assessmentLive', target: 'doing' },
        extend: { guard: 'newDueDayAhead', target: 'planned' },
        drop: { guard: 'reasonGiven', target: 'dropped' },
        carryOver: { guard: 'assessmentLive', target: 'carriedOver' },
      },
    },
    doing: {
      on: {
        report: { guard: 'progressTold', target: 'doing' },
        extend: { guard: 'newDueDayAhead', target: 'doing' },
        finish: { guard: 'resultAndEvidenceGiven', target: 'done' },
        drop: { guard: 'reasonGiven', target: 'dropped' },
        carryOver: { guard: 'assessmentLive', target: 'carriedOver' },
      },
    },
    done: {},
    dropped: {},
    carriedOver: {},
  },
})

type Step = LifeStep<ActionState, ActionEvent['type'], never>

const OWNERS: Step['who'] = ['groupLead', 'groupMember', 'secretary', 'chair']
const CHAIR: Step['who'] = ['chair']
/** The head closes the year, so the head may clear its desk too. */
const CLOSERS: Step['who'] = ['chair', 'head']

/** The lines of process § 14.8 as data; the owner of an action is the group in charge of its criterion. */
export const actionSteps: readonly Step[] = [
  { from: 'planned', event: 'start', to: 'doing', who: OWNERS },
  { from: 'doing', event: 'report', to: 'doing', who: OWNERS },
  { from: 'planned', event: 'extend', to: 'planned', who: CHAIR },
  { from: 'doing', event: 'extend', to: 'doing', who: CHAIR },
  { from: 'doing', event: 'finish', to: 'done', who: CHAIR, document: 'Kết quả và minh chứng của việc cải tiến' },
  { from: 'planned', event: 'drop', to: 'dropped', who: CHAIR },
  { from: 'doing', event: 'drop', to: 'dropped', who: CHAIR },
  { from: 'planned', event: 'carryOver', to: 'carriedOver', who: CLOSERS },
  { from: 'doing', event: 'carryOver', to: 'carriedOver', who: CLOSERS },
]

/** Word and colour of each state, in the order in which a reader looks for them. */
export const ACTION_STATES: Readonly<Record<ActionState, { readonly label: string; readonly tone: string }>> = {
  planned: { label: 'Chưa bắt đầu', tone: 'grey' },
  doing: { label: 'Đang thực hiện', tone: 'blue' },
  done: { label: 'Đã hoàn thành', tone: 'green' },
  dropped: { label: 'Không thực hiện', tone: 'grey' },
  carriedOver: { label: 'Chuyển sang năm sau', tone: 'orange' },
}

/** What stepping an action needs; the stored version is `ACTION_VERSION`. */
export const actionLife: Stepping<ActionFacts, ActionEvent> = {
  machine: actionMachine,
  conditions: actionConditions,
  stateNames: labelsOf(ACTION_STATES),
  eventNames: {
    start: 'Bắt đầu thực hiện',
    report: 'Ghi tiến độ',
    extend: 'Gia hạn',
    finish: 'Ghi nhận hoàn thành',
    drop: 'Thôi không thực hiện',
    carryOver: 'Chuyển sang năm học sau',
  },
}
