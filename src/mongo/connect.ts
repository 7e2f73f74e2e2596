import { MongoClient } from 'mongodb'
import mongoose from 'mongoose'
import { gate } from './gate.ts'
import { NoDatabase } from './no-database.ts'

/** Eight slow operations at once freeze the embedded engine, so that one process never has more than seven. */
const MOST_CONNECTIONS = 7
/** Heavy reads may take three of them; the rest stays free for people at work. */
const MOST_HEAVY_READS = 3
const HEAVY_READ_LIMIT_MS = 20_000
const SERVER_SELECTION_MS = 8_000

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
  /**
   * Runs a heavy read (roll-up, export, report) when fewer than three others run, first come first served. `run` gets
   * the time limit that it hands on to its query.
   */
  heavy<T>(run: (limits: HeavyLimits) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * What makes a write durable on this server. A lone server must not be asked for a majority: the embedded engine then
 * acknowledges before its journal is on disk, and lost such writes in five of seven runs of eight kills each; with `w: 1`
 * it lost none.
 */
async function durableOn(uri: string, patienceMs: number): Promise<Durable> {
  const client = new MongoClient(uri, { maxPoolSize: 1, serverSelectionTimeoutMS: patienceMs })
  try {
    const hello = await client.db('admin').command({ hello: 1 })
    const isAlone = hello['setName'] === undefined && hello['msg'] !== 'isdbgrid'
    return { w: isAlone ? 1 : 'majority', j: true }
  } finally {
    await client.close()
  }
}

/**
 * Connects to one database of a server. `watchCommands` lets the client report each command (costs a little time; for
 * tests); `patienceMs` is how long an operation waits for a server that does not answer. Throws `NoDatabase` when nobody
 * answers at the address.
 */
export async function connect(
  uri: string,
  name: string,
  { watchCommands = false, patienceMs = SERVER_SELECTION_MS } = {},
): Promise<Database> {
  try {
    const durable = await durableOn(uri, patienceMs)
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
    const oneOfFew = gate(MOST_HEAVY_READS)
    return {
      connection,
      client: connection.getClient(),
      name,
      durable,
      heavy: run => oneOfFew(() => run({ maxTimeMS: HEAVY_READ_LIMIT_MS })),
      close: () => connection.close(),
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new NoDatabase(`Không kết nối được tới cơ sở dữ liệu: ${why}. Hãy kiểm tra MONGODB_URI và máy chủ MongoDB.`, {
      cause: error,
    })
  }
}
