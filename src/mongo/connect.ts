import { setTimeout } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import mongoose from 'mongoose'
import { keptReads, type KeptReads } from '../kernel/kept-reads.ts'
import { gate } from './gate.ts'
import { NoDatabase } from './no-database.ts'
import { holdPauses, type PauseHold } from './pause-writes.ts'
import { gateWrites } from './write-gate.ts'
import { announceWriter } from './writers.ts'

/** Eight slow operations at once freeze the embedded engine, so that one process never has more than seven. */
const MOST_CONNECTIONS = 7
/** Heavy reads may take three of them; the rest stays free for people at work. */
const MOST_HEAVY_READS = 3
const HEAVY_READ_LIMIT_MS = 20_000
const SERVER_SELECTION_MS = 8_000
/** A last word that nobody takes must not keep a process from ending. */
const LAST_WORD_MS = 500
const WIRE_OF_MONGODB_8 = 25

export type HeavyLimits = { readonly maxTimeMS: number }

/** On disk before it is acknowledged; on a replica set, on the disks of a majority. */
export type Durable = { readonly w: 1 | 'majority'; readonly j: true }

/** One open database: what stores, sessions and health checks hang on. */
export type Database = {
  readonly connection: mongoose.Connection
  readonly client: MongoClient
  readonly name: string
  /** The write concern of every write; what goes round the models must ask for it as well. */
  readonly durable: Durable
  /** Values kept for a moment, dropped by every write that goes through a collection of this connection. */
  readonly kept: KeptReads
  /** The server takes updates of several documents in one command and tells the outcome of each (MongoDB 8). */
  readonly tellsEach: boolean
  /**
   * Runs a heavy read (roll-up, export, report) when fewer than three others run, first come first served. `run` gets
   * the time limit that it hands on to its query.
   */
  heavy<T>(run: (limits: HeavyLimits) => Promise<T>): Promise<T>
  /** Takes the right to hold up the writes of all processes for a moment (a backup), or throws `NotPaused`. */
  holdPauses(): Promise<PauseHold>
  /** True as soon as writes of this process are not held up; false when they still are after so many milliseconds. */
  takesWrites(withinMs: number): Promise<boolean>
  close(): Promise<void>
}

/**
 * What makes a write durable on this server, and whether it tells the outcomes of a bulk. A lone server must not be asked
 * for a majority: the embedded engine then acknowledges before its journal is on disk, and lost such writes in five of
 * seven runs of eight kills each; with `w: 1` it lost none.
 */
async function abilitiesOf(client: MongoClient): Promise<Pick<Database, 'durable' | 'tellsEach'>> {
  const hello = await client.db('admin').command({ hello: 1 })
  const isAlone = hello['setName'] === undefined && hello['msg'] !== 'isdbgrid'
  return {
    durable: { w: isAlone ? 1 : 'majority', j: true },
    tellsEach: Number(hello['maxWireVersion']) >= WIRE_OF_MONGODB_8,
  }
}

export type ConnectOptions = {
  /** The client reports each command: costs a little time; for tests. */
  readonly watchCommands?: boolean
  /** How long an operation waits for a server that does not answer. */
  readonly patienceMs?: number
  /** The clock of the kept reads. */
  readonly elapsed?: () => number
  /** The process serves people: reads are kept longer while no other process writes to the database. */
  readonly serves?: boolean
  /** False for a client that writes nothing which others read. */
  readonly writes?: boolean
}

/** Connects to one database of a server. Throws `NoDatabase` when nobody answers at the address. */
export async function connect(
  uri: string,
  name: string,
  {
    watchCommands = false,
    patienceMs = SERVER_SELECTION_MS,
    elapsed = () => performance.now(),
    serves = false,
    writes = true,
  }: ConnectOptions = {},
): Promise<Database> {
  // A way of its own for what must not wait behind the work of people.
  const side = new MongoClient(uri, { maxPoolSize: 1, serverSelectionTimeoutMS: patienceMs })
  try {
    const { durable, tellsEach } = await abilitiesOf(side)
    const kept = keptReads(elapsed)
    const writer = writes
      ? await announceWriter(side.db(name), serves ? { reads: kept, elapsed } : undefined)
      : undefined
    const connection = await mongoose
      .createConnection(uri, {
        dbName: name,
        writeConcern: { w: durable.w, journal: durable.j },
        maxPoolSize: MOST_CONNECTIONS,
        socketTimeoutMS: 15_000,
        serverSelectionTimeoutMS: patienceMs,
        monitorCommands: watchCommands,
        autoIndex: false,
        autoCreate: false,
        bufferCommands: false, // waiting for a server is the driver's work, with its own time limit
      })
      .asPromise()
    if (writer) gateWrites(connection.getClient(), connection.db ? [connection.db] : [], writer.gate.pass)
    const oneOfFew = gate(MOST_HEAVY_READS)
    return {
      connection,
      client: connection.getClient(),
      name,
      durable,
      tellsEach,
      kept,
      heavy: run => oneOfFew(() => run({ maxTimeMS: HEAVY_READ_LIMIT_MS })),
      holdPauses: () => holdPauses(side.db(name)),
      takesWrites: withinMs => writer?.gate.opens(withinMs) ?? Promise.resolve(true),
      async close() {
        await connection.close()
        // Only now: what still waits at the gate must fail, not slip into a copy that is being made.
        writer?.silence()
        if (writer)
          await Promise.race([writer.end().catch(() => undefined), setTimeout(LAST_WORD_MS, undefined, { ref: false })])
        await side.close()
      },
    }
  } catch (error) {
    await side.close()
    const why = error instanceof Error ? error.message : String(error)
    throw new NoDatabase(`Không kết nối được tới cơ sở dữ liệu: ${why}. Hãy kiểm tra MONGODB_URI và máy chủ MongoDB.`, {
      cause: error,
    })
  }
}
