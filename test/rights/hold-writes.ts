import type { Connection } from 'mongoose'
import { wrapWrites } from '../../src/mongo/collection-writes.ts'

/** The first write of a request that got past everything that could have refused it. */
export const HELD_BACK = 'held back before the first write'

/**
 * While `holding` runs, every request may read and none may write: what would write throws `HELD_BACK`, so that everybody
 * can be asked about one and the same state.
 */
export async function writeHolder(connection: Connection) {
  let held = false
  for (const { name } of await connection.listCollections())
    wrapWrites(connection.collection(name), (_method, _given, write) =>
      held ? Promise.reject(new Error(HELD_BACK)) : write(),
    )
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
