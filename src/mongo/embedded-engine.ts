import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statfsSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { takeDataFolder } from './data-lock.ts'
import type { DataLock } from './data-lock.ts'
import { nodeForEngine } from './newer-libc.ts'
import type { Command } from './newer-libc.ts'
import { DataFolderHeld, NoDatabase, WAYS_TO_A_DATABASE } from './no-database.ts'

const SCRIPT = fileURLToPath(new URL('./engine-process.mjs', import.meta.url))
/** The kernel cuts a socket path silently after 107 bytes; the engine adds 43 to its temporary folder. */
const LONGEST_SCRATCH = 50
/** The engine aborts on a full disk, and its journal alone takes 100 MB in advance. */
const LEAST_FREE_MB = 300
const SOCKET = 'mongo.sock'
/** How long a predecessor that is still closing its files may keep us waiting. */
const PATIENCE_MS = 15_000
const LONGEST_PAUSE_MS = 10_000

const messageSchema = z.union([z.object({ ready: z.string() }), z.object({ failed: z.string() })])

export type Engine = {
  readonly uri: string
  /** Process id of the engine that serves now; another one after a restart. */
  pid(): number | undefined
  close(): Promise<void>
}

export type EngineOptions = { dataDir: string; cacheMb: number; say: (line: string) => void }

const wait = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))

function scratchFolder(): string {
  const base = [tmpdir(), '/tmp'].find(folder => Buffer.byteLength(join(folder, 'kd-XXXXXX')) <= LONGEST_SCRATCH)
  return mkdtempSync(join(base ?? '/tmp', 'kd-')) // 0700: the database has no password, so its socket is for this user only
}

/** Spawns one engine; resolves when it serves, with the path of its socket. */
async function spawnEngine(
  command: Command,
  folder: string,
  cacheMb: number,
  scratch: string,
): Promise<{ child: ChildProcess; socket: string; lastWords(): string }> {
  for (const left of readdirSync(scratch).filter(name => name !== SOCKET))
    rmSync(join(scratch, left), { recursive: true, force: true })
  const child = spawn(command.program, [...command.args, folder, String(cacheMb), scratch], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-500)))
  const socket = await new Promise<string>((ready, fail) => {
    child.once('error', fail)
    child.once('exit', (code, signal) => fail(new Error(`bộ máy kết thúc với ${signal ?? code}. ${complaint}`.trim())))
    child.once('message', raw => {
      const message = messageSchema.parse(raw)
      if ('ready' in message) ready(message.ready)
      else fail(new Error(message.failed))
    })
  })
  return { child, socket, lastWords: () => complaint.trim() }
}

const isInUse = (error: unknown): boolean =>
  error instanceof Error && /DBPathInUse|already locked|lock file/i.test(error.message)

type Setting = Omit<EngineOptions, 'dataDir'> & { command: Command; files: string; scratch: string; lock: DataLock }

async function supervise({ command, files, cacheMb, scratch, lock, say }: Setting): Promise<Engine> {
  const address = join(scratch, SOCKET)
  const uri = `mongodb://${encodeURIComponent(address)}/?directConnection=true`
  let child: ChildProcess | undefined
  let closing = false
  let restarting: Promise<void> = Promise.resolve()

  async function start(): Promise<void> {
    const engine = await spawnEngine(command, files, cacheMb, scratch)
    child = engine.child
    // The engine picks a new socket at each start; clients know only this link, which is replaced in one step.
    symlinkSync(engine.socket, `${address}.new`)
    renameSync(`${address}.new`, address)
    engine.child.once('exit', (code, signal) => {
      child = undefined
      if (closing) return
      say(`Cơ sở dữ liệu dừng đột ngột (${signal ?? `mã ${code}`}); đang khởi động lại… ${engine.lastWords()}`.trim())
      restarting = restart()
    })
  }

  async function restart(): Promise<void> {
    for (let pause = 50; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await wait(pause)
      if (closing) return
      try {
        await start()
        say('Cơ sở dữ liệu đã chạy lại.')
        return
      } catch (error) {
        say(`Cơ sở dữ liệu chưa chạy lại được: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }

  async function startPatiently(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      try {
        return await start()
      } catch (error) {
        if (!isInUse(error) || Date.now() > deadline) throw error
        await wait(200)
      }
    }
  }

  await startPatiently()
  lock.note({ uri, scratch })
  return {
    uri,
    pid: () => child?.pid,
    async close() {
      closing = true
      await restarting
      const last = child
      if (last?.connected === true) {
        const gone = new Promise(done => last.once('exit', done))
        last.send('stop')
        await gone
      }
      rmSync(scratch, { recursive: true, force: true })
      lock.release()
    },
  }
}

/**
 * Runs the embedded engine over `dataDir` and keeps it running: when it dies it is started again behind the same
 * address. Throws `DataFolderHeld`, or `NoDatabase` when the engine cannot run here.
 */
export async function startEngine({ dataDir, cacheMb, say }: EngineOptions): Promise<Engine> {
  const files = join(dataDir, 'mongo')
  const lock = takeDataFolder(dataDir)
  let scratch: string | undefined
  try {
    mkdirSync(files, { recursive: true })
    const disk = statfsSync(files)
    const freeMb = Math.floor((disk.bavail * disk.bsize) / 2 ** 20)
    if (freeMb < LEAST_FREE_MB) {
      throw new NoDatabase(
        `Ổ đĩa chứa ${files} chỉ còn ${freeMb} MB, cơ sở dữ liệu cần ít nhất ${LEAST_FREE_MB} MB. Hãy giải phóng chỗ hoặc đổi DATA_DIR.`,
      )
    }
    const command = await nodeForEngine(SCRIPT, say)
    scratch = scratchFolder()
    return await supervise({ command, files, cacheMb, scratch, say, lock })
  } catch (error) {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true })
    lock.release()
    if (error instanceof NoDatabase || error instanceof DataFolderHeld) throw error
    if (isInUse(error)) throw new DataFolderHeld(dataDir, undefined)
    const why = error instanceof Error ? error.message : String(error)
    throw new NoDatabase(`Bộ máy MongoDB đi kèm không mở được ${files}: ${why}. ${WAYS_TO_A_DATABASE}`, {
      cause: error,
    })
  }
}
