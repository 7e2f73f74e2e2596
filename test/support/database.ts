import { randomBytes } from 'node:crypto'
import { STATES } from 'mongoose'
import { connect } from '../../src/mongo/connect.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { closeTestEngine, testDatabaseUri } from './engine.ts'

interface Opened {
  readonly database: Database
  /** The test file that was running, known from its next test on. */
  file?: string
  dropped: boolean
}

const opened: Opened[] = []
const files: string[] = []

/**
 * A connection to a fresh, empty database with a name of its own. Call it in `before`; it is dropped when a later file is
 * well under way, and closed at the end of the run. A run without a database fails here.
 */
export async function testDatabase(): Promise<Database> {
  const database = await connect(await testDatabaseUri(), `test_${randomBytes(6).toString('hex')}`, {
    watchCommands: true,
  })
  opened.push({ database, dropped: false })
  return database
}

/**
 * Drops the databases of test files that are over. Each holds some hundred files of the engine open, and an engine that
 * may open no more aborts. Those of the file just before stay: something of it may still be delivering.
 */
export async function dropFinished(file: string): Promise<void> {
  for (const each of opened) each.file ??= file
  if (files.at(-1) === file) return
  files.push(file)
  const recent = files.slice(-2)
  for (const each of opened) {
    if (each.dropped || recent.includes(each.file ?? file)) continue
    each.dropped = true
    await dropped(each.database)
  }
}

/** What cannot be dropped lies in a folder that is thrown away, or on a server where it is only in the way: no test fails by it. */
const dropped = async (database: Database): Promise<void> => {
  if (isConnected(database)) await database.connection.dropDatabase().catch(() => undefined)
}

// A test may have closed its database by itself.
const isConnected = ({ connection }: Database): boolean => connection.readyState === STATES.connected

/** Drops every database of this run, also on a server that is not ours, and ends the engine. */
export async function closeTestDatabases(): Promise<void> {
  for (const { database } of opened.splice(0)) {
    if (!isConnected(database)) continue
    await dropped(database)
    await database.close()
  }
  await closeTestEngine()
}
