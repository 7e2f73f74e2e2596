import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { isPossible } from '../kernel/step.ts'
import { SCHOOL_KIND_NAMES, type SchoolKind } from '../kernel/unit-kinds.ts'
import { compareVietnamese, searchKey } from '../kernel/words.ts'
import { complaintUntil, titleDue } from './external-deadlines.ts'
import { TITLE_FORMS } from './external-input.ts'
import type { RegisteredSchool } from './external-needs.ts'
import { mayOnTitle } from './external-policy.ts'
import { gradeName, TITLE_KIND_NAMES, type Grade, type TitleKind } from './facts.ts'
import { dueLine, historyOf, runHref } from './runs-page.ts'
import { STANDINGS, type Standing } from './title.ts'
import { TITLE_STATE_NAMES, titleLife, type TitleEvent } from './title-machine.ts'
import { titleFacts, type OpenTitle } from './titles-of.ts'

export const TITLES = '/danh-hieu'
export const titleHref = (id: string): string => `${TITLES}/${encodeURIComponent(id)}`

const KINDS: readonly TitleKind[] = ['accreditation', 'national']
/** Rows on one page of the register. */
const PAGE = 100

const badgeOf = ({ title, standing }: OpenTitle) =>
  standing === undefined
    ? { label: TITLE_STATE_NAMES[title.state], tone: title.state === 'proposed' ? 'blue' : 'grey' }
    : STANDINGS[standing]

const nameOf = (kind: TitleKind, grade: Grade): string =>
  `${TITLE_KIND_NAMES[kind]} – ${gradeName(kind, grade).toLowerCase()}`

export interface RegisterFilter {
  readonly search: string
  readonly kind: string
  readonly school: string
  /** A standing, `proposed` or `notRecognised`; empty: all. */
  readonly standing: string
  readonly page: number
}

const isStanding = (text: string): text is Standing => Object.hasOwn(STANDINGS, text)

function fits({ title, school, standing }: OpenTitle, filter: RegisterFilter): boolean {
  return (
    (filter.search === '' || searchKey(school.name).includes(searchKey(filter.search))) &&
    (filter.kind === '' || title.kind === filter.kind) &&
    (filter.school === '' || school.kind === filter.school) &&
    (filter.standing === '' || (standing ?? title.state) === filter.standing)
  )
}

/** The register within the person's reach: filters stay in the address, the nearest expiry stands first. */
export function titlesPage(titles: readonly OpenTitle[], filter: RegisterFilter, mayRecord: boolean) {
  const found = titles
    .filter(title => fits(title, filter))
    .toSorted(
      (a, b) =>
        (a.fact?.ended ? 1 : 0) - (b.fact?.ended ? 1 : 0) ||
        (a.fact?.expiresOn ?? '').localeCompare(b.fact?.expiresOn ?? '') ||
        compareVietnamese(a.school.name, b.school.name),
    )
  const at = Math.min(Math.max(filter.page, 1), Math.max(1, Math.ceil(found.length / PAGE)))
  const query = (page: number): string =>
    `${TITLES}?${new URLSearchParams({ tim: filter.search, loai: filter.kind, cap: filter.school, tinhtrang: filter.standing, trang: String(page) }).toString()}`
  const count = (standing: Standing): number => titles.filter(title => title.standing === standing).length
  return {
    filter,
    kinds: KINDS.map(kind => ({ value: kind, label: TITLE_KIND_NAMES[kind] })),
    schoolKinds: Object.entries(SCHOOL_KIND_NAMES).map(([value, label]) => ({ value, label })),
    standings: [
      { value: 'proposed', label: TITLE_STATE_NAMES.proposed },
      ...Object.entries(STANDINGS).map(([value, { label }]) => ({ value, label })),
      { value: 'notRecognised', label: TITLE_STATE_NAMES.notRecognised },
    ],
    tiles: (['valid', 'expiring', 'renewNow', 'expired'] as const).map(standing => ({
      label: STANDINGS[standing].label,
      text: String(count(standing)),
      href: `${TITLES}?tinhtrang=${standing}`,
    })),
    table: {
      caption: 'Sổ danh hiệu',
      head: ['Trường', 'Cấp học', 'Danh hiệu', 'Quyết định', 'Hết hạn', 'Tình trạng'],
      ...(titles.length === 0
        ? { empty: 'Sổ chưa có danh hiệu nào', emptyText: 'Danh hiệu vào sổ khi Sở ghi quyết định công nhận.' }
        : { empty: 'Không có danh hiệu nào như đã chọn' }),
      rows: found
        .slice((at - 1) * PAGE, at * PAGE)
        .map(open => [
          { text: open.school.name, href: titleHref(open.title.id) },
          SCHOOL_KIND_NAMES[open.school.kind],
          nameOf(open.title.kind, open.title.grade),
          open.title.decision ? `${open.title.decision.number}, ${printDay(open.title.decision.date)}` : '–',
          open.title.expiresOn === undefined ? '–' : printDay(open.title.expiresOn),
          { text: '', badge: badgeOf(open) },
        ]),
    },
    ...(found.length > PAGE && {
      pager: {
        text: `${found.length} danh hiệu, trang ${at}/${Math.ceil(found.length / PAGE)}`,
        ...(at > 1 && { previous: query(at - 1) }),
        ...(at * PAGE < found.length && { next: query(at + 1) }),
      },
    }),
    ...(mayRecord && { record: `${TITLES}/ghi-so` }),
  }
}

