import { assessmentHref, levelName, sheetHref, stateBadge } from '../assessments/index.ts'
import { criterionOf } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { printNumber } from '../kernel/words.ts'
import { OWNERSHIP_NAMES } from '../organisations/index.ts'
import { HIDDEN, SHARES_HEAD, sharesOf, type Beside } from './beside-parent.ts'
import { criteriaSums, reached, type SetSeen } from './criteria-sums.ts'
import { comparedLines, formCell } from './compared-schools.ts'
import { unitName } from './place-sums.ts'
import { frameOf, nodeWords, titleWords } from './rollup-words.ts'
import { criterionLevel } from './school-facts.ts'
import { mayOpenIt, sentReport, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import { share, text, type Table } from './table.ts'
import { LEAST, totalCounts, totalSets } from './tally.ts'

export interface SchoolView {
  readonly actor: Actor
  readonly scope: Scope
  readonly behind: SchoolBehind
  /** Seats in the school itself see its own unsent work; the units above see it once it is sent. */
  readonly isOwn: boolean
  readonly set?: SetSeen
  readonly layouts: ReadonlyMap<string, SetSeen['layout']>
  /** Sums of schools of the same kind, nearest unit first. */
  readonly beside: readonly Beside[]
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
    blockers: blockersOf(view, shown),
    hidden: assessment !== undefined && shown === undefined,
    tables: [
      wholeTable(view, shown?.level),
      ...(view.set ? [besideTable(view, view.set, shown)] : []),
      ...(facts?.compared ? [comparedLines(facts.compared)] : []),
    ],
  }
}

type Shown = NonNullable<SchoolBehind['facts']>['assessment']

/** Where the school's criterion is written, for those who may open its work. */
const sheetOf = ({ actor, behind }: SchoolView, code: string): string | undefined =>
  behind.facts?.assessment && mayOpenIt(actor, behind.facts) ? sheetHref(behind.facts.assessment.id, code) : undefined

/** What keeps the school from its next level, in words, each with the way to the sheet where it is answered. */
function blockersOf(view: SchoolView, shown: Shown) {
  return (shown?.blockedBy ?? []).map(code => {
    const [standard, number, level, indicator] = code.split('.')
    const criterion = level === undefined ? undefined : `${standard}.${number}`
    const known = criterion !== undefined && view.set ? criterionOf(view.set.set, criterion) : undefined
    const asked = known?.levels.find(each => each.level === level)?.indicators.find(each => each.code === indicator)
    const href = criterion === undefined ? undefined : sheetOf(view, criterion)
    const words = nodeWords(code)
    return {
      label: words.charAt(0).toLocaleUpperCase('vi') + words.slice(1),
      text: asked?.official ?? asked?.gist ?? '',
      ...(href !== undefined && { href }),
    }
  })
}

/** The school's level beside the shares of schools of its kind. */
function wholeTable({ scope, behind: { school }, beside, fewest }: SchoolView, level: number | undefined): Table {
  const kind = SCHOOL_KIND_NAMES[school.kind].toLocaleLowerCase('vi')
  return {
    name: 'Cả trường',
    title: 'Kết quả của trường, so với các trường cùng loại',
    note: `Trường: ${level === undefined ? 'chưa có kết quả' : levelName(level)}. Chỉ tính các trường ${kind}, không nêu tên trường; tỷ lệ của nhóm có ít hơn ${fewest} báo cáo được ghi “ẩn”.`,
    head: [{ label: 'Các trường cùng loại của' }, ...SHARES_HEAD],
    rows: beside.map(({ unitId, parts }) => [text(unitName(scope, unitId)), ...sharesOf(totalCounts(parts), fewest)]),
  }
}

function besideTable(view: SchoolView, { set, layout }: SetSeen, shown: Shown): Table {
  const { scope, beside, layouts, fewest } = view
  const sums = beside.map(({ unitId, parts }) => ({
    name: unitName(scope, unitId),
    ...criteriaSums(totalSets(parts), layout.setId, hash => layouts.get(hash)),
  }))
  // A column of few reports would tell of each of them: left out, and said.
  const columns = sums.filter(each => each.reports >= fewest)
  const few = sums.filter(each => each.reports < fewest).map(each => `${each.name} (${each.reports})`)
  const at = layouts.get(shown?.setHash ?? '')
  return {
    name: 'So với đơn vị và tỉnh',
    title: columns.length === 0 ? 'Từng tiêu chí' : 'Từng tiêu chí, so với các trường cùng loại',
    ...(few.length > 0 && {
      note: `Chưa so sánh được từng tiêu chí với nơi có ít hơn ${fewest} báo cáo đã gửi của trường cùng loại: ${few.join(', ')}.`,
    }),
    head: [
      { label: 'Tiêu chí' },
      { label: 'Trường' },
      ...columns.flatMap(({ name }) =>
        LEAST.map(level => ({ label: `${name}: % từ Mức ${level}`, numeric: 'share' as const })),
      ),
    ],
    rows: layout.criteria.map(code => {
      const level = at && criterionLevel(shown?.levels[at.standards.length + at.criteria.indexOf(code)])
      return [
        text(`${code}. ${criterionOf(set, code)?.title ?? ''}`, sheetOf(view, code)),
        text(level === undefined ? '–' : levelName(level)),
        ...columns.flatMap(({ criteria }) =>
          LEAST.map(each => {
            const { part, of } = reached(criteria.get(code), each)
            return of > 0 && of < fewest ? HIDDEN : share(part, of)
          }),
        ),
      ]
    }),
  }
}
