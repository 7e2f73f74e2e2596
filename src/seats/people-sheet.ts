import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { activeOn, ancestorsOn, nameOn, type Unit, type UnitTree } from '../organisations/index.ts'
import {
  EMAIL,
  EMAIL_FAULT,
  emailKey,
  mayAccount,
  PHONE,
  PHONE_FAULT,
  USERNAME,
  USERNAME_FAULT,
  usernameKey,
  type Person,
} from '../people/index.ts'
import {
  judgeRows,
  row,
  tidy,
  type ImportLine,
  type JudgedSheet,
  type ReadTable,
  type RowOf,
  type SheetTable,
  type Verdict,
} from '../sheet-files/index.ts'
import { FAULTS, rolesOf, targetOf } from './appoint.ts'
import {
  faultOf,
  growingSeats,
  OFFICE_ROLES,
  POST_KINDS,
  type OfficeRole,
  type OfficeSeat,
  type PostKind,
} from './office-seat.ts'
import { maySeat } from './seat-policy.ts'
import { POST_KIND_NAMES, ROLE_NAMES } from './seat-words.ts'

const roleOptions = OFFICE_ROLES.map(role => ({ value: role, label: ROLE_NAMES[role] }))
const postOptions = POST_KINDS.map(kind => ({ value: kind, label: POST_KIND_NAMES[kind] }))

/** What a sheet of people holds: a line for each post, so that somebody with two posts stands there twice. */
export const PEOPLE_COLUMNS = [
  { key: 'name', head: 'Họ và tên', kind: 'text', required: true, maxLength: 100 },
  { key: 'username', head: 'Tên đăng nhập', kind: 'text', required: true, maxLength: 40 },
  { key: 'email', head: 'Thư điện tử', alsoHead: ['Email'], kind: 'text', maxLength: 200 },
  { key: 'phone', head: 'Điện thoại', alsoHead: ['Số điện thoại'], kind: 'text', maxLength: 20 },
  { key: 'unitId', head: 'Mã đơn vị', kind: 'text', required: true, maxLength: 100 },
  { key: 'role', head: 'Vai trò', kind: 'oneOf', required: true, options: roleOptions },
  { key: 'postKind', head: 'Loại chức vụ', kind: 'oneOf', options: postOptions },
  { key: 'post', head: 'Chức vụ', kind: 'text', required: true, maxLength: 150 },
  { key: 'from', head: 'Từ ngày', kind: 'day' },
] as const

export type PersonRow = RowOf<typeof PEOPLE_COLUMNS>

/** What stands in the database about everybody and every unit that the sheet names. */
export interface PeopleWorld {
  readonly actor: Actor
  readonly day: Day
  readonly tree: UnitTree
  /** By user name. */
  readonly people: ReadonlyMap<string, Person>
  /** Seats of the units, by unit. */
  readonly seats: ReadonlyMap<string, readonly OfficeSeat[]>
}

const USUAL_POST: Readonly<Record<OfficeRole, PostKind>> = {
  head: 'principal',
  clerk: 'staff',
  staff: 'teacher',
  middleOfficer: 'officer',
  middleLead: 'officer',
  provinceOfficer: 'officer',
  provinceLead: 'officer',
  itAdmin: 'officer',
}

/** The seat that a row asks for; its id and its person are given when it is written. */
export function seatOf(values: PersonRow, day: Day): Omit<OfficeSeat, 'id' | 'personId'> {
  const role = OFFICE_ROLES.find(known => known === values.role) ?? 'staff'
  const postKind = POST_KINDS.find(known => known === values.postKind) ?? USUAL_POST[role]
  return { unitId: values.unitId, role, postKind, post: tidy(values.post), represents: [], from: values.from ?? day }
}

export const nameIn = (values: PersonRow): string => tidy(values.name)

/** What of a row is wrong in itself, by column. */
const formFaults = ({ username, email, phone }: PersonRow) => [
  ...(USERNAME.test(usernameKey(username)) ? [] : [{ key: 'username' as const, message: USERNAME_FAULT }]),
  ...(email === undefined || EMAIL.test(emailKey(email)) ? [] : [{ key: 'email' as const, message: EMAIL_FAULT }]),
  ...(phone === undefined || PHONE.test(phone) ? [] : [{ key: 'phone' as const, message: PHONE_FAULT }]),
]

