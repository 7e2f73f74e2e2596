import type { Document, Filter, UpdateFilter } from 'mongodb'
import { MongoClientBulkWriteError } from 'mongodb'
import type { Model } from 'mongoose'
import type { Database } from './connect.ts'

type Stored = Document & { _id: string }

/** One update of at most one document; `filter` names its `_id` and what the decision saw. */
export interface SingleUpdate {
  readonly filter: Filter<Stored> & { readonly _id: string }
  readonly update: UpdateFilter<Stored>
}

interface Waiting extends SingleUpdate {
  readonly done: (matched: boolean) => void
  readonly fail: (error: unknown) => void
}

const MOST_AT_ONCE = 100
/** While two commands are under way, what arrives gathers for the next one: so a lone update never waits. */
const MOST_UNDER_WAY = 2

/**
 * Updates that arrive together go to the server as one command and share its sync to disk; each resolves with whether its
 * own filter matched, and fails for its own error alone. Nothing waits for company, only for the commands before it. The
 * update goes round the model: the caller vouches for its fields.
 */
export function gatherUpdates<Row>(
  db: Pick<Database, 'client' | 'name' | 'durable' | 'kept' | 'tellsEach'>,
  model: Model<Row>,
): (update: SingleUpdate) => Promise<boolean> {
  const rows = db.client.db(db.name).collection<Stored>(model.collection.name)
  const namespace = `${db.name}.${model.collection.name}`
  const waiting: Waiting[] = []
  let underWay = 0
  let isDue = false

  const alone = async ({ filter, update, done, fail }: Waiting): Promise<void> => {
    try {
      done((await rows.updateOne(filter, update, { writeConcern: db.durable })).matchedCount > 0)
    } catch (error) {
      fail(error)
    }
  }

  const together = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const models = batch.map(({ filter, update }) => ({ name: 'updateOne' as const, namespace, filter, update }))
      const options = { ordered: false, verboseResults: true, writeConcern: db.durable } as const
      const { updateResults } = await db.client.bulkWrite<Record<string, Stored>>(models, options)
      batch.forEach(({ done }, index) => done((updateResults?.get(index)?.matchedCount ?? 0) > 0))
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
    void (batch.length === 1 && first ? alone(first) : together(batch)).finally(() => {
      underWay--
      send()
    })
    if (waiting.length > 0) send()
  }

  const gathered = (update: SingleUpdate): Promise<boolean> =>
    new Promise((done, fail) => {
      waiting.push({ ...update, done, fail })
      if (isDue) return
      isDue = true
      setImmediate(send) // what else arrives in this turn of the event loop goes along
    })

  return async update => {
    try {
      return await gathered(update)
    } finally {
      db.kept.wrote({ collection: model.collection.name, id: update.filter._id })
    }
  }
}

/**
 * Some updates of a batch may have failed by themselves; when the command itself failed, or what was written may not be on
 * disk, all share its error.
 */
function settleAfterError(batch: readonly Waiting[], error: unknown): void {
  const partial =
    error instanceof MongoClientBulkWriteError && error.writeConcernErrors.length === 0 ? error : undefined
  batch.forEach(({ done, fail }, index) => {
    const own = partial?.writeErrors.get(index)
    const result = partial?.partialResult?.updateResults?.get(index)
    if (result) done(result.matchedCount > 0)
    else fail(own ? Object.assign(new Error(own.message), { code: own.code }) : error)
  })
}
