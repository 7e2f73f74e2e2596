import type { SeatRole } from './actor.ts'
import type { WorkingYear } from './working-year.ts'

/** What an accepted step leaves behind, pushed into the document's `outbox` in the same write as the step itself. */
export interface JournalEntry {
  /** Unique for ever and the same on a retry: `<kind>:<documentId>:<revision>`. */
  readonly id: string
  readonly at: Date
  readonly by: { readonly personId: string; readonly name: string; readonly seats: readonly SeatRole[] }
  readonly unitId: string
  readonly year?: WorkingYear
  readonly subject: { readonly kind: string; readonly id: string; readonly part?: string }
  readonly event: string
  readonly from?: string
  readonly to?: string
  readonly reason?: string
  /** Small facts of the step (numbers, names, hashes); never texts of pupils, never secrets. */
  readonly facts?: Readonly<Record<string, unknown>>
}
