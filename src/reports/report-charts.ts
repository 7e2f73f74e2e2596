import type { PhanMotRow, PhanMotTable } from '../figures/index.ts'
import { heading, paragraph, type Block, type Chart } from '../paper/index.ts'
import type { ReportOnPaper } from './report-on-paper.ts'

/** Rows of Phần I that are drawn, where the school's kind has them. */
const DRAWN: readonly (readonly [key: string, unit: string])[] = [
  ['classes.total', 'lớp'],
  ['pupils.total', 'người'],
  ['teachers.total', 'người'],
]

/** Four of them share a page. */
const HEIGHT_MM = 50

/** Phần IV, mục 2: charts of the criteria reached and of the main figures; all on one page. */
export function chartBlocks({ rating, figures }: ReportOnPaper): readonly Block[] {
  const standards = rating.standards.filter(standard => standard.counts[1].of > 0)
  const reached: Chart = {
    type: 'bars',
    labels: standards.map(standard => `Tiêu chuẩn ${standard.code}`),
    series: ([1, 2, 3] as const).map(level => ({
      name: `Mức ${level}`,
      values: standards.map(standard => standard.counts[level].met),
    })),
    unit: 'tiêu chí',
  }
  return [
    heading(2, '2. Biểu đồ'),
    figure(reached, 'Số tiêu chí đạt từng mức theo tiêu chuẩn'),
    ...DRAWN.flatMap(([key, unit]) =>
      figures.flatMap(table => table.rows.filter(row => row.key === key).map(row => yearsChart(table, row, unit))),
    ),
  ]
}

/** One row over the five years; with a gap in it there is nothing to draw, and that is said. */
function yearsChart(table: PhanMotTable, { key, label, values }: PhanMotRow, unit: string): Block {
  const name = key === 'classes.total' ? table.title.replace(/^\d+\.\s*/, '') : label
  const known = values.flatMap(value => (value === null ? [] : [value]))
  if (known.length < values.length)
    return paragraph(`Chưa vẽ được biểu đồ “${name} qua các năm học” vì số liệu của năm năm học chưa đủ.`)
  const chart: Chart = { type: 'bars', labels: table.columns, series: [{ name, values: known }], unit }
  return figure(chart, `${name} qua các năm học`)
}

/** The alternative text tells every number, for those who cannot see the picture. */
function figure(chart: Chart, caption: string): Block {
  const told = chart.series.map(
    ({ name, values }) => `${name}: ${chart.labels.map((label, at) => `${label} ${values[at] ?? 0}`).join(', ')}`,
  )
  return { kind: 'figure', picture: { chart }, alt: `${caption}. ${told.join('; ')}.`, caption, heightMm: HEIGHT_MM }
}
