import { MongoBulkWriteError, type CreateIndexesOptions } from 'mongodb'
import type { Connection, Model, QueryFilter, Schema, UpdateQuery } from 'mongoose'
import { StaleWrite } from '../kernel/refusals.ts'
import type { Database } from './connect.ts'
import { tellWrites } from './tell-writes.ts'

/** One index of a collection: its keys in order, and what makes it special (`unique`, `partialFilterExpression` …). */
export type Index = {
  readonly keys: Readonly<Record<string, 1 | -1 | 'text'>>
  readonly options?: Readonly<CreateIndexesOptions>
}

type Defined = { readonly schema: unknown; readonly indexes: readonly Index[] }

const definedOn = new WeakMap<Connection, Map<string, Defined>>()

/** The embedded engine compresses nothing unless asked: snappy takes a third of the disk for no measurable time. */
const COMPRESSED = { storageEngine: { wiredTiger: { configString: 'block_compressor=snappy' } } }
const ALREADY_THERE = 48
const DUPLICATE_KEY = 11_000

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/**
 * The model of one collection, with the rules all collections share: unknown fields are refused in writes and in
 * filters, no version key, empty objects are kept, every write is on disk before it is acknowledged. Its indexes are
 * created by `ensureIndexes`. Asking again with the same schema gives the same model.
 */
export function defineCollection<Row>(
  db: Pick<Database, 'connection' | 'durable' | 'kept'>,
  name: string,
  schema: Schema<Row>,
  indexes: readonly Index[] = [],
): Model<Row> {
  const defined = definedOn.get(db.connection) ?? new Map<string, Defined>()
  definedOn.set(db.connection, defined)
  const before = defined.get(name)
  if (before?.schema === schema) return db.connection.model<Row>(name)
  if (before !== undefined) throw new Error(`collection ${name} is defined twice with different schemas`)

  const strict = schema.clone()
  strict.set('strict', 'throw')
  strict.set('strictQuery', 'throw')
  strict.set('versionKey', false)
  strict.set('minimize', false)
  strict.set('id', false)
  strict.set('writeConcern', { ...db.durable })
  defined.set(name, { schema, indexes })
  const model = db.connection.model<Row>(name, strict, name)
  tellWrites(db.connection, name, db.kept)
  return model
}

/**
 * Creates every collection defined on this connection with its indexes; what is there already stays as it is. An index
 * whose definition changed under the same name is refused by the server, and that error is passed on.
 */
export async function ensureIndexes(db: Pick<Database, 'connection'>): Promise<void> {
  const there = new Set((await db.connection.listCollections()).map(({ name }) => name))
  const ensure = async (name: string, indexes: readonly Index[]): Promise<void> => {
    if (!there.has(name)) await createCollection(db, name)
    if (indexes.length === 0) return
    await db.connection
      .collection(name)
      .createIndexes(indexes.map(({ keys, options }) => ({ ...options, key: { ...keys } })))
  }
  // Side by side: most are there already, and each question then costs little more than the way to the server.
  await Promise.all([...(definedOn.get(db.connection) ?? [])].map(([name, { indexes }]) => ensure(name, indexes)))
}

/** Makes a collection as all of ours are; one that is there already stays as it is. */
export async function createCollection(db: Pick<Database, 'connection'>, name: string): Promise<void> {
  try {
    await db.connection.createCollection(name, COMPRESSED)
  } catch (error) {
    if (codeOf(error) !== ALREADY_THERE) throw error // another process was faster
  }
}

/**
 * Updates the one document that still is as the decision saw it (`filter` holds its id and revision); throws
 * `StaleWrite` with `what` when there is none any more. `what` is a sentence for people.
 */
export async function guardedUpdate<Row>(
  model: Model<Row>,
  filter: QueryFilter<Row>,
  update: UpdateQuery<Row>,
  what: string,
): Promise<void> {
  const { matchedCount } = await model.updateOne(filter, update, { runValidators: true })
  if (matchedCount === 0) throw new StaleWrite(what)
}

/**
 * Inserts one plain row past mongoose's documents (a tenth of the time), on disk before it is acknowledged. A row that
 * breaks a unique index is an error that `isDuplicateKey` knows.
 */
export async function insertRow<Row extends object>(
  db: Pick<Database, 'durable'>,
  model: Model<Row>,
  row: Row,
): Promise<void> {
  // The driver wants its own optional-id type; a row carries the id that its feature gave it.
  await model.collection.insertOne(row as never, { writeConcern: db.durable })
}

/**
 * Inserts many plain rows in one command, as `insertRow` does one, and gives those inserted: a row whose key is taken is left
 * out and stops no other.
 */
export async function insertRows<Row extends object>(
  db: Pick<Database, 'durable'>,
  model: Model<Row>,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  if (rows.length === 0) return []
  try {
    // As in `insertRow`.
    await model.collection.insertMany(rows as never, { ordered: false, writeConcern: db.durable })
    return rows
  } catch (error) {
    const failures = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : []
    const isOnlyTaken = isDuplicateKey(error) && failures.every(({ code }) => code === DUPLICATE_KEY)
    if (!isOnlyTaken) throw error
    const taken = new Set(failures.map(({ index }) => index))
    return rows.filter((_, index) => !taken.has(index))
  }
}

/** Whether a write failed because a unique index already holds that key. */
export const isDuplicateKey = (error: unknown): boolean => codeOf(error) === DUPLICATE_KEY
