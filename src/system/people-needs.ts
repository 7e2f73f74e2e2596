import type { Logger } from 'pino'
import type { Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, printInstant } from '../kernel/dates.ts'
import type { SendMail } from '../notices/index.ts'
import { handOverNeeds, openWorkOf } from './hand-over-work.ts'
import { importNeedsOf } from './import-needs.ts'
import { nameOn } from '../organisations/index.ts'
import {
  accountRoutes,
  addressPicture,
  administrationRoutes,
  createPerson,
  focalRoutes,
  linkHref,
  type AccountNeeds,
  type SecretSeal,
  type SignInLimits,
  type SignOn,
  type WithLink,
} from '../people/index.ts'
import { importRoutes, inForce, seatLabel, seatRoutes } from '../seats/index.ts'
import type { System } from './system.ts'

export interface PeopleParts {
  readonly system: System
  readonly limits: SignInLimits
  readonly seal: SecretSeal
  /** The province's own sign-on, where it has one. */
  readonly signOn?: SignOn | undefined
  readonly mail?: SendMail | undefined
  readonly log: Pick<Logger, 'warn'>
}

/** Units in which the person holds or held any seat, of offices and of councils. */
const unitsOfPerson =
  ({ seats, assessments }: System) =>
  async (personId: string): Promise<readonly string[]> => {
    const [offices, councils] = await Promise.all([seats.ofPerson(personId), assessments.ofPerson(personId)])
    return [...new Set([...offices.map(seat => seat.unitId), ...councils.map(each => each.schoolId)])]
  }

/** Sends a link to the person's own address; a mail server that does not take it leaves the link to be handed over. */
const mailedLink =
  (mail: SendMail, log: Pick<Logger, 'warn'>) =>
  async ({ person, purpose, until }: WithLink, href: string): Promise<boolean> => {
    if (person.email === undefined) return false
    const isNew = purpose === 'invitation'
    const lines = [
      `Kính gửi ${person.name},`,
      isNew
        ? `Tài khoản “${person.username ?? ''}” trên hệ thống kiểm định chất lượng giáo dục đã được tạo. Mở liên kết sau để tự đặt mật khẩu:`
        : `Mở liên kết sau để đặt mật khẩu mới cho tài khoản “${person.username ?? ''}”:`,
      href,
      `Liên kết dùng một lần, hết hạn lúc ${printInstant(until)}. Nếu không chờ thư này, xin bỏ qua và báo người phụ trách tài khoản của đơn vị.`,
    ]
    const subject = isNew ? 'Nhận tài khoản kiểm định chất lượng' : 'Đặt mật khẩu mới'
    const id = `link:${person.id}:${until.getTime()}`
    try {
      await mail({ id, to: { name: person.name, address: person.email }, subject, text: lines.join('\n\n') })
      return true
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'link not mailed')
      return false
    }
  }

/** Screens of accounts and of people in posts, with all that they are handed. */
export function peopleScreens({ system, limits, seal, signOn, mail, log }: PeopleParts): readonly Route[] {
  const { units, people, now, accountRules: rules, sessions } = system
  const { baseUrl } = system.reportNeeds
  const unitNames = async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const tree = await units.tree()
    const today = dayOf(now())
    return new Map(
      ids.map(id => {
        const unit = tree.get(id)
        return [id, unit ? nameOn(unit, today) : id]
      }),
    )
  }
  const seatsInWords = async (actor: Actor): Promise<readonly string[]> => {
    const names = await unitNames(actor.seats.map(seat => seat.unitId))
    return actor.seats.map(seat => {
      const label = seatLabel(seat, names.get(seat.unitId))
      return seat.year === undefined ? label : `${label} (năm học ${seat.year})`
    })
  }
  const accounts: AccountNeeds = {
    people,
    unitsOf: unitsOfPerson(system),
    unitExists: async unitId => (await units.tree()).has(unitId),
    openWork: openWorkOf(system),
    headsAUnit: async personId =>
      inForce(await system.seats.ofPerson(personId), dayOf(now())).some(seat => seat.role === 'head'),
    now,
  }
  const rolesOf = async (personId: string) => (await system.actorOf(personId))?.seats.map(seat => seat.role) ?? []
  return [
    ...accountRoutes({
      people,
      rules,
      sessions,
      limits,
      seal,
      now,
      unitNames,
      seatsInWords,
      rolesOf,
      signOn,
      viewingsOf: async personId =>
        (await system.journal.of({ kind: 'person', id: personId }))
          .filter(({ event }) => event === 'viewAs')
          .map(({ at, by, reason = '' }) => ({ at, by: by.name, reason })),
      profileLinks: [{ label: 'Thông báo và lịch', href: '/thong-bao', icon: 'bell' }],
    }),
    ...administrationRoutes({
      ...accounts,
      rolesOf,
      tell: system.notify,
      rules,
      sessions,
      baseUrl,
      unitNames,
      ...(mail && { mailLink: mailedLink(mail, log) }),
      history: personId => system.journal.of({ kind: 'person', id: personId }),
    }),
    ...focalRoutes({ units, focals: system.focals, now }),
    ...importRoutes(importNeedsOf(system)),
    ...seatRoutes({
      ...handOverNeeds(system),
      candidatesFor: async (unitId, search) => {
        const found = search === '' ? await people.list({ unitId }, 0, 200) : await people.search({}, search, 50)
        return found.map(person => ({ id: person.id, name: person.name }))
      },
      createPerson: async (actor, wanted) => {
        const { person, token } = await createPerson(accounts)(actor, wanted)
        const link = linkHref(baseUrl, token)
        const { id, name } = person
        return { id, name, username: wanted.username, link, picture: addressPicture(link) }
      },
    }),
  ]
}
