import type { SeatRole } from './actor.ts'

/** One row of the table that a machine comes from (process § 14): policies, papers and drawings read it as data. */
export interface LifeStep<State extends string, Event extends string, Deadline extends string> {
  /** Absent: the thing does not exist yet. */
  readonly from?: State
  readonly event: Event
  readonly to: State
  /** Seats that may fire it; empty when only another step or the clock does. */
  readonly who: readonly SeatRole[]
  /** Seats named here may fire it only by a delegation in force. */
  readonly onlyIfAuthorised?: readonly SeatRole[]
  /** Fired by another life's step in the same write (its event), by the review of the managing level, or by the clock. */
  readonly firedBy?: string
  /** Paper or effect that the step leaves behind, in Vietnamese. */
  readonly document?: string
  /** Key of the setting that holds its deadline (process § 15). */
  readonly deadlineKey?: Deadline
}
