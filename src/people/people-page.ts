import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import { openPagerOf } from '../kernel/pager.ts'
import type { AccountRules } from './account-rules.ts'
import { guardedRoleNames } from './account-rules.ts'
import type { WithLink } from './administer-accounts.ts'
import { administersAll, may, unitsHeadedBy } from './people-policy.ts'
import { isOpen, type Person } from './person.ts'

const LIST_HREF = '/quan-tri/tai-khoan'
export const CRUMBS = [{ label: 'Quản trị' }, { label: 'Tài khoản', href: LIST_HREF }]

/** State of an account as a badge, on a day. */
export function stateOf(person: Person, today: Day) {
  if (!person.active) return { label: 'Đã khóa', tone: 'red', icon: 'lock' }
  if (!isOpen(person, today)) return { label: 'Đã đóng', tone: 'grey', icon: 'logout' }
  if (person.closedFrom !== undefined) return { label: `Đóng từ ${printDay(person.closedFrom)}`, tone: 'orange' }
  if (person.username === undefined) return { label: 'Chưa có tài khoản', tone: 'grey' }
  return person.waiting ? { label: 'Chờ đặt mật khẩu', tone: 'blue' } : { label: 'Hoạt động', tone: 'green' }
}

export interface PeopleList {
  readonly actor: Actor
  readonly people: readonly Person[]
  readonly unitNames: ReadonlyMap<string, string>
  readonly typed: string
  readonly pageNumber: number
  readonly hasMore: boolean
  readonly today: Day
}

/** The list of accounts, a page of it or what a search found. */
export const peopleListPage = ({ actor, people, unitNames, typed, pageNumber, hasMore, today }: PeopleList) => ({
  breadcrumbs: CRUMBS.slice(0, 1),
  actions: [
    { label: 'Thêm người', href: `${LIST_HREF}/them`, icon: 'plus', primary: true },
    { label: 'Nhập từ bảng tính', href: '/quan-tri/nhap-nhan-su', icon: 'upload' },
    ...(administersAll(actor) ? [{ label: 'Quy định', href: `${LIST_HREF}/quy-dinh`, icon: 'settings' }] : []),
  ],
  typed,
  unitField: unitFieldFor(actor, unitNames, 'donvi'),
  tooMany: typed !== '' && hasMore,
  head: ['Họ và tên', 'Tên đăng nhập', 'Đơn vị', 'Trạng thái'],
  rows: people.map(person => [
    { text: person.name, href: `${LIST_HREF}/${person.id}` },
    person.username ?? '–',
    unitNames.get(person.unitId) ?? person.unitId,
    { badge: stateOf(person, today) },
  ]),
  pager: typed === '' ? openPagerOf(pageNumber, hasMore, page => `${LIST_HREF}?trang=${page}`) : undefined,
})

/** The form for a new person. */
export const newPersonPage = (actor: Actor, unitNames: ReadonlyMap<string, string>) => ({
  breadcrumbs: CRUMBS,
  cancel: LIST_HREF,
  unitField: unitFieldFor(actor, unitNames, 'unitId'),
})

/** A head chooses among the own units; the IT team types the code of any. */
const unitFieldFor = (actor: Actor, unitNames: ReadonlyMap<string, string>, name: string) =>
  administersAll(actor)
    ? { name, label: 'Mã đơn vị', required: true, short: true, hint: 'Mã của trường, xã/phường hoặc Sở.' }
    : {
        name,
        label: 'Đơn vị',
        type: 'select',
        options: unitsHeadedBy(actor).map(id => ({ value: id, label: unitNames.get(id) ?? id })),
      }

export interface PersonView {
  readonly actor: Actor
  readonly person: Person
  readonly unitName: string
  readonly today: Day
  /** The person has set a password, which could be taken away. */
  readonly hasPassword: boolean
  readonly hasSecondFactor: boolean
  readonly hasSignOn: boolean
  readonly openSessions: number
  /** Why the account is out of the actor's reach although the person is of the own unit; nothing is offered then. */
  readonly outOfReach: string | undefined
  /** The person is no administrator, whose pages nobody looks at. */
  readonly mayBeLookedAt: boolean
  readonly history: readonly {
    readonly at: Date
    readonly by: string
    readonly event: string
    readonly reason?: string
  }[]
}

