import type { Actor } from '../kernel/actor.ts'
import { pagerOf } from '../kernel/pager.ts'
import { compareCodes, printNumber } from '../kernel/words.ts'
import { ACCEPT, ACCEPTED_IN_WORDS } from './accepted-kinds.ts'
import type { Dossier } from './dossier.ts'
import { byCode, issuedOf, sharedBy } from './evidence-catalogue.ts'
import { everAdopted, filesOf, hrefOf, labelOf, openUnmet, type Surroundings } from './evidence-facts.ts'
import { EVIDENCE_STATE_NAMES, type EvidenceState } from './evidence-machine.ts'
import { may } from './evidence-policy.ts'
import { matches } from './evidence-search.ts'
import { classOf, DATA_CLASSES, STATE_TONES } from './evidence-words.ts'
import { entriesByYear, matrixOf, yearOf } from './evidence-years.ts'
import type { Evidence } from './evidence.ts'

export interface BoardFilter {
  readonly question: string
  readonly criterion: string
  readonly group: string
  readonly state: string
  readonly pageNumber: number
}

/** By criterion; coded items by their code, then the others as they came. */
const inReadingOrder = (one: Evidence, other: Evidence): number =>
  compareCodes(one.criterion, other.criterion) ||
  Number(one.code === undefined) - Number(other.code === undefined) ||
  byCode(one, other) ||
  one.no - other.no

const PER_PAGE = 60
const STATES: readonly EvidenceState[] = [
  'expected',
  'missing',
  'collected',
  'verified',
  'coded',
  'frozen',
  'rejected',
  'withdrawn',
  'disposed',
]

export const boardHref = (assessmentId: string): string => `/danh-gia/${assessmentId}/minh-chung`

/** The way back from every screen of evidence, as on the other screens of the assessment. */
export const dossierCrumbs = ({ id, schoolName, year }: Dossier) => [
  { label: 'Tự đánh giá', href: '/danh-gia' },
  { label: `${schoolName}, năm học ${year}`, href: `/danh-gia/${id}` },
]

export const boardFilter = (query: Readonly<Record<string, string>>): BoardFilter => ({
  question: query['q'] ?? '',
  criterion: query['tieuchi'] ?? '',
  group: query['nhom'] ?? '',
  state: query['trangthai'] ?? '',
  pageNumber: Math.max(1, Number.parseInt(query['trang'] ?? '1', 10) || 1),
})

const addressOf = (assessmentId: string, filter: Partial<BoardFilter>): string => {
  const words = new URLSearchParams(
    [
      ['q', filter.question ?? ''],
      ['tieuchi', filter.criterion ?? ''],
      ['nhom', filter.group ?? ''],
      ['trangthai', filter.state ?? ''],
      ['trang', (filter.pageNumber ?? 1) > 1 ? String(filter.pageNumber) : ''],
    ].filter((pair): pair is [string, string] => pair[1] !== ''),
  ).toString()
  return words === '' ? boardHref(assessmentId) : `${boardHref(assessmentId)}?${words}`
}

/** The evidence board: what there is, what is still missing per criterion and school year, and the way to add. */
export function boardPage(actor: Actor, around: Surroundings, filter: BoardFilter) {
  const { dossier, items, citations } = around
  const groupOf = new Map(dossier.criteria.map(each => [each.code, each.groupId]))
  const inScope = items
    .filter(item => filter.criterion === '' || item.criterion === filter.criterion)
    .filter(item => filter.group === '' || groupOf.get(item.criterion) === filter.group)
    .filter(item => matches(item, filter.question))
  const shown = inScope.filter(item => filter.state === '' || item.state === filter.state).toSorted(inReadingOrder)
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE))
  const at = Math.min(filter.pageNumber, pages)
  return {
    wide: true,
    breadcrumbs: dossierCrumbs(dossier),
    actions: actionsOf(actor, dossier),
    notice: noticeOf(dossier),
    filter,
    address: boardHref(dossier.id),
    criteria: criterionOptions(dossier),
    groups: groupOptions(dossier),
    tabs: [
      {
        label: 'Tất cả',
        href: addressOf(dossier.id, { ...filter, state: '', pageNumber: 1 }),
        current: filter.state === '',
        count: inScope.length,
      },
      ...STATES.map(state => ({ state, count: inScope.filter(item => item.state === state).length }))
        .filter(({ state, count }) => count > 0 || filter.state === state)
        .map(({ state, count }) => ({
          label: EVIDENCE_STATE_NAMES[state],
          href: addressOf(dossier.id, { ...filter, state, pageNumber: 1 }),
          current: filter.state === state,
          count,
        })),
    ],
    rows: shown.slice((at - 1) * PER_PAGE, at * PER_PAGE).map(item => rowOf(item, citations)),
    nothing: nothingWords(items, filter),
    pager: pagerOf(at, pages, pageNumber => addressOf(dossier.id, { ...filter, pageNumber })),
    matrix: matrixModel(around, filter),
    bulk: bulkModel(actor, dossier, filter),
    renumber: renumberModel(actor, around),
  }
}

