import { assessmentTabs, may } from './assessments/index.ts'
import type { NavGroup, NavItem, Place, Shell } from './http/shell.ts'
import { MANAGING_ROLES, SCHOOL_ROLES, type Actor, type SeatRole } from './kernel/actor.ts'
import { dayOf } from './kernel/dates.ts'
import { nameOn } from './organisations/index.ts'
import { byWeight, seatLabel, unitInForce, unitsOf } from './seats/index.ts'
import type { System } from './system.ts'

interface Entry {
  readonly label: string
  readonly href: string
  /** Seats that see it; absent: everybody signed in. */
  readonly for?: readonly SeatRole[]
  /** Entries with the same word stand under it together, where the first of them stands. */
  readonly group?: string
}

const ADMINISTRATORS: readonly SeatRole[] = ['itAdmin', 'head']
const OF_CONTENT: readonly SeatRole[] = [...SCHOOL_ROLES, ...MANAGING_ROLES]
const OF_SUMS: readonly SeatRole[] = ['head', 'chair', 'viceChair', 'secretary', ...MANAGING_ROLES]

const ENTRIES: readonly Entry[] = [
  { label: 'Việc của tôi', href: '/viec-cua-toi' },
  { label: 'Tự đánh giá', href: '/danh-gia', for: OF_CONTENT },
  { label: 'Xem xét báo cáo', href: '/xem-xet', for: MANAGING_ROLES },
  { label: 'Số liệu của trường', href: '/so-lieu', for: OF_CONTENT, group: 'Số liệu' },
  { label: 'Đối sánh các trường', href: '/doi-sanh', for: MANAGING_ROLES, group: 'Số liệu' },
  { label: 'Kỳ báo cáo', href: '/ky-bao-cao', for: OF_CONTENT },
  { label: 'Tổng hợp', href: '/tong-hop', for: OF_SUMS },
  { label: 'Báo cáo năm', href: '/bao-cao-nam', for: MANAGING_ROLES },
  { label: 'Hồ sơ đánh giá ngoài', href: '/danh-gia-ngoai', for: OF_CONTENT, group: 'Đánh giá ngoài' },
  { label: 'Sổ danh hiệu', href: '/danh-hieu', for: OF_CONTENT, group: 'Đánh giá ngoài' },
  { label: 'Bộ tiêu chí', href: '/tieu-chi', group: 'Danh mục' },
  { label: 'Đơn vị', href: '/don-vi', group: 'Danh mục' },
  { label: 'Đầu mối', href: '/dau-moi' },
  { label: 'Tài khoản', href: '/quan-tri/tai-khoan', for: ADMINISTRATORS, group: 'Quản trị' },
  {
    label: 'Cài đặt',
    href: '/cai-dat',
    for: ['itAdmin', 'provinceOfficer', 'provinceLead', 'head', 'middleLead'],
    group: 'Quản trị',
  },
]

/** What this person's seats open, groups of one shown as the screen itself. */
function navigationOf(actor: Actor, path: string, waiting: number): readonly NavGroup[] {
  const open = ENTRIES.filter(entry => !entry.for || actor.seats.some(each => entry.for?.includes(each.role)))
  const itemOf = ({ label, href }: Entry): NavItem => ({
    label,
    href,
    current: path === href || path.startsWith(`${href}/`),
    ...(href === '/viec-cua-toi' && { count: waiting }),
  })
  return open.flatMap(entry => {
    const { group } = entry
    const together = group === undefined ? [entry] : open.filter(each => each.group === group)
    if (together[0] !== entry) return []
    const items = together.map(itemOf)
    return group === undefined || items.length === 1
      ? items
      : [{ label: group, href: entry.href, current: items.some(item => item.current), items }]
  })
}

/** The row of screens of the assessment that an address belongs to, for those who may read it. */
async function sectionOf(system: System, actor: Actor, path: string): Promise<Shell['section']> {
  const id = /^\/danh-gia\/([^/]+)/.exec(path)?.[1]
  const assessment = id === undefined ? undefined : await system.glance.assessment(decodeURIComponent(id))
  if (!assessment || !may.read(actor, assessment)) return undefined
  return { label: 'Các phần của đợt tự đánh giá', items: assessmentTabs(assessment, path) }
}

/** What stands around every page: navigation by seats, the working years, the person's units. */
export const shellOf =
  (system: System, openTasks: (actor: Actor, place: Place) => Promise<number>) =>
  async (actor: Actor, place: Place): Promise<Shell> => {
    const years = (await system.years.all()).map(year => year.id)
    const unitIds = unitsOf(actor)
    const unitId = unitInForce(actor, place.unitId)
    const today = dayOf(system.now())
    const tree = await system.glance.tree()
    const units = unitIds.flatMap(id => tree.get(id) ?? [])
    const names = new Map(units.map(unit => [unit.id, nameOn(unit, today)]))
    const waiting = await openTasks(actor, place)
    const seat = byWeight(
      actor.seats.filter(each => each.unitId === unitId && (each.year === undefined || each.year === place.year)),
    )[0]
    const unread = await system.glance.unread(actor.personId)
    const section = await sectionOf(system, actor, place.path)
    return {
      ...(section && { section }),
      nav: navigationOf(actor, place.path, waiting),
      years: years.includes(place.year) ? years : [place.year, ...years],
      year: place.year,
      ...(unitIds.length > 1 && { units: unitIds.map(id => ({ id, name: names.get(id) ?? id })) }),
      ...(unitId !== undefined && { unitId }),
      inbox: { href: '/thong-bao', unread },
      personName: actor.name,
      seatLabel: seat ? seatLabel(seat, names.get(seat.unitId)) : 'Chưa có nhiệm vụ trong năm học này',
    }
  }
