import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { labelsOf, meets, type Conditions, type Stepping } from '../kernel/step.ts'

export type OperationState = 'planned' | 'previewed' | 'applied' | 'undone' | 'discarded'

export type OperationEvent =
  | { readonly type: 'edit' }
  | { readonly type: 'preview' }
  | { readonly type: 'apply' }
  | { readonly type: 'undo'; readonly reason: string }
  | { readonly type: 'discard' }

export interface OperationFacts {
  readonly from: Day
  readonly today: Day
  readonly reason: string
  /** What would be wrong with the tree afterwards, as sentences, beyond what is wrong today. */
  readonly faults: readonly string[]
  /** Units below one that ends which have no new managing unit yet. */
  readonly unplaced: number
  readonly nothingToDo: boolean
  /** Another decision about the tree came between preview and now. */
  readonly treeMoved: boolean
  /** Names of units that a later decision changed again. */
  readonly changedSince: readonly string[]
}

export const OPERATION_VERSION = 'unitOperation@1'

const treeStaysSound = ({ faults, unplaced, nothingToDo }: OperationFacts): readonly Unmet[] => [
  ...need(!nothingToDo, 'nothingToDo', 'Cây đơn vị đã đúng như vậy, không có gì để đổi.'),
  ...need(unplaced === 0, 'unplaced', `Còn ${unplaced} đơn vị chưa có cấp quản lý mới.`),
  ...faults.map((message): Unmet => ({ code: 'treeFault', message })),
]

const pastIsExplained = ({ from, today, reason }: OperationFacts): readonly Unmet[] =>
  need(from >= today || isFilled(reason), 'reasonMissing', 'Ngày hiệu lực đã qua: cần ghi lý do.')

/** What each step of an operation asks for. */
export const operationConditions: Conditions<OperationFacts, OperationEvent> = {
  preview: facts => [...treeStaysSound(facts), ...pastIsExplained(facts)],
  apply: facts => [
    ...need(!facts.treeMoved, 'treeMoved', 'Cây đơn vị đã thay đổi sau khi xem trước. Xin kiểm tra lại.'),
    ...treeStaysSound(facts),
    ...pastIsExplained(facts),
  ],
  undo: ({ from, today, faults, changedSince }, { reason }) => [
    ...need(today < from, 'inForce', 'Đã có hiệu lực, không hủy được nữa; xin lập một quyết định mới.'),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do hủy.'),
    ...changedSince.map((name): Unmet => ({
      code: 'changedSince',
      message: `${name} đã thay đổi theo một quyết định sau; xin hủy quyết định đó trước.`,
    })),
    ...faults.map((message): Unmet => ({ code: 'treeFault', message })),
  ],
}

const met = meets(operationConditions)

/** One decision about units: drawn up, checked against the tree, carried out; undone only before its day. */
export const operationMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as OperationFacts, input: {} as OperationFacts, events: {} as OperationEvent },
  guards: { treeStaysSound: met, stillAsPreviewed: met, notYetInForce: met },
}).createMachine({
  id: 'unitOperation',
  version: OPERATION_VERSION,
  context: ({ input }) => input,
  initial: 'planned',
  states: {
    planned: {
      on: { edit: 'planned', preview: { guard: 'treeStaysSound', target: 'previewed' }, discard: 'discarded' },
    },
    previewed: {
      on: {
        edit: 'planned',
        preview: { guard: 'treeStaysSound', target: 'previewed' },
        apply: { guard: 'stillAsPreviewed', target: 'applied' },
        discard: 'discarded',
      },
    },
    applied: { on: { undo: { guard: 'notYetInForce', target: 'undone' } } },
    undone: {},
    discarded: {},
  },
})

type Step = LifeStep<OperationState, OperationEvent['type'] | 'plan', never>

const PLANNERS: Step['who'] = ['itAdmin', 'provinceOfficer', 'provinceLead']
const DECIDERS: Step['who'] = ['itAdmin', 'provinceLead']

/** The life of an operation as data: the Sở's people draw it up, its lead or the IT team carries it out. */
export const operationSteps: readonly Step[] = [
  { event: 'plan', to: 'planned', who: PLANNERS },
  { from: 'planned', event: 'edit', to: 'planned', who: PLANNERS },
  { from: 'previewed', event: 'edit', to: 'planned', who: PLANNERS },
  { from: 'planned', event: 'preview', to: 'previewed', who: PLANNERS, document: 'Bản xem trước' },
  { from: 'previewed', event: 'preview', to: 'previewed', who: PLANNERS, document: 'Bản xem trước' },
  { from: 'previewed', event: 'apply', to: 'applied', who: DECIDERS, document: 'Thay đổi của từng đơn vị' },
  { from: 'applied', event: 'undo', to: 'undone', who: DECIDERS },
  { from: 'planned', event: 'discard', to: 'discarded', who: PLANNERS },
  { from: 'previewed', event: 'discard', to: 'discarded', who: PLANNERS },
]

export const OPERATION_STATES: Readonly<Record<OperationState, { readonly label: string; readonly tone: string }>> = {
  planned: { label: 'Đang soạn', tone: 'grey' },
  previewed: { label: 'Đã kiểm tra', tone: 'blue' },
  applied: { label: 'Đã thực hiện', tone: 'green' },
  undone: { label: 'Đã hủy trước khi có hiệu lực', tone: 'orange' },
  discarded: { label: 'Đã bỏ', tone: 'grey' },
}

export const operationLife: Stepping<OperationFacts, OperationEvent> = {
  machine: operationMachine,
  conditions: operationConditions,
  stateNames: labelsOf(OPERATION_STATES),
  eventNames: {
    edit: 'Sửa',
    preview: 'Kiểm tra',
    apply: 'Thực hiện',
    undo: 'Hủy trước khi có hiệu lực',
    discard: 'Bỏ bản soạn',
  },
}
