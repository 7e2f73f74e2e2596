import { callbackify } from 'node:util'
import passportModule from 'passport'
import { Strategy } from 'passport-local'
import { textField } from '../http/fields.ts'
import type { Authenticator, RequestHandler } from '../http/authenticator.ts'
import type { PeopleStore } from './people-store.ts'
import type { checkCredentials } from './sign-in.ts'

interface SessionUser {
  readonly personId: string
  readonly name: string
  readonly mustChangePassword: boolean
  readonly epoch: number
}

declare global {
  // Passport declares the namespace; this is its documented way to say what a user is.
  namespace Express {
    interface User extends SessionUser {}
  }
}

/** What the session keeps: the person and the epoch under which the session began. */
interface Ticket {
  readonly personId: string
  readonly epoch: number
}

interface Needs {
  readonly people: Pick<PeopleStore, 'accountOf'>
  readonly check: ReturnType<typeof checkCredentials>
}

/**
 * Signing in by user name and password through passport's local strategy. On every request the account is read again:
 * a locked person, or one whose sessions were ended, is nobody from that moment on.
 */
export function passportAuthenticator({ people, check }: Needs): Authenticator {
  const passport = new passportModule.Passport()

  const userOf = async (personId: string): Promise<SessionUser | undefined> => {
    const account = await people.accountOf(personId)
    return account?.active
      ? { personId, name: account.name, mustChangePassword: account.mustChange, epoch: account.epoch }
      : undefined
  }

  const verify = callbackify(async (username: string, password: string, ip: string) => {
    return (await userOf(await check(username, password, ip))) ?? false
  })
  const find = callbackify(async ({ personId, epoch }: Ticket) => {
    const user = await userOf(personId)
    return user?.epoch === epoch ? user : false
  })
  passport.use(
    new Strategy({ passReqToCallback: true }, (request, username, password, done) =>
      verify(username, password, request.ip ?? '', done),
    ),
  )
  passport.serializeUser((user, done) => done(null, { personId: user.personId, epoch: user.epoch } satisfies Ticket))
  passport.deserializeUser((ticket: Ticket, done) => find(ticket, done))

  return {
    middleware: [passport.initialize(), passport.session()],

    authenticate: request =>
      new Promise((resolve, reject) => {
        const done = (error: unknown, user: Express.User | false | null | undefined): void => {
          if (error) reject(error)
          else resolve(user ? user.personId : '')
        }
        // Without both fields the strategy fails before it asks; the check then names what is missing.
        const username = textField(request.body, 'username')
        const password = textField(request.body, 'password')
        if (username === '' || password === '') void check(username, password, request.ip ?? '').then(resolve, reject)
        else {
          // Passport's types leave its middleware untyped.
          const run = passport.authenticate('local', done) as RequestHandler
          if (request.res) run(request, request.res, reject)
        }
      }),

    signedIn: ({ user }) =>
      user && { personId: user.personId, name: user.name, mustChangePassword: user.mustChangePassword },

    async signIn(request, personId) {
      const user = await userOf(personId)
      if (!user) throw new Error(`person ${personId} has no account`)
      // Passport begins a session with a new id, so that one planted before signing in is worth nothing.
      await new Promise<void>((resolve, reject) => request.logIn(user, error => (error ? reject(error) : resolve())))
    },

    signOut: request => new Promise((resolve, reject) => request.logout(error => (error ? reject(error) : resolve()))),
  }
}
