import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Database } from '../mongo/connect.ts'
import type { JournalStore } from './journal-store.ts'

/** Index that every collection with an outbox declares, so that the sweep finds what is undelivered without a scan. */
export const OUTBOX_INDEX = { keys: { 'outbox.id': 1 }, options: { sparse: true } } as const

/** A collection's model, as far as the relay needs it. */
interface Watched {
  readonly collection: { readonly name: string }
}

export type Relay = ReturnType<typeof relay>

/**
 * Copies entries from the outboxes of documents into the journal. A crash between copy and removal is harmless:
 * the entry's id is its key in the journal, so the next sweep finds it there and only removes it from the outbox.
 */
export function relay(db: Database, journal: JournalStore, report: (error: unknown) => void) {
  const collections = new Set<string>()
  const listeners: ((entries: readonly JournalEntry[]) => Promise<void>)[] = []
  let running: Promise<void> = Promise.resolve()

  const deliver = async (collection: string, id: string): Promise<void> => {
    const documents = db.connection.collection<{ _id: string; outbox: JournalEntry[] }>(collection)
    const found = await documents.findOne({ _id: id }, { projection: { outbox: 1 } })
    const entries = found?.outbox ?? []
    if (entries.length > 0) for (const listener of listeners) await listener(entries)
    for (const entry of entries) {
      await journal.append(entry)
      await documents.updateOne({ _id: id }, { $pull: { outbox: { id: entry.id } } })
    }
  }
  /** One delivery after the other: a unit's chain has one writer in this process, so appends seldom retry. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    running = running.then(work).catch(report)
    return running
  }

  return {
    /** Names a collection whose documents carry an `outbox`. */
    watch(model: Watched): void {
      collections.add(model.collection.name)
    },
    /** Tells `listener` of entries while they are still in the outbox: each at least once, twice after a crash. */
    beforeDelivery(listener: (entries: readonly JournalEntry[]) => Promise<void>): void {
      listeners.push(listener)
    },
    /** Delivers one document's outbox soon; the step that wrote it does not wait. */
    soon(model: Watched, id: string): void {
      void inTurn(() => deliver(model.collection.name, id))
    },
    /** Delivers everything undelivered: at the start, and now and then. */
    async sweep(): Promise<void> {
      for (const name of collections) {
        const waiting = await db.connection
          .collection<{ _id: string }>(name)
          .find({ 'outbox.id': { $exists: true } }, { projection: { _id: 1 } })
          .toArray()
        for (const { _id } of waiting) await inTurn(() => deliver(name, _id))
      }
    },
    /** Resolves when all that was asked for so far has been delivered. */
    settled: (): Promise<void> => running,
  }
}
