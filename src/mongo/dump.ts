import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { BSON, type Db, type Document } from 'mongodb'
import type { Database } from './connect.ts'
import { createCollection } from './collection.ts'

/** What was read out of one collection: documents, bytes, and the SHA-256 of the file. */
export interface Dumped {
  readonly count: number
  readonly bytes: number
  readonly sha256: string
}

/** Large enough for few trips, small enough that eight strands of the engine are never all busy with them. */
const DOCUMENTS_AT_ONCE = 1000
const WRITE_BYTES = 4 * 2 ** 20
const INSERT_BYTES = 8 * 2 ** 20
/** The largest document of MongoDB with what its own commands may add. */
const LARGEST = 17 * 2 ** 20

const dbOf = (db: Pick<Database, 'client' | 'name'>): Db => db.client.db(db.name)

/** Names of the collections of a database, sorted. */
export async function collectionNames(db: Pick<Database, 'client' | 'name'>): Promise<readonly string[]> {
  const found = await dbOf(db).listCollections({}, { nameOnly: true }).toArray()
  return found
    .map(({ name }) => name)
    .filter(name => !name.startsWith('system.'))
    .toSorted()
}

/**
 * Writes every document of a collection to a new file, one BSON document after the other in the order of `_id`, as
 * `mongorestore` reads it too. Bringing the file to the disk is left to the caller, because writers wait meanwhile.
 */
export async function dumpCollection(
  db: Pick<Database, 'client' | 'name'>,
  name: string,
  file: string,
): Promise<Dumped> {
  const handle = await open(file, 'wx')
  const hash = createHash('sha256')
  let [count, bytes, waiting, size] = [0, 0, [] as Uint8Array[], 0]
  const write = async (): Promise<void> => {
    const chunk = Buffer.concat(waiting)
    hash.update(chunk)
    await handle.writeFile(chunk)
    ;[waiting, size] = [[], 0]
  }
  try {
    const cursor = dbOf(db)
      .collection(name)
      .find({}, { raw: true, batchSize: DOCUMENTS_AT_ONCE, sort: { _id: 1 } })
    for await (const document of cursor) {
      // With `raw` the driver gives the bytes of each document.
      const raw = document as unknown as Uint8Array
      waiting.push(raw)
      size += raw.length
      bytes += raw.length
      count++
      if (size >= WRITE_BYTES) await write()
    }
    await write()
  } finally {
    await handle.close()
  }
  return { count, bytes, sha256: hash.digest('hex') }
}

/** Numbers keep the types that they are stored with, which plain JavaScript numbers would not. */
const AS_STORED = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const

/** The documents of a dumped file, in its order. Throws a `RangeError` where the file is cut or is none. */
export async function* dumpedDocuments(file: string): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) {
    // A stream without an encoding gives buffers.
    rest = Buffer.concat([rest, chunk as Buffer])
    let at = 0
    while (rest.length - at >= 4) {
      const length = rest.readInt32LE(at)
      if (length < 5 || length > LARGEST) throw new RangeError(`${file} holds no document at its byte ${at}`)
      if (rest.length - at < length) break
      yield rest.subarray(at, at + length)
      at += length
    }
    rest = rest.subarray(at)
  }
  if (rest.length > 0) throw new RangeError(`${file} is cut`)
}

/** Inserts the documents of a dumped file into a new collection, on disk when it resolves; gives their number. */
export async function fillCollection(
  db: Pick<Database, 'client' | 'name' | 'connection' | 'durable'>,
  name: string,
  file: string,
): Promise<number> {
  await createCollection(db, name)
  const rows = dbOf(db).collection(name)
  let [count, batch, size] = [0, [] as Document[], 0]
  const insert = async (): Promise<void> => {
    if (batch.length > 0) await rows.insertMany(batch, { ordered: true, writeConcern: db.durable })
    count += batch.length
    ;[batch, size] = [[], 0]
  }
  for await (const raw of dumpedDocuments(file)) {
    batch.push(BSON.deserialize(raw, AS_STORED))
    size += raw.length
    if (batch.length >= DOCUMENTS_AT_ONCE || size >= INSERT_BYTES) await insert()
  }
  await insert()
  return count
}

/**
 * The first document (its place, from 1) in which the collection differs from the file, undefined when they hold the same.
 * The order of fields whose names are whole numbers is left out: JavaScript objects always have them first.
 */
export async function firstDifference(
  db: Pick<Database, 'client' | 'name'>,
  name: string,
  file: string,
): Promise<number | undefined> {
  const stored = dbOf(db)
    .collection(name)
    .find({}, { raw: true, batchSize: DOCUMENTS_AT_ONCE, sort: { _id: 1 } })
  const there = stored[Symbol.asyncIterator]()
  let place = 0
  try {
    for await (const raw of dumpedDocuments(file)) {
      place++
      const next = await there.next()
      // As in `dumpCollection`.
      if (next.done === true || !sameDocument(raw, next.value as unknown as Uint8Array)) return place
    }
    return (await there.next()).done === true ? undefined : place + 1
  } finally {
    await stored.close()
  }
}

const sameDocument = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(one, other) === 0 || Buffer.compare(inPlainOrder(one), inPlainOrder(other)) === 0

const inPlainOrder = (raw: Uint8Array): Uint8Array => BSON.serialize(BSON.deserialize(raw, AS_STORED))

/** Throws away collections of this database with all that is in them. */
export async function unprotectedDropAll(
  db: Pick<Database, 'client' | 'name'>,
  names: readonly string[],
): Promise<void> {
  for (const name of names) await dbOf(db).dropCollection(name)
}

/** Whether a collection holds no document. */
export const isEmpty = async (db: Pick<Database, 'client' | 'name'>, name: string): Promise<boolean> =>
  (await dbOf(db)
    .collection(name)
    .findOne({}, { projection: { _id: 1 } })) === null

/** The documents of a dumped file as plain values. */
export async function* dumpedRows(file: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for await (const raw of dumpedDocuments(file)) yield BSON.deserialize(raw)
}

/** Bytes of all documents of a database. */
export async function dataBytes(db: Pick<Database, 'client' | 'name'>): Promise<number> {
  return Number((await dbOf(db).command({ dbStats: 1 }))['dataSize'] ?? 0)
}
