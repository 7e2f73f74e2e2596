import { assessmentHref, levelName, stateBadge } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { nameOn, OWNERSHIP_NAMES } from '../organisations/index.ts'
import { unitName } from './place-sums.ts'
import { addressOf } from './rollup-input.ts'
import { conditionWords, frameOf, reconciliationName, titleWords } from './rollup-words.ts'
import { mayOpenIt, sentReport, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import { count, text, type Cell, type Table } from './table.ts'

const PER_PAGE = 50

/** `/tong-hop/danh-sach`: the schools behind a cell, each with the way to what the asker may open. */
export function listPage(actor: Actor, scope: Scope, behind: readonly SchoolBehind[]) {
  const { filter } = scope
  const lines = inNameOrder(scope, behind)
  const pages = Math.max(1, Math.ceil(lines.length / PER_PAGE))
  const at = Math.min(filter.page, pages)
  const to = (page: number): string => addressOf('list', filter, { condition: filter.condition, page })
  return {
    ...frameOf(scope, 'list'),
    heading: `${conditionWords(filter.condition)}: ${lines.length}`,
    clearHref: filter.condition.is === 'all' ? undefined : addressOf('list', filter),
    tables: [schoolsTable(actor, scope, lines.slice((at - 1) * PER_PAGE, at * PER_PAGE))],
    pager:
      pages === 1
        ? undefined
        : {
            text: `Trang ${at}/${pages}`,
            ...(at > 1 && { previous: to(at - 1) }),
            ...(at < pages && { next: to(at + 1) }),
          },
  }
}

/** The whole list for a spreadsheet. */
export const wholeList = (actor: Actor, scope: Scope, behind: readonly SchoolBehind[]): Table =>
  schoolsTable(actor, scope, inNameOrder(scope, behind))

type Line = SchoolBehind & { readonly name: string }

const inNameOrder = ({ tree, day }: Scope, behind: readonly SchoolBehind[]): readonly Line[] =>
  behind
    .map(each => {
      const unit = tree.get(each.school.id)
      return { ...each, name: unit ? nameOn(unit, day) : each.school.id }
    })
    .toSorted((a, b) => compareVietnamese(a.name, b.name))

function schoolsTable(actor: Actor, scope: Scope, lines: readonly Line[]): Table {
  const { filter } = scope
  return {
    name: 'Danh sách trường',
    title: conditionWords(filter.condition),
    empty: 'Không có trường nào',
    note: 'Kết quả và phiếu chỉ hiện khi trường đã gửi báo cáo.',
    head: [
      { label: 'Trường' },
      { label: 'Loại trường' },
      { label: 'Loại hình' },
      { label: 'Cấp quản lý trực tiếp' },
      { label: 'Bước' },
      { label: 'Kết quả tự đánh giá' },
      { label: 'Gửi ngày' },
      { label: 'Số lần trả lại', numeric: 'count' },
      { label: 'Đối sánh' },
      { label: 'Danh hiệu còn hiệu lực' },
      { label: 'Hồ sơ' },
    ],
    rows: lines.map(line => schoolRow(actor, scope, line)),
  }
}

function schoolRow(actor: Actor, scope: Scope, { school, place, facts, titles, name }: Line): readonly Cell[] {
  const { filter } = scope
  const assessment = facts?.assessment
  const sent = sentReport(facts)
  const held = titles.filter(each => !each.ended)
  return [
    text(name, addressOf('overview', filter, { unitId: school.id })),
    text(SCHOOL_KIND_NAMES[school.kind]),
    text(OWNERSHIP_NAMES[school.ownership]),
    text(
      unitName(scope, place.unitId),
      addressOf('list', filter, { unitId: place.unitId, condition: filter.condition }),
    ),
    assessment ? { text: '', badge: stateBadge(assessment.state) } : text('Chưa mở'),
    text(sent?.level === undefined ? '–' : levelName(sent.level)),
    text(sent?.sentOn === undefined ? '–' : printDay(sent.sentOn)),
    count(assessment?.returns ?? 0),
    text(reconciliationName(facts?.reconciliation?.state ?? 'none')),
    text(held.map(each => titleWords(each)).join('; ') || '–'),
    assessment && mayOpenIt(actor, facts) ? text('Mở hồ sơ', assessmentHref(assessment.id)) : text('–'),
  ]
}