/**
 * Judges an import of people and their posts, line by line: who is new, who gets a post, and each fault at its cell.
 * Lines are handed to `see` and not kept. Pure.
 */
export function judgePeople(
  table: ReadTable<PersonRow>,
  world: PeopleWorld,
  see: (line: ImportLine<PersonRow>) => void,
): JudgedSheet {
  const { actor, day, tree, people } = world
  // Rows above count: two heads of one school in one file are as wrong as a second one beside the first.
  const seats = new Map([...world.seats].map(([unitId, held]) => [unitId, growingSeats(held)]))
  const names = new Map([...people].map(([username, person]) => [username, person.name]))

  const refused = (key: keyof PersonRow, message: string): Verdict<PersonRow> => ({
    kind: 'refused',
    faults: [{ key, message }],
  })

  const judge = (values: PersonRow): Verdict<PersonRow> => {
    const faults = formFaults(values)
    if (faults.length > 0) return { kind: 'refused', faults }
    const unit = tree.get(values.unitId)
    if (!unit || !activeOn(unit, day)) return refused('unitId', 'Không có đơn vị mang mã này, hoặc đã giải thể.')
    const username = usernameKey(values.username)
    const known = people.get(username)
    const named = names.get(username)
    if (named !== undefined && named !== nameIn(values))
      return refused('username', `Tên đăng nhập này là của ${named}. Xin đổi tên đăng nhập hoặc sửa họ tên.`)
    const asked = seatOf(values, day)
    // Ids of their own, so that lines of the sheet are seen beside each other.
    const seat = { ...asked, id: `new:${username}:${asked.role}`, personId: known?.id ?? `new:${username}` }
    if (!rolesOf(unit).includes(seat.role)) return refused('role', 'Đơn vị này không có vị trí đó.')
    const chain = [unit, ...ancestorsOn(tree, unit.id, day)]
    const mayEnter = known !== undefined || mayAccount.create(actor, { id: '', unitId: unit.id })
    if (!mayEnter || !maySeat.appoint(actor, targetOf(chain, seat.role)))
      return refused('unitId', 'Không được nhập vị trí này cho đơn vị này.')
    const beside = seats.get(unit.id) ?? growingSeats([])
    // Asked before anything else: a head who is in the list again is no second head.
    if (faultOf(beside.ofPerson(seat.personId), seat) !== undefined) return { kind: 'unchanged' }
    const fault = beside.faultOf(seat)
    if (fault) return refused('role', Object.values(FAULTS[fault])[0] ?? '')
    beside.add(seat)
    seats.set(unit.id, beside)
    names.set(username, nameIn(values))
    const added = { what: 'Vị trí', from: '', to: `${seat.post}, ${nameOn(unit, day)}` }
    const isNew = named === undefined
    return isNew
      ? { kind: 'new', changes: [{ what: 'Tài khoản', from: '', to: username }, added] }
      : { kind: 'changed', changes: [added] }
  }

  const rules = {
    keyColumn: 'username' as const,
    keyOf: ({ username, unitId, role }: PersonRow) => [usernameKey(username), unitId, role].join('\n'),
    titleOf: nameIn,
    judge,
  }
  return judgeRows(table, rules, see)
}

/** The sheet to be filled in, with the own unit in the first lines for somebody who has one. */
export const peopleTemplate = (units: readonly Unit[], day: Day): SheetTable => ({
  name: 'Nhân sự',
  title: ['Danh sách nhân sự'],
  notes: [
    'Mỗi dòng một vị trí; người giữ hai vị trí ghi hai dòng cùng tên đăng nhập. Cột “Từ ngày” để trống là từ hôm nay.',
  ],
  columns: PEOPLE_COLUMNS.map(spec => ({
    head: `${spec.head}${'required' in spec ? ' *' : ''}`,
    width: spec.key === 'name' || spec.key === 'post' || spec.key === 'role' ? 30 : 20,
    ...(spec.kind === 'day' && { kind: 'day' as const }),
    ...(spec.kind === 'oneOf' && { choices: spec.options.map(({ label }) => label) }),
  })),
  rows: units.slice(0, 1).map(unit => row(null, null, null, null, unit.id, null, null, null, day)),
  spareRows: 500,
})
