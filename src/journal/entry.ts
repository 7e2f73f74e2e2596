import type { Actor } from '../kernel/actor.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'

/** An entry for a step of this actor; the seats that it names are those held in the unit (and, for offices, above it). */
export function entryBy(actor: Actor, at: Date, step: Omit<JournalEntry, 'by' | 'at'>): JournalEntry {
  const here = actor.seats.filter(seat => seat.unitId === step.unitId)
  const seats = [...new Set((here.length > 0 ? here : actor.seats).map(seat => seat.role))]
  return { ...step, at, by: { personId: actor.personId, name: actor.name, seats } }
}
