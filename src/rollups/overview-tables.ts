import { levelName, stateBadge } from '../assessments/index.ts'
import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { sharesChart, type Beside } from './beside-parent.ts'
import { chosen, lateAt, unitName } from './place-sums.ts'
import { lyingBars } from './charts.ts'
import { addressOf, type Condition } from './rollup-input.ts'
import { KINDS, reconciliationName, titleWords } from './rollup-words.ts'
import type { Scope } from './scope.ts'
import { count, share, text, type Table } from './table.ts'
import { atLeast, countOf, LEAST, RECONCILIATIONS, SCHOOL_LEVELS, STATES, totalCounts, type Part } from './tally.ts'
import type { PlaceTotals } from './totals.ts'
import type { SchoolRow } from './school-row.ts'

export interface OverviewView {
  readonly scope: Scope
  readonly totals: readonly PlaceTotals[]
  /** Five years, oldest first, each by the tree that was chosen. */
  readonly years: readonly { readonly year: WorkingYear; readonly parts: readonly Part[] }[]
  readonly titles: readonly Pick<SchoolRow, 'kind' | 'ownership' | 'titles'>[]
  /** What manages the unit on the day, with the sums of all its schools; absent at the top. */
  readonly parent?: Beside
}

/** The address of the schools behind a cell. */
export type List = (condition: Condition) => string

/** How many schools stand at each step. */
export function funnelTable(counts: readonly number[], list: List): Table {
  const lines = [
    { label: 'Chưa mở đợt tự đánh giá', value: countOf(counts, 'none'), condition: { is: 'notOpened' } as const },
    ...STATES.map(state => ({
      label: stateBadge(state).label,
      value: countOf(counts, `state.${state}`),
      condition: { is: 'state', state } as const,
    })),
  ]
  return {
    name: 'Tiến độ',
    title: 'Các trường đang ở bước nào',
    chart: lyingBars(
      'Số trường theo bước',
      lines.map(line => line.label),
      [{ name: 'Số trường', hue: 0, values: lines.map(line => line.value) }],
    ),
    head: [
      { label: 'Bước' },
      { label: 'Số trường', numeric: 'count' },
      { label: 'Tỷ lệ (% số trường)', numeric: 'share' },
    ],
    rows: lines.map(({ label, value, condition }) => [
      text(label),
      count(value, list(condition)),
      share(value, countOf(counts, 'schools')),
    ]),
  }
}

/** Levels of the sent reports by kind of school. */
export function levelsTable({ scope, totals }: OverviewView, list: List): Table {
  const parts = chosen(
    totals.flatMap(each => each.parts),
    scope.filter,
  )
  const kinds = KINDS.filter(kind => parts.some(part => part.kind === kind))
  const byKind = kinds.map(kind => ({ kind, counts: totalCounts(parts.filter(part => part.kind === kind)) }))
  const row = (label: string, counts: readonly number[], ofKind: (condition: Condition) => string) => [
    text(label),
    count(countOf(counts, 'schools'), ofKind({ is: 'all' })),
    count(countOf(counts, 'sent'), ofKind({ is: 'sent' })),
    share(countOf(counts, 'sent'), countOf(counts, 'schools')),
    ...SCHOOL_LEVELS.map(level => count(countOf(counts, `level.${level}`), ofKind({ is: 'level', level }))),
  ]
  return {
    name: 'Kết quả tự đánh giá',
    title: 'Kết quả tự đánh giá theo loại trường',
    note: 'Mức chỉ được tính từ báo cáo đã gửi; trước khi gửi, kết quả là việc riêng của trường.',
    chart: lyingBars(
      'Số báo cáo đã gửi theo mức và loại trường',
      kinds.map(kind => SCHOOL_KIND_NAMES[kind]),
      SCHOOL_LEVELS.map((level, hue) => ({
        name: levelName(level),
        hue: hue + 1,
        values: byKind.map(({ counts }) => countOf(counts, `level.${level}`)),
      })),
    ),
    head: [
      { label: 'Loại trường' },
      { label: 'Số trường', numeric: 'count' },
      { label: 'Đã gửi', numeric: 'count' },
      { label: '% số trường', numeric: 'share' },
      ...SCHOOL_LEVELS.map(level => ({ label: levelName(level), numeric: 'count' as const })),
    ],
    rows: [
      ...byKind.map(({ kind, counts }) =>
        row(SCHOOL_KIND_NAMES[kind], counts, condition => addressOf('list', scope.filter, { kind, condition })),
      ),
      row('Tổng', totalCounts(parts), list),
    ],
  }
}

