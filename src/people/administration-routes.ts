import { page, redirect, type Route } from '../http/route.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import type { Actor } from '../kernel/actor.ts'
import { createPerson, resetPassword, setLocked, type AccountNeeds } from './administer-accounts.ts'
import { newPersonFrom, reasonFrom } from './people-input.ts'
import { newPersonPage, peopleListPage, personPage, temporaryPasswordPage } from './people-page.ts'
import { administersAll, may, unitsHeadedBy, WHO_LOOKS_AFTER_ACCOUNTS } from './people-policy.ts'
import { personSortKey } from './name-order.ts'

const LIST = '/quan-tri/tai-khoan'
const PER_PAGE = 50
const MOST_FOUND = 200

export interface AdministrationNeeds extends AccountNeeds {
  readonly unitNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

/** Looking after accounts: list, search, create, new password, lock. */
export function administrationRoutes(needs: AdministrationNeeds): readonly Route[] {
  const { people, unitNames } = needs
  const create = createPerson(needs)
  const reset = resetPassword(needs)
  const lock = setLocked(needs)
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
        const names = await unitNames(shown.map(person => person.unitId))
        const model = { people: shown, unitNames: names, typed, pageNumber, hasMore: found.length > limit }
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
    {
      method: 'post',
      path: LIST,
      access: 'signedIn',
      handle: async ({ actor, body }) => {
        const { person, password } = await create(actor, newPersonFrom(body))
        return page('people/temporary-password', 'Đã tạo tài khoản', temporaryPasswordPage(person, password))
      },
    },
    {
      method: 'get',
      path: `${LIST}/:id`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const person = await people.get(params['id'] ?? '')
        if (!may.read(actor, person)) throw new NotFound(`person ${person.id}`)
        const names = await unitNames([person.unitId])
        const model = personPage(actor, person, names.get(person.unitId) ?? person.unitId)
        return page('people/person', person.name, model)
      },
    },
    {
      method: 'post',
      path: `${LIST}/:id/cap-lai-mat-khau`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const { person, password } = await reset(actor, params['id'] ?? '')
        return page('people/temporary-password', 'Đã cấp mật khẩu tạm', temporaryPasswordPage(person, password))
      },
    },
    {
      method: 'post',
      path: `${LIST}/:id/khoa`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const person = await lock(actor, params['id'] ?? '', true, reasonFrom(body))
        flash('success', `Đã khóa tài khoản của ${person.name}.`)
        return redirect(`${LIST}/${person.id}`)
      },
    },
    {
      method: 'post',
      path: `${LIST}/:id/mo-khoa`,
      access: 'signedIn',
      handle: async ({ actor, params, flash }) => {
        const person = await lock(actor, params['id'] ?? '', false, '')
        flash('success', `Đã mở khóa tài khoản của ${person.name}.`)
        return redirect(`${LIST}/${person.id}`)
      },
    },
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
