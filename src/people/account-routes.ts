import { SECOND_FACTOR_PAGE, SIGN_IN_PAGE } from '../http/authenticator.ts'
import { textField } from '../http/fields.ts'
import { page, redirect, type Request, type Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { secondFactorNeed } from './account-rules.ts'
import { signOutEverywhere } from './change-password.ts'
import { contactFrom } from './people-input.ts'
import { profilePage, recoveryCodesPage, secondFactorPage, type ProfileLink, type ViewingLine } from './profile-page.ts'
import { confirmSecondFactor, turnSecondFactorOff } from './second-factor.ts'
import { newSecret, secretPicture } from './second-factor-door.ts'
import type { SessionList } from './session-list-store.ts'
import { signInRoutes, type SignInRouteNeeds } from './sign-in-routes.ts'

export interface AccountRouteNeeds extends SignInRouteNeeds {
  readonly sessions: SessionList
  readonly unitNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** The person's seats in words, for the own profile; seats live in a feature below. */
  readonly seatsInWords: (actor: Actor) => Promise<readonly string[]>
  /** When the IT team looked at this person's pages, newest first. */
  readonly viewingsOf?: (personId: string) => Promise<readonly ViewingLine[]>
  /** Own settings that other features keep (what is sent by e-mail, the calendar file). */
  readonly profileLinks?: readonly ProfileLink[]
}

const PROFILE = '/ho-so'

/** Signing in and out, the own password, second factor, sessions and profile. */
export function accountRoutes(needs: AccountRouteNeeds): readonly Route[] {
  const { people, sessions, rules, now, seal } = needs
  const endAll = signOutEverywhere(needs)
  const [confirm, turnOff] = [confirmSecondFactor(needs), turnSecondFactorOff(needs)]

  const needOf = async (actor: Actor) =>
    secondFactorNeed(
      await rules.get(),
      actor.seats.map(seat => seat.role),
      dayOf(now()),
    )

  const begunSecret = ({ held, actor }: Request): string | undefined =>
    held['step'] === 'setUp' ? seal.open(held['secret'] ?? '', actor.personId) : undefined

  /** The secret that is being set up: made when the page is first shown, kept sealed in the session until it is confirmed. */
  const secretFor = (request: Request): string => {
    const begun = begunSecret(request)
    if (begun !== undefined) return begun
    const secret = newSecret()
    request.hold({ step: 'setUp', secret: seal.close(secret, request.actor.personId) })
    return secret
  }

  return [
    ...signInRoutes(needs),
    {
      method: 'get',
      path: PROFILE,
      access: 'signedIn',
      handle: async ({ actor, sessionId }) => {
        const [person, account] = await Promise.all([people.get(actor.personId), people.accountOf(actor.personId)])
        const [names, seats, open, need] = await Promise.all([
          needs.unitNames([person.unitId]),
          needs.seatsInWords(actor),
          sessions.of(person.id, account?.epoch ?? 0, now()),
          needOf(actor),
        ])
        const model = profilePage({
          person,
          unitName: names.get(person.unitId) ?? person.unitId,
          seats,
          sessions: open,
          here: sessions.handleOf(sessionId),
          hasSecondFactor: account?.hasSecondFactor ?? false,
          need,
          links: needs.profileLinks ?? [],
          viewings: (await needs.viewingsOf?.(actor.personId)) ?? [],
        })
        return page('people/profile', 'Hồ sơ cá nhân', model)
      },
    },
    {
      method: 'post',
      path: `${PROFILE}/lien-he`,
      access: 'signedIn',
      handle: async ({ actor, body, flash }) => {
        const person = await people.get(actor.personId)
        await people.setContact(person, contactFrom(body), { actor, at: now(), event: 'changeContact' })
        flash('success', 'Đã lưu thông tin liên hệ.')
        return redirect(PROFILE)
      },
    },
    {
      method: 'post',
      path: `${PROFILE}/phien/ket-thuc`,
      access: 'signedIn',
      handle: async ({ actor, body, flash }) => {
        const account = await people.accountOf(actor.personId)
        const handle = textField(body, 'handle')
        if (!account || !(await sessions.end(account.personId, account.epoch, handle, now())))
          throw new NotFound(`session ${handle}`)
        flash('success', 'Đã đăng xuất thiết bị đó.')
        return redirect(PROFILE)
      },
    },
    {
      method: 'post',
      path: `${PROFILE}/dang-xuat-moi-noi`,
      access: 'signedIn',
      handle: async request => {
        await endAll(request.actor)
        await request.signOut()
        request.flash('success', 'Đã đăng xuất ở mọi thiết bị.')
        return redirect(SIGN_IN_PAGE)
      },
    },
    {
      method: 'get',
      path: SECOND_FACTOR_PAGE,
      access: 'signedIn',
      handle: async request => {
        const [account, factor, need] = await Promise.all([
          people.accountOf(request.actor.personId),
          people.factorOf(request.actor.personId),
          needOf(request.actor),
        ])
        const secret = factor ? undefined : secretFor(request)
        const setUp = secret && { secret, picture: secretPicture(secret, account?.username ?? '') }
        return page(
          'people/second-factor',
          'Xác thực hai bước',
          secondFactorPage({ ...(setUp && { setUp }), recoveryLeft: factor?.recovery.length ?? 0, need }),
        )
      },
    },
    {
      method: 'post',
      path: SECOND_FACTOR_PAGE,
      access: 'signedIn',
      handle: async request => {
        const { actor, body } = request
        const codes = await confirm(actor, begunSecret(request), textField(body, 'code'))
        request.hold({})
        return page('people/recovery-codes', 'Mã khôi phục', recoveryCodesPage(codes))
      },
    },
    {
      method: 'post',
      path: `${SECOND_FACTOR_PAGE}/tat`,
      access: 'signedIn',
      handle: async ({ actor, body, flash }) => {
        await turnOff(actor, textField(body, 'password'), (await needOf(actor)) === 'required')
        flash('success', 'Đã tắt xác thực hai bước. Muốn dùng điện thoại mới hoặc bộ mã khôi phục mới, xin bật lại.')
        return redirect(PROFILE)
      },
    },
  ]
}
