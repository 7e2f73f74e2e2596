import type { IncomingMessage } from 'node:http'
import { callbackify } from 'node:util'
import passportModule from 'passport'
import { Strategy } from 'passport-local'
import { textField } from '../http/fields.ts'
import type { Authenticator, Entry, RequestHandler } from '../http/authenticator.ts'
import { dayOf, type Clock } from '../kernel/dates.ts'
import type { PeopleStore } from './people-store.ts'
import { isOpen } from './person.ts'
import type { Ticket } from './session-list-store.ts'
import type { checkCredentials } from './sign-in.ts'

interface SessionUser {
  readonly personId: string
  readonly name: string
  readonly mustChangePassword: boolean
  readonly mustSetUpSecondFactor: boolean
  readonly epoch: number
}

declare global {
  // Passport declares the namespace; this is its documented way to say what a user is.
  namespace Express {
    interface User extends SessionUser {}
  }
}

interface Needs {
  readonly people: Pick<PeopleStore, 'accountOf'>
  readonly check: ReturnType<typeof checkCredentials>
  readonly now?: Clock
}

/**
 * Signing in by user name and password through passport's local strategy. On every request the account is read again:
 * a locked person, one who has left, or one whose sessions were ended, is nobody from that moment on.
 */
export function passportAuthenticator({ people, check, now = () => new Date() }: Needs): Authenticator {
  const passport = new passportModule.Passport()

  const userOf = async (personId: string, entry?: Partial<Entry>): Promise<SessionUser | undefined> => {
    const account = await people.accountOf(personId)
    return account && isOpen(account, dayOf(now()))
      ? {
          personId,
          name: account.name,
          mustChangePassword: account.mustChange,
          mustSetUpSecondFactor: entry?.mustSetUpSecondFactor === true && !account.hasSecondFactor,
          epoch: account.epoch,
        }
      : undefined
  }

  const verify = callbackify(async (username: string, password: string, ip: string) => {
    return (await userOf(await check(username, password, ip))) ?? false
  })
  const find = callbackify(async ({ personId, epoch, mustSetUpSecondFactor = false }: Ticket) => {
    const user = await userOf(personId, { mustSetUpSecondFactor })
    return user?.epoch === epoch ? user : false
  })
  passport.use(
    new Strategy({ passReqToCallback: true }, (request, username, password, done) =>
      verify(username, password, request.ip ?? '', done),
    ),
  )
  passport.serializeUser((request: IncomingMessage, user: Express.User, done: (error: unknown, id: Ticket) => void) => {
    const { personId, epoch, mustSetUpSecondFactor } = user
    // Passport types the request as Node's own; express made it.
    const ip = ('ip' in request && typeof request.ip === 'string' && request.ip) || ''
    const agent = (request.headers['user-agent'] ?? '').slice(0, 300)
    done(null, { personId, epoch, began: now(), agent, ip, ...(mustSetUpSecondFactor && { mustSetUpSecondFactor }) })
  })
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
      user && {
        personId: user.personId,
        name: user.name,
        mustChangePassword: user.mustChangePassword,
        mustSetUpSecondFactor: user.mustSetUpSecondFactor,
      },

    async signIn(request, personId, entry) {
      const user = await userOf(personId, entry)
      if (!user) throw new Error(`person ${personId} has no account`)
      // Passport begins a session with a new id, so that one planted before signing in is worth nothing.
      await new Promise<void>((resolve, reject) => request.logIn(user, error => (error ? reject(error) : resolve())))
    },

    signOut: request => new Promise((resolve, reject) => request.logout(error => (error ? reject(error) : resolve()))),
  }
}
