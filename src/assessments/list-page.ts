import type { CriteriaSet } from '../catalogue/index.ts'
import { printDay } from '../kernel/dates.ts'
import { pagerOf } from '../kernel/pager.ts'
import { compareVietnamese, searchKey } from '../kernel/words.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { ratingOf } from './asked.ts'
import type { Assessment } from './assessment.ts'
import { ASSESSMENT_STATE_NAMES, type AssessmentState } from './assessment-machine.ts'
import { levelName, stateBadge } from './assessment-words.ts'
import { assessmentHref } from './links.ts'
import { nextTurn } from './offered-steps.ts'
import { PENDING } from './links.ts'
import type { HomeUnit } from './screen-needs.ts'

export interface SchoolView {
  readonly home: HomeUnit
  readonly year: WorkingYear
  /** Of all years, newest first; only what the person may read. */
  readonly assessments: readonly Assessment[]
  readonly sets: ReadonlyMap<string, CriteriaSet>
  readonly mayOpen: boolean
}

/** `/danh-gia` for somebody of a school: this year's assessment or the way to open it, and the years before. */
export function schoolPage({ home, year, assessments, sets, mayOpen }: SchoolView) {
  const current = assessments.find(assessment => assessment.year === year)
  const turn = current && nextTurn(current)
  return {
    subtitle: home.name,
    year,
    current: current && {
      href: assessmentHref(current.id),
      state: stateBadge(current.state),
      openedOn: printDay(current.openedOn),
      turn: turn ? `${turn.label} – ${turn.who}` : '',
    },
    open:
      mayOpen && (!current || current.state === 'cancelled')
        ? { action: '/danh-gia', schoolId: home.id, choose: '/danh-gia/mo', again: current !== undefined }
        : undefined,
    head: ['Năm học', 'Trạng thái', 'Kết quả tự đánh giá', 'Mở ngày'],
    rows: assessments.map(assessment => [
      { text: assessment.year, href: assessmentHref(assessment.id) },
      { badge: stateBadge(assessment.state) },
      resultWords(assessment, sets.get(assessment.set.hash)),
      printDay(assessment.openedOn),
    ]),
  }
}

/** The adopted level as printed, else the level so far. */
function resultWords(assessment: Assessment, set: CriteriaSet | undefined): string {
  const adopted = assessment.report.adopted
  if (adopted) return levelName(adopted.level)
  if (!set || Object.keys(assessment.criteria).length === 0) return '–'
  const rating = ratingOf(assessment, set)
  if (rating.level > 0) return `Đến nay: ${levelName(rating.level)}`
  return rating.criteria.some(criterion => criterion.open.length > 0) ? 'Chưa đánh giá xong' : levelName(0)
}

export interface ListFilter {
  readonly question: string
  readonly state: string
  readonly pageNumber: number
}

export const listFilter = (query: Readonly<Record<string, string>>): ListFilter => ({
  question: query['q'] ?? '',
  state: query['trangthai'] ?? '',
  pageNumber: Math.max(1, Number.parseInt(query['trang'] ?? '1', 10) || 1),
})

const PER_PAGE = 50

/** `/danh-gia` for a managing unit or the Sở: the assessments of the year that they may read. */
export function unitListPage(
  home: HomeUnit,
  year: WorkingYear,
  assessments: readonly Assessment[],
  names: ReadonlyMap<string, string>,
  filter: ListFilter,
) {
  const question = searchKey(filter.question)
  const nameOf = (assessment: Assessment): string => names.get(assessment.schoolId) ?? assessment.schoolId
  const found = assessments
    .filter(assessment => question === '' || searchKey(nameOf(assessment)).includes(question))
    .filter(assessment => filter.state === '' || assessment.state === filter.state)
    .toSorted((a, b) => compareVietnamese(nameOf(a), nameOf(b)))
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE))
  const at = Math.min(filter.pageNumber, pages)
  const states = [...new Set(assessments.map(({ state }) => state))]
  const address = (pageNumber: number): string =>
    `/danh-gia?${new URLSearchParams({ q: filter.question, trangthai: filter.state, trang: String(pageNumber) }).toString()}`
  return {
    subtitle: `${home.name} – năm học ${year}`,
    actions: [{ label: 'Trường chờ đổi phiên bản', href: `${PENDING}?nam=${year}`, icon: 'calendar' }],
    everySchool: `/tong-hop/danh-sach?nam=${year}`,
    filter,
    states: states.map((state: AssessmentState) => ({ value: state, label: ASSESSMENT_STATE_NAMES[state] })),
    head: ['Trường', 'Loại trường', 'Trạng thái', 'Kết quả tự đánh giá', 'Gửi ngày'],
    rows: found
      .slice((at - 1) * PER_PAGE, at * PER_PAGE)
      .map(assessment => [
        { text: nameOf(assessment), href: assessmentHref(assessment.id) },
        SCHOOL_KIND_NAMES[assessment.schoolKind],
        { badge: stateBadge(assessment.state) },
        assessment.report.adopted ? levelName(assessment.report.adopted.level) : '–',
        sentOn(assessment),
      ]),
    total: found.length,
    empty: assessments.length === 0 ? 'Chưa có trường nào gửi báo cáo trong năm học này' : 'Không có trường nào khớp',
    pager: pagerOf(at, pages, address),
  }
}

const sentOn = ({ submissions }: Assessment): string => {
  const last = submissions.at(-1)
  return last ? printDay(last.on) : '–'
}
