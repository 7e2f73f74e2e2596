import { textField } from '../http/fields.ts'
import { page, redirect, type Answer, type Request, type Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { linkHref } from './access-link.ts'
import type { AccountRulesStore } from './account-rules-store.ts'
import {
  comeBack,
  correctContact,
  createPerson,
  endSessionsOf,
  giveLink,
  leave,
  outOfReach,
  removeSecondFactor,
  revokePassword,
  setLocked,
  unlinkSignOn,
  type WithLink,
} from './administer-accounts.ts'
import { changeAccountRules } from './change-account-rules.ts'
import { peopleExchangeRoutes } from './exchange-routes.ts'
import { personSortKey } from './name-order.ts'
import { contactFrom, leavingFrom, newPersonFrom, reasonFrom, rulesFrom } from './people-input.ts'
import { linkGivenPage, newPersonPage, peopleListPage, personPage, rulesPage } from './people-page.ts'
import { administersAll, may, unitsHeadedBy, WHO_LOOKS_AFTER_ACCOUNTS } from './people-policy.ts'
import type { Person } from './person.ts'
import { mayLookAs, viewAs, type ViewAsNeeds } from './view-as.ts'
import { addressPicture } from './second-factor-door.ts'
import type { SessionList } from './session-list-store.ts'

const LIST = '/quan-tri/tai-khoan'
const PER_PAGE = 50
const MOST_FOUND = 200

export interface AdministrationNeeds extends ViewAsNeeds {
  readonly rules: AccountRulesStore
  readonly sessions: SessionList
  /** Address of the system, without a slash at the end; links begin with it. */
  readonly baseUrl: string
  readonly unitNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly history: (personId: string) => Promise<readonly JournalEntry[]>
  /** Sends the link to the person's address; false when it was not taken. Absent: links are handed over by hand. */
  readonly mailLink?: (given: WithLink, href: string) => Promise<boolean>
}

/** Looking after accounts: list, search, create, invite, lock, leave, second factors, sessions. */
export function administrationRoutes(needs: AdministrationNeeds): readonly Route[] {
  const { people, unitNames, rules } = needs
  const create = createPerson(needs)
  const link = giveLink(needs)
  const lock = setLocked(needs)
  const look = viewAs(needs)

  const showLink = async (given: WithLink): Promise<Answer> => {
    const href = linkHref(needs.baseUrl, given.token)
    const mailed = given.person.email !== undefined && (await needs.mailLink?.(given, href)) === true
    const model = linkGivenPage(given, href, addressPicture(href), mailed)
    return page('people/link-given', model.isInvitation ? 'Đã mời nhận tài khoản' : 'Đã tạo liên kết', model)
  }

  /** A step on one account that ends on its page with a sentence. */
  const step = (
    word: string,
    take: (actor: Actor, personId: string, body: unknown) => Promise<Person>,
    said: (name: string) => string,
  ): Route => ({
    method: 'post',
    path: `${LIST}/:id/${word}`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }: Request) => {
      const person = await take(actor, params['id'] ?? '', body)
      flash('success', said(person.name))
      return redirect(`${LIST}/${person.id}`)
    },
  })

  return [
    {
      method: 'get',
      path: LIST,
      access: 'signedIn',
      handle: async ({ actor, query }) => {
        requireAdministrator(actor)
        const typed = (query['q'] ?? '').trim()
        const pageNumber = Math.max(1, Math.trunc(Number(query['trang'])) || 1)
        const scope = may.read.where(actor)
        const limit = typed === '' ? PER_PAGE : MOST_FOUND
        const found =
          typed === ''
            ? await people.list(scope, (pageNumber - 1) * PER_PAGE, limit + 1)
            : inOrder(await people.search(scope, typed, limit + 1))
        const shown = found.slice(0, limit)
        const names = await unitNames([...shown.map(person => person.unitId), ...unitsHeadedBy(actor)])
        const hasMore = found.length > limit
        const today = dayOf(needs.now())
        const model = { actor, people: shown, unitNames: names, typed, pageNumber, hasMore, today }
        return page('people/list', 'Tài khoản', peopleListPage(model))
      },
    },
    {
      method: 'get',
      path: `${LIST}/them`,
      access: 'signedIn',
      handle: async ({ actor }) => {
        requireAdministrator(actor)
        return page('people/new', 'Thêm người', newPersonPage(actor, await unitNames(unitsHeadedBy(actor))))
      },
    },
    ...peopleExchangeRoutes(needs, requireAdministrator),
    {
      method: 'get',
      path: `${LIST}/quy-dinh`,
      access: 'signedIn',
      handle: async ({ actor }) => {
        requireAdministrator(actor)
        return page('people/rules', 'Quy định về tài khoản', rulesPage(actor, await rules.get()))
      },
    },
    {
      method: 'post',
      path: `${LIST}/quy-dinh`,
      access: 'signedIn',
      handle: async ({ actor, body, flash }) => {
        await changeAccountRules(needs)(actor, rulesFrom(body))
        flash('success', 'Đã lưu quy định. Áp dụng từ lần đăng nhập tới của mỗi người.')
        return redirect(`${LIST}/quy-dinh`)
      },
    },
    {
      method: 'post',
      path: LIST,
      access: 'signedIn',
      handle: async ({ actor, body }) => showLink(await create(actor, newPersonFrom(body))),
    },
    {
      method: 'get',
      path: `${LIST}/:id`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const person = await people.get(params['id'] ?? '')
        if (!may.read(actor, person)) throw new NotFound(`person ${person.id}`)
        const [names, account, subject, history, reach, roles] = await Promise.all([
          unitNames([person.unitId]),
          people.accountOf(person.id),
          people.subjectOf(person.id),
          needs.history(person.id),
          outOfReach(needs)(actor, person.id),
          needs.rolesOf(person.id),
        ])
        const open = await needs.sessions.of(person.id, account?.epoch ?? 0, needs.now())
        const model = personPage({
          actor,
          person,
          unitName: names.get(person.unitId) ?? person.unitId,
          today: dayOf(needs.now()),
          hasPassword: account?.hash !== undefined,
          hasSecondFactor: account?.hasSecondFactor ?? false,
          hasSignOn: subject !== undefined,
          openSessions: open.length,
          outOfReach: reach,
          mayBeLookedAt: mayLookAs(roles),
          history: history.map(({ at, by, event, reason }) => ({
            at,
            by: by.name,
            event,
            ...(reason !== undefined && { reason }),
          })),
        })
        return page('people/person', person.name, model)
      },
    },
    {
      method: 'post',
      path: `${LIST}/:id/lien-ket`,
      access: 'signedIn',
      handle: async ({ actor, params }) => showLink(await link(actor, params['id'] ?? '')),
    },
    {
      method: 'post',
      path: `${LIST}/:id/huy-mat-khau`,
      access: 'signedIn',
      handle: async ({ actor, params }) => showLink(await revokePassword(needs)(actor, params['id'] ?? '')),
    },
    {
      method: 'post',
      path: `${LIST}/:id/xem`,
      access: 'signedIn',
      handle: async ({ actor, params, body, view }) => {
        const { person, until } = await look(actor, params['id'] ?? '', textField(body, 'reason'))
        view({ personId: person.id, name: person.name, until: until.toISOString() })
        return redirect('/')
      },
    },
    step(
      'khoa',
      (actor, id, body) => lock(actor, id, true, reasonFrom(body)),
      name => `Đã khóa tài khoản của ${name}.`,
    ),
    step(
      'mo-khoa',
      (actor, id) => lock(actor, id, false, ''),
      name => `Đã mở khóa tài khoản của ${name}.`,
    ),
    step(
      'thoi-viec',
      (actor, id, body) => leave(needs)(actor, id, leavingFrom(body)),
      name => `Đã ghi ngày đóng tài khoản của ${name}.`,
    ),
    step(
      'mo-lai',
      (actor, id) => comeBack(needs)(actor, id),
      name => `Đã mở lại tài khoản của ${name}.`,
    ),
    step(
      'dang-xuat',
      (actor, id) => endSessionsOf(needs)(actor, id),
      name => `Đã đăng xuất ${name} ở mọi thiết bị.`,
    ),
    step(
      'bo-xac-thuc',
      (actor, id, body) => removeSecondFactor(needs)(actor, id, reasonFrom(body)),
      name => `Đã gỡ xác thực hai bước của ${name}.`,
    ),
    step(
      'bo-lien-ket',
      (actor, id) => unlinkSignOn(needs)(actor, id),
      name => `Đã gỡ liên kết đăng nhập chung của ${name}.`,
    ),
    step(
      'lien-he',
      (actor, id, body) => correctContact(needs)(actor, id, contactFrom(body)),
      name => `Đã lưu thông tin liên hệ của ${name}.`,
    ),
  ]
}

function requireAdministrator(actor: Actor): void {
  if (!administersAll(actor) && unitsHeadedBy(actor).length === 0)
    throw new Forbidden('Trang này dành cho người quản trị tài khoản.', WHO_LOOKS_AFTER_ACCOUNTS)
}

const inOrder = <T extends { readonly name: string }>(people: readonly T[]): readonly T[] =>
  people
    .map(person => ({ person, key: personSortKey(person.name) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ person }) => person)
