import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { openDatabase } from '../../src/mongo/open-database.ts'
import { findOnPath } from '../../src/mongo/own-server.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { buildProvince, PASSWORD, type Field } from './a-province.ts'
import { startServer, type BenchServer } from './bench-server.ts'
import { openConnection, requestText, type Connection } from './http-load.ts'
import { enginePid } from './numbers.ts'

export interface Setting {
  readonly db: Database
  readonly uri: string
  readonly system: System
  readonly fields: readonly Field[]
  readonly server: BenchServer
  readonly enginePid: number
  readonly close: () => Promise<void>
}

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
  const server = await startServer(engine.uri, 'bench', filesDir)
  return {
    db,
    uri: engine.uri,
    system,
    fields,
    server,
    enginePid: enginePid(process.pid),
    close: async () => {
      server.stop()
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
