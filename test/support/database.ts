import { randomBytes } from 'node:crypto'
import { STATES } from 'mongoose'
import { connect } from '../../src/mongo/connect.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { closeTestEngine, testDatabaseUri } from './engine.ts'

const opened: Database[] = []

/**
 * A connection to a fresh, empty database with a name of its own. Call it in `before`; it is dropped and closed at the
 * end of the run. A run without a database fails here.
 */
export async function testDatabase(): Promise<Database> {
  const database = await connect(await testDatabaseUri(), `test_${randomBytes(6).toString('hex')}`, {
    watchCommands: true,
  })
  opened.push(database)
  return database
}

/** Drops every database of this run, also on a server that is not ours, and ends the engine. */
export async function closeTestDatabases(): Promise<void> {
  for (const database of opened.splice(0)) {
    if (database.connection.readyState !== STATES.connected) continue // the test closed it
    await database.connection.dropDatabase()
    await database.close()
  }
  await closeTestEngine()
}
