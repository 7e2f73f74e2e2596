import { readConfig, type Config } from '../src/config.ts'
import { InvalidInput } from '../src/kernel/refusals.ts'
import { ensureIndexes } from '../src/mongo/collection.ts'
import { connect } from '../src/mongo/connect.ts'
import { databaseFolders, openDatabase } from '../src/mongo/open-database.ts'
import { explainStartError } from '../src/start-errors.ts'
import { buildSystem, type System } from '../src/system/system.ts'

/** A line for the person at the terminal. */
export const say = (line: string): boolean => process.stdout.write(`${line}\n`)

/**
 * Runs a command on this installation's system, also while the server runs over the same data folder, and closes
 * everything behind it. What a person can mend is said in a sentence; the exit code is then 1.
 */
export async function withSystem(
  run: (system: System, config: Config) => Promise<void>,
  backupFolder?: string,
): Promise<void> {
  try {
    const config = readConfig()
    const opened = await openDatabase({
      uri: config.mongodbUri,
      mongodBinary: config.mongodBinary,
      dataDir: config.dataDir,
      cacheMb: config.engineCacheMb,
      join: true,
      say: () => {},
    })
    try {
      const db = await connect(opened.uri, config.databaseName)
      try {
        const folder = backupFolder ?? config.backupDir
        const backup = { folder, databaseDirs: databaseFolders(config.dataDir) }
        const system = buildSystem(db, { filesDir: config.filesDir, baseUrl: config.baseUrl, backup })
        await ensureIndexes(db)
        await run(system, config)
        await system.post.settled()
      } finally {
        await db.close()
      }
    } finally {
      await opened.close()
    }
  } catch (error) {
    process.exitCode = 1
    const lines =
      error instanceof InvalidInput ? Object.values(error.fields) : [explainStartError(error) ?? String(error)]
    process.stderr.write(`${lines.join('\n')}\n`)
  }
}
