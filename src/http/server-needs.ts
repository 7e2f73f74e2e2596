import type { Store } from 'express-session'
import type { Logger } from 'pino'
import type { Actor } from '../kernel/actor.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Assets } from './assets.ts'
import type { Authenticator } from './authenticator.ts'
import type { Route } from './route.ts'
import type { Place, Shell } from './shell.ts'
import type { ViewingRules } from './viewing.ts'

export interface HttpConfig {
  /** Public address, `https://…`; decides whether cookies are secure. */
  readonly baseUrl: string
  readonly filesDir: string
  readonly sessionSecrets: readonly string[]
  /** Address or name of the proxy in front (`loopback`); without one no forwarded header is believed. */
  readonly trustProxy?: string
}

export interface ServerNeeds {
  readonly routes: readonly Route[]
  readonly authenticator: Authenticator
  /** The signed-in person, read a moment ago, with the seats of today; undefined when there is no such person. */
  readonly actorOf: (person: { readonly id: string; readonly name: string }) => Promise<Actor | undefined>
  readonly shellOf: (actor: Actor, place: Place) => Promise<Shell>
  /** The working year of a person who has not chosen one. */
  readonly defaultYear: () => WorkingYear | Promise<WorkingYear>
  /** Absent: nobody looks at pages as somebody else. */
  readonly viewing?: ViewingRules | undefined
  /** True as soon as the database takes writes; false when a backup holds them up for longer than so many milliseconds. */
  readonly takesWrites?: (withinMs: number) => Promise<boolean>
  /** Resolves when the database answers; `/health/ready` reports a rejection as 503. */
  readonly ready: () => Promise<unknown>
  readonly sessions: Store
  readonly assets: Assets
  readonly config: HttpConfig
  readonly log: Logger
}
