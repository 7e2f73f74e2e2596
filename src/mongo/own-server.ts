import { spawn } from 'node:child_process'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { MongoClient } from 'mongodb'
import { takeDataFolder } from './data-lock.ts'
import { NoDatabase } from './no-database.ts'

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
    const args = ['--dbpath', files, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket']
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let lastWords = ''
    const listen = (text: Buffer) => (lastWords = (lastWords + text.toString('utf8')).slice(-600))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    let ended = false
    const gone = new Promise<void>(done => {
      const end = () => {
        ended = true
        done()
      }
      child.once('exit', end)
      child.once('error', error => {
        lastWords += error.message
        end()
      })
    })
    const endWithUs = () => child.kill('SIGTERM')
    process.once('exit', endWithUs)

    const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`
    const deadline = Date.now() + 60_000
    for (;;) {
      const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500, connectTimeoutMS: 500 })
      try {
        await client.db('admin').command({ ping: 1 })
        break
      } catch (error) {
        if (!ended && Date.now() < deadline) continue
        child.kill('SIGKILL')
        throw new NoDatabase(`${binary} không chạy được trên ${files}: ${lastWords.trim()}`, { cause: error })
      } finally {
        await client.close()
      }
    }
    lock.note({ uri })
    return {
      uri,
      async close() {
        process.off('exit', endWithUs)
        child.kill('SIGTERM')
        await gone
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
