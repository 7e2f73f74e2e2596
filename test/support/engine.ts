import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'

/** A server for tests. `ours`: started here, over a data folder of its own that goes when it closes. Close it when no database of it is in use. */
export type TestEngine = { readonly uri: string; readonly ours: boolean; close(): Promise<void> }

/**
 * Databases that one engine of ours gets. The embedded engine keeps the files of dropped collections open as long as it
 * runs, some hundred for each database of ours, and aborts when it may open no more.
 */
const MOST_DATABASES = 12

/** Making a collection waits for the disk several times: in memory the some hundred of a database are there at once. */
const MEMORY = '/dev/shm'
const LEAST_FREE_MB = 3000
const OURS = /^kiem-dinh-test-(\d+)-/

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return (bavail * bsize) / 2 ** 20 > LEAST_FREE_MB
  } catch {
    return false // not on this system
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** What runs that were broken off have left in memory, as far as this user may remove it. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = OURS.exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    try {
      rmSync(join(folder, name), { recursive: true, force: true })
    } catch {
      // Another user's, or another process of this run is removing it.
    }
  }
}

function newFolder(): string {
  const inMemory = hasRoom(MEMORY)
  if (inMemory) sweep(MEMORY)
  return mkdtempSync(join(inMemory ? MEMORY : tmpdir(), `kiem-dinh-test-${process.pid}-`))
}

async function start(): Promise<TestEngine> {
  const dataDir = newFolder()
  const mongodBinary = process.env['MONGOD_BINARY'] ?? findOnPath('mongod', process.env['PATH'] ?? '')
  const database = await openDatabase({ mongodBinary, dataDir, cacheMb: 256, say: line => console.log(line) })
  const engine: TestEngine = {
    uri: database.uri,
    ours: true,
    async close() {
      if ((await current) === engine) current = undefined
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return engine
}

const given = process.env['MONGODB_URI']
let current: Promise<TestEngine> | undefined
let left = 0

/**
 * The server for one more database: MONGODB_URI, else an engine of ours, after some databases a fresh one. Throws with a Vietnamese sentence when there is no database to be had.
 */
export async function testEngine(): Promise<TestEngine> {
  if (given !== undefined) return { uri: given, ours: false, close: () => Promise.resolve() }
  if (current === undefined || left === 0) {
    left = MOST_DATABASES
    current = start()
  }
  left -= 1
  return current
}
