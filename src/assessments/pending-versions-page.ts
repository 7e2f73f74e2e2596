import { pagerOf } from '../kernel/pager.ts'
import { compareVietnamese, searchKey } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { row, type SheetTable } from '../sheet-files/index.ts'
import { ASSESSMENT_STATE_NAMES } from './assessment-machine.ts'
import { stateBadge } from './assessment-words.ts'
import { assessmentHref, PENDING } from './links.ts'
import type { PendingVersion, WaitsFor } from './pending-versions.ts'

const WAITS: Readonly<Record<WaitsFor, { readonly label: string; readonly tone: string; readonly who: string }>> = {
  mapping: { label: 'Chờ bảng chuyển đổi', tone: 'orange', who: 'Sở chọn bảng chuyển đổi' },
  taking: { label: 'Chờ chuyển', tone: 'blue', who: 'Chủ tịch hội đồng trường hoặc Sở chuyển' },
}

export interface PendingFilter {
  readonly question: string
  readonly waitsFor: WaitsFor | ''
  readonly unitId: string
  readonly pageNumber: number
}

const waitingIn = (text: string): WaitsFor | '' => (text === 'mapping' || text === 'taking' ? text : '')

/** `q`, `cho` (mapping, taking), `don-vi` and `trang` of the address. */
export const pendingFilter = (query: Readonly<Record<string, string>>): PendingFilter => ({
  question: query['q'] ?? '',
  waitsFor: waitingIn(query['cho'] ?? ''),
  unitId: query['don-vi'] ?? '',
  pageNumber: Math.max(1, Number.parseInt(query['trang'] ?? '1', 10) || 1),
})

const PER_PAGE = 50

const managerOf = ({ assessment }: PendingVersion): string => assessment.ancestors[0] ?? ''
const nameOf = (names: ReadonlyMap<string, string>, id: string): string => names.get(id) ?? id

/** What the filter leaves, by managing unit and school. */
export function pendingFound(
  pending: readonly PendingVersion[],
  names: ReadonlyMap<string, string>,
  filter: PendingFilter,
): readonly PendingVersion[] {
  const question = searchKey(filter.question)
  const inOrder = (one: PendingVersion, other: PendingVersion): number =>
    compareVietnamese(nameOf(names, managerOf(one)), nameOf(names, managerOf(other))) ||
    compareVietnamese(nameOf(names, one.assessment.schoolId), nameOf(names, other.assessment.schoolId))
  return pending
    .filter(({ waitsFor }) => filter.waitsFor === '' || waitsFor === filter.waitsFor)
    .filter(each => filter.unitId === '' || managerOf(each) === filter.unitId)
    .filter(({ assessment }) => question === '' || searchKey(nameOf(names, assessment.schoolId)).includes(question))
    .toSorted(inOrder)
}

/** Schools whose year works by an older version of the criteria: how many, who has to act, and where. */
export function pendingPage(
  year: WorkingYear,
  pending: readonly PendingVersion[],
  names: ReadonlyMap<string, string>,
  filter: PendingFilter,
) {
  const found = pendingFound(pending, names, filter)
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE))
  const at = Math.min(filter.pageNumber, pages)
  const asked = { nam: year, q: filter.question, cho: filter.waitsFor, 'don-vi': filter.unitId }
  const address = (pageNumber: number): string =>
    `${PENDING}?${new URLSearchParams({ ...asked, trang: String(pageNumber) }).toString()}`
  const count = (waitsFor: WaitsFor): number => pending.filter(each => each.waitsFor === waitsFor).length
  const managers = [...new Set(pending.map(managerOf))].filter(id => id !== '')
  return {
    breadcrumbs: [{ label: 'Tự đánh giá', href: `/danh-gia?nam=${year}` }],
    subtitle: `Năm học ${year}`,
    action: PENDING,
    year,
    filter,
    facts: [
      { term: 'Trường chưa dùng phiên bản mới', text: String(pending.length) },
      {
        term: WAITS.mapping.label,
        text: String(count('mapping')),
        note: WAITS.mapping.who,
        ...(count('mapping') > 0 && { href: '/tieu-chi/chuyen-doi' }),
      },
      { term: WAITS.taking.label, text: String(count('taking')), note: WAITS.taking.who },
    ],
    waits: (['mapping', 'taking'] as const).map(value => ({ value, label: WAITS[value].label })),
    units: managers
      .map(value => ({ value, label: nameOf(names, value) }))
      .toSorted((a, b) => compareVietnamese(a.label, b.label)),
    sheet: `${PENDING}.xlsx?${new URLSearchParams(asked).toString()}`,
    head: ['Trường', 'Trạng thái', 'Phiên bản đang dùng', 'Phiên bản mới', 'Việc tiếp theo'],
    rows: found.slice((at - 1) * PER_PAGE, at * PER_PAGE).map(each => [
      {
        text: nameOf(names, each.assessment.schoolId),
        href: `${assessmentHref(each.assessment.id)}/chuyen-bo-tieu-chi`,
        note: nameOf(names, managerOf(each)),
      },
      { badge: stateBadge(each.assessment.state) },
      each.from,
      each.to,
      each.waitsFor === 'mapping'
        ? {
            badge: WAITS.mapping,
            text: WAITS.mapping.who,
            href: `/tieu-chi/chuyen-doi/${each.assessment.set.hash}/${each.newer.set.hash}`,
          }
        : { badge: WAITS.taking, note: WAITS.taking.who },
    ]),
    total: found.length,
    empty: pending.length === 0 ? 'Mọi trường đang dùng phiên bản mới nhất của năm học' : 'Không có trường nào khớp',
    pager: pagerOf(at, pages, address),
  }
}

/** The same list as a spreadsheet, all of it. */
export const pendingTable = (
  year: WorkingYear,
  found: readonly PendingVersion[],
  names: ReadonlyMap<string, string>,
): SheetTable => ({
  name: 'Đổi phiên bản',
  title: [`Trường chưa dùng phiên bản mới của bộ tiêu chí, năm học ${year}`],
  columns: [
    { head: 'Mã trường', width: 20 },
    { head: 'Trường', width: 40 },
    { head: 'Cấp quản lý trực tiếp', width: 30 },
    { head: 'Trạng thái', width: 24 },
    { head: 'Phiên bản đang dùng', width: 40 },
    { head: 'Phiên bản mới', width: 40 },
    { head: 'Chờ', width: 24 },
    { head: 'Ai làm tiếp', width: 40 },
  ],
  rows: found.map(each =>
    row(
      each.assessment.schoolId,
      nameOf(names, each.assessment.schoolId),
      nameOf(names, managerOf(each)),
      ASSESSMENT_STATE_NAMES[each.assessment.state],
      each.from,
      each.to,
      WAITS[each.waitsFor].label,
      WAITS[each.waitsFor].who,
    ),
  ),
})
