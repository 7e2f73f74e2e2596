import type { Day } from '../kernel/dates.ts'
import { dayOf, printDay, printInstant } from '../kernel/dates.ts'
import { pagerOf } from '../kernel/pager.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { dutyHref, EXCUSE_SLUG, type Duty } from './duty.ts'
import { DUTY_STATES, type DutyState } from './duty-machine.ts'
import { isLateDuty, owes, type SeenDuty } from './owing.ts'
import { periodHref } from './period.ts'
import { dutyBadge, NO_LONGER_OWED } from './periods-page.ts'

/** How many units stand on one page. */
export const DUTIES_A_PAGE = 50

/** What the address asks of the list of units. */
export interface DutyQuery {
  /** Word of a tab; empty for all. */
  readonly state: string
  readonly kind: string
  readonly search: string
  /** `truc-thuoc`: directly below the unit; `tat-ca`: everything below it. */
  readonly reach: 'truc-thuoc' | 'tat-ca'
  /** Whose units; absent: those of the person's own unit. */
  readonly unitId?: string
  readonly page: number
}

/** The tab of units that owe nothing any more and wait to be excused. */
export const GONE_SLUG = 'khong-con'

/** Word in the address → state; `qua-han` and `khong-con` are no states: the days and the tree decide. */
const TABS: readonly {
  readonly slug: string
  readonly label: string
  readonly has: (duty: SeenDuty, today: Day) => boolean
}[] = [
  { slug: '', label: 'Tất cả', has: () => true },
  { slug: 'chua-gui', label: 'Chưa gửi', has: owes },
  { slug: 'qua-han', label: 'Quá hạn', has: isLateDuty },
  tab('chua-lam', 'due'),
  tab('dang-lam', 'inProgress'),
  tab('da-gui', 'sent'),
  tab('da-chap-nhan', 'accepted'),
  tab('khong-phai-bao-cao', 'excused'),
  { slug: GONE_SLUG, label: NO_LONGER_OWED, has: ({ gone }) => gone !== undefined },
]

function tab(slug: string, state: DutyState) {
  return {
    slug,
    label: DUTY_STATES[state].label,
    has: (duty: SeenDuty) => duty.state === state && duty.gone === undefined,
  }
}

/** Reads the address; what it does not know counts as not asked. */
export function dutyQueryFrom(query: Readonly<Record<string, string>>): DutyQuery {
  return {
    state: TABS.some(({ slug }) => slug === query['trangthai']) ? (query['trangthai'] ?? '') : '',
    kind: query['loai'] !== undefined && query['loai'] in SCHOOL_KIND_NAMES ? query['loai'] : '',
    search: (query['tim'] ?? '').slice(0, 100),
    reach: query['cap'] === 'tat-ca' ? 'tat-ca' : 'truc-thuoc',
    ...(query['donvi'] !== undefined && query['donvi'] !== '' && { unitId: query['donvi'] }),
    page: Math.max(1, Math.trunc(Number(query['trang'])) || 1),
  }
}

/** The list's own address with some of its questions changed; a new question begins at the first page. */
export function listHref(periodId: string, query: DutyQuery, change: Partial<DutyQuery> = {}): string {
  const { state, kind, search, reach, unitId, page } = { ...query, page: 1, ...change }
  const asked = new URLSearchParams({
    ...(state !== '' && { trangthai: state }),
    ...(kind !== '' && { loai: kind }),
    ...(search !== '' && { tim: search }),
    ...(reach === 'tat-ca' && { cap: reach }),
    ...(unitId !== undefined && { donvi: unitId }),
    ...(page > 1 && { trang: String(page) }),
  }).toString()
  return asked === '' ? periodHref(periodId) : `${periodHref(periodId)}?${asked}`
}

/** Late ones first, those that owe nothing any more last, each by name. */
export function inListOrder(duties: readonly SeenDuty[], today: Day): readonly SeenDuty[] {
  const place = (duty: SeenDuty): number => (isLateDuty(duty, today) ? 0 : duty.gone === undefined ? 1 : 2)
  return duties.toSorted((a, b) => place(a) - place(b) || compareVietnamese(a.name, b.name))
}

/** The units that the address asks for, of those that were read. */
export const dutiesShown = (duties: readonly SeenDuty[], { state }: DutyQuery, today: Day): readonly SeenDuty[] => {
  const chosen = TABS.find(({ slug }) => slug === state) ?? TABS[0]
  return inListOrder(
    duties.filter(duty => chosen?.has(duty, today)),
    today,
  )
}

