import { printDay } from '../kernel/dates.ts'
import { spansTwoTiers, type AnnualFacts } from './annual-facts.ts'
import { statTable, type AnnualTable, type RowGroup, type StatTable } from './annual-table.ts'
import { COMPARED, comparedSchools } from './compared-figures.ts'
import { p10, p9 } from './criteria-tables.ts'
import { excusedNote, untoldNote, m1, m3, m5, p12, p7, p8, plannedTable } from './list-tables.ts'
import { withReserve } from './reserve-rows.ts'
import { kindGroups, placeGroups } from './row-groups.ts'
import { P1, P14, P2, P3, P4, P5, P6 } from './stat-tables.ts'
import { p11, p13, p15 } from './typed-tables.ts'

const byKind = (spec: StatTable, facts: AnnualFacts): AnnualTable =>
  statTable(spec, kindGroups({ now: facts, before: facts.before }, spec.id, facts.typed.targets))

const byPlace = (spec: StatTable, facts: AnnualFacts): AnnualTable =>
  statTable(spec, placeGroups({ now: facts, before: facts.before }, { unitId: facts.unit.id, nameOf: facts.unitName }))

/** One line a school year; a year of which nothing is kept is printed as such. */
const byYear = (spec: StatTable, facts: AnnualFacts): AnnualTable => {
  const years = facts.history.map(({ year, closingDay, rows }): RowGroup => ({
    key: year,
    label: closingDay === undefined ? year : `${year} (chốt ${printDay(closingDay)})`,
    facts: closingDay === undefined || rows === undefined ? undefined : { year, closingDay, rows },
    total: year === facts.year,
  }))
  const notes = [
    ...(facts.history.some(year => year.rows === undefined) ? ['“–”: hệ thống không có số liệu của năm học đó.'] : []),
    ...(spansTwoTiers(facts.history.map(({ year }) => year))
      ? ['Từ ngày 01/7/2025 không còn cấp huyện; địa bàn của các năm học trước không so sánh trực tiếp được.']
      : []),
  ]
  return { ...statTable(spec, years), notes }
}

const selfAssessmentNotes = (facts: AnnualFacts): readonly string[] => [...excusedNote(facts), ...untoldNote(facts)]

/** The table set of the Sở's annual report (forms § 12); a province that wants one more adds a line here. */
export const PROVINCE_TABLES: readonly ((facts: AnnualFacts) => AnnualTable)[] = [
  facts => ({ ...byKind(P1, facts), notes: selfAssessmentNotes(facts) }),
  facts => byKind(P2, facts),
  facts => byKind(P3, facts),
  facts => byKind(P4, facts),
  facts => byPlace(P5, facts),
  facts => byYear(P6, facts),
  p7,
  p8,
  p9,
  p10,
  p11,
  p12,
  p13,
  facts => plannedTable(facts, 'P13b'),
  facts => byKind(P14, facts),
  facts => ({ ...byPlace(P14, facts), id: 'P14b', title: `${P14.title} theo địa bàn`, rowsHead: 'Địa bàn, cấp học' }),
  facts => withReserve(byKind(COMPARED, facts), facts),
  facts =>
    withReserve(
      byPlace(
        { ...COMPARED, id: 'P14d', title: 'Số giao và số hiện có theo địa bàn', rowsHead: 'Địa bàn, cấp học' },
        facts,
      ),
      facts,
      { byPlace: true },
    ),
  p15,
]

/** The annexes of a unit's summary (forms § 11). */
export const UNIT_TABLES: readonly ((facts: AnnualFacts) => AnnualTable)[] = [
  m1,
  facts => ({
    ...byKind({ ...P1, id: 'M2', title: 'Kết quả tự đánh giá theo cấp học' }, facts),
    notes: selfAssessmentNotes(facts),
  }),
  m3,
  facts => plannedTable(facts, 'M4'),
  m5,
  facts => byKind({ ...P14, id: 'M6', title: P14.title }, facts),
  facts => withReserve(byKind({ ...COMPARED, id: 'M6b' }, facts), facts),
  comparedSchools,
]

/** Every table of a report, in the order of its annex. */
export const tablesOf = (facts: AnnualFacts): readonly AnnualTable[] =>
  (facts.unit.isProvince ? PROVINCE_TABLES : UNIT_TABLES).map(table => table(facts))
