import { levelName } from '../assessments/index.ts'
import { criterionOf, standardOf } from '../catalogue/index.ts'
import { pagerOf } from '../kernel/pager.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { nameOn } from '../organisations/index.ts'
import { percentBars } from './charts.ts'
import { criteriaSums, reached, type CriteriaSums, type SetSeen } from './criteria-sums.ts'
import { chosen, unitName } from './place-sums.ts'
import { addressOf } from './rollup-input.ts'
import { frameOf, nodeWords } from './rollup-words.ts'
import { criterionLevel } from './school-facts.ts'
import { sentReport, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import type { SetLayout } from './set-layout.ts'
import { count, share, text, type Table } from './table.ts'
import { LEAST, totalSets, type SetTally } from './tally.ts'
import type { PlaceTotals } from './totals.ts'

export interface CriteriaView {
  readonly scope: Scope
  readonly totals: readonly PlaceTotals[]
  /** Versions that reports stand on, by hash. */
  readonly sets: ReadonlyMap<string, SetSeen>
  /** Schools of a smallest unit; empty above it. */
  readonly behind: readonly SchoolBehind[]
}

/** One square of the heat map: a share or a level, with the schools that it leaves behind. */
interface Square {
  readonly text: string
  /** 0 (weak) to 4 (strong); absent where nothing was rated. */
  readonly heat?: 0 | 1 | 2 | 3 | 4
  readonly title: string
  readonly href?: string
}

const PER_PAGE = 40
const MOST_BLOCKERS = 10

/** `/tong-hop/tieu-chi`: which criteria are weak where; an opened criterion shows its indicators. */
export function criteriaPage(view: CriteriaView) {
  const { scope, totals, sets } = view
  const { filter } = scope
  const layoutOf = (hash: string): SetLayout | undefined => sets.get(hash)?.layout
  const tallies = totalSets(
    chosen(
      totals.flatMap(each => each.parts),
      filter,
    ),
  )
  const setIds = [...new Set(tallies.toSorted((a, b) => b.n - a.n).map(each => each.setId))]
  const setId = filter.setId !== undefined && setIds.includes(filter.setId) ? filter.setId : setIds[0]
  const seen = [...sets.values()].find(({ layout }) => layout.setId === setId)
  const frame = {
    ...frameOf(scope, 'criteria'),
    setId,
    sets: setIds.map(value => ({
      value,
      label: [...sets.values()].find(each => each.layout.setId === value)?.set.title ?? value,
    })),
    level: String(filter.level),
    levels: LEAST.map(level => ({ value: String(level), label: `Đạt từ ${levelName(level)}` })),
  }
  if (setId === undefined || !seen) return { ...frame, tables: [] }
  const sums = criteriaSums(tallies, setId, layoutOf)
  const opened = filter.criterion === undefined ? undefined : criterionOf(seen.set, filter.criterion)
  return {
    ...frame,
    reports: sums.reports,
    heat: heatMap(view, setId, seen, layoutOf),
    opened: opened && { title: `Tiêu chí ${opened.code}. ${opened.title}`, closeHref: addressOf('criteria', filter) },
    tables: [
      ...(opened ? [indicatorsTable(scope, seen, sums, opened.code)] : []),
      criteriaTable(scope, seen, sums),
      blockersTable(scope, seen, sums),
    ],
  }
}

function heatMap(
  { scope, totals, behind }: CriteriaView,
  setId: string,
  { set, layout }: SetSeen,
  layoutOf: (hash: string) => SetLayout | undefined,
) {
  const { filter } = scope
  const rows = behind.length > 0 ? schoolRows(behind) : unitRows()
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE))
  const at = Math.min(filter.page, pages)
  const to = (page: number): string => addressOf('criteria', filter, { page })
  return {
    caption:
      behind.length > 0
        ? 'Mức của từng tiêu chí trong báo cáo đã gửi của từng trường'
        : `Tỷ lệ báo cáo đã gửi có tiêu chí đạt từ ${levelName(filter.level)}, theo đơn vị`,
    head: layout.criteria.map(code => ({
      code,
      title: criterionOf(set, code)?.title ?? code,
      href: addressOf('criteria', filter, { criterion: code }),
      current: filter.criterion === code,
    })),
    rows: rows.slice((at - 1) * PER_PAGE, at * PER_PAGE),
    pager: pagerOf(at, pages, to),
  }

  function unitRows() {
    const groups = new Map<string, SetTally[]>()
    for (const { place, parts } of totals) {
      const child = place.chain[place.chain.indexOf(scope.unit.id) - 1] ?? scope.unit.id
      groups.set(child, [...(groups.get(child) ?? []), ...totalSets(chosen(parts, filter))])
    }
    return [...groups]
      .map(([unitId, tallies]) => {
        const direct = unitId === scope.unit.id
        const sums = criteriaSums(tallies, setId, layoutOf)
        const name = direct ? `Trực thuộc ${unitName(scope, unitId)}` : unitName(scope, unitId)
        return {
          name,
          note: `${sums.reports} báo cáo`,
          href: direct ? undefined : addressOf('criteria', filter, { unitId }),
          squares: layout.criteria.map((code): Square => {
            const { part, of } = reached(sums.criteria.get(code), filter.level)
            const below = { is: 'criterionBelow', code, level: filter.level } as const
            return {
              text: of === 0 ? '–' : String(Math.round((part / of) * 100)),
              title: `${name}, tiêu chí ${code}: ${part}/${of} báo cáo đạt từ ${levelName(filter.level)}`,
              ...(of > 0 && { heat: heatOf(part / of) }),
              ...(part < of && { href: addressOf('list', filter, { unitId, direct, condition: below }) }),
            }
          }),
        }
      })
      .toSorted((a, b) => compareVietnamese(a.name, b.name))
  }

  function schoolRows(schools: readonly SchoolBehind[]) {
    return schools
      .flatMap(({ school, facts }) => {
        const sent = sentReport(facts)
        const unit = scope.tree.get(school.id)
        const own = sent && layoutOf(sent.setHash)
        if (!unit || !sent || !own || own.setId !== setId) return []
        const name = nameOn(unit, scope.day)
        return [
          {
            name,
            note: '',
            href: addressOf('overview', filter, { unitId: school.id }),
            squares: layout.criteria.map((code): Square => {
              const level = criterionLevel(sent.levels[own.standards.length + own.criteria.indexOf(code)])
              return {
                text: level === undefined ? '–' : String(level),
                title: `${name}, tiêu chí ${code}: ${level === undefined ? 'không xét' : levelName(level)}`,
                ...(level !== undefined && { heat: heatOf(level / 3) }),
              }
            }),
          },
        ]
      })
      .toSorted((a, b) => compareVietnamese(a.name, b.name))
  }
}

