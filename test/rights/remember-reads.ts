import { serialize } from 'node:v8'
import { BSON } from 'mongodb'
import type { Connection } from 'mongoose'
import { wrapWrites } from '../../src/mongo/collection-writes.ts'

type Method = (...given: unknown[]) => unknown

/** A read that wants bytes as they came; it is put to the server every time. */
const wantsBytes = (given: readonly unknown[]): boolean =>
  given.some(each => typeof each === 'object' && each !== null && ('raw' in each || 'fieldsAsRaw' in each))

/** Whether bytes in an answer are wanted as buffers. */
const wantsBuffers = (given: readonly unknown[]): boolean =>
  given.some(
    each => typeof each === 'object' && each !== null && 'promoteBuffers' in each && each.promoteBuffers === true,
  )

/** The reads that give a promise of their answer, and those that give a cursor. */
const ANSWERS = ['findOne', 'countDocuments', 'distinct'] as const
const CURSORS = ['find', 'aggregate'] as const

/**
 * Equal reads get equal answers until something is written: everybody is asked about one and the same state, and nine of
 * ten reads are the same. An answer goes to memory as the server's bytes, so that each reader has objects of its own.
 */
export async function rememberReads(connection: Connection): Promise<void> {
  let known = new Map<string, Promise<Uint8Array>>()
  const remembered = async (
    name: string,
    given: readonly unknown[],
    read: () => Promise<unknown>,
  ): Promise<unknown> => {
    const key = `${name} ${serialize(given).toString('latin1')}`
    const bytes = known.get(key) ?? read().then(value => BSON.serialize({ value }))
    known.set(key, bytes)
    return BSON.deserialize(await bytes, { promoteBuffers: wantsBuffers(given) })['value'] as unknown
  }
  const forget = () => (known = new Map())

  for (const { name } of await connection.listCollections()) {
    const collection = connection.collection(name)
    // The driver's collection is replaced method by method, as for its writes.
    const methods = collection as unknown as Record<string, Method>
    const replace = (method: string, by: (original: Method) => Method) => {
      const original = methods[method]?.bind(collection)
      if (!original) throw new Error(`the driver's collection has no ${method}`)
      methods[method] = by(original)
    }
    wrapWrites(collection, (_method, _given, write) => {
      forget()
      return write().finally(forget) // a read meanwhile may still have seen what was there before
    })
    for (const method of ANSWERS)
      replace(
        method,
        read =>
          (...given) =>
            remembered(`${name} ${method}`, given, () => Promise.resolve(read(...given))),
      )
    for (const method of CURSORS)
      replace(method, read => (...given) => {
        if (wantsBytes(given)) return read(...given)
        // The driver's cursors are objects; what is called on one besides `toArray` goes to the cursor itself.
        const cursor = read(...given) as { toArray(): Promise<unknown> }
        return new Proxy(cursor, {
          get(target, property) {
            if (property === 'toArray') return () => remembered(`${name} ${method}`, given, () => target.toArray())
            const value: unknown = Reflect.get(target, property, target)
            return typeof value === 'function' ? (value as Method).bind(target) : value
          },
        })
      })
  }
}
