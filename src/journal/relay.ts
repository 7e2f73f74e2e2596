import { groupBy } from '../kernel/group-by.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Database } from '../mongo/connect.ts'
import type { JournalStore } from './journal-store.ts'

/** Index that every collection with an outbox declares, so that the sweep finds what is undelivered without a scan. */
export const OUTBOX_INDEX = { keys: { 'outbox.id': 1 }, options: { sparse: true } } as const

/** Documents whose outboxes are read in one round: enough to share the trips, few enough to hold in memory. */
const DOCUMENTS_AT_ONCE = 500

/** A collection's model, as far as the relay needs it. */
interface Watched {
  readonly collection: { readonly name: string }
}

/** A document whose outbox is to be delivered. */
interface Sender {
  readonly collection: string
  readonly id: string
}

/** What goes out in one turn; it takes more documents until its turn comes. */
interface Round {
  readonly senders: Map<string, Sender>
  readonly done: Promise<void>
}

interface Posted {
  readonly _id: string
  readonly outbox?: readonly JournalEntry[]
}

export type Relay = ReturnType<typeof relay>

/**
 * Copies entries from the outboxes of documents into the journal, many documents in one round. A crash between copy and
 * removal is harmless: the entry's id is its key in the journal, so the next sweep finds it there and only removes it from
 * the outbox.
 */
export function relay(
  db: Pick<Database, 'client' | 'name' | 'durable' | 'kept'>,
  journal: JournalStore,
  report: (error: unknown) => void,
) {
  const collections = new Set<string>()
  const listeners: ((entries: readonly JournalEntry[]) => Promise<void>)[] = []
  let running: Promise<void> = Promise.resolve()
  let gathering: Round | undefined

  const documents = (collection: string) => db.client.db(db.name).collection<Posted>(collection)

  /** The outboxes of these documents, in the order in which they were asked for. */
  const outboxesOf = async (senders: readonly Sender[]): Promise<readonly JournalEntry[]> => {
    const found = await Promise.all(
      [...byCollection(senders)].map(([collection, some]) =>
        documents(collection)
          .find({ _id: { $in: some.map(({ id }) => id) } }, { projection: { outbox: 1 } })
          .map(({ _id, outbox = [] }) => [keyOf({ collection, id: _id }), outbox] as const)
          .toArray(),
      ),
    )
    const outboxes = new Map(found.flat())
    return senders.flatMap(sender => outboxes.get(keyOf(sender)) ?? [])
  }

  const takeOut = async (senders: readonly Sender[], entryIds: readonly string[]): Promise<void> => {
    const update = { $pull: { outbox: { id: { $in: [...entryIds] } } } }
    for (const [collection, some] of byCollection(senders)) {
      const ids = some.map(({ id }) => id)
      await documents(collection).updateMany({ _id: { $in: ids } }, update, { writeConcern: db.durable })
      // The connection's own collection would take this command for a change of any document.
      for (const id of ids) db.kept.wrote({ collection, id, fields: ['outbox'] })
    }
  }

  const deliver = async (senders: readonly Sender[]): Promise<void> => {
    const entries = await outboxesOf(senders)
    if (entries.length === 0) return
    for (const listener of listeners) await listener(entries)
    await journal.append(entries)
    await takeOut(
      senders,
      entries.map(({ id }) => id),
    )
  }

  /** What cannot be delivered holds up nothing but itself: a round that fails is told apart until the culprit is alone. */
  const deliverWhatCan = async (senders: readonly Sender[]): Promise<void> => {
    try {
      await deliver(senders)
    } catch (error) {
      if (senders.length === 1) return report(error)
      const half = Math.ceil(senders.length / 2)
      await deliverWhatCan(senders.slice(0, half))
      await deliverWhatCan(senders.slice(half))
    }
  }

  /** One round after the other: a unit's chain has one writer in this process, so appends seldom retry. */
  const nextRound = (): Round => {
    const senders = new Map<string, Sender>()
    running = running.then(() => {
      if (gathering?.senders === senders) gathering = undefined
      return deliverWhatCan([...senders.values()])
    })
    return { senders, done: running }
  }
  const ask = (sender: Sender): Promise<void> => {
    if (!gathering || gathering.senders.size >= DOCUMENTS_AT_ONCE) gathering = nextRound()
    gathering.senders.set(keyOf(sender), sender)
    return gathering.done
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
      void ask({ collection: model.collection.name, id })
    },
    /** Delivers everything undelivered: at the start, and now and then. */
    async sweep(): Promise<void> {
      for (const collection of collections) {
        const waiting = await documents(collection)
          .find({ 'outbox.id': { $exists: true } }, { projection: { _id: 1 } })
          .toArray()
        await Promise.all(waiting.map(({ _id: id }) => ask({ collection, id })))
      }
    },
    /** Resolves when all that was asked for so far has been delivered. */
    settled: (): Promise<void> => running,
  }
}

const byCollection = (senders: readonly Sender[]) => groupBy(senders, ({ collection }) => collection)
const keyOf = ({ collection, id }: Sender): string => `${collection}/${id}`