const heatOf = (part: number): 0 | 1 | 2 | 3 | 4 =>
  part >= 0.95 ? 4 : part >= 0.8 ? 3 : part >= 0.6 ? 2 : part >= 0.3 ? 1 : 0

function criteriaTable({ filter }: Scope, { set, layout }: SetSeen, sums: CriteriaSums): Table {
  const percent = (code: string, level: 1 | 2 | 3): number | undefined => {
    const { part, of } = reached(sums.standards.get(code), level)
    return of === 0 ? undefined : (part / of) * 100
  }
  return {
    name: 'Theo tiêu chí',
    title: 'Kết quả theo tiêu chí',
    chart: percentBars(
      'Tỷ lệ báo cáo có tiêu chuẩn đạt từng mức',
      layout.standards.map(code => `Tiêu chuẩn ${code}`),
      LEAST.map(level => ({
        name: `Từ ${levelName(level)}`,
        hue: level + 1,
        values: layout.standards.map(code => percent(code, level)),
      })),
    ),
    head: [
      { label: 'Tiêu chí' },
      { label: 'Tiêu chuẩn' },
      { label: 'Báo cáo có xét', numeric: 'count' },
      ...([0, 1, 2, 3] as const).map(level => ({ label: levelName(level), numeric: 'count' as const })),
      { label: `% từ ${levelName(filter.level)}`, numeric: 'share' },
    ],
    rows: layout.criteria.map(code => {
      const cells = sums.criteria.get(code) ?? [0, 0, 0, 0]
      const { part, of } = reached(cells, filter.level)
      return [
        text(`${code}. ${criterionOf(set, code)?.title ?? ''}`, addressOf('criteria', filter, { criterion: code })),
        text(standardOf(set, code)?.code ?? ''),
        count(of),
        ...([0, 1, 2, 3] as const).map(level =>
          count(cells[level], addressOf('list', filter, { condition: { is: 'criterionAt', code, level } })),
        ),
        share(part, of),
      ]
    }),
  }
}

