import { entryBy } from '../journal/index.ts'
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
  step: Omit<JournalEntry, 'id' | 'at' | 'by' | 'reason'>,
): JournalEntry {
  const id = `${step.subject.kind}:${step.subject.id}:${rev}`
  return entryBy(actor, at, { id, ...step, ...(reason === undefined ? {} : { reason }) })
}
