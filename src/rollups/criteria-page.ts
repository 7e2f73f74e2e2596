import { levelName } from '../assessments/index.ts'
import { criterionOf, standardOf } from '../catalogue/index.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { percentBars } from './charts.ts'
import { criteriaSums, reached, type CriteriaSums, type LevelCells, type SetSeen } from './criteria-sums.ts'
import { chosen } from './place-sums.ts'
import { heatMap, type CriteriaView } from './heat-map.ts'
import { addressOf, type Condition } from './rollup-input.ts'
import { frameOf, nodeWords } from './rollup-words.ts'
import type { Scope } from './scope.ts'
import type { SetLayout } from './set-layout.ts'
import { count, share, text, type Head, type Table } from './table.ts'
import { LEAST, totalSets } from './tally.ts'

const MOST_BLOCKERS = 10

/** `/tong-hop/tieu-chi`: which criteria are weak where; an opened criterion shows its indicators. */
export function criteriaPage(asked: CriteriaView) {
  const { totals, sets } = asked
  const { filter } = asked.scope
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
  // Every figure below is of one set: its address says so, because other sets have criteria of the same codes.
  const scope = { ...asked.scope, filter: { ...filter, ...(setId !== undefined && { setId }) } }
  const view = { ...asked, scope }
  const frame = {
    ...frameOf(asked.scope, 'criteria'),
    setId,
    sets: setIds.map(value => ({
      value,
      label: setWords([...sets.values()].find(each => each.layout.setId === value)) ?? value,
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
    opened: opened && {
      title: `Tiêu chí ${opened.code}. ${opened.title}`,
      closeHref: addressOf('criteria', scope.filter),
    },
    tables: [
      ...(opened ? [indicatorsTable(scope, seen, sums, opened.code)] : []),
      standardsTable(scope, seen, sums),
      criteriaTable(scope, seen, sums),
      blockersTable(scope, seen, sums),
    ],
  }
}

/** `Mầm non (19/2018/TT-BGDĐT)`: titles of circulars are long and begin alike. */
const setWords = (seen: SetSeen | undefined): string | undefined =>
  seen && `${seen.set.schoolKinds.map(kind => SCHOOL_KIND_NAMES[kind]).join(', ')} (${seen.set.instrument})`

const LEVELS = [0, 1, 2, 3] as const

/** Cells of one standard or criterion: how many reports rate it, at which level, and the share that reaches a level. */
function ratedCells({ filter }: Scope, cells: LevelCells | undefined, code: string) {
  const list = (condition: Condition): string => addressOf('list', filter, { condition })
  const { part, of } = reached(cells, filter.level)
  return [
    count(of, list({ is: 'criterionRated', code })),
    ...LEVELS.map(level => count(cells?.[level] ?? 0, list({ is: 'criterionAt', code, level }))),
    share(part, of),
  ]
}

const ratedHead = ({ filter }: Scope): readonly Head[] => [
  { label: 'Báo cáo có xét', numeric: 'count' },
  ...LEVELS.map(level => ({ label: levelName(level), numeric: 'count' as const })),
  { label: `% từ ${levelName(filter.level)}`, numeric: 'share' },
]

function standardsTable(scope: Scope, { set, layout }: SetSeen, sums: CriteriaSums): Table {
  const percent = (code: string, level: 1 | 2 | 3): number | undefined => {
    const { part, of } = reached(sums.standards.get(code), level)
    return of === 0 ? undefined : (part / of) * 100
  }
  return {
    name: 'Theo tiêu chuẩn',
    title: 'Kết quả theo tiêu chuẩn',
    chart: percentBars(
      'Tỷ lệ báo cáo có tiêu chuẩn đạt từng mức',
      layout.standards.map(code => `Tiêu chuẩn ${code}`),
      LEAST.map(level => ({
        name: `Từ ${levelName(level)}`,
        hue: level + 1,
        values: layout.standards.map(code => percent(code, level)),
      })),
    ),
    head: [{ label: 'Tiêu chuẩn' }, ...ratedHead(scope)],
    rows: layout.standards.map(code => [
      text(`${code}. ${set.standards.find(each => each.code === code)?.title ?? ''}`),
      ...ratedCells(scope, sums.standards.get(code), code),
    ]),
  }
}

function criteriaTable(scope: Scope, { set, layout }: SetSeen, sums: CriteriaSums): Table {
  return {
    name: 'Theo tiêu chí',
    title: 'Kết quả theo tiêu chí',
    head: [{ label: 'Tiêu chí' }, { label: 'Tiêu chuẩn' }, ...ratedHead(scope)],
    rows: layout.criteria.map(code => [
      text(`${code}. ${criterionOf(set, code)?.title ?? ''}`, addressOf('criteria', scope.filter, { criterion: code })),
      text(standardOf(set, code)?.code ?? ''),
      ...ratedCells(scope, sums.criteria.get(code), code),
    ]),
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
          count(met, addressOf('list', filter, { condition: { is: 'met', code } })),
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
