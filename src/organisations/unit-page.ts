import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { pagerOf } from '../kernel/pager.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { printNumber, searchKey } from '../kernel/words.ts'
import type { Span } from './dated.ts'
import { dayTree, type DayTree } from './day-tree.ts'
import type { OperationSlug } from './operation-input.ts'
import { OPERATION_STATES } from './operation-machine.ts'
import { operationHref, unitTabs } from './operation-page.ts'
import type { OperationLine } from './operation-store.ts'
import { profileFacts } from './profile-page.ts'
import { activeOn, isSchool, nameOn, placeOn, schoolOn, UNIT_KIND_NAMES, type School, type Unit } from './unit.ts'
import { byNameOn, type UnitTree } from './unit-tree.ts'

const PAGE = 50

const hrefOf = (id: string, day?: Day): string => `/don-vi/${encodeURIComponent(id)}${day ? `?ngay=${day}` : ''}`

const printSpan = ({ from, to }: Span): string =>
  to === undefined ? `từ ${printDay(from)}` : `${printDay(from)} – ${printDay(to)}`

/** The kind of a managing unit, or the kind of school on the day. */
const kindWord = (unit: Unit, day: Day): string =>
  isSchool(unit) ? SCHOOL_KIND_NAMES[schoolOn(unit, day).schoolKind] : UNIT_KIND_NAMES[unit.kind]

const rowOf = (unit: Unit, at: DayTree): readonly (string | object)[] => {
  const manager = at.parentOf(unit.id)
  return [
    { text: nameOn(unit, at.day), href: hrefOf(unit.id, at.day) },
    kindWord(unit, at.day),
    manager ? nameOn(manager, at.day) : '–',
    unit.kind === 'school' ? '–' : printNumber(at.schoolsBelow(unit.id).length),
  ]
}

const HEAD = ['Đơn vị', 'Loại', 'Cấp quản lý', { label: 'Số trường', numeric: true }]

/** One page of rows with links to the others; `link` gives the address of a page, counted from 1. */
function paged(units: readonly Unit[], at: DayTree, wanted: number, link: (page: number) => string) {
  const pages = Math.max(1, Math.ceil(units.length / PAGE))
  const shown = Math.min(Math.max(1, wanted), pages)
  return {
    head: HEAD,
    rows: units.slice((shown - 1) * PAGE, shown * PAGE).map(unit => rowOf(unit, at)),
    total: units.length,
    pager: pagerOf(shown, pages, link),
  }
}

export interface UnitsAsked {
  readonly day: Day
  readonly search: string
  /** A kind of unit or of school; empty for every kind. */
  readonly kind: string
  readonly page: number
}

const KINDS = { province: 'Sở', district: 'Phòng', commune: 'Xã, phường, đặc khu', ...SCHOOL_KIND_NAMES }

const isOfKind = (unit: Unit, kind: string, day: Day): boolean =>
  kind === '' || (isSchool(unit) ? schoolOn(unit, day).schoolKind === kind : unit.kind === kind)

/** The tree on a day with counts, or what a search or a kind finds in it, a page at a time. */
export function unitsPage(tree: UnitTree, asked: UnitsAsked, mayArrange: boolean) {
  const { day, search, kind, page } = asked
  const at = dayTree(tree, day)
  const words = searchKey(search)
  const link = (to: number): string =>
    `/don-vi?${new URLSearchParams({ ngay: day, tim: search, loai: kind, trang: String(to) }).toString()}`
  const fits = (unit: Unit): boolean =>
    isOfKind(unit, kind, day) &&
    (unit.id === search || searchKey(`${unit.names.map(({ name }) => name).join(' ')} ${unit.symbol}`).includes(words))
  const provinces = at.active.filter(unit => unit.kind === 'province').toSorted(byNameOn(day))
  return {
    tabs: unitTabs('/don-vi'),
    actions: [
      { label: 'Xuất bảng tính', href: `/don-vi/xuat.xlsx?ngay=${day}`, icon: 'download' },
      ...(mayArrange ? [{ label: 'Thêm đơn vị', href: '/sap-xep-don-vi/moi/them', icon: 'plus', primary: true }] : []),
    ],
    day,
    search,
    kind,
    kinds: Object.entries(KINDS).map(([value, label]) => ({ value, label })),
    found:
      words === '' && kind === '' ? undefined : paged(at.active.filter(fits).toSorted(byNameOn(day)), at, page, link),
    provinces: provinces.map(province => provinceCard(province, at, page, link)),
  }
}

const SCHOOL_KINDS = Object.entries(SCHOOL_KIND_NAMES)

function provinceCard(province: Unit, at: DayTree, page: number, link: (page: number) => string) {
  const below = at.childrenOf(province.id).toSorted(byNameOn(at.day))
  const counts = (schools: readonly School[]): readonly string[] => {
    const kinds = schools.map(school => schoolOn(school, at.day).schoolKind)
    return [
      printNumber(schools.length),
      ...SCHOOL_KINDS.map(([kind]) => printNumber(kinds.filter(each => each === kind).length)),
    ]
  }
  const numeric = (label: string) => ({ label, numeric: true })
  return {
    name: nameOn(province, at.day),
    href: hrefOf(province.id, at.day),
    schools: printNumber(at.schoolsBelow(province.id).length),
    head: ['Cấp quản lý', numeric('Số trường'), ...SCHOOL_KINDS.map(([, name]) => numeric(name))],
    rows: [
      ...below
        .filter(unit => unit.kind !== 'school')
        .map(unit => [
          { text: nameOn(unit, at.day), href: hrefOf(unit.id, at.day) },
          ...counts(at.schoolsBelow(unit.id)),
        ]),
      [{ text: 'Trực thuộc Sở' }, ...counts(below.filter(isSchool))],
      [{ text: 'Toàn tỉnh' }, ...counts(at.schoolsBelow(province.id))],
    ],
    direct: paged(
      below.filter(unit => unit.kind === 'school'),
      at,
      page,
      link,
    ),
  }
}

