import { setup } from 'xstate'
import type { Unmet } from '../kernel/refusals.ts'
import { unmetOf, type Conditions, type Stepping } from '../kernel/step.ts'
import type { ReconciliationState } from './reconciliation.ts'

export const RECONCILIATION_VERSION = 'reconciliation@1'

/** `lacks`: what `lacksOf` found in the comparison as it stands. */
export interface ReconciliationFacts {
  readonly lacks: readonly Unmet[]
}

export type ReconciliationEvent =
  | { readonly type: 'explain' }
  | { readonly type: 'confirm' }
  | { readonly type: 'verify' }
  | { readonly type: 'dispute'; readonly reason: string }
  | { readonly type: 'redraft'; readonly reason: string }

const reasonGiven = (_facts: ReconciliationFacts, { reason }: { readonly reason: string }): readonly Unmet[] =>
  reason === '' ? [{ code: 'reasonMissing', message: 'Xin ghi lý do.' }] : []

export const reconciliationConditions: Conditions<ReconciliationFacts, ReconciliationEvent> = {
  explain: facts => facts.lacks,
  confirm: facts => facts.lacks,
  dispute: reasonGiven,
  redraft: reasonGiven,
}

const met = ({ context, event }: { context: ReconciliationFacts; event: ReconciliationEvent }): boolean =>
  unmetOf(reconciliationConditions, context, event).length === 0

/** Assigned against current numbers of one school and year (process § 14.8). */
export const reconciliationMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: {
    context: {} as ReconciliationFacts,
    input: {} as ReconciliationFacts,
    events: {} as ReconciliationEvent,
  },
  guards: { everyDifferenceExplained: met, reasonGiven: met },
}).createMachine({
  id: 'reconciliation',
  version: RECONCILIATION_VERSION,
  context: ({ input }) => input,
  initial: 'drafting',
  states: {
    drafting: { on: { explain: { guard: 'everyDifferenceExplained', target: 'explained' } } },
    explained: {
      on: {
        confirm: { guard: 'everyDifferenceExplained', target: 'confirmed' },
        redraft: { guard: 'reasonGiven', target: 'drafting' },
      },
    },
    confirmed: {
      on: {
        verify: 'verified',
        dispute: { guard: 'reasonGiven', target: 'disputed' },
        redraft: { guard: 'reasonGiven', target: 'drafting' },
      },
    },
    verified: {},
    disputed: { on: { redraft: { guard: 'reasonGiven', target: 'drafting' } } },
  },
})

export const RECONCILIATION_STATE_NAMES: Readonly<Record<ReconciliationState, string>> = {
  drafting: 'Đang lập',
  explained: 'Đã giải trình',
  confirmed: 'Hiệu trưởng đã xác nhận',
  verified: 'Cấp quản lý xác nhận khớp',
  disputed: 'Cấp quản lý trả lại: chưa khớp',
}

export const reconciliationLife: Stepping<ReconciliationFacts, ReconciliationEvent> = {
  machine: reconciliationMachine,
  conditions: reconciliationConditions,
  stateNames: RECONCILIATION_STATE_NAMES,
  eventNames: {
    explain: 'Hoàn thành giải trình',
    confirm: 'Xác nhận số liệu',
    verify: 'Xác nhận khớp',
    dispute: 'Trả lại vì chưa khớp',
    redraft: 'Mở lại phiếu đối sánh',
  },
}
