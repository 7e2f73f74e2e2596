import { assessmentHref, levelName } from '../assessments/index.ts'
import { criterionOf } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { pagerOf } from '../kernel/pager.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { nameOn } from '../organisations/index.ts'
import { criteriaSums, reached, type SetSeen } from './criteria-sums.ts'
import { chosen, unitName } from './place-sums.ts'
import { addressOf } from './rollup-input.ts'
import { criterionLevel } from './school-facts.ts'
import { mayOpenIt, sentReport, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import type { SetLayout } from './set-layout.ts'
import { text, type Table } from './table.ts'
import { totalSets, type SetTally } from './tally.ts'
import type { PlaceTotals } from './totals.ts'

/** What the screen of criteria is made from. */
export interface CriteriaView {
  readonly actor: Actor
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

/** Units or schools against the criteria of one set; a page of it. */
export function heatMap(
  { actor, scope, totals, behind }: CriteriaView,
  setId: string,
  { set, layout }: SetSeen,
  layoutOf: (hash: string) => SetLayout | undefined,
) {
  const { filter } = scope
  const bySchool = behind.length > 0
  const rows = bySchool ? schoolRows(behind) : unitRows()
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE))
  const at = Math.min(filter.page, pages)
  const to = (page: number): string => addressOf('criteria', filter, { page })
  return {
    caption: bySchool
      ? 'Mức của từng tiêu chí trong báo cáo đã gửi của từng trường'
      : `Tỷ lệ báo cáo đã gửi có tiêu chí đạt từ ${levelName(filter.level)}, theo đơn vị`,
    hint: bySchool
      ? 'Chọn mã tiêu chí để xem các chỉ báo; chọn một ô để mở phiếu của trường.'
      : 'Chọn mã tiêu chí để xem các chỉ báo; chọn một ô để xem những trường chưa đạt.',
    legend: bySchool ? LEVEL_LEGEND : SHARE_LEGEND,
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
        const dossier = mayOpenIt(actor, facts) ? assessmentHref(sent.id) : undefined
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
                ...(level !== undefined && { heat: heatOfLevel(level) }),
                ...(dossier !== undefined && { href: `${dossier}/phieu/${code}` }),
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

/** Levels as squares: the whole scale, so that a level looks the same on every map. */
const heatOfLevel = (level: number): 0 | 1 | 3 | 4 => ([0, 1, 3, 4] as const)[Math.min(level, 3)] ?? 0

const SHARE_LEGEND = [
  { heat: 0, label: 'dưới 30%' },
  { heat: 1, label: '30–59%' },
  { heat: 2, label: '60–79%' },
  { heat: 3, label: '80–94%' },
  { heat: 4, label: 'từ 95%' },
]

const LEVEL_LEGEND = ([0, 1, 2, 3] as const).map(level => ({
  heat: heatOfLevel(level),
  label: `${level}: ${levelName(level)}`,
}))

/** The heat map as a sheet. */
export const heatTable = ({ caption, head, rows }: ReturnType<typeof heatMap>): Table => ({
  name: 'Bản đồ nhiệt',
  title: caption,
  head: [{ label: 'Đơn vị, trường' }, ...head.map(({ code }) => ({ label: code, numeric: 'count' as const }))],
  rows: rows.map(({ name, squares }) => [
    text(name),
    ...squares.map(square => (square.text === '–' ? text('–') : { text: square.text, value: Number(square.text) })),
  ]),
})