/** Five years beside each other. */
export function trendTable({ scope, years }: OverviewView): Table {
  const lines = years.map(({ year, parts }) => ({ year, counts: totalCounts(chosen(parts, scope.filter)) }))
  return {
    name: 'Qua các năm',
    title: 'Qua 5 năm học',
    note:
      scope.filter.tree === 'today'
        ? 'Các năm trước được gom lại theo đơn vị quản lý hiện nay; trường đã giải thể hoặc sáp nhập không còn trong cây này.'
        : 'Mỗi năm theo cây đơn vị của chính năm đó: có thể có đơn vị được thành lập hoặc sắp xếp lại giữa các năm. Chọn cây đơn vị “Hiện nay” để gom các năm trước theo đơn vị bây giờ.',
    chart: sharesChart(lines.map(({ year, counts }) => ({ name: year, counts, fewest: 0 }))),
    head: [
      { label: 'Năm học' },
      { label: 'Số trường', numeric: 'count' },
      { label: 'Đã gửi', numeric: 'count' },
      { label: '% số trường', numeric: 'share' },
      ...LEAST.flatMap(least => [
        { label: `Từ Mức ${least}`, numeric: 'count' as const },
        { label: '% đã gửi', numeric: 'share' as const },
      ]),
    ],
    rows: lines.map(({ year, counts }) => [
      text(year, addressOf('overview', scope.filter, { year })),
      count(countOf(counts, 'schools'), addressOf('list', scope.filter, { year })),
      count(countOf(counts, 'sent'), addressOf('list', scope.filter, { year, condition: { is: 'sent' } })),
      share(countOf(counts, 'sent'), countOf(counts, 'schools')),
      ...LEAST.flatMap(level => [
        count(atLeast(counts, level), addressOf('list', scope.filter, { year, condition: { is: 'atLeast', level } })),
        share(atLeast(counts, level), countOf(counts, 'sent')),
      ]),
    ]),
  }
}

const TITLES = [
  ...([1, 2, 3, 4] as const).map(grade => ({ kind: 'accreditation' as const, grade })),
  ...([1, 2] as const).map(grade => ({ kind: 'national' as const, grade })),
]

/** Titles in force on the day shown. */
export function titlesTable({ scope, titles, totals }: OverviewView, list: List): Table {
  const { filter } = scope
  const kept = titles.filter(
    each =>
      (filter.kind === undefined || each.kind === filter.kind) &&
      (filter.ownership === undefined || each.ownership === filter.ownership),
  )
  const schools = countOf(
    totalCounts(
      chosen(
        totals.flatMap(each => each.parts),
        filter,
      ),
    ),
    'schools',
  )
  const lines = TITLES.map(title => ({
    ...title,
    value: kept.filter(each =>
      each.titles.some(held => !held.ended && held.kind === title.kind && held.grade === title.grade),
    ).length,
  }))
  return {
    name: 'Danh hiệu còn hiệu lực',
    title: `Danh hiệu còn hiệu lực đến ngày ${printDay(scope.day)}`,
    head: [
      { label: 'Danh hiệu' },
      { label: 'Số trường', numeric: 'count' },
      { label: 'Tỷ lệ (% số trường)', numeric: 'share' },
    ],
    rows: lines.map(({ kind, grade, value }) => [
      text(titleWords({ kind, grade })),
      count(value, list({ is: 'title', kind, grade })),
      share(value, schools),
    ]),
  }
}

