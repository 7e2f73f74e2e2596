import { printInstant } from '../kernel/dates.ts'
import { deviceWords, networkWords } from './device-words.ts'
import { factsOf } from './people-page.ts'
import type { Person } from './person.ts'
import type { OpenSession } from './session-list-store.ts'

/** A page of another feature that belongs to the own profile. */
export interface ProfileLink {
  readonly label: string
  readonly href: string
  readonly icon: string
}

/** One time that the IT team looked at somebody's pages. */
export interface ViewingLine {
  readonly at: Date
  readonly by: string
  readonly reason: string
}

type Need = 'required' | 'announced' | undefined

export interface ProfileView {
  readonly person: Person
  readonly unitName: string
  readonly seats: readonly string[]
  readonly sessions: readonly OpenSession[]
  /** Handle of the session that asks. */
  readonly here: string
  readonly hasSecondFactor: boolean
  readonly need: Need
  readonly links: readonly ProfileLink[]
  readonly viewings: readonly ViewingLine[]
}

const secondFactorBadge = (on: boolean, need: Need) =>
  on
    ? { label: 'Đang bật', tone: 'green', icon: 'check' }
    : need === 'required'
      ? { label: 'Bắt buộc, chưa bật', tone: 'red', icon: 'alert' }
      : { label: need === 'announced' ? 'Sắp bắt buộc, chưa bật' : 'Đang tắt', tone: need ? 'orange' : 'grey' }

/** The own profile: who one is, what one holds, how one signs in and where one is signed in. */
export const profilePage = ({
  person,
  unitName,
  seats,
  sessions,
  here,
  hasSecondFactor,
  need,
  links,
  viewings,
}: ProfileView) => ({
  facts: factsOf(person, unitName).slice(0, 3),
  contact: { email: person.email ?? '', phone: person.phone ?? '' },
  seats,
  links,
  viewings: viewings.map(({ at, by, reason }) => ({
    when: printInstant(at),
    who: by,
    what: 'Xem, không sửa',
    detail: reason,
  })),
  secondFactor: secondFactorBadge(hasSecondFactor, need),
  sessions: sessions.map(({ handle, began, lastSeen, agent, ip }) => ({
    device: deviceWords(agent),
    note: `${networkWords(ip)}; đăng nhập ${printInstant(began)}, lần cuối ${printInstant(lastSeen)}`,
    isHere: handle === here,
    handle,
  })),
})

export interface SecondFactorView {
  /** Present while the factor is off. */
  readonly setUp?: { readonly secret: string; readonly picture: string }
  readonly recoveryLeft: number
  readonly need: Need
}

/** The page on which the own second factor is turned on or off. */
export const secondFactorPage = ({ setUp, recoveryLeft, need }: SecondFactorView) => ({
  breadcrumbs: [{ label: 'Hồ sơ cá nhân', href: '/ho-so' }],
  required: need === 'required',
  recoveryLeft,
  setUp: setUp && { picture: setUp.picture, secret: setUp.secret.replace(/(.{4})(?=.)/g, '$1 ') },
})

/** Recovery codes, shown this once. */
export const recoveryCodesPage = (codes: readonly string[]) => ({
  breadcrumbs: [{ label: 'Hồ sơ cá nhân', href: '/ho-so' }],
  codes,
})
