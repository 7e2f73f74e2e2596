import type { Connection } from 'mongoose'

const WRITES = [
  'insertOne',
  'updateOne',
  'findOneAndUpdate',
  'updateMany',
  'replaceOne',
  'findOneAndReplace',
  'deleteOne',
  'findOneAndDelete',
  'insertMany',
  'deleteMany',
  'bulkWrite',
] as const

/** The first write of a request that got past everything that could have refused it. */
export const HELD_BACK = 'held back before the first write'

/**
 * While `holding` runs, every request may read and none may write: what would write throws `HELD_BACK`, so that everybody
 * can be asked about one and the same state.
 */
export async function writeHolder(connection: Connection) {
  let held = false
  for (const { name } of await connection.listCollections()) {
    const collection = connection.collection(name)
    // The driver's collection is replaced method by method, as `tellWrites` does; all of these give promises.
    const methods = collection as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>
    for (const method of WRITES) {
      const write = methods[method]?.bind(collection)
      if (!write) throw new Error(`the driver's collection has no ${method}`)
      methods[method] = (...given) => (held ? Promise.reject(new Error(HELD_BACK)) : write(...given))
    }
  }
  return {
    holding: async <T>(run: () => Promise<T>): Promise<T> => {
      held = true
      try {
        return await run()
      } finally {
        held = false
      }
    },
  }
}
