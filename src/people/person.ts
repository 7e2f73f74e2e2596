import type { Day } from '../kernel/dates.ts'

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
  /** The person left: from this day on the account is closed; what they wrote keeps their name. */
  readonly closedFrom?: Day
  /** Invited and has not set a password yet. */
  readonly waiting?: true
  readonly rev: number
}

/** What signing in is decided on. */
export interface Account {
  readonly personId: string
  readonly username: string
  readonly name: string
  readonly unitId: string
  /** Absent until the invited person has set a password. */
  readonly hash?: string
  readonly active: boolean
  readonly closedFrom?: Day
  /** The password was given by somebody else and must be replaced first. */
  readonly mustChange: boolean
  /** Counted up to end every session that began earlier. */
  readonly epoch: number
  /** A confirmed second factor is asked for after every password. */
  readonly hasSecondFactor: boolean
  readonly rev: number
}

/** Whether somebody may be let in on the day: neither locked nor gone. */
export const isOpen = ({ active, closedFrom }: Pick<Person, 'active' | 'closedFrom'>, day: Day): boolean =>
  active && (closedFrom === undefined || day < closedFrom)

/** A user name as it is compared and stored: NFC, lower case. */
export const usernameKey = (typed: string): string => typed.normalize('NFC').trim().toLowerCase()

/** An e-mail address as it is compared and stored. */
export const emailKey = (typed: string): string => typed.normalize('NFC').trim().toLowerCase()
