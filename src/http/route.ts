import type { Readable } from 'node:stream'
import type { Actor } from '../kernel/actor.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Entry } from './authenticator.ts'
import type { Viewing } from './viewing.ts'

/** What a handler is given: everything already parsed as far as HTTP goes, nothing trusted. */
export interface Request {
  readonly actor: Actor
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** Form fields or JSON; `unknown` until an input function has read it. */
  readonly body: unknown
  /** Files received by a route that declares `upload`, already on disk under a temporary name. */
  readonly files: readonly ReceivedFile[]
  /** The working year chosen in the top bar. */
  readonly year: WorkingYear
  readonly sessionId: string
  readonly ip: string
  readonly header: (name: string) => string | undefined
  /** A sentence shown once on the next page. */
  readonly flash: (kind: 'success' | 'warning' | 'error', message: string) => void
  /** The unit chosen in the top bar by somebody with seats in several units. */
  readonly unitId: string | undefined
  /** Keeps a value in the session (the chosen year or unit). */
  readonly remember: (key: 'year' | 'unit', value: string) => void
  /** Checks the posted `username` and `password`; the person's id, or an InvalidInput that tells nothing more. */
  readonly authenticate: () => Promise<string>
  /** Texts that an earlier request of this session put aside with `hold`; empty when there are none. */
  readonly held: Readonly<Record<string, string>>
  /** Puts texts aside for the next requests of this session, in place of those before. Signing in drops them. */
  readonly hold: (texts: Readonly<Record<string, string>>) => void
  readonly signIn: (personId: string, entry: Entry) => Promise<void>
  readonly signOut: () => Promise<void>
  /** Begins to look at the pages of somebody else, or ends it. */
  readonly view: (viewing: Viewing | undefined) => void
  /** While `actor` is somebody else whose pages are being looked at. */
  readonly viewing?: Viewing | undefined
}

/** Who asks without being signed in has this actor: no person, no seats. */
export const NOBODY: Actor = { personId: '', name: '', seats: [] }

export interface ReceivedFile {
  readonly field: string
  readonly name: string
  readonly path: string
  readonly size: number
  readonly sha256: string
  /** Sniffed from the content, not the client's word. */
  readonly mime: string
}

export type Answer =
  | {
      readonly kind: 'page'
      readonly view: string
      readonly page: object
      readonly title: string
      readonly status?: number
    }
  /** A piece of a page without the layout, for in-place refreshes. */
  | { readonly kind: 'fragment'; readonly view: string; readonly page: object; readonly status?: number }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'json'; readonly body: unknown; readonly status?: number }
  | { readonly kind: 'text'; readonly body: string; readonly type: string }
  | {
      readonly kind: 'file'
      readonly body: Buffer | Readable | { readonly path: string }
      readonly mime: string
      readonly name: string
      /** Shown in the browser instead of saved. */
      readonly inline?: boolean
      readonly etag?: string
    }
  /** A server-sent stream of progress: each value is one event, the last one closes it. */
  | { readonly kind: 'events'; readonly source: AsyncIterable<object> }

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  readonly path: string
  /** No default: a route that forgets it does not compile. `anyone`: without sign-in. */
  readonly access: 'anyone' | 'signedIn'
  /** Largest upload in bytes and how many files; without it a multipart body is refused. */
  readonly upload?: { readonly maxBytes: number; readonly maxFiles: number }
  readonly handle: (request: Request) => Promise<Answer> | Answer
}

export const page = (view: string, title: string, model: object, status?: number): Answer =>
  status === undefined ? { kind: 'page', view, title, page: model } : { kind: 'page', view, title, page: model, status }
export const fragment = (view: string, model: object): Answer => ({ kind: 'fragment', view, page: model })
export const redirect = (to: string): Answer => ({ kind: 'redirect', to })
export const json = (body: unknown, status = 200): Answer => ({ kind: 'json', body, status })
export const pdf = (bytes: Buffer, name: string): Answer => ({
  kind: 'file',
  body: bytes,
  mime: 'application/pdf',
  name,
  inline: true,
})
/** An .xlsx file to be saved; the name carries the ending. */
export const spreadsheet = (bytes: Buffer, name: string): Answer => ({
  kind: 'file',
  body: bytes,
  mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  name,
})
