import type { Actor } from '../kernel/actor.ts'
import { administersAll, may, unitsHeadedBy } from './people-policy.ts'
import type { Person } from './person.ts'

export interface UnitName {
  readonly id: string
  readonly name: string
}

const LIST_HREF = '/quan-tri/tai-khoan'
const CRUMBS = [{ label: 'Quản trị' }, { label: 'Tài khoản', href: LIST_HREF }]

export const stateOf = (person: Person) =>
  person.active
    ? {
        label: person.username === undefined ? 'Chưa có tài khoản' : 'Hoạt động',
        tone: person.username === undefined ? 'grey' : 'green',
      }
    : { label: 'Đã khóa', tone: 'red', icon: 'lock' }

export interface PeopleList {
  readonly people: readonly Person[]
  readonly unitNames: ReadonlyMap<string, string>
  readonly typed: string
  readonly pageNumber: number
  readonly hasMore: boolean
}

/** The list of accounts, a page of it or what a search found. */
export const peopleListPage = ({ people, unitNames, typed, pageNumber, hasMore }: PeopleList) => ({
  breadcrumbs: CRUMBS.slice(0, 1),
  actions: [{ label: 'Thêm người', href: `${LIST_HREF}/them`, icon: 'plus', primary: true }],
  typed,
  tooMany: typed !== '' && hasMore,
  head: ['Họ và tên', 'Tên đăng nhập', 'Đơn vị', 'Trạng thái'],
  rows: people.map(person => [
    { text: person.name, href: `${LIST_HREF}/${person.id}` },
    person.username ?? '–',
    unitNames.get(person.unitId) ?? person.unitId,
    { badge: stateOf(person) },
  ]),
  pager: typed === '' &&
    (hasMore || pageNumber > 1) && {
      text: `Trang ${pageNumber}`,
      previous: pageNumber > 1 ? `${LIST_HREF}?trang=${pageNumber - 1}` : undefined,
      next: hasMore ? `${LIST_HREF}?trang=${pageNumber + 1}` : undefined,
    },
})

/** The form for a new person: a head chooses among the own units, the IT team types the code of any. */
export const newPersonPage = (actor: Actor, unitNames: ReadonlyMap<string, string>) => ({
  breadcrumbs: CRUMBS,
  cancel: LIST_HREF,
  unitField: administersAll(actor)
    ? {
        name: 'unitId',
        label: 'Mã đơn vị',
        required: true,
        short: true,
        hint: 'Mã của trường, xã/phường hoặc Sở nơi người này công tác.',
      }
    : {
        name: 'unitId',
        label: 'Đơn vị',
        type: 'select',
        options: unitsHeadedBy(actor).map(id => ({ value: id, label: unitNames.get(id) ?? id })),
      },
})

/** One account and what the actor may do with it. */
export const personPage = (actor: Actor, person: Person, unitName: string) => ({
  breadcrumbs: CRUMBS,
  state: stateOf(person),
  facts: factsOf(person, unitName),
  steps: [
    person.username !== undefined && may.resetPassword(actor, person)
      ? {
          action: `${LIST_HREF}/${person.id}/cap-lai-mat-khau`,
          label: 'Cấp lại mật khẩu',
          icon: 'key',
          confirm: `Cấp mật khẩu tạm mới cho ${person.name}? Mật khẩu cũ hết hiệu lực ngay.`,
        }
      : undefined,
    person.active && person.id !== actor.personId && may.lock(actor, person)
      ? {
          action: `${LIST_HREF}/${person.id}/khoa`,
          label: 'Khóa tài khoản',
          icon: 'lock',
          reason: { label: 'Lý do khóa', hint: 'Người bị khóa sẽ bị đăng xuất ngay ở mọi nơi.' },
        }
      : undefined,
    !person.active && may.unlock(actor, person)
      ? { action: `${LIST_HREF}/${person.id}/mo-khoa`, label: 'Mở khóa', icon: 'unlock', tone: 'primary' }
      : undefined,
  ].filter(step => step !== undefined),
})

/** The page that shows a temporary password this once. */
export const temporaryPasswordPage = (person: Person, password: string) => ({
  breadcrumbs: CRUMBS,
  name: person.name,
  username: person.username ?? '',
  password,
  href: `${LIST_HREF}/${person.id}`,
  another: `${LIST_HREF}/them`,
})

/** The own profile. */
export const profilePage = (person: Person, unitName: string, seats: readonly string[]) => ({
  facts: factsOf(person, unitName),
  seats,
})

const factsOf = (person: Person, unitName: string) => [
  { term: 'Họ và tên', text: person.name },
  { term: 'Đơn vị công tác', text: unitName },
  { term: 'Tên đăng nhập', text: person.username ?? 'Chưa có' },
  { term: 'Thư điện tử', text: person.email ?? '–' },
  { term: 'Điện thoại', text: person.phone ?? '–' },
]
