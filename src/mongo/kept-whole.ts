import type { Model } from 'mongoose'
import type { Database } from './connect.ts'

/** The index that `keptWhole` needs. */
export const REV_INDEX = { keys: { rev: 1 } } as const

/**
 * A whole collection as one value for screens: the same object as long as the sum of its revisions stands, which comes from
 * `REV_INDEX` alone and is asked for after a write of this process and once in a while for those of others (decision 7).
 * Every write of such a collection raises the revision of its document, and nothing is ever deleted from it.
 */
export function keptWhole<Row extends { readonly rev: number }, Value>(
  db: Pick<Database, 'kept'>,
  Rows: Model<Row>,
  read: (rows: readonly Row[]) => Value,
): () => Promise<Value> {
  let known: { readonly revs: string; readonly value: Value } | undefined

  async function revsNow(): Promise<string> {
    const [sum] = await Rows.aggregate<{ readonly n: number; readonly revs: number }>([
      { $match: { rev: { $gte: 0 } } },
      { $group: { _id: null, n: { $sum: 1 }, revs: { $sum: '$rev' } } },
    ]).hint({ rev: 1 })
    return `${sum?.n ?? 0}:${sum?.revs ?? 0}`
  }

  const kept = db.kept.keep({
    load: async () => {
      // Asked before the rows are read: what changes in between is then read again.
      const revs = await revsNow()
      if (known?.revs === revs) return known.value
      const value = read(await Rows.find({}, { outbox: 0 }).lean<Row[]>())
      known = { revs, value }
      return value
    },
    from: () => [{ collection: Rows.collection.name, fields: ['rev'] }],
  })
  return () => kept('')
}
