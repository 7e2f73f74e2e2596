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
    touchAfter: 300,
    stringify: false,
    autoRemove: 'interval',
    autoRemoveInterval: 10,
  })

export interface SessionSettings {
  readonly store: session.Store
  /** First one signs, the others still verify, so that a secret can be replaced without signing everybody out. */
  readonly secrets: readonly string[]
  readonly secure: boolean
}

export const sessionHandler = ({ store, secrets, secure }: SessionSettings): RequestHandler =>
  session({
    name: 'kiemdinh.sid',
    secret: [...secrets],
    store,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure, maxAge: SECONDS * 1000 },
  })
