import { expect } from 'chai'
import type { Chart } from '../../src/paper/blocks.ts'
import { chartShapes } from '../../src/paper/chart-shapes.ts'

const area = { width: 400, height: 200 }
const none: Chart = {
  type: 'stacked',
  labels: ['Mầm non', 'Tiểu học'],
  series: [
    { name: 'Không đạt', values: [0, 0] },
    { name: 'Mức 1', values: [0, 0] },
  ],
}

const numbersOf = (chart: Chart): number[] =>
  chartShapes(chart, area).flatMap(shape => Object.values(shape).filter(value => typeof value === 'number'))

describe('the shapes of a chart', () => {
  for (const type of ['stacked', 'bars', 'lying'] as const)
    it(`have a place where every value of a ${type} chart is 0, and bars without height or length`, () => {
      const chart: Chart = { ...none, type }
      expect(numbersOf(chart).filter(value => !Number.isFinite(value))).to.deep.equal([])
      // The squares of the legend are drawn as rectangles as well: 9 by 9.
      const bars = chartShapes(chart, area).filter(shape => shape.kind === 'rect' && !(shape.w === 9 && shape.h === 9))
      expect(bars).to.have.length(4)
      for (const bar of bars) expect(bar.kind === 'rect' && Math.min(bar.w, bar.h)).to.equal(0)
    })

  it('draw a bar as high as its share of the axis', () => {
    const chart: Chart = { ...none, type: 'bars', labels: ['Mầm non'], series: [{ name: 'Mức 1', values: [5] }] }
    const [line] = chartShapes(chart, area).filter(shape => shape.kind === 'line')
    const [bar] = chartShapes(chart, area).filter(shape => shape.kind === 'rect')
    expect(bar?.kind === 'rect' && line?.kind === 'line' && bar.y + bar.h === line.y1).to.equal(true)
    expect(bar?.kind === 'rect' && bar.h).to.be.greaterThan(100)
  })
})
