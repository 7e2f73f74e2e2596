import type { Actor } from '../kernel/actor.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'

/** Who did it and when, as each store writes it into the outbox. */
export interface By {
  readonly actor: Actor
  readonly at: Date
  readonly reason?: string
}

/** The journal entry of a write on one document; `rev` is the revision that the write makes, so a retry has the same id. */
export function entryOf(
  { actor, at, reason }: By,
  rev: number,
  what: Omit<JournalEntry, 'id' | 'at' | 'by' | 'reason'>,
): JournalEntry {
  const { personId, name } = actor
  const seats = [...new Set(actor.seats.map(seat => seat.role))]
  return {
    id: `${what.subject.kind}:${what.subject.id}:${rev}`,
    at,
    by: { personId, name, seats },
    ...what,
    ...(reason === undefined ? {} : { reason }),
  }
}
