import { MongoStore } from 'connect-mongo'
import type { RequestHandler } from 'express'
import session from 'express-session'
import type { MongoClient } from 'mongodb'
import type { Viewing } from './viewing.ts'

export interface Flash {
  readonly kind: 'success' | 'warning' | 'error'
  readonly message: string
}

declare module 'express-session' {
  interface SessionData {
    year: string
    unit: string
    flashes: Flash[]
    /** What a sign-in of several steps needs to remember on its way; gone when it ends. */
    held: Record<string, string>
    /** Somebody else's pages that are being looked at. */
    viewing?: Viewing
  }
}

const HOURS = 8
const SECONDS = HOURS * 3600

/**
 * Sessions in MongoDB over the app's own client. The embedded engine accepts TTL indexes but never runs them, so the
 * store sweeps every ten minutes itself; an expired session is not served in the meantime.
 */
export const mongoSessions = (client: MongoClient, dbName: string): session.Store =>
  MongoStore.create({
    client,
    dbName,
    collectionName: 'sessions',
    ttl: SECONDS,
    stringify: false,
    autoRemove: 'interval',
    autoRemoveInterval: 10,
  })

export interface SessionSettings {
  readonly store: session.Store
  /** First one signs, the others still verify, so that a secret can be replaced without signing everybody out. */
  readonly secrets: readonly string[]
  readonly secure: boolean
  /** Milliseconds of the server's clock. */
  readonly now?: () => number
}

/** Minutes of work after which cookie and stored session get their whole time again. */
const RENEWED_AFTER = 5

/** Cookies whose last renewal is remembered; beyond that the oldest are renewed once more than needed. */
const REMEMBERED = 20_000

/**
 * Gives a request its session, which ends eight hours after the last work. Putting off the end costs a signature and a
 * write, so it is done every few minutes for each browser instead of with every request.
 */
export function sessionHandler({ store, secrets, secure, now = Date.now }: SessionSettings): RequestHandler {
  const handler = (from: session.Store, rolling: boolean): RequestHandler =>
    session({
      name: 'kiemdinh.sid',
      secret: [...secrets],
      store: from,
      resave: false,
      saveUninitialized: false,
      rolling,
      cookie: { httpOnly: true, sameSite: 'lax', secure, maxAge: SECONDS * 1000 },
    })
  const renewing = handler(store, true)
  // The library puts off the end of a session with every request where the store can do that at all.
  const steady = handler(Object.create(store, { touch: { value: undefined } }) as session.Store, false)
  const renewed = new Map<string, number>()
  const isDue = (cookie: string): boolean => {
    const at = now()
    if (at - (renewed.get(cookie) ?? -Infinity) < RENEWED_AFTER * 60_000) return false
    renewed.delete(cookie)
    renewed.set(cookie, at)
    const [oldest] = renewed.keys()
    if (renewed.size > REMEMBERED && oldest !== undefined) renewed.delete(oldest)
    return true
  }
  return (request, response, next) => {
    const { cookie } = request.headers
    const handle = cookie !== undefined && isDue(cookie) ? renewing : steady
    handle(request, response, next)
  }
}