/** The units of the page that the address asks for. */
export const dutiesOnPage = (duties: readonly SeenDuty[], query: DutyQuery, today: Day): readonly SeenDuty[] =>
  dutiesShown(duties, query, today).slice((query.page - 1) * DUTIES_A_PAGE, query.page * DUTIES_A_PAGE)

const kindName = (kind: SchoolKind | undefined): string =>
  kind === undefined ? 'Cấp quản lý' : SCHOOL_KIND_NAMES[kind]

/** When the report was sent, and that it came after its due day. */
export const sentWords = ({ sentAt, due }: Pick<Duty, 'sentAt' | 'due'>): string =>
  sentAt ? `${printInstant(sentAt)}${dayOf(sentAt) > due ? ' (sau hạn)' : ''}` : ''

const isKind = (kind: string): kind is SchoolKind => Object.hasOwn(SCHOOL_KIND_NAMES, kind)

/** The question of the address in words, for the head of a spreadsheet; empty when nothing was asked. */
export const queryInWords = ({ state, kind, search }: DutyQuery): string =>
  [
    ...(state === '' ? [] : [`trạng thái “${TABS.find(({ slug }) => slug === state)?.label ?? state}”`]),
    ...(isKind(kind) ? [`loại “${SCHOOL_KIND_NAMES[kind]}”`] : []),
    ...(search === '' ? [] : [`tên có “${search}”`]),
  ].join(', ')

/** What a list says of one unit, as plain words: the screen and the spreadsheet print the same. */
export const dutyWords = (duty: SeenDuty, parentName: string) => ({
  name: duty.name,
  kind: kindName(duty.schoolKind),
  parent: parentName,
  due: printDay(duty.due),
  state: duty.gone === undefined ? DUTY_STATES[duty.state].label : NO_LONGER_OWED,
  sent: sentWords(duty),
  returns: duty.returns,
  reminders: duty.reminders.map(each => printDay(each.on)).join('; '),
  reason:
    duty.gone !== undefined
      ? `${duty.gone} – cần cho phép không báo cáo`
      : duty.state === 'excused'
        ? (duty.excusedFor ?? '')
        : '',
})

/** The list of units in a period, with its tabs, filters and pages. */
export function dutyListModel(
  duties: readonly SeenDuty[],
  {
    periodId,
    query,
    today,
    names,
    mayExcuse,
  }: {
    readonly periodId: string
    readonly query: DutyQuery
    readonly today: Day
    readonly names: ReadonlyMap<string, string>
    readonly mayExcuse: (duty: SeenDuty) => boolean
  },
) {
  const shown = dutiesShown(duties, query, today)
  const pages = Math.max(1, Math.ceil(shown.length / DUTIES_A_PAGE))
  return {
    tabs: TABS.map(({ slug, label, has }) => ({
      label,
      href: listHref(periodId, query, { state: slug }),
      current: slug === query.state,
      count: duties.filter(duty => has(duty, today)).length,
    })).filter(({ current, count }, at) => TABS[at]?.slug !== GONE_SLUG || current || count > 0),
    rows: dutiesOnPage(duties, query, today).map(duty => {
      const words = dutyWords(duty, names.get(duty.parentId) ?? '')
      const excuse = duty.gone !== undefined && mayExcuse(duty) ? `${dutyHref(duty)}/${EXCUSE_SLUG}` : ''
      return {
        ...words,
        // What is to be done about it, the button says.
        reason: excuse === '' ? words.reason : (duty.gone ?? ''),
        // Directly below a unit, its name says nothing new.
        parent: query.reach === 'tat-ca' ? words.parent : '',
        unitId: duty.unitId,
        href: dutyHref(duty),
        below: duty.unitKind === 'school' ? '' : listHref(periodId, query, { unitId: duty.unitId, state: '' }),
        badge: dutyBadge(duty, today),
        gone: duty.gone ?? '',
        excuse,
      }
    }),
    filters: {
      action: periodHref(periodId),
      state: query.state,
      unitId: query.unitId ?? '',
      search: query.search,
      kind: query.kind,
      kinds: Object.entries(SCHOOL_KIND_NAMES).map(([value, label]) => ({ value, label })),
      reach: query.reach,
    },
    pager: pagerOf(query.page, pages, page => listHref(periodId, query, { page })),
  }
}