export const isRegisterStanding = (text: string): boolean =>
  isStanding(text) || text === 'proposed' || text === 'notRecognised'
export const isSchoolKind = (text: string): text is SchoolKind => Object.hasOwn(SCHOOL_KIND_NAMES, text)

const TITLE_OPTIONS = [
  ...([1, 2, 3, 4] as const).map(grade => ({ value: `accreditation:${grade}`, label: nameOf('accreditation', grade) })),
  ...([1, 2] as const).map(grade => ({ value: `national:${grade}`, label: nameOf('national', grade) })),
]

const schoolOptions = (schools: readonly RegisteredSchool[]) =>
  schools
    .filter(({ active }) => active)
    .toSorted((a, b) => compareVietnamese(a.name, b.name))
    .map(school => ({
      value: school.id,
      label: school.ancestors[0] ? `${school.name} (${school.ancestors[0].name})` : school.name,
    }))

/** The form for a title that was decided before the system came into use. */
export const recordPage = (schools: readonly RegisteredSchool[]) => ({
  breadcrumbs: [{ label: 'Sổ danh hiệu', href: TITLES }],
  action: `${TITLES}/ghi-so`,
  schools: schoolOptions(schools),
  titles: TITLE_OPTIONS,
})

const EVENT_NAMES: Readonly<Record<string, string>> = { ...titleLife.eventNames, record: 'Ghi vào sổ từ hồ sơ giấy' }

/** One title: what it is, how it stands, what was done with it, and this person's steps. */
export function titlePage(
  actor: Actor,
  open: OpenTitle,
  today: Day,
  history: readonly JournalEntry[],
  schools: readonly RegisteredSchool[],
) {
  const { title, school, place, fact, run, numbers } = open
  const due = titleDue(title, run, numbers)
  const complaint = run && title.state === 'proposed' ? complaintUntil(run, numbers) : undefined
  const facts = titleFacts(open, today)
  const types = Object.keys(TITLE_FORMS) as TitleEvent['type'][]
  const offered = types.filter(
    type =>
      mayOnTitle[type](actor, place) &&
      isPossible(titleLife, title.state, facts, type) &&
      !(fact?.ended && type !== 'correct'),
  )
  const line = (term: string, text: string | undefined, note?: string) =>
    text === undefined ? [] : [{ term, text, ...(note !== undefined && { note }) }]
  return {
    breadcrumbs: [{ label: 'Sổ danh hiệu', href: TITLES }],
    subtitle: school.name,
    badge: badgeOf(open),
    facts: [
      { term: 'Danh hiệu', text: nameOf(title.kind, title.grade) },
      ...line('Quyết định', title.decision && `Số ${title.decision.number} ngày ${printDay(title.decision.date)}`),
      ...line('Số vào sổ', title.registerNumber || undefined),
      ...line(
        'Có giá trị',
        title.grantedOn && title.expiresOn && `${printDay(title.grantedOn)} – ${printDay(title.expiresOn)}`,
      ),
      ...dueLine(title.state === 'proposed' ? 'Hạn quyết định' : 'Hạn công bố', due, today),
      ...line('Đã công bố', title.announcedOn && printDay(title.announcedOn)),
      ...(fact?.ended ? line(STANDINGS[fact.ended.how].label, `Từ ${printDay(fact.ended.on)}`, fact.ended.reason) : []),
      ...line('Không công nhận', title.refused && `Thông báo số ${title.refused.number}`, title.refused?.reason),
      ...line(
        'Kiểm tra lại',
        title.verification && `Từ ${printDay(title.verification.on)}`,
        title.verification?.reason,
      ),
      ...(run ? [{ term: 'Theo đánh giá ngoài', text: `Năm học ${run.year}`, href: runHref(run.id) }] : []),
      ...title.transfers.map(transfer => ({
        term: 'Nhận từ trường khác',
        text: `Theo quyết định số ${transfer.decision.number} ngày ${printDay(transfer.decision.date)}`,
        note: transfer.reason,
      })),
    ],
    ...(complaint !== undefined &&
      today <= complaint && {
        warning: `Trường còn được khiếu nại về báo cáo đánh giá ngoài đến hết ngày ${printDay(complaint)}.`,
      }),
    history: historyOf(EVENT_NAMES, history),
    steps: Object.fromEntries(
      offered.map(type => [
        type,
        { action: `${titleHref(title.id)}/${TITLE_FORMS[type].slug}`, label: titleLife.eventNames[type] },
      ]),
    ),
    grades: (title.kind === 'accreditation' ? ([1, 2, 3, 4] as const) : ([1, 2] as const)).map(grade => ({
      value: String(grade),
      label: gradeName(title.kind, grade),
    })),
    grade: String(title.grade),
    decision: title.decision,
    registerNumber: title.registerNumber ?? '',
    schools: schoolOptions(schools.filter(({ id }) => id !== school.id)),
  }
}
