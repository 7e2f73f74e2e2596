import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { buildProvince, PASSWORD, type Field } from './a-province.ts'
import { openConnection, requestText, type Connection } from './http-load.ts'
import { enginePid } from './numbers.ts'

// Plain JavaScript that runs before anything is installed, so it has no types of its own.
const { bundled } = (await import(new URL('../bundle.mjs', import.meta.url).href)) as {
  readonly bundled: (root: string, entry: string) => Promise<string>
}

/** Longest pauses of a server's event loop, in milliseconds. */
export interface LoopDelay {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** The product as a process of its own, over a real engine with data. */
export interface BenchServer {
  readonly pid: number
  readonly port: number
  /** A bare node:http server in the same process. */
  readonly plainPort: number
  readonly loopDelay: () => Promise<LoopDelay>
}

export interface Setting {
  readonly db: Database
  readonly uri: string
  readonly system: System
  readonly fields: readonly Field[]
  readonly server: BenchServer
  readonly enginePid: number
  readonly close: () => Promise<void>
}

const next = <T>(child: ChildProcess): Promise<T> =>
  new Promise((done, fail) => {
    child.once('exit', code => fail(new Error(`the server of the bench ended with ${code}`)))
    // The only sender is server-process.ts, which sends exactly what is asked for here.
    child.once('message', message => done(message as T))
  })

/** A fresh engine, a province of some schools, and the application as a process of its own over them. */
export async function openSetting(schools: number): Promise<Setting> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kd-bench-'))
  const engine = await openDatabase({
    mongodBinary: findOnPath('mongod', process.env['PATH'] ?? ''),
    dataDir: folder,
    cacheMb: 1024,
    say: () => {},
  })
  // The server is not there yet while this process writes, and must not count it as another one later.
  const db = await connect(engine.uri, 'bench', { writes: false })
  const filesDir = path.join(folder, 'files')
  const system = buildSystem(db, { filesDir })
  await ensureIndexes(db)
  const fields = await buildProvince(system, schools)
  // Bundled, as `npm start` runs it: a program that reads its TypeScript itself is another one, above all in memory.
  const program = await bundled(path.resolve(import.meta.dirname, '../..'), 'scripts/bench/server-process.ts')
  const child = fork(fileURLToPath(program), [engine.uri, 'bench', filesDir], {
    execArgv: ['--enable-source-maps'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const ports = await next<{ port: number; plainPort: number }>(child)
  return {
    db,
    uri: engine.uri,
    system,
    fields,
    server: {
      pid: child.pid ?? 0,
      ...ports,
      loopDelay: () => {
        child.send('delay')
        return next<LoopDelay>(child)
      },
    },
    enginePid: enginePid(process.pid),
    close: async () => {
      child.removeAllListeners('exit')
      child.kill()
      await db.close()
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a signed-in browser sends along. */
export interface SignedIn {
  readonly headers: Readonly<Record<string, string>>
  readonly connection: Connection
}

const cookieIn = (head: string): string => /set-cookie: (kiemdinh\.sid=[^;]+)/i.exec(head)?.[1] ?? ''

/** Signs a person in as a browser does, and fetches the token that writes need. */
export async function signIn(port: number, username: string): Promise<SignedIn> {
  const base = `http://127.0.0.1:${port}`
  const form = await fetch(`${base}/dang-nhap`)
  const token = /name="_csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? ''
  const before = cookieIn(`set-cookie: ${form.headers.getSetCookie().join('')}`)
  const answer = await fetch(`${base}/dang-nhap`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: before },
    body: new URLSearchParams({ _csrf: token, username, password: PASSWORD }),
  })
  const cookie = cookieIn(`set-cookie: ${answer.headers.getSetCookie().join('')}`)
  if (answer.status !== 303 || cookie === '') throw new Error(`${username} could not sign in: ${answer.status}`)
  const page = await (await fetch(`${base}/ho-so`, { headers: { cookie } })).text()
  const csrf = /name="csrf-token" content="([^"]+)"/.exec(page)?.[1] ?? ''
  return {
    headers: { cookie, 'x-csrf-token': csrf, accept: 'application/json' },
    connection: await openConnection(port),
  }
}

/** A page as a browser asks for it. */
export const pageRequest = (address: string, { headers }: SignedIn): string =>
  requestText('GET', address, { cookie: headers['cookie'] ?? '', accept: 'text/html', 'accept-encoding': 'gzip' })
