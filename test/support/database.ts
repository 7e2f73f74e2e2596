import { randomBytes } from 'node:crypto'
import { STATES } from 'mongoose'
import { connect } from '../../src/mongo/connect.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { testEngine, type TestEngine } from './engine.ts'

interface Opened {
  readonly database: Database
  readonly engine: TestEngine
  /** The test file that was running, known from its next test on. */
  file?: string
}

const opened = new Set<Opened>()
const files: string[] = []

/**
 * A connection to a fresh, empty database with a name of its own. Call it in `before`; it goes when a later file is well
 * under way, at the latest at the end of the run. A run without a database fails here. Its client reports commands only
 * when asked to, because every answer is then read twice.
 */
export async function testDatabase({ watchCommands = false } = {}): Promise<Database> {
  const engine = await testEngine()
  const database = await connect(engine.uri, `test_${randomBytes(6).toString('hex')}`, { watchCommands })
  if (!watchCommands) refuseListeners(database)
  opened.add({ database, engine })
  return database
}

/** Who listens for commands that are not reported would hear nothing, and a test that wants silence would pass. */
function refuseListeners({ client }: Database): void {
  client.on('newListener', (event: string | symbol) => {
    if (String(event).startsWith('command')) throw new Error('call testDatabase({ watchCommands: true })')
  })
}

/** Where the server of a test database listens, for a second connection or another process. */
export function addressOf(database: Database): string {
  const found = [...opened].find(each => each.database === database)
  if (found === undefined) throw new Error(`${database.name} is not an open test database`)
  return found.engine.uri
}

/** Lets the databases of test files go that are over. Those of the file just before stay: it may still be delivering. */
export async function leaveFinished(file: string): Promise<void> {
  for (const each of opened) each.file ??= file
  if (files.at(-1) === file) return
  files.push(file)
  const recent = files.slice(-2)
  await leave([...opened].filter(each => !recent.includes(each.file ?? file)))
}

/** Lets every database of this run go, also on a server that is not ours. */
export const leaveAll = (): Promise<void> => leave([...opened])

async function leave(those: readonly Opened[]): Promise<void> {
  for (const each of those) {
    opened.delete(each)
    await close(each)
  }
  const inUse = new Set([...opened].map(({ engine }) => engine))
  const engines = new Set(those.map(({ engine }) => engine))
  for (const engine of engines) if (!inUse.has(engine)) await engine.close()
}

/** A folder of ours is thrown away with all that is in it; what cannot be dropped elsewhere is only in the way. */
async function close({ database, engine }: Opened): Promise<void> {
  if (database.connection.readyState !== STATES.connected) return // a test may have closed it by itself
  if (!engine.ours) await database.connection.dropDatabase().catch(() => undefined)
  await database.close()
}
