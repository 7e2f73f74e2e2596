import { COMPARED_LINES, LINE_NAMES, type ComparedLine } from '../figures/index.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { SchoolRow, TitleKind, UnitReserve } from '../rollups/index.ts'
import type { AnnualFacts } from './annual-facts.ts'
import { cellAt, schoolsOf, statTable, type AnnualTable, type YearFacts } from './annual-table.ts'
import { columnId } from './compared-figures.ts'
import { TITLE_NAMES } from './list-tables.ts'
import { closedBefore, finished, holds, inForce, levelUntold } from './row-facts.ts'
import { kindGroups, placeGroups } from './row-groups.ts'
import { P1, P3, P4, P5 } from './stat-tables.ts'

/** An error keeps a report from being signed (process § 14.7); a question is put to the officer and no more. */
export interface Finding {
  readonly rule: RuleName
  readonly severity: 'error' | 'question'
  readonly message: string
  /** Schools to look at. */
  readonly schools: readonly string[]
}

export type RuleName =
  | 'resultsSumUp'
  | 'accreditationCarriesOver'
  | 'nationalCarriesOver'
  | 'placesSumUp'
  | 'recognitionsListed'
  | 'reserveAddsUp'
  | 'sharesWithinHundred'
  | 'comparisonYearThere'
  | 'nationalWithoutAccreditation'
  | 'unitsAbsent'

type Rule = (facts: AnnualFacts, tables: readonly AnnualTable[]) => readonly Omit<Finding, 'rule'>[]

const ids = (rows: readonly SchoolRow[]): readonly string[] => rows.map(row => row.schoolId)
const error = (message: string, schools: readonly string[] = []) => [{ severity: 'error' as const, message, schools }]
const question = (message: string, schools: readonly string[] = []) => [
  { severity: 'question' as const, message, schools },
]

/** Named checks of forms § 12. */
export const RULES: Readonly<Record<RuleName, Rule>> = {
  resultsSumUp: facts => {
    const unsent = facts.rows.filter(row => levelUntold(row, facts))
    const sent = facts.rows.filter(
      row => finished(row, facts) && row.assessment?.level === undefined && !levelUntold(row, facts),
    )
    return [
      ...(sent.length === 0
        ? []
        : error(
            `${sent.length} trường đã gửi báo cáo nhưng chưa có mức tự đánh giá, nên cộng các mức không bằng số trường hoàn thành.`,
            ids(sent),
          )),
      ...(unsent.length === 0
        ? []
        : question(
            `${unsent.length} trường đã thông qua báo cáo nhưng chưa gửi: có trong số hoàn thành, chưa có trong kết quả theo mức.`,
            ids(unsent),
          )),
    ]
  },
  accreditationCarriesOver: facts => carriesOver('accreditation', facts),
  nationalCarriesOver: facts => carriesOver('national', facts),
  placesSumUp: facts => {
    const groups = placeGroups({ now: facts }, { unitId: facts.unit.id, nameOf: facts.unitName })
    const places = statTable(P5, groups)
    const [p1, p3, p4] = [P1, P3, P4].map(spec => statTable(spec, kindGroups({ now: facts }, spec.id, {})))
    const pairs: readonly (readonly [string, AnnualTable | undefined, string])[] = [
      ['finished', p1, 'finished'],
      ['accreditation', p3, 'valid'],
      ['national', p4, 'valid'],
    ]
    return pairs.flatMap(([column, table, other]) => {
      const byPlace = groups
        .filter(group => group.total === true && group.key !== 'all')
        .reduce((sum, group) => sum + countAt(places, group.key, column), 0)
      const total = table ? countAt(table, 'all', other) : 0
      return byPlace === total
        ? []
        : error(`Cộng theo địa bàn là ${byPlace}, bảng ${table?.id ?? ''} là ${total} (cột ${other}).`)
    })
  },
  recognitionsListed: (facts, tables) => {
    const listed = tables.find(table => table.id === 'P7')?.rows.length
    if (listed === undefined) return []
    const [p3, p4] = [P3, P4].map(spec => tables.find(table => table.id === spec.id))
    const counted =
      (p3 ? countAt(p3, 'all', 'new') : 0) +
      (p4 ? ['new1', 'new2', 'again1', 'again2'].reduce((sum, column) => sum + countAt(p4, 'all', column), 0) : 0)
    const twice = facts.rows.filter(row =>
      (['accreditation', 'national'] as const).some(
        kind => row.titles.filter(title => title.kind === kind && title.grantedOn > closedBefore(facts)).length > 1,
      ),
    )
    return listed === counted
      ? []
      : error(`Danh sách P7 có ${listed} lượt công nhận, bảng P3 và P4 cộng lại là ${counted}.`, ids(twice))
  },
  reserveAddsUp: ({ reserves = [] }, tables) =>
    reserves.length === 0
      ? []
      : tables
          .filter(({ id }) => RESERVE_TABLES.includes(id))
          .flatMap(table => COMPARED_LINES.flatMap(line => reserveApart(table, line, reserves))),
  sharesWithinHundred: (_facts, tables) =>
    tables.flatMap(table =>
      table.rows.flatMap(row =>
        row.cells.flatMap((cell, index) =>
          cell.kind === 'share' && cell.part > cell.whole
            ? error(
                `Bảng ${table.id}, dòng “${row.label}”, cột “${table.columns[index]?.head ?? ''}” lớn hơn 100%.`,
                schoolsOf(cell),
              )
            : [],
        ),
      ),
    ),
  comparisonYearThere: ({ before }) =>
    before ? [] : error('Không có số liệu năm trước để so sánh. Xin ghi lý do ở mục “Lý do không so sánh được”.'),
  nationalWithoutAccreditation: facts => {
    const odd = facts.rows.filter(row => holds('national')(row, facts) && !holds('accreditation')(row, facts))
    return odd.length === 0
      ? []
      : question(
          `${odd.length} trường có chuẩn quốc gia còn hiệu lực nhưng không có chứng nhận KĐCLGD còn hiệu lực. Xin xem lại sổ công nhận.`,
          ids(odd),
        )
  },
  unitsAbsent: facts => {
    const silent = facts.rows.filter(row => !row.assessment)
    return silent.length === 0
      ? []
      : question(`${silent.length} trường chưa có đợt tự đánh giá, được liệt kê là chưa báo cáo.`, ids(silent))
  },
}

