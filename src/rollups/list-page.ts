import { assessmentHref, levelName, stateBadge } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { pagerOf } from '../kernel/pager.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { nameOn, OWNERSHIP_NAMES, type UnitTree } from '../organisations/index.ts'
import { formCell, moreColumns, sumsOfMore } from './compared-schools.ts'
import { unitName } from './place-sums.ts'
import { placesOn } from './places.ts'
import { addressOf } from './rollup-input.ts'
import { conditionWords, frameOf, titleShort } from './rollup-words.ts'
import { mayOpenIt, sentReport, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import { count, text, type Cell, type Head, type Table } from './table.ts'

const PER_PAGE = 50

type Line = SchoolBehind & { readonly name: string }

/** Schools by their names of the day, in the order of the alphabet. */
export function inNameOrder({ tree, day }: Scope, behind: readonly SchoolBehind[]): readonly SchoolBehind[] {
  const ranks = ranksOf(tree, day)
  // Numbers are sorted without asking anybody: rank and place of each school in one of them.
  const order = Float64Array.from(behind, ({ school }, at) => (ranks.get(school.id)?.rank ?? 0) * behind.length + at)
  return Array.from(order.toSorted(), each => behind[each % behind.length]).filter(each => each !== undefined)
}

/** The same schools with their names of the day. */
export function withNames({ tree, day }: Scope, lines: readonly SchoolBehind[]): readonly Line[] {
  const ranks = ranksOf(tree, day)
  return lines.map(each => ({ ...each, name: ranks.get(each.school.id)?.name ?? each.school.id }))
}

interface Ranked {
  readonly name: string
  /** Its place among all schools of the day. */
  readonly rank: number
}

const knownRanks = new WeakMap<UnitTree, Map<Day, ReadonlyMap<string, Ranked>>>()

/** Comparing thousands of names by the alphabet takes longer than all the rest of a list: done once for a tree and day. */
function ranksOf(tree: UnitTree, day: Day): ReadonlyMap<string, Ranked> {
  const days = knownRanks.get(tree) ?? new Map<Day, ReadonlyMap<string, Ranked>>()
  knownRanks.set(tree, days)
  const before = days.get(day)
  if (before) return before
  const schools = [...placesOn(tree, day).values()].flatMap(place => place.schools)
  const named = schools.flatMap(({ id }) => {
    const unit = tree.get(id)
    return unit ? [{ id, name: nameOn(unit, day) }] : []
  })
  const inOrder = named.toSorted((a, b) => compareVietnamese(a.name, b.name))
  const ranks = new Map(inOrder.map(({ id, name }, rank) => [id, { name, rank }]))
  days.set(day, ranks)
  return ranks
}

interface Page<Item> {
  /** Lines on all pages. */
  readonly all: number
  readonly pages: number
  /** From 1. */
  readonly at: number
  readonly shown: readonly Item[]
}

/** One page of a list; a page behind the last is the last. */
export function pageOf<Item>(lines: readonly Item[], wanted: number): Page<Item> {
  const pages = Math.max(1, Math.ceil(lines.length / PER_PAGE))
  const at = Math.min(wanted, pages)
  return { all: lines.length, pages, at, shown: lines.slice((at - 1) * PER_PAGE, at * PER_PAGE) }
}

/**
 * `/tong-hop/danh-sach`: a page of the schools behind a cell, each with the way to what the asker may open; `sums` are
 * those of the whole list.
 */
export function listPage(
  actor: Actor,
  scope: Scope,
  { all, pages, at, shown }: Page<Line>,
  sums: ReturnType<typeof sumsOfList>,
) {
  const { filter } = scope
  const to = (page: number): string => addressOf('list', filter, { condition: filter.condition, page })
  return {
    ...frameOf(scope, 'list'),
    heading: `${conditionWords(filter.condition)}: ${all}`,
    clearHref: filter.condition.is === 'all' ? undefined : addressOf('list', filter),
    tables: [schoolsTable(actor, scope, shown, sums)],
    pager: pagerOf(at, pages, to),
  }
}

/** One column of the list; `usual`: left out where other columns are asked for, so that the table stays readable. */
interface Column {
  readonly head: Head
  readonly usual?: boolean
  readonly cell: (line: Line) => Cell
}

function columnsFor(actor: Actor, scope: Scope): readonly Column[] {
  const { filter } = scope
  return [
    {
      head: { label: 'Trường' },
      cell: line => text(line.name, addressOf('overview', filter, { unitId: line.school.id })),
    },
    { head: { label: 'Loại trường' }, cell: ({ school }) => text(SCHOOL_KIND_NAMES[school.kind]) },
    { head: { label: 'Loại hình' }, usual: true, cell: ({ school }) => text(OWNERSHIP_NAMES[school.ownership]) },
    {
      head: { label: 'Cấp quản lý trực tiếp' },
      cell: ({ place }) =>
        text(
          unitName(scope, place.unitId),
          addressOf('list', filter, { unitId: place.unitId, condition: filter.condition }),
        ),
    },
    {
      head: { label: 'Bước' },
      cell: ({ facts }) =>
        facts?.assessment ? { text: '', badge: stateBadge(facts.assessment.state) } : text('Chưa mở'),
    },
    {
      head: { label: 'Kết quả tự đánh giá' },
      usual: true,
      cell: ({ facts }) => {
        const level = sentReport(facts)?.level
        return text(level === undefined ? '–' : levelName(level))
      },
    },
    {
      head: { label: 'Gửi ngày' },
      usual: true,
      cell: ({ facts }) => {
        const day = sentReport(facts)?.sentOn
        return text(day === undefined ? '–' : printDay(day))
      },
    },
    {
      head: { label: 'Số lần trả lại', numeric: 'count' },
      usual: true,
      cell: ({ facts }) => count(facts?.assessment?.returns ?? 0),
    },
    { head: { label: 'Đối sánh' }, cell: line => formCell(actor, line, filter.year) },
    {
      head: { label: 'Danh hiệu còn hiệu lực' },
      usual: true,
      cell: ({ titles = [] }) =>
        text(
          titles
            .filter(each => !each.ended)
            .map(titleShort)
            .join('; ') || '–',
        ),
    },
  ]
}

/** What the further columns of a list come to, over all its pages. */
export const sumsOfList = ({ filter }: Scope, lines: readonly SchoolBehind[]) => ({
  schools: lines.length,
  cells: sumsOfMore(filter.condition, lines),
})

/** The schools as a table: of a page, or the whole list for a spreadsheet; the figure that led here is its last line. */
export function schoolsTable(
  actor: Actor,
  scope: Scope,
  lines: readonly Line[],
  sums: ReturnType<typeof sumsOfList>,
): Table {
  const { filter } = scope
  const more = moreColumns(filter.condition)
  const columns = columnsFor(actor, scope).filter(({ usual }) => usual !== true || more.head.length === 0)
  return {
    name: 'Danh sách trường',
    title: conditionWords(filter.condition),
    empty: 'Không có trường nào',
    note: 'Kết quả và phiếu chỉ hiện khi trường đã gửi báo cáo.',
    head: [...columns.map(({ head }) => head), ...more.head, { label: 'Hồ sơ' }],
    rows: [
      ...lines.map(line => [
        ...columns.map(({ cell }) => cell(line)),
        ...more.cellsOf(line),
        line.facts?.assessment && mayOpenIt(actor, line.facts)
          ? text('Mở hồ sơ', assessmentHref(line.facts.assessment.id))
          : text('–'),
      ]),
      ...(lines.length > 0 && sums.cells.length > 0
        ? [[text(`Cộng ${sums.schools} trường`), ...columns.slice(1).map(() => text('')), ...sums.cells, text('')]]
        : []),
    ],
  }
}
