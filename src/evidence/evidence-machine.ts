import { setup } from 'xstate'
import type { SeatRole } from '../kernel/actor.ts'
import { meets, type Stepping } from '../kernel/step.ts'
import {
  evidenceConditions,
  type EvidenceEvent,
  type EvidenceFacts,
  type EvidenceState,
} from './evidence-conditions.ts'

export type { EvidenceEvent, EvidenceFacts, EvidenceState } from './evidence-conditions.ts'

export const EVIDENCE_VERSION = 'evidence@1'

const met = meets(evidenceConditions)

const dispose = { dispose: { guard: 'listedAndDecided', target: 'disposed' } } as const

/** One item of evidence, from the plan's forecast to the day it may be destroyed (process § 14.3). */
export const evidenceMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as EvidenceFacts, input: {} as EvidenceFacts, events: {} as EvidenceEvent },
  guards: {
    sourceNameKindAndYearGiven: met,
    reasonGiven: met,
    describedAndClassed: met,
    nextNumberInABoxAndNoDuplicate: met,
    notAdoptedNorRenumberedBefore: met,
    notAdoptedAndBoxThere: met,
    notAdoptedOrUnderRevision: met,
    citedNowhere: met,
    listedAndDecided: met,
  },
}).createMachine({
  id: 'evidence',
  version: EVIDENCE_VERSION,
  context: ({ input }) => input,
  initial: 'expected',
  states: {
    expected: {
      on: {
        collect: { guard: 'sourceNameKindAndYearGiven', target: 'collected' },
        declareMissing: { guard: 'reasonGiven', target: 'missing' },
        ...dispose,
      },
    },
    missing: { on: { collect: { guard: 'sourceNameKindAndYearGiven', target: 'collected' }, ...dispose } },
    collected: {
      on: {
        reject: { guard: 'reasonGiven', target: 'rejected' },
        verify: { guard: 'describedAndClassed', target: 'verified' },
        ...dispose,
      },
    },
    rejected: { on: dispose },
    verified: { on: { assignCode: { guard: 'nextNumberInABoxAndNoDuplicate', target: 'coded' }, ...dispose } },
    coded: {
      on: {
        renumber: { guard: 'notAdoptedNorRenumberedBefore', target: 'coded' },
        moveBox: { guard: 'notAdoptedAndBoxThere', target: 'coded' },
        replaceFile: { guard: 'notAdoptedOrUnderRevision', target: 'coded' },
        withdraw: { guard: 'citedNowhere', target: 'withdrawn' },
        freeze: 'frozen',
        ...dispose,
      },
    },
    frozen: { on: { thaw: 'coded', ...dispose } },
    withdrawn: { on: dispose },
    disposed: {},
  },
})

export const EVIDENCE_STATE_NAMES: Readonly<Record<EvidenceState, string>> = {
  expected: 'Dự kiến',
  missing: 'Không tìm được',
  collected: 'Đã thu thập',
  rejected: 'Không nhận',
  verified: 'Đã kiểm tra',
  coded: 'Đã mã hóa',
  frozen: 'Đã chốt',
  withdrawn: 'Đã rút',
  disposed: 'Đã tiêu hủy',
}

/** What stepping an item of evidence needs; the stored version is `EVIDENCE_VERSION`. */
export const evidenceLife: Stepping<EvidenceFacts, EvidenceEvent> = {
  machine: evidenceMachine,
  conditions: evidenceConditions,
  stateNames: EVIDENCE_STATE_NAMES,
  eventNames: {
    collect: 'Ghi nhận đã thu thập',
    declareMissing: 'Ghi nhận không tìm được',
    reject: 'Không nhận minh chứng',
    verify: 'Xác nhận đã kiểm tra',
    assignCode: 'Mã hóa minh chứng',
    renumber: 'Đánh lại mã',
    moveBox: 'Chuyển hộp',
    replaceFile: 'Thay tệp',
    withdraw: 'Rút minh chứng',
    freeze: 'Chốt minh chứng',
    thaw: 'Bỏ chốt minh chứng',
    dispose: 'Tiêu hủy minh chứng',
  },
}

/** One row of the table of process § 14.3; without `from` the item does not exist yet. */
export interface EvidenceStep {
  readonly from?: EvidenceState
  readonly event: EvidenceEvent['type'] | 'forecast' | 'addForVisit'
  readonly to: EvidenceState
  readonly who: readonly SeatRole[]
  readonly firedBy?: string
  readonly document?: string
  readonly deadlineKey?: 'evidenceDue' | 'visitEvidenceDue'
}

const COLLECTORS: readonly SeatRole[] = ['groupMember', 'groupLead', 'secretariat']
const FROM_ANY: readonly EvidenceState[] = [
  'expected',
  'missing',
  'collected',
  'rejected',
  'verified',
  'coded',
  'frozen',
  'withdrawn',
]

/** The table of process § 14.3 as data. */
export const evidenceSteps: readonly EvidenceStep[] = [
  { event: 'forecast', to: 'expected', who: ['groupMember'], firedBy: 'approvePlan', document: 'Kế hoạch, mục VII' },
  { event: 'collect', to: 'collected', who: COLLECTORS, deadlineKey: 'evidenceDue' },
  { from: 'expected', event: 'collect', to: 'collected', who: COLLECTORS, deadlineKey: 'evidenceDue' },
  { from: 'expected', event: 'declareMissing', to: 'missing', who: ['groupLead'] },
  { from: 'missing', event: 'collect', to: 'collected', who: COLLECTORS },
  { from: 'collected', event: 'reject', to: 'rejected', who: ['secretariat', 'groupLead'] },
  { from: 'collected', event: 'verify', to: 'verified', who: ['secretariat'] },
  { from: 'verified', event: 'assignCode', to: 'coded', who: ['secretariat'], document: 'Mã minh chứng' },
  { from: 'coded', event: 'renumber', to: 'coded', who: ['secretary'], document: 'Bảng đối chiếu mã cũ, mã mới' },
  { from: 'coded', event: 'moveBox', to: 'coded', who: ['secretariat'], document: 'Nhãn hộp in lại' },
  { from: 'coded', event: 'replaceFile', to: 'coded', who: ['secretariat'] },
  { from: 'coded', event: 'withdraw', to: 'withdrawn', who: ['secretary'] },
  { from: 'coded', event: 'freeze', to: 'frozen', who: [], firedBy: 'adopt' },
  { from: 'frozen', event: 'thaw', to: 'coded', who: [], firedBy: 'resume' },
  {
    event: 'addForVisit',
    to: 'collected',
    who: ['secretariat'],
    document: 'Danh mục minh chứng bổ sung cho đoàn',
    deadlineKey: 'visitEvidenceDue',
  },
  ...FROM_ANY.map((from): EvidenceStep => ({
    from,
    event: 'dispose',
    to: 'disposed',
    who: ['head', 'secretary'],
    document: 'Quyết định và biên bản tiêu hủy',
  })),
]
