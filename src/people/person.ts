/** A person known to the system; whether and how they sign in is kept apart and never leaves the store. */
export interface Person {
  readonly id: string
  readonly name: string
  /** The unit they work at; its head looks after their account. */
  readonly unitId: string
  readonly username?: string
  readonly email?: string
  readonly phone?: string
  /** A locked person cannot sign in and loses every session at once. */
  readonly active: boolean
  readonly rev: number
}

/** What signing in is decided on. */
export interface Account {
  readonly personId: string
  readonly username: string
  readonly name: string
  readonly hash: string
  readonly active: boolean
  /** The password was given by somebody else and must be replaced first. */
  readonly mustChange: boolean
  /** Counted up to end every session that began earlier. */
  readonly epoch: number
  readonly rev: number
}

/** A user name as it is compared and stored: NFC, lower case. */
export const usernameKey = (typed: string): string => typed.normalize('NFC').trim().toLowerCase()
