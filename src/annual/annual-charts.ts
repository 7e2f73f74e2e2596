import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import type { Block, Chart } from '../paper/index.ts'
import type { AnnualFacts } from './annual-facts.ts'
import { printedPercent, type AnnualTable, type FigureCell } from './annual-table.ts'
import { KINDS } from './row-groups.ts'

const HEIGHT_MM = 62

/** The alternative text tells every number, for those who cannot see the picture. */
function figure(chart: Chart, caption: string): Block {
  const told = chart.series.map(
    ({ name, values }) => `${name}: ${chart.labels.map((label, at) => `${label} ${values[at] ?? 0}`).join(', ')}`,
  )
  return { kind: 'figure', picture: { chart }, alt: `${caption}. ${told.join('; ')}.`, caption, heightMm: HEIGHT_MM }
}

const numberIn = (cell: FigureCell | undefined): number => {
  if (cell?.kind === 'share') return printedPercent(cell.part, cell.whole) ?? 0
  return cell && 'value' in cell ? (cell.value ?? 0) : 0
}

/** Numbers of one column down the lines that stand for kinds of school. */
function column(table: AnnualTable, columnId: string): readonly number[] {
  const at = table.columns.findIndex(each => each.id === columnId)
  return kindLines(table).map(row => numberIn(row.cells[at]))
}

const kindLines = (table: AnnualTable) => table.rows.filter(row => KINDS.some(kind => kind === row.key))

const kindLabels = (table: AnnualTable): readonly string[] =>
  kindLines(table).map(({ key, label }) => SHORT_KINDS[key] ?? label)

const SHORT_KINDS: Readonly<Record<string, string>> = {
  ...SCHOOL_KIND_NAMES,
  thcs: 'THCS',
  thpt: 'THPT',
  pho_thong_nhieu_cap_hoc: 'Nhiều cấp học',
}

/** Charts of a part of the text, drawn from its tables; none where there is nothing to draw. */
export function chartsFor(partKey: string, facts: AnnualFacts, tables: readonly AnnualTable[]): readonly Block[] {
  const table = (id: string): AnnualTable | undefined => tables.find(each => each.id === id)
  const [p1, p3, p4, p6] = [table(facts.unit.isProvince ? 'P1' : 'M2'), table('P3'), table('P4'), table('P6')]
  if (partKey === 'III-1' && p1 && kindLines(p1).length > 0)
    return [
      figure(
        {
          type: 'stacked',
          labels: kindLabels(p1),
          series: [0, 1, 2, 3, 4].map(level => ({
            name: level === 0 ? 'Không đạt' : `Mức ${level}`,
            values: column(p1, `level${level}`),
          })),
          unit: 'trường',
        },
        'Kết quả tự đánh giá theo cấp học',
      ),
    ]
  if (partKey === 'III-3' && p3 && kindLines(p3).length > 0) return [comparedChart(p3, 'Tỷ lệ trường đạt KĐCLGD')]
  if (partKey === 'III-4' && p4 && kindLines(p4).length > 0)
    return [comparedChart(p4, 'Tỷ lệ trường đạt chuẩn quốc gia')]
  if (partKey === 'III-5' && p6) return yearsChart(p6)
  return []
}

/** This year beside last year, in percent of all schools. */
const comparedChart = (table: AnnualTable, caption: string): Block => {
  const last = column(table, 'lastYear')
  return figure(
    {
      type: 'bars',
      labels: kindLabels(table),
      series: [
        ...(last.some(value => value > 0) ? [{ name: 'Năm trước', values: last }] : []),
        { name: 'Năm nay', values: column(table, 'validShare') },
      ],
      unit: '%',
    },
    `${caption} còn hiệu lực`,
  )
}

function yearsChart(table: AnnualTable): readonly Block[] {
  const known = table.rows.filter(row => row.cells.some(cell => cell.kind === 'count'))
  if (known.length < 2) return []
  const at = (columnId: string): readonly number[] => {
    const index = table.columns.findIndex(each => each.id === columnId)
    return known.map(row => numberIn(row.cells[index]))
  }
  return [
    figure(
      {
        type: 'bars',
        labels: known.map(row => row.key),
        series: [
          { name: 'Hoàn thành tự đánh giá', values: at('finishedShare') },
          { name: 'Đạt KĐCLGD', values: at('accreditationShare') },
          { name: 'Đạt chuẩn quốc gia', values: at('nationalShare') },
        ],
        unit: '%',
      },
      'Kết quả qua các năm học',
    ),
  ]
}
