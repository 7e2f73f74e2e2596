import { assessmentHref, levelName, stateBadge } from '../assessments/index.ts'
import { criterionOf } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { printNumber } from '../kernel/words.ts'
import { OWNERSHIP_NAMES } from '../organisations/index.ts'
import { criteriaSums, reached, type CriteriaSums, type SetSeen } from './criteria-sums.ts'
import { comparedLines, formCell } from './compared-schools.ts'
import { unitName } from './place-sums.ts'
import { frameOf, nodeWords, titleWords } from './rollup-words.ts'
import { criterionLevel } from './school-facts.ts'
import { mayOpenIt, sentReport, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import { share, text, type Cell, type Table } from './table.ts'
import { totalSets, type Part } from './tally.ts'

export interface SchoolView {
  readonly actor: Actor
  readonly scope: Scope
  readonly behind: SchoolBehind
  /** Seats in the school itself see its own unsent work; the units above see it once it is sent. */
  readonly isOwn: boolean
  readonly set?: SetSeen
  readonly layouts: ReadonlyMap<string, SetSeen['layout']>
  /** Sums of schools of the same kind, nearest unit first. */
  readonly beside: readonly { readonly unitId: string; readonly parts: readonly Part[] }[]
  /** A group of fewer schools says too much about each. */
  readonly fewest: number
}

/** `/tong-hop` for one school: itself beside the sums of its unit and its province, which name nobody. */
export function schoolPage(view: SchoolView) {
  const { actor, scope, behind, isOwn } = view
  const { facts, school, titles = [] } = behind
  const assessment = facts?.assessment
  const shown = isOwn ? assessment : sentReport(facts)
  const held = titles.filter(each => !each.ended)
  const { tabs: _tabs, exportHref: _export, ...frame } = frameOf(scope, 'overview')
  const form = formCell(actor, behind, scope.filter.year)
  const formFact = { text: form.text, ...(form.href !== undefined && { href: form.href }) }
  return {
    ...frame,
    facts: [
      {
        term: 'Loại trường',
        text: `${SCHOOL_KIND_NAMES[school.kind]}, ${OWNERSHIP_NAMES[school.ownership].toLocaleLowerCase('vi')}`,
      },
      { term: 'Cấp quản lý trực tiếp', text: unitName(scope, behind.place.unitId) },
      assessment
        ? { term: 'Bước tự đánh giá', text: '', badge: stateBadge(assessment.state) }
        : { term: 'Bước tự đánh giá', text: 'Chưa mở' },
      { term: 'Phiếu đã thống nhất', text: assessment ? `${assessment.sheets.agreed}/${assessment.sheets.all}` : '–' },
      { term: 'Kết quả tự đánh giá', text: shown?.level === undefined ? '–' : levelName(shown.level) },
      { term: 'Hạn gửi báo cáo', text: printDay(scope.dueOf(behind.place)) },
      { term: 'Gửi ngày', text: assessment?.sentOn === undefined ? '–' : printDay(assessment.sentOn) },
      { term: 'Đối sánh số liệu', ...formFact },
      {
        term: 'Quy mô',
        text: facts?.figures
          ? `${printNumber(facts.figures.classes)} lớp, ${printNumber(facts.figures.pupils)} học sinh (trẻ), ${printNumber(facts.figures.staff)} CB, GV, NV`
          : 'Chưa nhập đủ số liệu',
      },
      { term: 'Danh hiệu còn hiệu lực', text: held.map(each => titleWords(each)).join('; ') || '–' },
    ],
    openHref: assessment && mayOpenIt(actor, facts) ? assessmentHref(assessment.id) : undefined,
    blockers: (shown?.blockedBy ?? []).map(nodeWords),
    hidden: assessment !== undefined && shown === undefined,
    tables: [
      ...(view.set ? [besideTable(view, view.set)] : []),
      ...(facts?.compared ? [comparedLines(facts.compared)] : []),
    ],
  }
}

function besideTable({ scope, behind, isOwn, beside, layouts, fewest }: SchoolView, { set, layout }: SetSeen): Table {
  const assessment = isOwn ? behind.facts?.assessment : sentReport(behind.facts)
  const columns = beside.map(({ unitId, parts }) => ({
    unitId,
    name: unitName(scope, unitId),
    sums: criteriaSums(totalSets(parts), layout.setId, hash => layouts.get(hash)),
  }))
  const hidden: Cell = { text: 'ẩn' }
  const cell = (sums: CriteriaSums, code: string, level: 1 | 2 | 3): Cell => {
    const { part, of } = reached(sums.criteria.get(code), level)
    return of > 0 && of < fewest ? hidden : share(part, of)
  }
  return {
    name: 'So với đơn vị và tỉnh',
    title: 'Từng tiêu chí, so với các trường cùng loại',
    note: `Chỉ tính báo cáo đã gửi của các trường ${SCHOOL_KIND_NAMES[behind.school.kind].toLocaleLowerCase('vi')}, không nêu tên trường. Nhóm có ít hơn ${fewest} báo cáo được ghi “ẩn”.`,
    head: [
      { label: 'Tiêu chí' },
      { label: 'Trường' },
      ...columns.flatMap(({ name }) =>
        ([1, 2] as const).map(level => ({ label: `${name}: % từ Mức ${level}`, numeric: 'share' as const })),
      ),
    ],
    rows: layout.criteria.map(code => {
      const at = layouts.get(assessment?.setHash ?? '')
      const level = at && criterionLevel(assessment?.levels[at.standards.length + at.criteria.indexOf(code)])
      return [
        text(`${code}. ${criterionOf(set, code)?.title ?? ''}`),
        text(level === undefined ? '–' : levelName(level)),
        ...columns.flatMap(({ sums }) => ([1, 2] as const).map(each => cell(sums, code, each))),
      ]
    }),
  }
}