function indicatorsTable({ filter }: Scope, { set, layout }: SetSeen, sums: CriteriaSums, criterion: string): Table {
  const demands = criterionOf(set, criterion)?.levels ?? []
  return {
    name: `Tiêu chí ${criterion}`,
    title: `Các chỉ báo của tiêu chí ${criterion}`,
    head: [
      { label: 'Mức' },
      { label: 'Chỉ báo' },
      { label: 'Đạt', numeric: 'count' },
      { label: 'Không đạt', numeric: 'count' },
      { label: '% đạt', numeric: 'share' },
      { label: 'Làm vướng lên mức trên', numeric: 'count' },
    ],
    rows: layout.asked
      .filter(asked => asked.criterion === criterion)
      .map(({ code, level, indicator }) => {
        const [met, notMet, blocks] = sums.asked.get(code) ?? [0, 0, 0]
        const gist = demands
          .find(each => each.level === String(level))
          ?.indicators.find(each => each.code === indicator)
        return [
          text(levelName(level)),
          { text: `${indicator}) ${gist?.official ?? gist?.gist ?? ''}` },
          count(met),
          count(notMet, addressOf('list', filter, { condition: { is: 'notMet', code } })),
          share(met, met + notMet),
          count(blocks, addressOf('list', filter, { condition: { is: 'blocked', code } })),
        ]
      }),
  }
}

function blockersTable({ filter }: Scope, { set }: SetSeen, sums: CriteriaSums): Table {
  const blockers = [...sums.asked]
    .map(([code, [, , blocks]]) => ({ code, blocks }))
    .filter(each => each.blocks > 0)
    .toSorted((a, b) => b.blocks - a.blocks)
    .slice(0, MOST_BLOCKERS)
  return {
    name: 'Vướng mắc nhiều nhất',
    title: 'Chỉ báo làm nhiều trường vướng nhất trên đường lên mức kế tiếp',
    empty: 'Không có chỉ báo nào làm vướng',
    head: [
      { label: 'Chỉ báo' },
      { label: 'Tiêu chí' },
      { label: 'Số trường', numeric: 'count' },
      { label: '% báo cáo', numeric: 'share' },
    ],
    rows: blockers.map(({ code, blocks }) => {
      const criterion = code.split('.').slice(0, 2).join('.')
      const words = nodeWords(code)
      return [
        text(words.charAt(0).toLocaleUpperCase('vi') + words.slice(1)),
        text(criterionOf(set, criterion)?.title ?? '', addressOf('criteria', filter, { criterion })),
        count(blocks, addressOf('list', filter, { condition: { is: 'blocked', code } })),
        share(blocks, sums.reports),
      ]
    }),
  }
}

/** The heat map as a sheet. */
export function heatTable(page: ReturnType<typeof criteriaPage>): readonly Table[] {
  if (!('heat' in page)) return []
  const { heat } = page
  return [
    {
      name: 'Bản đồ nhiệt',
      title: heat.caption,
      head: [{ label: 'Đơn vị, trường' }, ...heat.head.map(each => ({ label: each.code, numeric: 'count' as const }))],
      rows: heat.rows.map(({ name, squares }) => [
        text(name),
        ...squares.map(square => (square.text === '–' ? text('–') : { text: square.text, value: Number(square.text) })),
      ]),
    },
  ]
}
