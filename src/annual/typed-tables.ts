import type { AnnualFacts, PlannedTitle } from './annual-facts.ts'
import { statTable, type AnnualTable, type FigureCell, type StatColumn } from './annual-table.ts'
import { listTable, textCell } from './list-tables.ts'
import { printDay } from '../kernel/dates.ts'
import { printNumber } from '../kernel/words.ts'
import { nextYearOf } from './next-year.ts'
import { assessed, everySchool, inForce, runOf, teamFormed } from './row-facts.ts'
import { kindGroups } from './row-groups.ts'

const number = (value: number | undefined, decimals = 0): FigureCell => ({
  kind: 'number',
  ...(value !== undefined && { value }),
  decimals,
})

/** Days of work of the teams that reported in the year, as their dossiers have them; undefined when none says so. */
export function personDaysOf(facts: AnnualFacts): number | undefined {
  const days = facts.rows.flatMap(row => (assessed(row, facts) ? (runOf(row, facts)?.personDays ?? []) : []))
  return days.length === 0 ? undefined : days.reduce((sum, each) => sum + each, 0)
}

/** Days as the officer corrected them, marked beside what the dossiers say; else those of the dossiers. */
function daysLine(facts: AnnualFacts): { readonly words: string; readonly cell: FigureCell } {
  const [typed, found] = [facts.typed.personDays, personDaysOf(facts)]
  const words = 'Số ngày công của các đoàn'
  if (typed === undefined) return { words, cell: number(found) }
  const beside = found === undefined ? '' : `; theo hồ sơ đánh giá ngoài: ${printNumber(found)}`
  return { words: `${words} (đơn vị nhập${beside})`, cell: number(typed) }
}

/** P11: who assesses; persons are typed, teams, their size and their days follow from the dossiers of the year. */
export function p11(facts: AnnualFacts): AnnualTable {
  const { assessors } = facts.typed
  const withTeam = facts.rows.filter(row => teamFormed(row, facts))
  const sizes = withTeam.flatMap(row => runOf(row, facts)?.teamSize ?? [])
  const mean = sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  const persons = assessors.length === 0 ? undefined : assessors.reduce((sum, each) => sum + each.persons, 0)
  const lines: readonly { readonly key: string; readonly words: string; readonly cell: FigureCell }[] = [
    ...assessors.map(({ place, persons: many }, index) => ({
      key: `place-${index + 1}`,
      words: `Người có chứng chỉ bồi dưỡng đánh giá ngoài, nơi công tác: ${place}`,
      cell: number(many),
    })),
    { key: 'persons', words: 'Tổng số người có chứng chỉ bồi dưỡng đánh giá ngoài', cell: number(persons) },
    {
      key: 'teams',
      words: 'Số trường có đoàn đánh giá ngoài thành lập trong năm',
      cell: { kind: 'count', value: withTeam.length, schools: withTeam.map(row => row.schoolId) },
    },
    { key: 'size', words: 'Số thành viên bình quân một đoàn', cell: number(mean, 1) },
    { key: 'days', ...daysLine(facts) },
  ]
  return {
    id: 'P11',
    title: 'Đội ngũ đánh giá ngoài',
    rowsHead: 'Nội dung',
    labelWidth: 5,
    columns: [{ id: 'value', head: 'Số lượng' }],
    rows: lines.map(({ key, words, cell }) => ({ key, label: words, cells: [cell] })),
    notes: assessors.length === 0 ? [] : ['Số người có chứng chỉ bồi dưỡng do đơn vị nhập.'],
  }
}

/** P13: the plan of next year by kind of school. */
export function p13(facts: AnnualFacts): AnnualTable {
  const lines = nextYearOf(facts)
  const planned = (kind: PlannedTitle['kind'], grade: number): StatColumn => ({
    id: `${kind}${grade}`,
    head: kind === 'accreditation' ? `Cấp độ ${grade}` : `Mức độ ${grade}`,
    under: [kind === 'accreditation' ? 'Đăng ký công nhận KĐCLGD' : 'Đăng ký công nhận chuẩn quốc gia'],
    counts: ({ schoolId }) =>
      lines.some(plan => plan.schoolId === schoolId && plan.kind === kind && plan.grade === grade),
  })
  const columns: readonly StatColumn[] = [
    { id: 'schools', head: 'Tổng số trường', counts: everySchool },
    { id: 'selfAssess', head: 'Thực hiện tự đánh giá', counts: ({ assessment }) => assessment?.state !== 'cancelled' },
    ...([1, 2, 3, 4] as const).map(grade => planned('accreditation', grade)),
    ...([1, 2] as const).map(grade => planned('national', grade)),
    {
      id: 'expiring',
      head: 'Có danh hiệu hết hạn trong 12 tháng tới',
      counts: (row, { closingDay }) =>
        row.titles.some(title => inForce(title, { closingDay }) && title.expiresOn <= nextYear(closingDay)),
    },
  ]
  return statTable(
    { id: 'P13', title: 'Kế hoạch năm học tới', rowsHead: 'Cấp học', columns },
    kindGroups({ now: facts }, 'P13', facts.typed.targets),
  )
}

const nextYear = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

/** P15, printed only where money was entered. */
export const p15 = ({ typed, closingDay }: AnnualFacts): AnnualTable =>
  listTable(
    {
      id: 'P15',
      title: 'Kinh phí',
      notes:
        typed.budget.length === 0
          ? []
          : ['Đơn vị tính: đồng.', `Số liệu do đơn vị nhập, tính đến ngày chốt ${printDay(closingDay)}.`],
    },
    [
      { id: 'source', head: 'Nguồn', width: 2, text: true },
      { id: 'content', head: 'Nội dung', width: 4, text: true },
      { id: 'planned', head: 'Kế hoạch', width: 1.6 },
      { id: 'used', head: 'Đã sử dụng', width: 1.6 },
    ],
    typed.budget.map(({ source, content, planned, used }, index) => ({
      key: String(index + 1),
      cells: [textCell(source), textCell(content), number(planned), number(used)],
    })),
  )