const MOST_LATE = 12

/** Units with schools whose day of sending is over, the most first. */
export function lateTable({ scope, totals }: OverviewView): Table {
  const lines = totals
    .map(each => ({
      each,
      late: lateAt(scope, each),
      schools: countOf(totalCounts(chosen(each.parts, scope.filter)), 'schools'),
    }))
    .filter(line => line.late > 0)
    .map(line => ({ ...line, name: unitName(scope, line.each.place.unitId) }))
    .toSorted((a, b) => b.late - a.late || compareVietnamese(a.name, b.name))
  return {
    name: 'Quá hạn',
    title: 'Đơn vị có trường quá hạn gửi báo cáo',
    ...(lines.length > MOST_LATE && {
      note: `Còn ${lines.length - MOST_LATE} đơn vị khác; xem ở trang “Theo đơn vị”.`,
    }),
    empty: 'Không có trường nào quá hạn',
    head: [
      { label: 'Đơn vị quản lý trực tiếp' },
      { label: 'Hạn gửi' },
      { label: 'Quá hạn', numeric: 'count' },
      { label: '% số trường', numeric: 'share' },
    ],
    rows: lines.slice(0, MOST_LATE).map(({ each: { place }, late, schools, name }) => [
      text(name),
      text(printDay(scope.dueOf(place))),
      count(
        late,
        addressOf('list', scope.filter, {
          unitId: place.unitId,
          direct: place.unitId === scope.unit.id,
          condition: { is: 'late' },
        }),
      ),
      share(late, schools),
    ]),
  }
}

/** How far the reconciliations are. */
export function reconciliationTable(counts: readonly number[], list: List): Table {
  return {
    name: 'Đối sánh',
    title: 'Phiếu đối sánh số liệu',
    head: [
      { label: 'Trạng thái' },
      { label: 'Số trường', numeric: 'count' },
      { label: 'Tỷ lệ (% số trường)', numeric: 'share' },
    ],
    rows: (['none', ...RECONCILIATIONS] as const).map(state => {
      const value = countOf(counts, `reconciliation.${state}`)
      return [
        text(reconciliationName(state)),
        count(value, list({ is: 'reconciliation', state })),
        share(value, countOf(counts, 'schools')),
      ]
    }),
  }
}

/** Classes, pupils and staff of the schools that have entered them. */
export function figuresTable({ scope, totals }: OverviewView, list: List): Table {
  const parts = chosen(
    totals.flatMap(each => each.parts),
    scope.filter,
  )
  const kinds = KINDS.filter(kind => parts.some(part => part.kind === kind))
  const row = (label: string, counts: readonly number[], ofKind: List) => {
    const entered = ofKind({ is: 'figures' })
    return [
      text(label),
      count(countOf(counts, 'schools'), ofKind({ is: 'all' })),
      ...(['withFigures', 'classes', 'pupils', 'staff'] as const).map(what => count(countOf(counts, what), entered)),
    ]
  }
  return {
    name: 'Quy mô',
    title: 'Quy mô theo số liệu Phần I',
    note: 'Lớp, học sinh (trẻ), cán bộ – giáo viên – nhân viên chỉ cộng từ các trường đã nhập đủ số liệu; trường chưa nhập không được tính là 0.',
    head: [
      { label: 'Loại trường' },
      { label: 'Số trường', numeric: 'count' },
      { label: 'Đã nhập đủ', numeric: 'count' },
      { label: 'Lớp, nhóm', numeric: 'count' },
      { label: 'Học sinh, trẻ', numeric: 'count' },
      { label: 'CB, GV, NV', numeric: 'count' },
    ],
    rows: [
      ...kinds.map(kind =>
        row(SCHOOL_KIND_NAMES[kind], totalCounts(parts.filter(part => part.kind === kind)), condition =>
          addressOf('list', scope.filter, { kind, condition }),
        ),
      ),
      row('Tổng', totalCounts(parts), list),
    ],
  }
}