const countAt = (table: AnnualTable, row: string, column: string): number => {
  const cell = cellAt(table, row, column)
  return cell?.kind === 'count' ? cell.value : 0
}

const RESERVE_TABLES: readonly string[] = ['P14c', 'P14d', 'M6b']

/** Assigned in all = assigned to schools + reserve, and the reserve = that of every unit. */
function reserveApart(
  table: AnnualTable,
  line: ComparedLine,
  reserves: readonly UnitReserve[],
): readonly Omit<Finding, 'rule'>[] {
  const at = (row: string): number => {
    const cell = cellAt(table, row, columnId(line, 'assigned'))
    return cell?.kind === 'sum' ? (cell.value ?? 0) : 0
  }
  const kept = reserves.reduce((sum, { lines }) => sum + (lines[line] ?? 0), 0)
  if (at('reserve') !== kept)
    return error(
      `Bảng ${table.id}, ${LINE_NAMES[line]}: chỉ tiêu dự phòng là ${at('reserve')}, cộng các đơn vị là ${kept}.`,
    )
  const [both, sum] = [at('withReserve'), at('all') + kept]
  return both === sum
    ? []
    : error(`Bảng ${table.id}, ${LINE_NAMES[line]}: tổng giao là ${both}, giao các trường cộng dự phòng là ${sum}.`)
}

/** Titles in force = those of last year + granted − run out − revoked − replaced, school by school. */
function carriesOver(kind: TitleKind, facts: AnnualFacts): readonly Omit<Finding, 'rule'>[] {
  const { before } = facts
  if (!before) return []
  const since = (day: string | undefined): boolean =>
    day !== undefined && day > before.closingDay && day <= facts.closingDay
  const inForceThen = new Map(before.rows.map(row => [row.schoolId, titlesOf(row, kind, before)]))
  const wrong = facts.rows.filter(row => {
    const own = row.titles.filter(title => title.kind === kind)
    const granted = own.filter(title => since(title.grantedOn)).length
    const over = own.filter(title => since(title.ended?.on ?? title.expiresOn)).length
    return (inForceThen.get(row.schoolId) ?? 0) + granted - over !== titlesOf(row, kind, facts)
  })
  return wrong.length === 0
    ? []
    : error(
        `${TITLE_NAMES[kind]}: số còn hiệu lực không bằng số năm trước cộng mới trừ hết hạn, thu hồi, thay thế ở ${wrong.length} trường.`,
        ids(wrong),
      )
}

const titlesOf = (row: SchoolRow, kind: TitleKind, facts: YearFacts): number =>
  row.titles.filter(title => title.kind === kind && inForce(title, facts)).length

/** Every finding, rule by rule. */
export const findingsOf = (facts: AnnualFacts, tables: readonly AnnualTable[]): readonly Finding[] =>
  // The keys of RULES are its own names.
  (Object.keys(RULES) as RuleName[]).flatMap(rule => RULES[rule](facts, tables).map(found => ({ rule, ...found })))

/** What keeps the report from being signed; a reason given for a missing year of comparison settles that rule. */
export const blockingOf = (findings: readonly Finding[], comparisonReason: string): readonly Unmet[] =>
  findings
    .filter(
      ({ severity, rule }) => severity === 'error' && !(rule === 'comparisonYearThere' && comparisonReason !== ''),
    )
    .map(({ rule, message }) => ({ code: rule, message }))
