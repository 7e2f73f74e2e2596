import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { holderOf } from './data-lock.ts'
import { startEngine } from './embedded-engine.ts'
import { NoDatabase } from './no-database.ts'
import { startOwnServer } from './own-server.ts'

export type OpenOptions = {
  /** Address of a running MongoDB; taken first. */
  uri?: string | undefined
  /** A `mongod` to start when there is no `uri`. */
  mongodBinary?: string | undefined
  /** Folder that the database's files go into when it is ours to start. */
  dataDir: string
  /** Cache of the embedded engine in megabytes, 1024 when not given. */
  cacheMb?: number
  /** Use the database of a process that already runs over `dataDir`, instead of refusing: for commands run beside the server. */
  join?: boolean
  /** Takes one Vietnamese line at a time about what happens. */
  say: (line: string) => void
}

/** An open database server. `close` stops it when it was started here, and is safe to call once at the end. */
export type OpenedDatabase = { uri: string; kind: 'uri' | 'mongod' | 'embedded'; close(): Promise<void> }

/** Where the database's files lie below a data folder, whichever server keeps them. */
export const databaseFolders = (dataDir: string): readonly string[] =>
  ['mongo', 'mongod'].map(name => join(resolve(dataDir), name))

/** Words of a MongoDB address that may be shown: without user name and password. */
const withoutPassword = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//…@')

/**
 * Opens a MongoDB, in this order: the given address, a `mongod` of this machine, the embedded engine.
 * Throws `DataFolderHeld` when another process has the data folder, `NoDatabase` when there is none to be had.
 */
export async function openDatabase(options: OpenOptions): Promise<OpenedDatabase> {
  const { uri, mongodBinary, cacheMb = 1024, say } = options
  if (uri !== undefined) {
    say(`Cơ sở dữ liệu: máy chủ MongoDB theo MONGODB_URI (${withoutPassword(uri)}).`)
    return { uri, kind: 'uri', close: async () => {} }
  }
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true })
  const holder = options.join === true ? holderOf(dataDir) : undefined
  if (holder?.uri !== undefined) {
    say(`Cơ sở dữ liệu: dùng chung với tiến trình ${holder.pid} đang chạy trên ${dataDir}.`)
    return { uri: holder.uri, kind: 'uri', close: async () => {} }
  }
  // A mongod that was installed later must not make the data look lost.
  const hasEngineData = existsSync(join(dataDir, 'mongo')) && !existsSync(join(dataDir, 'mongod'))
  if (mongodBinary !== undefined && !hasEngineData) {
    if (!existsSync(mongodBinary)) throw new NoDatabase(`Không có tệp ${mongodBinary} mà MONGOD_BINARY chỉ tới.`)
    const server = await startOwnServer(mongodBinary, dataDir)
    say(`Cơ sở dữ liệu: ${mongodBinary}, dữ liệu trong ${dataDir}/mongod.`)
    return { ...server, kind: 'mongod' }
  }
  const engine = await startEngine({ dataDir, cacheMb, say })
  say(`Cơ sở dữ liệu: bộ máy MongoDB đi kèm, dữ liệu trong ${dataDir}/mongo.`)
  return { uri: engine.uri, kind: 'embedded', close: () => engine.close() }
}
