import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { OperationState } from './operation-machine.ts'
import type { DatedName, SchoolShape } from './unit.ts'
import type { Arranged, UnitChange } from './unit-change.ts'

/** A unit that an operation founds; it begins on the operation's day. */
export interface UnitDraft {
  readonly id: string
  readonly kind: 'district' | 'commune' | 'school'
  readonly name: Omit<DatedName, 'from' | 'to'>
  readonly place: string
  readonly symbol: string
  readonly parentId: string
  /** Only of schools. */
  readonly shape?: SchoolShape
}

/** Where each unit below one that ends goes: its id → its new managing unit; what is not in it has no place yet. */
export type Placing = Readonly<Record<string, string>>

/** What was decided about units, as a person says it; `changesOf` turns it into changes of single units. */
export type OperationDraft =
  | { readonly kind: 'add'; readonly unit: UnitDraft }
  | { readonly kind: 'rename'; readonly unitId: string; readonly name: UnitDraft['name']; readonly place?: string }
  | { readonly kind: 'move'; readonly unitIds: readonly string[]; readonly parentId: string }
  | { readonly kind: 'reshape'; readonly unitId: string; readonly shape: SchoolShape }
  /** `into`: one that goes on, perhaps under a new name, or a new one. */
  | {
      readonly kind: 'merge'
      readonly sources: readonly string[]
      readonly into: { readonly unitId: string; readonly name?: UnitDraft['name'] } | { readonly unit: UnitDraft }
    }
  | {
      readonly kind: 'split'
      readonly unitId: string
      /** Whether the unit goes on beside its parts. */
      readonly goesOn: boolean
      readonly parts: readonly UnitDraft[]
      readonly placing: Placing
    }
  | { readonly kind: 'dissolve'; readonly unitId: string; readonly placing: Placing }
  /** The two-tier government: districts end the day before, communes begin or go on. */
  | {
      readonly kind: 'twoTier'
      readonly districts: readonly string[]
      readonly communes: readonly UnitDraft[]
      readonly placing: Placing
    }
  | { readonly kind: 'import'; readonly changes: readonly UnitChange[]; readonly fileName: string }

export type OperationKind = OperationDraft['kind']

/** One decision about the dated tree, over any number of units: one document, whose changes are then made one by one. */
export interface Operation {
  readonly id: string
  readonly provinceId: string
  readonly title: string
  /** The day from which it holds. */
  readonly from: Day
  readonly decision: string
  readonly reason: string
  readonly draft: OperationDraft
  readonly state: OperationState
  readonly machine: string
  /** The turn of the tree on which its preview was made. */
  readonly previewedAt?: number | undefined
  /** Its place in the one line of decisions about the tree: only one decision can follow the one before. */
  readonly turn?: number
  /** False while its decision stands but some unit may not have been changed yet. */
  readonly finished: boolean
  /** Units that have been changed so far. */
  readonly unitsDone?: number
  readonly by: JournalEntry['by']
  readonly createdAt: Date
  /** Who carried it out, or undid it, and when. */
  readonly decided?: { readonly by: JournalEntry['by']; readonly at: Date }
  readonly rev: number
}

/** What an operation changes, kept with the decision: the changes, and each unit as it was (absent: it did not exist). */
export interface OperationChanges {
  readonly changes: readonly UnitChange[]
  readonly before: readonly { readonly unitId: string; readonly was?: Arranged }[]
}

export const OPERATION_NAMES: Readonly<Record<OperationKind, string>> = {
  add: 'Thêm đơn vị',
  rename: 'Đổi tên',
  move: 'Chuyển cấp quản lý',
  reshape: 'Đổi loại hình trường',
  merge: 'Sáp nhập',
  split: 'Chia, tách',
  dissolve: 'Giải thể',
  twoTier: 'Sắp xếp chính quyền hai cấp',
  import: 'Nhập từ bảng tính',
}
