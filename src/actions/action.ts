import type { SheetAction } from '../assessments/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { ActionState } from './action-machine.ts'

/** What an improvement action says, as the council agreed to it in the sheet. */
export type ActionWords = Omit<SheetAction, 'id'>

/**
 * One improvement action in one school year. Its words are read from the frozen sheet; a document of its own exists
 * only from its first step on (`rev` 0: none yet).
 */
export interface Action {
  /** `<assessmentId>:<code>:<id of the line in the sheet>` */
  readonly id: string
  readonly assessmentId: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly code: string
  readonly line: string
  readonly words: ActionWords
  readonly state: ActionState
  readonly machine: string
  readonly rev: number
  /** A later due day that the chair has set. */
  readonly extendedTo?: Day
  readonly progress: readonly ProgressNote[]
  readonly done?: ActionResult
  readonly droppedBecause?: string
  /** The year it goes on in, and how far it was. */
  readonly carried?: { readonly to: WorkingYear; readonly from: 'planned' | 'doing' }
  /** The year from which it came. */
  readonly cameFrom?: WorkingYear
  readonly outbox: readonly JournalEntry[]
}

export interface ProgressNote {
  readonly text: string
  readonly name: string
  readonly at: Date
}

/** What came out of an action, and what proves it. */
export interface ActionResult {
  readonly result: string
  readonly evidence: string
}

export const actionId = (assessmentId: string, code: string, line: string): string => `${assessmentId}:${code}:${line}`

/** The day by which it should be done; absent when the sheet names none. */
export const dueOf = ({ extendedTo, words }: Pick<Action, 'extendedTo' | 'words'>): Day | undefined =>
  extendedTo ?? words.to

export const isUnfinished = ({ state }: Pick<Action, 'state'>): boolean => state === 'planned' || state === 'doing'

/** Derived from the day, never stored: unfinished after its due day. */
export const isLate = (action: Action, today: Day): boolean => {
  const due = dueOf(action)
  return isUnfinished(action) && due !== undefined && due < today
}
