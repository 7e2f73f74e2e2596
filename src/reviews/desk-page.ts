import { DUE_TONES, dueOn, levelName } from '../assessments/index.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { pagerOf } from '../kernel/pager.ts'
import type { Where } from '../kernel/rules.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { isOpenQuestion, lastRound, NO_DUE, type Person, type Review } from './review.ts'
import { reviewHref } from './review-facts.ts'
import { REVIEW_STATES, type ReviewState } from './review-machine.ts'
import type { Load } from './review-store.ts'

/** Groups of states as a desk is worked off. */
const TABS = {
  'can-lam': { label: 'Cần làm', states: ['received', 'underReview'] },
  'cho-truong': { label: 'Chờ trường', states: ['returned', 'recalled'] },
  'chap-nhan': { label: 'Đã chấp nhận', states: ['accepted'] },
  'da-chuyen': { label: 'Đã chuyển Sở', states: ['forwarded'] },
  'tat-ca': { label: 'Tất cả', states: ['received', 'recalled', 'underReview', 'returned', 'accepted', 'forwarded'] },
} as const satisfies Readonly<Record<string, { label: string; states: readonly ReviewState[] }>>

type Tab = keyof typeof TABS

const SCOPES = { minh: 'Hồ sơ đơn vị xem xét', 'tat-ca': 'Mọi hồ sơ được xem' } as const
type Scope = keyof typeof SCOPES

export interface DeskFilter {
  readonly tab: Tab
  readonly scope: Scope
  readonly kind: string
  /** A person's id, `chua` for what nobody has yet, or empty. */
  readonly officer: string
  readonly pageNumber: number
}

export const DESK_PAGE = 50
const NOBODY_YET = 'chua'

const isTab = (text: string): text is Tab => Object.hasOwn(TABS, text)

export function deskFilter(query: Readonly<Record<string, string>>): DeskFilter {
  const tab = query['trangthai'] ?? ''
  return {
    tab: isTab(tab) ? tab : 'can-lam',
    scope: query['phamvi'] === 'tat-ca' ? 'tat-ca' : 'minh',
    kind: query['loai'] ?? '',
    officer: query['nguoi'] ?? '',
    pageNumber: Math.max(1, Number.parseInt(query['trang'] ?? '1', 10) || 1),
  }
}

/** What the filter adds to the policy's own condition. */
export const whereOf = ({ tab, kind, officer }: DeskFilter): readonly Where[] => [
  { state: { $in: [...TABS[tab].states] } },
  ...(kind === '' ? [] : [{ schoolKind: kind }]),
  ...(officer === '' ? [] : [{ 'officer.personId': officer === NOBODY_YET ? null : officer }]),
]

export interface DeskView {
  readonly filter: DeskFilter
  readonly year: WorkingYear
  readonly reviews: readonly Review[]
  readonly total: number
  readonly counts: Readonly<Partial<Record<ReviewState, number>>>
  readonly loads: readonly Load[]
  readonly names: ReadonlyMap<string, string>
  /** Officers to whom this person may give work; empty for who assigns nothing. */
  readonly officers: readonly (Person & { readonly post: string })[]
  readonly today: Day
}

/** The desk: what lies with the unit by due day, how much with whom, and the way to give work out. */
export function deskPage(view: DeskView) {
  const { filter, year, counts, names, officers, today } = view
  const address = (change: Partial<DeskFilter>): string => {
    const next = { ...filter, pageNumber: 1, ...change }
    const query = new URLSearchParams({
      nam: year,
      trangthai: next.tab,
      ...(next.scope === 'tat-ca' && { phamvi: next.scope }),
      ...(next.kind !== '' && { loai: next.kind }),
      ...(next.officer !== '' && { nguoi: next.officer }),
      ...(next.pageNumber > 1 && { trang: String(next.pageNumber) }),
    })
    return `/xem-xet?${query.toString()}`
  }
  const pages = Math.ceil(view.total / DESK_PAGE)
  const pager = pagerOf(filter.pageNumber, pages, pageNumber => address({ pageNumber }))
  return {
    wide: true,
    subtitle: `Báo cáo tự đánh giá các trường gửi, năm học ${year}`,
    filter,
    year,
    tabs: {
      label: 'Trạng thái hồ sơ',
      // The keys of TABS are its own.
      items: (Object.keys(TABS) as Tab[]).map(tab => ({
        label: TABS[tab].label,
        href: address({ tab }),
        current: tab === filter.tab,
        count: TABS[tab].states.reduce((sum, state) => sum + (counts[state] ?? 0), 0),
      })),
    },
    scopes: Object.entries(SCOPES).map(([value, label]) => ({ value, label })),
    kinds: Object.entries(SCHOOL_KIND_NAMES).map(([value, label]) => ({ value, label })),
    people: [
      { value: NOBODY_YET, label: 'Chưa phân công' },
      ...view.loads.filter(({ personId }) => personId !== '').map(load => ({ value: load.personId, label: load.name })),
    ],
    rows: view.reviews.map(review => rowOf(review, names, today)),
    loads: view.loads.map(load => ({
      name: load.name === '' ? 'Chưa phân công' : load.name,
      href: address({ officer: load.personId === '' ? NOBODY_YET : load.personId, tab: 'can-lam' }),
      received: load.received,
      underReview: load.underReview,
      overdue: load.overdue,
    })),
    officers: officers.map(({ personId, name, post }) => ({ value: personId, label: `${name} (${post})` })),
    pager: pager && { ...pager, text: `${pager.text}, ${view.total} hồ sơ` },
    emptyWords: EMPTY[filter.tab],
  }
}

const EMPTY: Readonly<Record<Tab, string>> = {
  'can-lam': 'Không có hồ sơ nào đang chờ. Hồ sơ hiện ở đây ngay khi trường gửi báo cáo.',
  'cho-truong': 'Không có hồ sơ nào đang chờ trường hoàn thiện.',
  'chap-nhan': 'Chưa có báo cáo nào được chấp nhận.',
  'da-chuyen': 'Chưa có hồ sơ nào được chuyển lên Sở.',
  'tat-ca': 'Chưa có trường nào gửi báo cáo của năm học này.',
}

function rowOf(review: Review, names: ReadonlyMap<string, string>, today: Day) {
  const round = lastRound(review)
  const questions = round.remarks.filter(isOpenQuestion)
  const answered = questions.filter(({ answer }) => answer !== undefined).length
  return {
    id: review.id,
    school: names.get(review.schoolId) ?? review.schoolId,
    href: reviewHref(review.id),
    kind: SCHOOL_KIND_NAMES[review.schoolKind],
    unit: names.get(review.handlerId) ?? review.handlerId,
    state: REVIEW_STATES[review.state],
    round: review.rounds.length,
    received: printDay(round.receivedOn),
    dispatch: `CV ${round.dispatch.number}`,
    level: levelName(round.level),
    officer: review.officer?.name ?? '',
    due: dueBadge(review, today),
    questions:
      questions.length === 0
        ? ''
        : answered === questions.length
          ? `${answered} câu trả lời mới`
          : `${questions.length - answered} câu chờ trường`,
    assignable: review.state === 'received' || review.state === 'underReview',
  }
}

/** The day that the present state waits for and how it lies from today; absent where nothing is due. */
export function dueBadge({ due }: Pick<Review, 'due'>, today: Day) {
  if (due === NO_DUE) return undefined
  const { state, words } = dueOn(due, today)
  return { printed: printDay(due), badge: { label: words, tone: DUE_TONES[state] } }
}
