import type { Actor } from '../kernel/actor.ts'
import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import { pagerOf } from '../kernel/pager.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { searchKey } from '../kernel/words.ts'
import { isSchool, managingUnitOn, nameOn, UNIT_KIND_NAMES, type Unit, type UnitTree } from '../organisations/index.ts'
import type { FocalPerson } from './focal-person.ts'
import { mayFocal } from './focal-policy.ts'
import { focalTargetOf } from './name-focal-person.ts'

export const DIRECTORY = '/dau-moi'
const PER_PAGE = 50

export const focalHref = (unitId: string): string => `/don-vi/${encodeURIComponent(unitId)}/dau-moi`

/** A unit of the directory with its focal person, if it has named one. */
export interface FocalLine {
  readonly unit: Unit
  readonly managedBy: string
  readonly focal: FocalPerson | undefined
}

export interface FocalFilter {
  readonly typed: string
  /** A kind of school or of unit. */
  readonly kind: string
  readonly missingOnly: boolean
}

export const kindNameOf = (unit: Unit): string =>
  isSchool(unit) ? SCHOOL_KIND_NAMES[unit.school.schoolKind] : UNIT_KIND_NAMES[unit.kind]

const kindOf = (unit: Unit): string => (isSchool(unit) ? unit.school.schoolKind : unit.kind)

/** The units with their focal persons, those that fit the filter; a unit without one is listed as such. */
export function focalLines(
  units: readonly Unit[],
  focals: ReadonlyMap<string, FocalPerson>,
  tree: UnitTree,
  day: Day,
  { typed, kind, missingOnly }: FocalFilter,
): readonly FocalLine[] {
  const words = searchKey(typed)
    .split(' ')
    .filter(word => word !== '')
  return units.flatMap(unit => {
    const focal = focals.get(unit.id)
    const manager = managingUnitOn(tree, unit.id, day)
    const managedBy = manager ? nameOn(manager, day) : ''
    const text = searchKey(
      `${nameOn(unit, day)} ${managedBy} ${focal?.name ?? ''} ${focal?.email ?? ''} ${focal?.phone ?? ''}`,
    )
    const fits =
      words.every(word => text.includes(word)) && (kind === '' || kindOf(unit) === kind) && !(missingOnly && focal)
    return fits ? [{ unit, managedBy, focal }] : []
  })
}

export interface DirectoryView {
  readonly lines: readonly FocalLine[]
  readonly filter: FocalFilter
  readonly kinds: readonly Unit[]
  readonly pageNumber: number
  readonly day: Day
}

/** The directory of the units below an office. */
export function directoryPage({ lines, filter, kinds, pageNumber, day }: DirectoryView) {
  const query = (extra: Readonly<Record<string, string>>) => {
    const asked = { q: filter.typed, loai: filter.kind, thieu: filter.missingOnly ? '1' : '', ...extra }
    return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== '')).toString()
  }
  const shown = lines.slice((pageNumber - 1) * PER_PAGE, pageNumber * PER_PAGE)
  const pages = Math.max(1, Math.ceil(lines.length / PER_PAGE))
  const known = new Map(kinds.map(unit => [kindOf(unit), kindNameOf(unit)]))
  return {
    subtitle: `${lines.length} đơn vị, ${lines.filter(({ focal }) => !focal).length} chưa có đầu mối`,
    actions: [{ label: 'Xuất bảng tính', href: `${DIRECTORY}/xuat?${query({})}`, icon: 'download' }],
    filter,
    kinds: [...known].map(([value, label]) => ({ value, label })),
    head: ['Đơn vị', 'Cấp quản lý', 'Đầu mối', 'Chức vụ', 'Điện thoại', 'Thư điện tử'],
    rows: shown.map(({ unit, managedBy, focal }) => [
      { text: nameOn(unit, day), href: focalHref(unit.id), note: kindNameOf(unit) },
      managedBy || '–',
      focal ? focal.name : { badge: { label: 'Chưa có', tone: 'orange' } },
      focal?.post ?? '–',
      focal?.phone || '–',
      focal?.email || '–',
    ]),
    pager: pagerOf(pageNumber, pages, page => `${DIRECTORY}?${query({ trang: String(page) })}`),
  }
}

/** One unit's focal person with that of its managing unit, and the form for those who speak for the unit. */
export function unitFocalPage(
  actor: Actor,
  chain: readonly Unit[],
  focals: ReadonlyMap<string, FocalPerson>,
  day: Day,
) {
  const cards = chain.slice(0, 2).map((unit, at) => {
    const focal = focals.get(unit.id)
    return {
      title: at === 0 ? nameOn(unit, day) : `Cấp quản lý: ${nameOn(unit, day)}`,
      facts: focal && [
        { term: 'Họ và tên', text: focal.name },
        { term: 'Chức vụ', text: focal.post },
        { term: 'Điện thoại', text: focal.phone || '–' },
        { term: 'Thư điện tử', text: focal.email || '–' },
        { term: 'Cập nhật', text: printDay(dayOf(focal.at)) },
      ],
    }
  })
  const [unit] = chain
  const own = unit && focals.get(unit.id)
  return {
    breadcrumbs: [{ label: 'Đơn vị', href: '/don-vi' }],
    cards,
    form: unit &&
      mayFocal.name(actor, focalTargetOf(chain)) && {
        action: focalHref(unit.id),
        rev: own?.rev ?? 0,
        name: own?.name ?? '',
        post: own?.post ?? '',
        phone: own?.phone ?? '',
        email: own?.email ?? '',
      },
  }
}
