import { PASSWORD_PAGE, SIGN_IN_PAGE } from '../http/authenticator.ts'
import { textField } from '../http/fields.ts'
import { localPath } from '../http/local-path.ts'
import { page, redirect, type Answer, type Request, type Route } from '../http/route.ts'
import type { SeatRole } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { StepRefused } from '../kernel/refusals.ts'
import { LINK_PAGE } from './access-link.ts'
import type { AccountRulesStore } from './account-rules-store.ts'
import { changePassword } from './change-password.ts'
import { passwordChangeFrom } from './people-input.ts'
import type { PeopleStore } from './people-store.ts'
import { isOpen } from './person.ts'
import { SHORTEST_PASSWORD } from './password-rules.ts'
import { checkSecondStep } from './second-factor.ts'
import { stepAfterFirst, type StepNeeds } from './sign-in-steps.ts'
import type { SecretSeal } from './secret-seal.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import type { SignOn } from './sign-on-door.ts'
import { signOnRoutes } from './sign-on-routes.ts'
import { openLink, useLink } from './use-link.ts'

export const SECOND_STEP_PAGE = '/dang-nhap/ma-xac-thuc'
/** How long a right password waits for its second step. */
const SECOND_STEP_MINUTES = 10

export interface SignInRouteNeeds extends StepNeeds {
  readonly people: PeopleStore
  readonly rules: AccountRulesStore
  readonly rolesOf: (personId: string) => Promise<readonly SeatRole[]>
  readonly limits: SignInLimits
  readonly seal: SecretSeal
  /** The province's own sign-on (OIDC), where it has one. */
  readonly signOn?: SignOn | undefined
}

/** Goes on after the first step: asks for the second one, or lets in and leads to the wished page. */
export type Enter = (request: Request, personId: string, wish: string) => Promise<Answer>

function entering(needs: SignInRouteNeeds): Enter {
  const next = stepAfterFirst(needs)
  return async (request, personId, wish) => {
    const step = await next(personId)
    if (step.kind === 'secondStep') {
      const until = String(needs.now().getTime() + SECOND_STEP_MINUTES * 60_000)
      request.hold({ step: 'second', personId, epoch: String(step.epoch), until, wish })
      return redirect(SECOND_STEP_PAGE)
    }
    await request.signIn(personId, step)
    if (step.announced !== undefined) request.flash('warning', step.announced)
    return redirect(wish)
  }
}

/** Signing in step by step, and the own password. */
export function signInRoutes(needs: SignInRouteNeeds): readonly Route[] {
  const enter = entering(needs)
  const change = changePassword(needs)
  const [open, use] = [openLink(needs), useLink(needs)]
  const secondStep = checkSecondStep(needs)

  /** Whose password was right in this session a moment ago; nobody after ten minutes or when sessions were ended. */
  const waitingFor = async ({ held }: Request): Promise<string | undefined> => {
    if (held['step'] !== 'second' || Number(held['until']) <= needs.now().getTime()) return undefined
    const account = await needs.people.accountOf(held['personId'] ?? '')
    const counts = account && isOpen(account, dayOf(needs.now())) && String(account.epoch) === held['epoch']
    return counts ? account.personId : undefined
  }

  return [
    {
      method: 'get',
      path: SIGN_IN_PAGE,
      access: 'anyone',
      handle: request =>
        request.actor.personId === ''
          ? page('people/sign-in', 'Đăng nhập', {
              wish: wishOf(request),
              ownHeading: true,
              signOn: needs.signOn && { name: needs.signOn.name },
            })
          : redirect(wishOf(request)),
    },
    {
      method: 'post',
      path: SIGN_IN_PAGE,
      access: 'anyone',
      handle: async request => enter(request, await request.authenticate(), wishOf(request)),
    },
    {
      method: 'get',
      path: SECOND_STEP_PAGE,
      access: 'anyone',
      handle: async request =>
        (await waitingFor(request)) === undefined
          ? redirect(SIGN_IN_PAGE)
          : page('people/second-step', 'Xác thực hai bước', { ownHeading: true }),
    },
    {
      method: 'post',
      path: SECOND_STEP_PAGE,
      access: 'anyone',
      handle: async request => {
        const personId = await waitingFor(request)
        if (personId === undefined) {
          request.flash('warning', 'Đã quá thời gian chờ mã xác thực. Xin đăng nhập lại.')
          return redirect(SIGN_IN_PAGE)
        }
        const wish = localPath(request.held['wish']) ?? '/'
        const { recoveryLeft } = await secondStep(personId, textField(request.body, 'code'))
        await request.signIn(personId, { mustSetUpSecondFactor: false })
        if (recoveryLeft !== undefined)
          request.flash('warning', `Đã dùng một mã khôi phục, còn ${recoveryLeft} mã. Xin tạo bộ mã mới khi sắp hết.`)
        return redirect(wish)
      },
    },
    {
      method: 'get',
      path: LINK_PAGE,
      access: 'anyone',
      handle: async ({ query }) => {
        const { account, link } = await open(query['ma'] ?? '')
        const { name, username } = account
        const isNew = link.purpose === 'invitation'
        const model = { name, username, token: query['ma'] ?? '', shortest: SHORTEST_PASSWORD, isNew, ownHeading: true }
        return page('people/link', isNew ? 'Nhận tài khoản' : 'Đặt mật khẩu mới', model)
      },
    },
    {
      method: 'post',
      path: LINK_PAGE,
      access: 'anyone',
      handle: async request => {
        if (request.actor.personId !== '')
          throw new StepRefused('Trình duyệt này đang mở tài khoản khác. Xin đăng xuất rồi mở lại liên kết.')
        const { next, repeated } = passwordChangeFrom(request.body)
        const { personId } = await use(textField(request.body, 'ma'), { next, repeated })
        request.flash('success', 'Đã đặt mật khẩu.')
        return enter(request, personId, '/')
      },
    },
    ...(needs.signOn ? signOnRoutes({ ...needs, signOn: needs.signOn, enter }) : []),
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
        const { personId } = request.actor
        await change(request.actor, passwordChangeFrom(request.body))
        // The change ended this session too; the person who made it goes on in a new one, the second step done before.
        const step = await stepAfterFirst(needs)(personId)
        await request.signIn(personId, { mustSetUpSecondFactor: step.kind === 'enter' && step.mustSetUpSecondFactor })
        request.flash('success', 'Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất.')
        return redirect('/')
      },
    },
  ]
}

/** Where the person wanted to go before signing in; only within this site. */
export const wishOf = ({ query }: Pick<Request, 'query'>): string => localPath(query['ve']) ?? '/'
