import { PASSWORD_PAGE, SIGN_IN_PAGE } from '../http/authenticator.ts'
import { localPath } from '../http/local-path.ts'
import { page, redirect, type Request, type Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { changePassword, signOutEverywhere, type OwnAccountNeeds } from './change-password.ts'
import { passwordChangeFrom } from './people-input.ts'
import { profilePage } from './people-page.ts'
import { SHORTEST_PASSWORD } from './password-rules.ts'

export interface AccountRouteNeeds extends OwnAccountNeeds {
  readonly unitNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** The person's seats in words, for the own profile; seats live in a feature below. */
  readonly seatsInWords: (actor: Actor) => Promise<readonly string[]>
}

/** Signing in and out, the own password, the own profile. */
export function accountRoutes(needs: AccountRouteNeeds): readonly Route[] {
  const change = changePassword(needs)
  const endSessions = signOutEverywhere(needs)
  return [
    {
      method: 'get',
      path: SIGN_IN_PAGE,
      access: 'anyone',
      handle: request =>
        request.actor.personId === ''
          ? page('people/sign-in', 'Đăng nhập', { wish: wishOf(request), ownHeading: true })
          : redirect(wishOf(request)),
    },
    {
      method: 'post',
      path: SIGN_IN_PAGE,
      access: 'anyone',
      handle: async request => {
        await request.signIn(await request.authenticate())
        return redirect(wishOf(request))
      },
    },
    {
      method: 'post',
      path: '/dang-xuat',
      access: 'anyone',
      handle: async request => {
        await request.signOut()
        request.flash('success', 'Đã đăng xuất.')
        return redirect(SIGN_IN_PAGE)
      },
    },
    {
      method: 'get',
      path: PASSWORD_PAGE,
      access: 'signedIn',
      handle: () => page('people/password', 'Đổi mật khẩu', { shortest: SHORTEST_PASSWORD }),
    },
    {
      method: 'post',
      path: PASSWORD_PAGE,
      access: 'signedIn',
      handle: async request => {
        await change(request.actor, passwordChangeFrom(request.body))
        // The change ended this session too; the person who made it goes on in a new one.
        await request.signIn(request.actor.personId)
        request.flash('success', 'Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất.')
        return redirect('/')
      },
    },
    {
      method: 'get',
      path: '/ho-so',
      access: 'signedIn',
      handle: async ({ actor }) => {
        const person = await needs.people.get(actor.personId)
        const names = await needs.unitNames([person.unitId])
        const model = profilePage(person, names.get(person.unitId) ?? person.unitId, await needs.seatsInWords(actor))
        return page('people/profile', 'Hồ sơ cá nhân', model)
      },
    },
    {
      method: 'post',
      path: '/ho-so/dang-xuat-moi-noi',
      access: 'signedIn',
      handle: async request => {
        await endSessions(request.actor)
        await request.signOut()
        request.flash('success', 'Đã đăng xuất ở mọi thiết bị.')
        return redirect(SIGN_IN_PAGE)
      },
    },
  ]
}

/** Where the person wanted to go before signing in; only within this site. */
const wishOf = ({ query }: Request): string => localPath(query['ve']) ?? '/'
