import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'

/** An engine over a data folder of its own that goes when it closes. */
export type TestEngine = { uri: string; close(): Promise<void> }

/** Starts the engine that tests run against; throws with a Vietnamese sentence when there is no database to be had. */
export async function startTestEngine(say: (line: string) => void): Promise<TestEngine> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kiem-dinh-test-'))
  const mongodBinary = process.env['MONGOD_BINARY'] ?? findOnPath('mongod', process.env['PATH'] ?? '')
  const database = await openDatabase({ mongodBinary, dataDir, cacheMb: 256, say })
  return {
    uri: database.uri,
    async close() {
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

let shared: Promise<TestEngine> | undefined

/** Address of the database of this run: MONGODB_URI, else an engine started at the first call and kept to the end. */
export async function testDatabaseUri(): Promise<string> {
  const given = process.env['MONGODB_URI']
  if (given !== undefined) return given
  shared ??= startTestEngine(line => console.log(line))
  const { uri } = await shared
  process.env['MONGODB_URI'] = uri // for processes that tests start
  return uri
}

/** Ends the engine of this run, if one was started here. */
export async function closeTestEngine(): Promise<void> {
  const engine = await shared?.catch(() => undefined)
  shared = undefined
  await engine?.close()
}
