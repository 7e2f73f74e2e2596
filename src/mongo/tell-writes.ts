import type { Connection } from 'mongoose'
import type { KeptReads, Written } from '../kernel/kept-reads.ts'
import { wrapWrites, type WritingMethod } from './collection-writes.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const idIn = (holder: unknown): Pick<Written, 'id'> =>
  isRecord(holder) && typeof holder['_id'] === 'string' ? { id: holder['_id'] } : {}

/** Top-level fields that an update names; none known for a pipeline, a replacement or an update that may insert. */
export function fieldsIn(update: unknown, options: unknown): Pick<Written, 'fields'> {
  if (!isRecord(update) || (isRecord(options) && options['upsert'] === true)) return {}
  const operators = Object.entries(update)
  if (operators.some(([name]) => !name.startsWith('$'))) return {}
  const paths = operators.flatMap(([, change]) => (isRecord(change) ? Object.keys(change) : []))
  return { fields: [...new Set(paths.map(path => path.split('.')[0] ?? path))] }
}

type Told = Omit<Written, 'collection'>
const updating = (filter: unknown, update: unknown, options: unknown): Told => ({
  ...idIn(filter),
  ...fieldsIn(update, options),
})
const anything = (): Told => ({})

/** What is known of a write from its arguments. */
const KNOWN: Readonly<Record<WritingMethod, (...given: unknown[]) => Told>> = {
  insertOne: idIn,
  updateOne: updating,
  findOneAndUpdate: updating,
  updateMany: (_filter, update, options) => fieldsIn(update, options),
  replaceOne: idIn,
  findOneAndReplace: idIn,
  deleteOne: idIn,
  findOneAndDelete: idIn,
  insertMany: anything,
  deleteMany: anything,
  bulkWrite: anything,
}

const told = new WeakSet<object>()

/**
 * Tells the kept reads of every write that goes through this collection of the connection, by a model or round it, once
 * it has ended well or badly. An aggregation that writes (`$merge`) and another client are not seen.
 */
export function tellWrites(connection: Connection, name: string, kept: Pick<KeptReads, 'wrote'>): void {
  const collection = connection.collection(name)
  if (told.has(collection)) return
  told.add(collection)
  wrapWrites(collection, async (method, given, write) => {
    try {
      return await write()
    } finally {
      kept.wrote({ collection: name, ...KNOWN[method](...given) })
    }
  })
}
