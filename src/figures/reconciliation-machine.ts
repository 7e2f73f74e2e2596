import { setup } from 'xstate'
import type { Unmet } from '../kernel/refusals.ts'
import { meets, type Conditions, type Stepping } from '../kernel/step.ts'
import type { ReconciliationState } from './reconciliation.ts'

export const RECONCILIATION_VERSION = 'reconciliation@2'

export interface ReconciliationFacts {
  /** What `lacksOf` found in the comparison as it stands. */
  readonly lacks: readonly Unmet[]
  /** Decisions without a scan: nobody above can check numbers against them. */
  readonly scans: readonly Unmet[]
}

export type ReconciliationEvent =
  | { readonly type: 'explain' }
  | { readonly type: 'confirm' }
  | { readonly type: 'verify' }
  | { readonly type: 'provinceVerify' }
  | { readonly type: 'dispute'; readonly reason: string }
  | { readonly type: 'redraft'; readonly reason: string }

const reasonGiven = (_facts: ReconciliationFacts, { reason }: { readonly reason: string }): readonly Unmet[] =>
  reason === '' ? [{ code: 'reasonMissing', message: 'Xin ghi lý do.' }] : []

export const reconciliationConditions: Conditions<ReconciliationFacts, ReconciliationEvent> = {
  explain: facts => facts.lacks,
  confirm: facts => facts.lacks,
  verify: facts => facts.scans,
  dispute: reasonGiven,
  redraft: reasonGiven,
}

const met = meets(reconciliationConditions)

/**
 * Assigned against current numbers of one school and year (process § 14.8), with the second look that the Sở takes when it
 * sums up. Who verified may find out later that numbers disagree, so a verified form can still be disputed.
 */
export const reconciliationMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: {
    context: {} as ReconciliationFacts,
    input: {} as ReconciliationFacts,
    events: {} as ReconciliationEvent,
  },
  guards: { everyDifferenceExplained: met, scansAttached: met, reasonGiven: met },
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
        verify: { guard: 'scansAttached', target: 'verified' },
        dispute: { guard: 'reasonGiven', target: 'disputed' },
        redraft: { guard: 'reasonGiven', target: 'drafting' },
      },
    },
    verified: {
      on: {
        provinceVerify: 'provinceVerified',
        dispute: { guard: 'reasonGiven', target: 'disputed' },
      },
    },
    provinceVerified: { on: { dispute: { guard: 'reasonGiven', target: 'disputed' } } },
    disputed: { on: { redraft: { guard: 'reasonGiven', target: 'drafting' } } },
  },
})

export const RECONCILIATION_STATE_NAMES: Readonly<Record<ReconciliationState, string>> = {
  drafting: 'Đang lập',
  explained: 'Đã giải trình',
  confirmed: 'Hiệu trưởng đã xác nhận',
  verified: 'Cấp quản lý xác nhận khớp',
  disputed: 'Cấp trên trả lại: chưa khớp',
  provinceVerified: 'Sở xác nhận khớp',
}

export const reconciliationLife: Stepping<ReconciliationFacts, ReconciliationEvent> = {
  machine: reconciliationMachine,
  conditions: reconciliationConditions,
  stateNames: RECONCILIATION_STATE_NAMES,
  eventNames: {
    explain: 'Hoàn thành giải trình',
    confirm: 'Xác nhận số liệu',
    verify: 'Xác nhận khớp',
    provinceVerify: 'Sở xác nhận khớp',
    dispute: 'Trả lại vì chưa khớp',
    redraft: 'Mở lại phiếu đối sánh',
  },
}
