import type { NavGroup, NavItem } from '../http/shell.ts'
import { MANAGING_ROLES, SCHOOL_ROLES, type Actor, type SeatRole } from '../kernel/actor.ts'

interface Entry {
  readonly label: string
  readonly href: string
  /** Further addresses under which its screens stand. */
  readonly also?: readonly string[]
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
  { label: 'Tự đánh giá', href: '/danh-gia', also: ['/minh-chung', '/giay-to'], for: OF_CONTENT },
  { label: 'Xem xét báo cáo', href: '/xem-xet', for: MANAGING_ROLES },
  { label: 'Số liệu của trường', href: '/so-lieu', for: OF_CONTENT, group: 'Số liệu' },
  { label: 'Đối sánh các trường', href: '/doi-sanh', for: MANAGING_ROLES, group: 'Số liệu' },
  { label: 'Kỳ báo cáo', href: '/ky-bao-cao', for: OF_CONTENT, group: 'Báo cáo' },
  { label: 'Tổng hợp', href: '/tong-hop', for: OF_SUMS, group: 'Báo cáo' },
  { label: 'Báo cáo năm', href: '/bao-cao-nam', for: MANAGING_ROLES, group: 'Báo cáo' },
  { label: 'Hồ sơ đánh giá ngoài', href: '/danh-gia-ngoai', for: OF_CONTENT, group: 'Đánh giá ngoài' },
  { label: 'Sổ danh hiệu', href: '/danh-hieu', for: OF_CONTENT, group: 'Đánh giá ngoài' },
  { label: 'Bộ tiêu chí', href: '/tieu-chi', group: 'Danh mục' },
  { label: 'Cây năm học', href: '/cay-nam-hoc', for: MANAGING_ROLES, group: 'Danh mục' },
  {
    label: 'Đơn vị',
    href: '/don-vi',
    also: ['/sap-xep-don-vi', '/cum-truong', '/uy-quyen'],
    group: 'Danh mục',
  },
  { label: 'Đầu mối', href: '/dau-moi', group: 'Danh mục' },
  { label: 'Tài khoản', href: '/quan-tri/tai-khoan', for: ADMINISTRATORS, group: 'Quản trị' },
  {
    label: 'Cài đặt',
    href: '/cai-dat',
    for: ['itAdmin', 'provinceOfficer', 'provinceLead', 'head', 'middleLead'],
    group: 'Quản trị',
  },
  { label: 'Sao lưu', href: '/sao-luu', for: ['itAdmin'], group: 'Quản trị' },
]

/** What this person's seats open, groups of one shown as the screen itself. */
export function navigationOf(actor: Actor, path: string, waiting: number): readonly NavGroup[] {
  const open = ENTRIES.filter(entry => !entry.for || actor.seats.some(each => entry.for?.includes(each.role)))
  const stands = (href: string): boolean => path === href || path.startsWith(`${href}/`)
  const itemOf = ({ label, href, also = [] }: Entry): NavItem => ({
    label,
    href,
    current: [href, ...also].some(stands),
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
