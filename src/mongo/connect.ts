import type { MongoClient } from 'mongodb'
import mongoose from 'mongoose'
import { gate } from './gate.ts'
import { NoDatabase } from './no-database.ts'

/** Eight slow operations at once freeze the embedded engine, so that one process never has more than seven. */
const MOST_CONNECTIONS = 7
/** Heavy reads may take three of them; the rest stays free for people at work. */
const MOST_HEAVY_READS = 3
const HEAVY_READ_LIMIT_MS = 20_000

export type HeavyLimits = { readonly maxTimeMS: number }

/** One open database: what stores, sessions and health checks hang on. */
export type Database = {
  readonly connection: mongoose.Connection
  readonly client: MongoClient
  readonly name: string
  /**
   * Runs a heavy read (roll-up, export, report) when fewer than three others run, first come first served. `run` gets
   * the time limit that it hands on to its query.
   */
  heavy<T>(run: (limits: HeavyLimits) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Connects to one database of a server. Every write asks to be on disk before it is acknowledged; on a replica set, on
 * the disks of a majority. `watchCommands` lets the client report each command (costs a little time; for tests).
 * Throws `NoDatabase` when nobody answers at the address.
 */
export async function connect(uri: string, name: string, { watchCommands = false } = {}): Promise<Database> {
  const connection = mongoose.createConnection(uri, {
    dbName: name,
    writeConcern: { w: 'majority', journal: true },
    maxPoolSize: MOST_CONNECTIONS,
    socketTimeoutMS: 15_000,
    serverSelectionTimeoutMS: 8_000,
    monitorCommands: watchCommands,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false, // waiting for a server is the driver's work, with its own time limit
  })
  try {
    await connection.asPromise()
  } catch (error) {
    await connection.destroy()
    const why = error instanceof Error ? error.message : String(error)
    throw new NoDatabase(`Không kết nối được tới cơ sở dữ liệu: ${why}. Hãy kiểm tra MONGODB_URI và máy chủ MongoDB.`, {
      cause: error,
    })
  }
  const oneOfFew = gate(MOST_HEAVY_READS)
  return {
    connection,
    client: connection.getClient(),
    name,
    heavy: run => oneOfFew(() => run({ maxTimeMS: HEAVY_READ_LIMIT_MS })),
    close: () => connection.close(),
  }
}
