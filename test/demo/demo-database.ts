import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Clock } from '../../src/kernel/dates.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { WRITERS } from '../../src/mongo/pause-rows.ts'
import { buildSystem, type System } from '../../src/system/system.ts'

export const TODAY = '2026-11-22'
export const CRITERIA = path.resolve(import.meta.dirname, '../../criteria')

/** Builds the system over a database on any clock; a fault of the journal's delivery fails the run. */
export const builderOn = (
  db: Database,
  filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-demo-')),
): ((now: Clock) => System) => {
  return now => buildSystem(db, { filesDir, now, report: rethrow })
}

const rethrow = (error: unknown): void => {
  throw error
}

/** Indexes and criteria sets, as the server's start puts them there before the demonstration. */
export async function prepare(db: Database, build: (now: Clock) => System): Promise<System> {
  const system = build(() => new Date())
  await ensureIndexes(db)
  await system.catalogue.importCriteriaFiles(CRITERIA)
  return system
}

/**
 * Every document of every collection by id, for comparing two moments; the journal’s order does not matter here, and signs of
 * life of processes are not counted.
 */
export async function everything(db: Database): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const collections = (await db.connection.db?.collections()) ?? []
  for (const collection of collections.filter(({ collectionName }) => collectionName !== WRITERS))
    for await (const row of collection.find())
      found.set(`${collection.collectionName}/${String(row._id)}`, JSON.stringify(row))
  return found
}