/** One account and what the actor may do with it. */
export function personPage(view: PersonView) {
  const { actor, person, unitName, today } = view
  const here = `${LIST_HREF}/${person.id}`
  const isSelf = person.id === actor.personId
  const open = isOpen(person, today)
  const inReach = view.outOfReach === undefined
  const step = (shown: boolean, offered: object) => (shown && inReach ? [{ ...offered }] : [])
  return {
    breadcrumbs: CRUMBS,
    state: stateOf(person, today),
    outOfReach: view.outOfReach,
    facts: [
      ...factsOf(person, unitName),
      { term: 'Xác thực hai bước', text: view.hasSecondFactor ? 'Đang bật' : 'Đang tắt' },
      ...(view.hasSignOn ? [{ term: 'Đăng nhập chung', text: 'Đã liên kết' }] : []),
      { term: 'Đang đăng nhập', text: view.openSessions === 0 ? 'Không' : `${view.openSessions} thiết bị` },
    ],
    contact:
      inReach && may.correctContact(actor, person)
        ? { action: `${here}/lien-he`, email: person.email ?? '', phone: person.phone ?? '' }
        : undefined,
    steps: [
      ...step(person.username !== undefined && open && may.giveLink(actor, person), {
        action: `${here}/lien-ket`,
        label: person.waiting ? 'Mời lại' : 'Cấp lại mật khẩu',
        icon: 'key',
        confirm: `Tạo liên kết ${person.waiting ? 'nhận tài khoản' : 'đặt mật khẩu mới'} cho ${person.name}? Liên kết cũ hết hiệu lực ngay.`,
      }),
      ...step(view.hasPassword && open && may.giveLink(actor, person), {
        action: `${here}/huy-mat-khau`,
        label: 'Hủy mật khẩu đã lộ',
        icon: 'key',
        confirm: `Mật khẩu của ${person.name} hết hiệu lực ngay và mọi thiết bị bị đăng xuất; hệ thống tạo liên kết đặt mật khẩu mới. Tiếp tục?`,
      }),
      ...step(view.openSessions > 0 && !isSelf && may.endSessions(actor, person), {
        action: `${here}/dang-xuat`,
        label: 'Đăng xuất mọi thiết bị',
        icon: 'logout',
        confirm: `Đăng xuất ${person.name} ở mọi thiết bị?`,
      }),
      ...step(view.hasSecondFactor && may.removeSecondFactor(actor, person), {
        action: `${here}/bo-xac-thuc`,
        label: 'Gỡ xác thực hai bước',
        icon: 'unlock',
        reason: {
          label: 'Lý do gỡ',
          hint: 'Ví dụ: mất điện thoại. Hãy chắc chắn người đề nghị đúng là chủ tài khoản.',
        },
      }),
      ...step(view.hasSignOn && may.unlinkSignOn(actor, person), {
        action: `${here}/bo-lien-ket`,
        label: 'Gỡ liên kết đăng nhập chung',
        icon: 'link',
        confirm: 'Gỡ liên kết với cổng định danh?',
      }),
      ...step(open && !isSelf && view.mayBeLookedAt && may.viewAs(actor, person), {
        action: `${here}/xem`,
        label: 'Xem với tư cách người này',
        icon: 'eye',
        reason: {
          label: 'Lý do xem',
          hint: 'Chỉ đọc, nhiều nhất 30 phút, không mở tệp. Người này được báo kèm lý do, nhật ký giữ lại.',
        },
      }),
      ...step(person.active && !isSelf && may.lock(actor, person), {
        action: `${here}/khoa`,
        label: 'Khóa tài khoản',
        icon: 'lock',
        reason: { label: 'Lý do khóa', hint: 'Người bị khóa sẽ bị đăng xuất ngay ở mọi nơi.' },
      }),
      ...step(!person.active && may.unlock(actor, person), {
        action: `${here}/mo-khoa`,
        label: 'Mở khóa',
        icon: 'unlock',
        tone: 'primary',
      }),
      ...step(person.closedFrom !== undefined && may.comeBack(actor, person), {
        action: `${here}/mo-lai`,
        label: 'Mở lại tài khoản',
        icon: 'unlock',
        tone: 'primary',
      }),
    ],
    leave:
      inReach && person.closedFrom === undefined && !isSelf && may.leave(actor, person)
        ? { action: `${here}/thoi-viec` }
        : undefined,
    today,
    history: view.history.map(({ at, by, event, reason }) => ({
      when: printInstant(at),
      what: EVENT_NAMES[event] ?? event,
      who: by,
      ...(reason !== undefined && { detail: reason }),
    })),
  }
}

