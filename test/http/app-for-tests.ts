import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Express } from 'express'
import { pino } from 'pino'
import request from 'supertest'
import { buildAssets, type Assets } from '../../src/http/assets.ts'
import type { Route } from '../../src/http/route.ts'
import { createServer } from '../../src/http/server.ts'
import { mongoSessions } from '../../src/http/session.ts'
import type { Place } from '../../src/http/shell.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { SYSTEM, type Actor, type Seat } from '../../src/kernel/actor.ts'
import type { Unmet } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import {
  accountRoutes,
  accountRulesStore,
  administrationRoutes,
  checkCredentials,
  passportAuthenticator,
  peopleStore,
  secretSeal,
  sessionList,
  signInLimits,
  unprotectedCreatePerson,
  type SignOn,
} from '../../src/people/index.ts'
import { testDatabase } from '../support/database.ts'

export const PASSWORD = 'Câu dễ nhớ: hoa sữa'

export const SECRET = 'a secret for tests only, 32 letters'

let assets: Promise<Assets> | undefined

/** The real server over a real database with people, sample routes and whatever seats a test gives out. */
export async function appForTests(
  routes: readonly Route[] = [],
  { signOn, watchCommands = false }: { readonly signOn?: SignOn; readonly watchCommands?: boolean } = {},
) {
  assets ??= buildAssets()
  const db = await testDatabase({ watchCommands })
  const written = journalStore(db)
  const journal = relay(db, written, error => {
    throw error
  })
  const people = peopleStore(db, journal)
  const rules = accountRulesStore(db, journal)
  const sessions = sessionList(db)
  await ensureIndexes(db)
  const limits = signInLimits(db)
  const seats = new Map<string, readonly Seat[]>()
  const log: object[] = []
  const clock = { at: new Date('2025-10-05T02:41:00Z') }
  const now = (): Date => clock.at
  const unitNames = async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map(ids.map(id => [id, `Trường mẫu ${id}`]))
  const unitsOf = async (id: string): Promise<readonly string[]> => (seats.get(id) ?? []).map(seat => seat.unitId)
  const openWork = new Map<string, readonly Unmet[]>()
  const needs = {
    people,
    rules,
    sessions,
    limits,
    now,
    unitNames,
    unitsOf,
    unitExists: async (id: string) => id !== 'lạ',
    headsAUnit: async (id: string) => (seats.get(id) ?? []).some(each => each.role === 'head'),
    openWork: async (id: string) => openWork.get(id) ?? [],
    tell: async () => undefined,
    rolesOf: async (id: string) => (seats.get(id) ?? []).map(each => each.role),
    history: (id: string) => written.of({ kind: 'person', id }),
    baseUrl: 'http://localhost',
    seal: secretSeal([SECRET]),
    signOn,
  }
  const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-http-'))
  const state = { ready: true, takesWrites: true }
  const app = createServer({
    routes: [
      ...routes,
      ...accountRoutes({ ...needs, seatsInWords: async () => ['Thư ký Hội đồng tự đánh giá'] }),
      ...administrationRoutes(needs),
    ],
    authenticator: passportAuthenticator({ people, check: checkCredentials({ people, limits, now }), now }),
    actorOf: async ({ id }) => actorFrom(await people.find(id), seats),
    shellOf: async (actor, place) => shellFrom(actor, place),
    defaultYear: () => workingYear('2025-2026'),
    takesWrites: async () => state.takesWrites,
    ready: () => (state.ready ? Promise.resolve() : Promise.reject(new Error('down'))),
    sessions: mongoSessions(db.client, db.name),
    assets: await assets,
    config: { baseUrl: 'http://localhost', filesDir, sessionSecrets: [SECRET] },
    log: pino({ level: 'info' }, { write: (line: string) => void log.push(JSON.parse(line) as object) }),
  })
  return {
    app,
    db,
    people,
    limits,
    filesDir,
    log,
    state,
    clock,
    rules,
    sessions,
    openWork,
    settled: journal.settled,
    /** Somebody who can sign in with PASSWORD. */
    async person(username: string, unitId: string, theirs: readonly Seat[] = [], mustChange = false): Promise<string> {
      const create = unprotectedCreatePerson({ people, now })
      const person = await create(SYSTEM, { name: `Người Mẫu ${username}`, username, unitId }, PASSWORD, { mustChange })
      seats.set(person.id, theirs)
      return person.id
    },
  }
}

const actorFrom = (
  person: { readonly id: string; readonly name: string } | undefined,
  seats: ReadonlyMap<string, readonly Seat[]>,
): Actor | undefined => person && { personId: person.id, name: person.name, seats: seats.get(person.id) ?? [] }

const shellFrom = (actor: Actor, place: Place) => ({
  nav: [{ label: 'Việc của tôi', href: '/viec-cua-toi', current: place.path === '/viec-cua-toi', count: 3 }],
  years: [workingYear('2026-2027'), workingYear('2025-2026'), workingYear('2024-2025')],
  year: place.year,
  personName: actor.name,
  seatLabel: 'Thư ký Hội đồng',
})

export const seat = (role: Seat['role'], unitId: string): Seat => ({ role, unitId, from: '2020-01-01' })

/** The CSRF token of the first form on a page. */
export const tokenOf = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''

/** A browser: keeps cookies, fetches the form before it posts. */
export class Visitor {
  readonly agent: ReturnType<typeof request.agent>

  constructor(app: Express) {
    this.agent = request.agent(app)
  }

  /** What the browser sends along now, for requests that it does not make itself. */
  get cookie(): string {
    const here = { domain: '127.0.0.1', path: '/', secure: false, script: false }
    return this.agent.jar.getCookies(here).toValueString()
  }

  async token(path = '/dang-nhap'): Promise<string> {
    const { text } = await this.agent.get(path)
    return tokenOf(text)
  }

  /** Posts a form as the page `from` would. */
  async post(path: string, fields: Readonly<Record<string, string | readonly string[]>>, from = '/ho-so') {
    const csrf = await this.token(from)
    // Made after the form was fetched: the agent hands out its cookies when a request is made.
    return this.agent
      .post(path)
      .type('form')
      .send({ _csrf: csrf, _page: from, ...fields })
  }

  signIn(username: string, password = PASSWORD, wish = '/ho-so') {
    return this.post(`/dang-nhap?ve=${encodeURIComponent(wish)}`, { username, password }, '/dang-nhap')
  }
}

export async function signedIn(app: Express, username: string): Promise<Visitor> {
  const visitor = new Visitor(app)
  const { status } = await visitor.signIn(username)
  if (status !== 303) throw new Error(`could not sign in: ${status}`)
  return visitor
}

export const sessionsIn = (db: Database) => db.connection.collection<{ _id: string }>('sessions')
