import { groupBy } from '../kernel/group-by.ts'
import { levelName, stateBadge } from '../assessments/index.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { activeOn, isSchool, nameOn, parentIdOn } from '../organisations/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { comparedSchools } from './compared-schools.ts'
import { comparedCells, COMPARED_HEAD, COMPARED_NOTE } from './compared-tables.ts'
import type { List } from './overview-tables.ts'
import { chosen, lateAt, unitName } from './place-sums.ts'
import { addressOf, type Condition } from './rollup-input.ts'
import { frameOf } from './rollup-words.ts'
import { sentReport, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import { count, share, text, type Cell, type Table } from './table.ts'
import { atLeast, countOf, LEAST, totalCounts } from './tally.ts'
import type { PlaceTotals } from './totals.ts'

/** The rule of the ranking as it is printed above it. */
export const RANKING_RULE =
  'Xếp hạng theo tỷ lệ trường đã gửi báo cáo; bằng nhau thì theo tỷ lệ báo cáo đạt từ Mức 2 trong số đã gửi; vẫn bằng nhau thì cùng hạng. Đơn vị không có trường không xếp hạng.'

interface Line {
  readonly unitId: string
  readonly name: string
  /** The unit's own schools, beside the units below it. */
  readonly direct: boolean
  readonly counts: readonly number[]
  readonly late: number
}

/** `/tong-hop/don-vi`: the units right below beside the whole; inside a smallest unit, its schools. */
export function unitsPage(actor: Actor, scope: Scope, totals: readonly PlaceTotals[], behind: readonly SchoolBehind[]) {
  const lines = childLines(scope, totals)
  const onlyOwn = lines.every(line => line.direct)
  return {
    ...frameOf(scope, 'units'),
    tables: [
      unitsTable(scope, totals, onlyOwn ? [] : lines),
      ...(onlyOwn ? [schoolsTable(scope, behind)] : []),
      comparedUnits(scope, totals, onlyOwn ? [] : lines),
      ...(onlyOwn
        ? [
            comparedSchools(
              actor,
              scope.filter.year,
              behind.map(each => ({ behind: each, name: schoolName(scope, each) })),
            ),
          ]
        : []),
    ],
  }
}

const wholeOf = ({ filter }: Scope, totals: readonly PlaceTotals[]): readonly number[] =>
  totalCounts(
    chosen(
      totals.flatMap(each => each.parts),
      filter,
    ),
  )

function childLines(scope: Scope, totals: readonly PlaceTotals[]): readonly Line[] {
  const childOf = ({ place: { chain } }: PlaceTotals) => chain[chain.indexOf(scope.unit.id) - 1] ?? scope.unit.id
  const groups = new Map(groupBy(totals, childOf))
  for (const unit of scope.tree.values()) {
    const isChild = !isSchool(unit) && activeOn(unit, scope.day) && parentIdOn(unit, scope.day) === scope.unit.id
    if (isChild && !groups.has(unit.id)) groups.set(unit.id, [])
  }
  return [...groups]
    .map(([unitId, each]) => ({
      unitId,
      direct: unitId === scope.unit.id,
      name: unitId === scope.unit.id ? `Trực thuộc ${unitName(scope, unitId)}` : unitName(scope, unitId),
      counts: totalCounts(
        chosen(
          each.flatMap(({ parts }) => parts),
          scope.filter,
        ),
      ),
      late: each.reduce((sum, one) => sum + lateAt(scope, one), 0),
    }))
    .toSorted((a, b) => Number(a.direct) - Number(b.direct) || compareVietnamese(a.name, b.name))
}

/** Places by the printed rule; units that are equal share one. */
export function ranksOf(lines: readonly Pick<Line, 'unitId' | 'counts'>[]): ReadonlyMap<string, number> {
  const scored = lines
    .filter(line => countOf(line.counts, 'schools') > 0)
    .map(({ unitId, counts }) => {
      const sent = countOf(counts, 'sent')
      return { unitId, sent: sent / countOf(counts, 'schools'), good: sent === 0 ? 0 : atLeast(counts, 2) / sent }
    })
    .toSorted((a, b) => b.sent - a.sent || b.good - a.good)
  const ranks = new Map<string, number>()
  for (const [at, one] of scored.entries()) {
    const before = scored[at - 1]
    const same = before && before.sent === one.sent && before.good === one.good
    ranks.set(one.unitId, same ? (ranks.get(before.unitId) ?? at + 1) : at + 1)
  }
  return ranks
}

function unitsTable(scope: Scope, totals: readonly PlaceTotals[], lines: readonly Line[]): Table {
  const { filter } = scope
  const isRanked = scope.setting('rankUnits', scope.unit.id) === 1 && lines.length > 1
  const ranks = isRanked ? ranksOf(lines) : new Map<string, number>()
  const whole = wholeOf(scope, totals)
  const cells = (name: Cell, { unitId, direct, counts, late }: Omit<Line, 'name'>): readonly Cell[] => {
    const list = (condition: Condition): string => addressOf('list', filter, { unitId, condition, direct })
    const sent = countOf(counts, 'sent')
    return [
      name,
      count(countOf(counts, 'schools'), list({ is: 'all' })),
      count(countOf(counts, 'schools') - countOf(counts, 'none'), list({ is: 'opened' })),
      count(sent, list({ is: 'sent' })),
      share(sent, countOf(counts, 'schools')),
      ...LEAST.flatMap(level => [
        count(atLeast(counts, level), list({ is: 'atLeast', level })),
        share(atLeast(counts, level), sent),
      ]),
      count(late, list({ is: 'late' })),
    ]
  }
  const rankCell = (unitId: string): Cell => {
    const rank = ranks.get(unitId)
    return rank === undefined ? text('–') : { text: String(rank), value: rank }
  }
  return {
    name: 'Theo đơn vị',
    title: lines.length > 0 ? 'Các đơn vị trực thuộc' : 'Toàn đơn vị',
    ...(isRanked && { note: RANKING_RULE }),
    head: [
      { label: 'Đơn vị' },
      { label: 'Số trường', numeric: 'count' },
      { label: 'Đã mở', numeric: 'count' },
      { label: 'Đã gửi', numeric: 'count' },
      { label: '% số trường', numeric: 'share' },
      ...LEAST.flatMap(level => [
        { label: `Từ Mức ${level}`, numeric: 'count' as const },
        { label: '% đã gửi', numeric: 'share' as const },
      ]),
      { label: 'Quá hạn', numeric: 'count' },
      ...(isRanked ? [{ label: 'Hạng', numeric: 'count' as const }] : []),
    ],
    rows: [
      [
        ...cells(text(`Toàn đơn vị: ${unitName(scope, scope.unit.id)}`), {
          unitId: scope.unit.id,
          direct: filter.direct,
          counts: whole,
          late: totals.reduce((sum, each) => sum + lateAt(scope, each), 0),
        }),
        ...(isRanked ? [text('')] : []),
      ],
      ...lines.map(line => [
        ...cells(text(line.name, line.direct ? undefined : addressOf('units', filter, { unitId: line.unitId })), line),
        ...(isRanked ? [rankCell(line.unitId)] : []),
      ]),
    ],
  }
}

/** Assigned against current numbers, unit by unit under the whole. */
function comparedUnits(scope: Scope, totals: readonly PlaceTotals[], lines: readonly Line[]): Table {
  const { filter, unit } = scope
  const whole = wholeOf(scope, totals)
  const listOf =
    (unitId: string, direct: boolean): List =>
    condition =>
      addressOf('list', filter, { unitId, condition, direct })
  return {
    name: 'Đối sánh theo đơn vị',
    title: 'Đối sánh số giao và số hiện có',
    note: COMPARED_NOTE,
    head: [{ label: 'Đơn vị' }, ...COMPARED_HEAD],
    rows: [
      [text(`Toàn đơn vị: ${unitName(scope, unit.id)}`), ...comparedCells(whole, listOf(unit.id, filter.direct))],
      ...lines.map(({ name, unitId, direct, counts }) => [
        text(name, direct ? undefined : addressOf('units', filter, { unitId })),
        ...comparedCells(counts, listOf(unitId, direct)),
      ]),
    ],
  }
}

const schoolName = ({ tree, day }: Scope, { school }: SchoolBehind): string => {
  const unit = tree.get(school.id)
  return unit ? nameOn(unit, day) : school.id
}

function schoolsTable(scope: Scope, behind: readonly SchoolBehind[]): Table {
  const { filter } = scope
  return {
    name: 'Các trường',
    title: 'Các trường của đơn vị',
    empty: 'Không có trường nào trực thuộc vào ngày này',
    head: [
      { label: 'Trường' },
      { label: 'Bước' },
      { label: 'Phiếu đã thống nhất', numeric: 'count' },
      { label: 'Số phiếu', numeric: 'count' },
      { label: 'Kết quả tự đánh giá' },
    ],
    rows: behind
      .map(each => ({ each, name: schoolName(scope, each) }))
      .toSorted((a, b) => compareVietnamese(a.name, b.name))
      .map(({ each: { school, facts }, name }) => {
        const assessment = facts?.assessment
        const level = sentReport(facts)?.level
        return [
          text(name, addressOf('overview', filter, { unitId: school.id })),
          assessment ? { text: '', badge: stateBadge(assessment.state) } : text('Chưa mở'),
          count(assessment?.sheets.agreed ?? 0),
          count(assessment?.sheets.all ?? 0),
          text(level === undefined ? '–' : levelName(level)),
        ]
      }),
  }
}
