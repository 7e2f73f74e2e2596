import { hash, verify } from '@node-rs/argon2'

// Argon2id (2 is its number in a const enum that isolated modules cannot import), 19 MiB, as OWASP advises.
const SETTINGS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

let last: Promise<unknown> = Promise.resolve()

/** One hash at a time: each takes a thread of the pool that files are read with, and a rush of sign-ins would hold all of them. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work)
  last = next.catch(() => undefined)
  return next
}

/** Hashes a password as typed; macOS and Linux may send decomposed letters, so it is composed (NFC) first. */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(password.normalize('NFC'), SETTINGS))

let dummy: Promise<string> | undefined

/** Whether the password fits. Without a hash (no such account) it takes just as long and says no. */
export async function fitsPassword(stored: string | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword('no account has this password')
  const compared = stored ?? (await dummy)
  const fits = await inTurn(() => verify(compared, password.normalize('NFC')))
  return fits && stored !== undefined
}
