import type { Request } from 'express'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { HttpRefusal } from './refused.ts'

/** Whose pages the signed-in person looks at, without being able to do anything, and until when (ISO instant). */
export interface Viewing {
  readonly personId: string
  readonly name: string
  readonly until: string
}

/** What the application says about looking at pages as somebody else. */
export interface ViewingRules {
  readonly now: Clock
  /** Paths of routes that stay closed meanwhile: files, the person's own account, whatever leaves a trace in their name. */
  readonly closed: (path: string) => boolean
  /** Asked at every request: whether the real person may still look as this one. */
  readonly mayLook: (real: Actor, as: Actor) => boolean
}

/** Where the banner's button leads. */
export const STOP_VIEWING = '/thoi-xem'

/** The session's viewing while its time has not run out; a request with a bearer token has no session. */
export function viewingIn(request: Request, rules: ViewingRules | undefined): Viewing | undefined {
  const session = request.session as Request['session'] | undefined
  const viewing = session?.viewing
  return rules && viewing && rules.now() < new Date(viewing.until) ? viewing : undefined
}

export const viewOnly = (): HttpRefusal =>
  new HttpRefusal(
    403,
    'viewOnly',
    'Chỉ xem, không làm thay',
    'Khi xem với tư cách người khác thì không sửa, không gửi, không mở tệp và không vào phần tài khoản của người đó.',
  )
