import { callbackify } from 'node:util'
import session from 'express-session'
import type { KeptReads } from '../kernel/kept-reads.ts'

const SESSIONS = 'sessions'

type Data = session.SessionData

/** The libraries write into a session and into what lies in it, no deeper, so every request gets a copy of its own. */
const copied = (data: Data | null): Data | null =>
  // The same names with copies of what they name.
  data && (Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copyOf(value)])) as unknown as Data)

const copyOf = (value: unknown): unknown =>
  Array.isArray(value) ? [...value] : value?.constructor === Object ? { ...value } : value

/**
 * Reads of sessions kept for a moment: signing out, changing the id and every change of a session in this process are seen
 * by the very next request, those of another process after a second at most.
 */
export function keptSessions(store: session.Store, kept: KeptReads): session.Store {
  const read = kept.keep({
    load: id =>
      new Promise<Data | null>((resolve, reject) =>
        store.get(id, (error: unknown, data) => (error ? reject(asError(error)) : resolve(data ?? null))),
      ),
    from: id => [{ collection: SESSIONS, id }],
  })
  /** Tells of the write before its caller goes on. */
  const telling =
    (id: string, done: ((error?: unknown) => void) | undefined) =>
    (error?: unknown): void => {
      kept.wrote({ collection: SESSIONS, id })
      done?.(error)
    }

  const answer = callbackify(async (id: string) => copied(await read(id)))
  /** What requests under way have stored: with it went the new end of the session. */
  const stored = new WeakSet<Data>()

  return new (class extends session.Store {
    override get(id: string, done: (error: unknown, data?: Data | null) => void): void {
      answer(id, done)
    }
    override set(id: string, data: Data, done?: (error?: unknown) => void): void {
      store.set(
        id,
        data,
        telling(id, error => {
          if (!error) stored.add(data)
          done?.(error)
        }),
      )
    }
    override destroy(id: string, done?: (error?: unknown) => void): void {
      store.destroy(id, telling(id, done))
    }
    /** Puts off the end of a session and changes nothing in it; what the same request has stored ends late enough. */
    override touch(id: string, data: Data, done?: () => void): void {
      if (stored.has(data)) done?.()
      else store.touch?.(id, data, done)
    }
  })()
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