const EVENT_NAMES: Readonly<Record<string, string>> = {
  createPerson: 'Tạo tài khoản',
  importPeople: 'Nhập từ bảng tính',
  invite: 'Mời nhận tài khoản',
  resetPassword: 'Cấp liên kết đặt mật khẩu mới',
  revokePassword: 'Hủy mật khẩu, cấp liên kết đặt mật khẩu mới',
  setPasswordByLink: 'Đặt mật khẩu bằng liên kết',
  changePassword: 'Đổi mật khẩu',
  signOutEverywhere: 'Tự đăng xuất mọi thiết bị',
  endSessions: 'Bị đăng xuất mọi thiết bị',
  lockAccount: 'Khóa tài khoản',
  unlockAccount: 'Mở khóa tài khoản',
  leave: 'Đóng tài khoản khi thôi làm việc',
  comeBack: 'Mở lại tài khoản',
  setUpSecondFactor: 'Bật xác thực hai bước',
  turnSecondFactorOff: 'Tắt xác thực hai bước',
  removeSecondFactor: 'Gỡ xác thực hai bước',
  useRecoveryCode: 'Dùng một mã khôi phục',
  linkSignOn: 'Liên kết đăng nhập chung',
  unlinkSignOn: 'Gỡ liên kết đăng nhập chung',
  correctContact: 'Sửa thông tin liên hệ',
  viewAs: 'Quản trị xem với tư cách người này',
  changeContact: 'Tự sửa thông tin liên hệ',
}

/** The page that shows a link this once, for handing over; `picture` is its QR code. */
export const linkGivenPage = (
  { person, purpose, until, oldPassword }: Omit<WithLink, 'token'>,
  href: string,
  picture: string,
  mailed: boolean,
) => ({
  breadcrumbs: CRUMBS,
  name: person.name,
  username: person.username ?? '',
  isInvitation: purpose === 'invitation',
  oldPassword,
  until: printInstant(until),
  href,
  picture,
  mailedTo: mailed ? person.email : undefined,
  person: `${LIST_HREF}/${person.id}`,
  another: `${LIST_HREF}/them`,
})

/** Who needs a second factor: the form of the IT team, and what is in force for heads. */
export const rulesPage = (actor: Actor, { secondFactorRoles, secondFactorFrom, rev }: AccountRules) => ({
  breadcrumbs: CRUMBS,
  action: administersAll(actor) ? `${LIST_HREF}/quy-dinh` : undefined,
  inForce: [
    {
      term: 'Bắt buộc với',
      text:
        guardedRoleNames.flatMap(({ role, name }) => (secondFactorRoles.includes(role) ? [name] : [])).join('; ') ||
        'Chưa có nhiệm vụ nào',
    },
    { term: 'Bắt buộc từ ngày', text: secondFactorFrom === undefined ? 'Ngay' : printDay(secondFactorFrom) },
  ],
  roles: guardedRoleNames.map(({ role, name }) => ({
    value: role,
    label: name.charAt(0).toUpperCase() + name.slice(1),
  })),
  chosen: secondFactorRoles,
  from: secondFactorFrom ?? '',
  rev,
})

export const factsOf = (person: Person, unitName: string) => [
  { term: 'Họ và tên', text: person.name },
  { term: 'Đơn vị công tác', text: unitName },
  { term: 'Tên đăng nhập', text: person.username ?? 'Chưa có' },
  { term: 'Thư điện tử', text: person.email ?? '–' },
  { term: 'Điện thoại', text: person.phone ?? '–' },
]
