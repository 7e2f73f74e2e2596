import type { AnyClientBulkWriteModel, ClientBulkWriteResult, Document, Filter, UpdateFilter } from 'mongodb'
import { MongoClientBulkWriteError } from 'mongodb'
import type { Model } from 'mongoose'
import type { Database } from './connect.ts'

type Stored = Document & { _id: string }
type Over = Pick<Database, 'client' | 'name' | 'durable' | 'kept' | 'tellsEach'>

/** One update of at most one document; `filter` names its `_id` and what the decision saw. */
export interface SingleUpdate {
  readonly filter: Filter<Stored> & { readonly _id: string }
  readonly update: UpdateFilter<Stored>
}

/** One document's write: as part of a command for several, and by itself. */
interface Write<Outcome> {
  readonly collection: string
  readonly id: string
  readonly asModel: (namespace: string) => AnyClientBulkWriteModel<Stored>
  readonly alone: () => Promise<Outcome>
  readonly outcomeIn: (result: Partial<ClientBulkWriteResult>, index: number) => Outcome | undefined
}

/** A write in the queue, its outcome already bound to the promise that waits for it. */
interface Waiting {
  readonly asModel: () => AnyClientBulkWriteModel<Stored>
  readonly alone: () => Promise<void>
  /** Takes the outcome from what a command answered; false when that does not tell it. */
  readonly settle: (result: Partial<ClientBulkWriteResult>, index: number) => boolean
  readonly fail: (error: unknown) => void
}

const MOST_AT_ONCE = 100
/** While two commands are under way, what arrives gathers for the next one: so a lone write never waits. */
const MOST_UNDER_WAY = 2

const queues = new WeakMap<Over, ReturnType<typeof queueOver>>()

function queueOf(db: Over): ReturnType<typeof queueOver> {
  const queue = queues.get(db) ?? queueOver(db)
  queues.set(db, queue)
  return queue
}

/**
 * Updates that arrive together, here or in other collections, go to the server as one command and share its sync to disk; each
 * resolves with whether its own filter matched, and fails for its own error alone. Nothing waits for company, only for the
 * commands before it. The update goes round the model: the caller vouches for its fields.
 */
export function gatherUpdates<Row>(db: Over, model: Model<Row>): (update: SingleUpdate) => Promise<boolean> {
  const collection = model.collection.name
  const rows = db.client.db(db.name).collection<Stored>(collection)
  return ({ filter, update }) =>
    queueOf(db)({
      collection,
      id: filter._id,
      asModel: namespace => ({ name: 'updateOne', namespace, filter, update }),
      alone: async () => (await rows.updateOne(filter, update, { writeConcern: db.durable })).matchedCount > 0,
      outcomeIn: ({ updateResults }, index) => {
        const own = updateResults?.get(index)
        return own && own.matchedCount > 0
      },
    })
}

/** The same for plain rows that are inserted; one that breaks a unique index is an error that `isDuplicateKey` knows. */
export function gatherInserts<Row extends { readonly _id: string }>(
  db: Over,
  model: Model<Row>,
): (row: Row) => Promise<void> {
  const collection = model.collection.name
  const rows = db.client.db(db.name).collection<Stored>(collection)
  return async row => {
    await queueOf(db)({
      collection,
      id: row._id,
      asModel: namespace => ({ name: 'insertOne', namespace, document: { ...row } }),
      alone: async () => (await rows.insertOne({ ...row }, { writeConcern: db.durable })).acknowledged,
      outcomeIn: ({ insertResults }, index) => insertResults?.has(index) || undefined,
    })
  }
}

function queueOver(db: Over) {
  const waiting: Waiting[] = []
  let underWay = 0
  let isDue = false

  const together = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const models = batch.map(({ asModel }) => asModel())
      const options = { ordered: false, verboseResults: true, writeConcern: db.durable } as const
      const result = await db.client.bulkWrite<Record<string, Stored>>(models, options)
      batch.forEach(({ settle, fail }, index) => {
        if (!settle(result, index)) fail(new Error('the server did not tell what became of a write'))
      })
    } catch (error) {
      settleAfterError(batch, error)
    }
  }

  const send = (): void => {
    isDue = false
    if (underWay >= MOST_UNDER_WAY || waiting.length === 0) return
    const batch = waiting.splice(0, db.tellsEach ? MOST_AT_ONCE : 1)
    underWay++
    const [first] = batch
    void (batch.length === 1 && first ? first.alone() : together(batch)).finally(() => {
      underWay--
      send()
    })
    if (waiting.length > 0) send()
  }

  return async <Outcome>({ collection, id, asModel, alone, outcomeIn }: Write<Outcome>): Promise<Outcome> => {
    try {
      return await new Promise<Outcome>((done, fail) => {
        waiting.push({
          asModel: () => asModel(`${db.name}.${collection}`),
          alone: async () => {
            try {
              done(await alone())
            } catch (error) {
              fail(error)
            }
          },
          settle: (result, index) => {
            const outcome = outcomeIn(result, index)
            if (outcome !== undefined) done(outcome)
            return outcome !== undefined
          },
          fail,
        })
        if (isDue) return
        isDue = true
        setImmediate(send) // what else arrives in this turn of the event loop goes along
      })
    } finally {
      db.kept.wrote({ collection, id })
    }
  }
}

/**
 * Some writes of a batch may have failed by themselves; when the command itself failed, or what was written may not be on
 * disk, all share its error.
 */
function settleAfterError(batch: readonly Waiting[], error: unknown): void {
  const partial =
    error instanceof MongoClientBulkWriteError && error.writeConcernErrors.length === 0 ? error : undefined
  batch.forEach(({ settle, fail }, index) => {
    const own = partial?.writeErrors.get(index)
    if (partial?.partialResult && settle(partial.partialResult, index)) return
    fail(own ? Object.assign(new Error(own.message), { code: own.code }) : error)
  })
}
