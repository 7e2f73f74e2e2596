import { expect } from 'chai'
import type { Doc } from '../../src/paper/index.ts'
import { documentOf } from '../../src/reports/gather.ts'
import { soundThcs, aFigureYear } from '../figures/some-figures.ts'
import { fiveYearsTo } from '../../src/kernel/working-year.ts'
import { aDossier, YEAR } from './a-dossier.ts'
import { blocksOf, linesOf } from './read-doc.ts'

const chartsIn = (doc: Doc) =>
  blocksOf(doc).flatMap(block =>
    block.kind === 'figure' && 'chart' in block.picture ? [{ ...block, ...block.picture }] : [],
  )

describe('the charts of the report', () => {
  it('draw the criteria reached and the five years of classes, pupils and teachers, each told in words', async () => {
    const { needs, assessment } = aDossier()
    const charts = chartsIn(await documentOf(needs)(assessment, { kind: 'report', draft: true }))
    expect(charts.map(chart => chart.caption)).to.deep.equal([
      'Số tiêu chí đạt từng mức theo tiêu chuẩn',
      'Số lớp học qua các năm học',
      'Tổng số học sinh qua các năm học',
      'Tổng số giáo viên qua các năm học',
    ])
    expect(charts[0]?.chart.series.map(series => series.values)).to.deep.equal([
      [10, 4, 6, 2, 6],
      [10, 4, 6, 2, 6],
      [0, 0, 0, 0, 0],
    ])
    expect(charts[2]?.chart.series[0]?.values).to.deep.equal([320, 320, 320, 320, 320])
    expect(charts[2]?.alt).to.contain('2021-2022 320').and.to.contain('2025-2026 320')
  })

  it('say that a row with a gap cannot be drawn', async () => {
    const { needs, assessment } = aDossier()
    const gap = { 'pupils.g6': null }
    const figures: typeof needs.figures = async (schoolId, year) => ({
      schoolId,
      year,
      sheets: fiveYearsTo(year).map(each => aFigureYear(soundThcs(each === YEAR ? gap : {}), each)),
    })
    const doc = await documentOf({ ...needs, figures })(assessment, { kind: 'report', draft: true })
    expect(chartsIn(doc)).to.have.length(3)
    expect(linesOf(doc)).to.include(
      'Chưa vẽ được biểu đồ “Tổng số học sinh qua các năm học” vì số liệu của năm năm học chưa đủ.',
    )
  })
})
