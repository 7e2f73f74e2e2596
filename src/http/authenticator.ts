import type { Request, RequestHandler } from 'express'

export type { RequestHandler }

/** Who a session belongs to. */
export interface SignedIn {
  readonly personId: string
  readonly name: string
  /** Signed in with a temporary password: nothing is reachable until it has been replaced. */
  readonly mustChangePassword: boolean
  /** Holds a seat that asks for a second factor and has none: nothing is reachable until it has been set up. */
  readonly mustSetUpSecondFactor: boolean
}

/** What is decided when somebody is let in, and holds for that session. */
export interface Entry {
  readonly mustSetUpSecondFactor: boolean
}

/**
 * How people prove who they are. `people/` supplies it (passport inside), so that http/ knows no account
 * and no feature sees an Express request.
 */
export interface Authenticator {
  /** Mounted after the session; finds the signed-in person again on every request. */
  readonly middleware: readonly RequestHandler[]
  /** Checks the posted `username` and `password`; resolves with the person's id or throws a refusal. */
  readonly authenticate: (request: Request) => Promise<string>
  readonly signedIn: (request: Request) => SignedIn | undefined
  /** Changes the session's id and ties the new session to the person; whatever the old one held is gone. */
  readonly signIn: (request: Request, personId: string, entry: Entry) => Promise<void>
  readonly signOut: (request: Request) => Promise<void>
}

export const SIGN_IN_PAGE = '/dang-nhap'
export const PASSWORD_PAGE = '/doi-mat-khau'
export const SECOND_FACTOR_PAGE = '/ho-so/xac-thuc-hai-buoc'