export interface UnitView {
  readonly unit: Unit
  readonly tree: UnitTree
  readonly day: Day
  readonly page: number
  readonly staff: number
  readonly maySeeStaff: boolean
  readonly mayChangeProfile: boolean
  readonly mayArrange: boolean
  readonly operations: readonly OperationLine[]
  readonly history: readonly JournalEntry[]
}

/** One unit: what it was called and who managed it when, what hangs below it, what was decided, and a school's profile. */
export function unitPage(view: UnitView) {
  const { unit, tree, day, page, staff, maySeeStaff, mayChangeProfile, mayArrange, operations, history } = view
  const at = dayTree(tree, day)
  const id = encodeURIComponent(unit.id)
  const manager = at.parentOf(unit.id)
  const children = at.childrenOf(unit.id).toSorted(byNameOn(day))
  const nameOf = (otherId: string, on: Day): string => {
    const other = tree.get(otherId)
    return other ? nameOn(other, on) : otherId
  }
  return {
    breadcrumbs: [
      { label: 'Đơn vị', href: '/don-vi' },
      ...(manager ? [{ label: nameOn(manager, day), href: hrefOf(manager.id, day) }] : []),
    ],
    subtitle: activeOn(unit, day)
      ? kindWord(unit, day)
      : `${kindWord(unit, day)} – không hoạt động vào ngày ${printDay(day)}`,
    actions: [
      ...(maySeeStaff ? [{ label: 'Nhân sự', href: `/don-vi/${id}/nhan-su`, icon: 'users' }] : []),
      ...(mayChangeProfile && isSchool(unit)
        ? [{ label: 'Sửa hồ sơ trường', href: `/don-vi/${id}/ho-so`, icon: 'edit', primary: true }]
        : []),
    ],
    facts: [
      { term: 'Mã đơn vị', text: unit.id },
      { term: 'Thời gian hoạt động', text: printSpan(unit) },
      { term: 'Ký hiệu văn bản', text: unit.symbol },
      { term: 'Địa danh', text: placeOn(unit, day) || '–' },
      { term: 'Cán bộ, giáo viên, nhân viên', text: String(staff) },
      ...(isSchool(unit) ? profileFacts(schoolOn(unit, day)) : []),
    ],
    arrange: mayArrange
      ? arrangements(unit).map(([slug, label]) => ({ href: `/sap-xep-don-vi/moi/${slug}?don-vi=${id}`, label }))
      : [],
    names: unit.names.map(entry => ({ text: entry.name, when: printSpan(entry) })),
    shapes: (unit.shapes ?? []).map(entry => [SCHOOL_KIND_NAMES[entry.schoolKind], printSpan(entry)]),
    parents: unit.parents.map(parent => ({
      text: nameOf(parent.parentId, parent.from),
      href: hrefOf(parent.parentId, parent.from),
      when: printSpan(parent),
    })),
    children:
      unit.kind === 'school' ? undefined : paged(children, at, page, to => `/don-vi/${id}?ngay=${day}&trang=${to}`),
    operations: operations.map(operation => [
      { text: operation.title, href: operationHref(operation.id), note: operation.decision },
      printDay(operation.from),
      { text: '', badge: OPERATION_STATES[operation.state] },
    ]),
    history: history
      .toSorted((a, b) => b.at.getTime() - a.at.getTime())
      .map(entry => ({
        when: printInstant(entry.at),
        what: EVENTS[entry.event] ?? entry.event,
        who: entry.by.name,
        ...(entry.reason !== undefined && { detail: entry.reason }),
      })),
  }
}

const EVENTS: Readonly<Record<string, string>> = {
  addUnit: 'Thêm đơn vị',
  renameUnit: 'Đổi tên',
  relocateUnit: 'Đổi địa danh',
  moveUnit: 'Chuyển cấp quản lý',
  reshapeUnit: 'Đổi loại hình trường',
  closeUnit: 'Kết thúc hoạt động',
  changeProfile: 'Sửa hồ sơ',
  undoOperation: 'Hủy thay đổi trước khi có hiệu lực',
}

/** What can be drawn up about a unit: slug and button. */
function arrangements(unit: Unit): readonly (readonly [OperationSlug, string])[] {
  if (unit.to !== undefined) return []
  const managing: readonly (readonly [OperationSlug, string])[] = [['them', 'Thêm đơn vị trực thuộc']]
  const lower: readonly (readonly [OperationSlug, string])[] = [
    ['chuyen', 'Chuyển cấp quản lý'],
    ['sap-nhap', 'Sáp nhập'],
    ['chia-tach', 'Chia, tách'],
    ['giai-the', 'Giải thể'],
  ]
  return [
    ...(unit.kind === 'school' ? [] : managing),
    ['doi-ten', 'Đổi tên, địa danh'],
    ...(unit.kind === 'school' ? ([['doi-loai-hinh', 'Đổi loại hình']] as const) : []),
    ...(unit.kind === 'province' ? [] : lower),
  ]
}
