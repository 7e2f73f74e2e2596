import { SIGN_IN_PAGE } from '../http/authenticator.ts'
import { localPath } from '../http/local-path.ts'
import { redirect, type Answer, type Request, type Route } from '../http/route.ts'
import { accountSignedOn, type SignOnNeeds } from './sign-on.ts'
import { SignOnFailed, type SignOn } from './sign-on-door.ts'

export const SIGN_ON_PAGE = '/dang-nhap/cong-dinh-danh'
/** Where the provider sends people back to; the address to register there. */
export const SIGN_ON_CALLBACK = '/dang-nhap/cong-dinh-danh/ve'
const MINUTES = 10

interface Needs extends SignOnNeeds {
  readonly signOn: SignOn
  readonly enter: (request: Request, personId: string, wish: string) => Promise<Answer>
}

/** Signing in at the province's own provider: going there, and coming back. */
export function signOnRoutes(needs: Needs): readonly Route[] {
  const { signOn, enter, now } = needs
  const accountOf = accountSignedOn(needs)
  return [
    {
      method: 'get',
      path: SIGN_ON_PAGE,
      access: 'anyone',
      handle: async request => {
        const { href, checks } = await signOn.begin()
        const until = String(now().getTime() + MINUTES * 60_000)
        request.hold({ step: 'signOn', ...checks, until, wish: localPath(request.query['ve']) ?? '/' })
        return redirect(href)
      },
    },
    {
      method: 'get',
      path: SIGN_ON_CALLBACK,
      access: 'anyone',
      handle: async request => {
        const { step, state, nonce, verifier, until, wish } = request.held
        // Whatever comes of it, this way there is used up.
        request.hold({})
        if (step !== 'signOn' || !state || !nonce || !verifier || Number(until) <= now().getTime())
          throw new SignOnFailed('Lần đăng nhập này đã hết hạn hoặc bắt đầu ở trình duyệt khác. Xin đăng nhập lại.')
        const personId = await accountOf(await signOn.finish(request.query, { state, nonce, verifier }))
        return enter(request, personId, localPath(wish) ?? SIGN_IN_PAGE)
      },
    },
  ]
}
