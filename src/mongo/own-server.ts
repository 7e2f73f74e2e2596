import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { takeDataFolder } from './data-lock.ts'
import { NoDatabase } from './no-database.ts'

const SCRIPT = fileURLToPath(new URL('./server-process.mjs', import.meta.url))

/** A large database replays its journal before it answers. */
const PATIENCE_MS = 60_000

/** The file a command name stands for on `path`, or undefined. */
export function findOnPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter(folder => folder !== '')
    .map(folder => join(folder, name))
    .find(file => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no port')),
      )
    })
  })
}

type Child = {
  readonly ended: () => boolean
  /** The last lines that it printed. */
  readonly lastWords: () => string
  stop(): Promise<void>
}

function spawnServer(binary: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [SCRIPT, binary, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let ended = false
  let words = ''
  const listen = (text: Buffer) => (words = (words + text.toString('utf8')).slice(-600))
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  const gone = new Promise<void>(done => child.once('close', () => done())).then(() => (ended = true))
  return {
    ended: () => ended,
    lastWords: () => words.trim() || 'nó dừng ngay mà không nói gì',
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function answers(uri: string): Promise<boolean> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, connectTimeoutMS: 500 })
  try {
    await client.db('admin').command({ ping: 1 })
    return true
  } catch {
    return false
  } finally {
    await client.close()
  }
}

/**
 * Starts a `mongod` of the machine over `dataDir`/mongod on a free loopback port and waits until it answers.
 * Throws `DataFolderHeld`, or `NoDatabase` with the server's last words.
 */
export async function startOwnServer(
  binary: string,
  dataDir: string,
): Promise<{ uri: string; close(): Promise<void> }> {
  const lock = takeDataFolder(dataDir)
  try {
    const files = join(dataDir, 'mongod')
    mkdirSync(files, { recursive: true })
    const port = await freePort()
    const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`
    const server = spawnServer(binary, [
      '--dbpath',
      files,
      '--port',
      `${port}`,
      '--bind_ip',
      '127.0.0.1',
      '--nounixsocket',
    ])
    const deadline = Date.now() + PATIENCE_MS
    while (!(await answers(uri))) {
      if (!server.ended() && Date.now() < deadline) continue
      await server.stop()
      throw new NoDatabase(`${binary} không chạy được trên ${files}: ${server.lastWords()}`)
    }
    lock.note({ uri })
    return {
      uri,
      async close() {
        await server.stop()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
