import type { Clock } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { CriteriaSetStore } from './criteria-set-store.ts'
import type { TreeDraftStore } from './tree-draft-store.ts'
import type { YearTreeStore } from './year-tree-store.ts'

/** What the desk of year trees needs from outside. */
export interface DeskNeeds {
  readonly sets: CriteriaSetStore
  readonly trees: YearTreeStore
  readonly drafts: TreeDraftStore
  readonly provinceId: () => Promise<string>
  readonly yearClosed: (year: WorkingYear) => Promise<boolean>
  readonly now: Clock
}