export function rowOf(item: Evidence, citations: ReadonlyMap<string, readonly string[]>) {
  const [first] = entriesByYear(item)
  const years = [...new Set(item.entries.flatMap(entry => yearOf(entry) ?? []))].toSorted()
  const files = filesOf(item).length
  const dataClass = classOf(item)
  return {
    href: hrefOf(item),
    label: labelOf(item),
    name: item.name,
    state: { label: EVIDENCE_STATE_NAMES[item.state], tone: STATE_TONES[item.state] },
    about: [first ? issuedOf(item, first) : '', first?.issuer ?? ''].filter(each => each !== '').join(' · '),
    years:
      years.length > 1
        ? `${years.length} năm học từ ${years[0]} đến ${years.at(-1)}`
        : years[0]
          ? `năm học ${years[0]}`
          : '',
    files: files === 0 ? (item.place === '' ? '' : `lưu tại ${item.place}`) : `${files} tệp`,
    criterion: item.criterion,
    cited: (citations.get(item.id) ?? []).length,
    shared: sharedBy(item, citations).join(', '),
    marks: [
      ...(item.notReviewed ? ['Kế thừa, chưa rà soát'] : []),
      ...(item.addedForVisit ? ['Bổ sung cho đoàn'] : []),
      ...(dataClass === 'sensitive' || dataClass === 'personal' ? [DATA_CLASSES[dataClass]] : []),
    ],
    reason: item.state === 'missing' ? (item.missingReason ?? '') : (item.rejected?.reason ?? ''),
  }
}

export const criterionOptions = (dossier: Dossier) =>
  dossier.criteria.map(each => ({ value: each.code, label: `${each.code}. ${each.title}` }))

/** Criteria for which this person may bring evidence. */
export const collectableCriteria = (actor: Actor, dossier: Dossier) =>
  criterionOptions(dossier).filter(option => may.collect(actor, { dossier, criterion: option.value }))

const groupOptions = (dossier: Dossier) => [
  ...new Map(
    dossier.criteria.flatMap(each =>
      each.groupId === undefined
        ? []
        : [[each.groupId, { value: each.groupId, label: each.groupName ?? each.groupId }]],
    ),
  ).values(),
]

function actionsOf(actor: Actor, dossier: Dossier) {
  return [
    { label: 'Danh mục mã', href: `${boardHref(dossier.id)}/danh-muc`, icon: 'list' },
    ...(mayAdd(actor, dossier)
      ? [{ label: 'Thêm minh chứng', href: `${boardHref(dossier.id)}/moi`, icon: 'plus', primary: true }]
      : []),
  ]
}

/** Who adds items now: while it is collected those of a group or the secretariat, after the adoption the secretariat. */
export const mayAdd = (actor: Actor, dossier: Dossier): boolean =>
  dossier.adopted && !dossier.collecting ? mayAddForVisit(actor, dossier) : mayAddAnything(actor, dossier)

export const mayAddForVisit = (actor: Actor, dossier: Dossier): boolean => may.addForVisit(actor, { dossier })

const mayAddAnything = (actor: Actor, dossier: Dossier): boolean =>
  dossier.criteria.some(({ code }) => may.forecast(actor, { dossier, criterion: code }))

const noticeOf = (dossier: Dossier): string => openUnmet(dossier)[0]?.message ?? ''

const nothingWords = (items: readonly Evidence[], filter: BoardFilter) =>
  items.length === 0
    ? {
        title: 'Chưa có minh chứng nào',
        text: 'Bắt đầu từ minh chứng dự kiến trong kế hoạch, hoặc tải nhiều tệp lên cùng lúc.',
      }
    : {
        title: 'Không có minh chứng nào khớp',
        text:
          filter.question === ''
            ? 'Xin chọn tiêu chí, nhóm hoặc trạng thái khác.'
            : `Không tìm thấy “${filter.question}”. Có thể gõ không dấu.`,
      }

function matrixModel({ dossier, items }: Surroundings, filter: BoardFilter) {
  const criteria = dossier.criteria.filter(each => filter.group === '' || each.groupId === filter.group)
  const { years, rows } = matrixOf(criteria, items, dossier.year)
  const holes = rows.reduce((sum, row) => sum + row.perYear.filter(count => count === 0).length, 0)
  return {
    years,
    holes: printNumber(holes),
    complete: holes === 0,
    rows: rows.map((row, index) => ({
      criterion: row.criterion,
      title: criteria[index]?.title ?? '',
      href: addressOf(dossier.id, { criterion: row.criterion }),
      cells: row.perYear.map((count, at) => ({
        count,
        hole: count === 0,
        href: `${boardHref(dossier.id)}/moi?tieuchi=${row.criterion}&namhoc=${years[at]}`,
        words: `tiêu chí ${row.criterion}, năm học ${years[at]}: ${count === 0 ? 'chưa có minh chứng' : `${count} minh chứng`}`,
      })),
    })),
  }
}

function bulkModel(actor: Actor, dossier: Dossier, filter: BoardFilter) {
  const criteria = collectableCriteria(actor, dossier)
  if (!dossier.collecting || criteria.length === 0) return undefined
  return {
    action: `${boardHref(dossier.id)}/nhieu-tep`,
    criteria,
    criterion: filter.criterion,
    years: yearOptions(dossier),
    year: dossier.year,
    accept: ACCEPT,
    hint: `${ACCEPTED_IN_WORDS}. Mỗi tệp thành một minh chứng mang tên tệp; bổ sung số, ngày, nơi ban hành sau.`,
  }
}

export const yearOptions = ({ year }: Pick<Dossier, 'year'>) =>
  matrixOf([], [], year)
    .years.toReversed()
    .map(each => ({ value: each, label: each }))

function renumberModel(actor: Actor, around: Surroundings) {
  const { dossier, items, renumberedBefore } = around
  const coded = items.filter(item => item.state === 'coded').length
  return may.renumber(actor, { dossier }) && !everAdopted(around) && !renumberedBefore && coded > 0
    ? { action: `${boardHref(dossier.id)}/danh-lai-ma`, coded }
    : undefined
}
