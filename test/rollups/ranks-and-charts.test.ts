import { expect } from 'chai'
import { lyingBars, percentBars } from '../../src/rollups/charts.ts'
import { COUNTS, type Count } from '../../src/rollups/tally.ts'
import { ranksOf } from '../../src/rollups/units-page.ts'

const counts = (own: Partial<Record<Count, number>>) => COUNTS.map(name => own[name] ?? 0)

describe('the ranking of units', () => {
  it('goes by reports sent, then by Mức 2; equals share a place, and a unit without schools has none', () => {
    const ranks = ranksOf([
      { unitId: 'cham', counts: counts({ schools: 10, sent: 2, 'level.3': 2 }) },
      { unitId: 'dau', counts: counts({ schools: 4, sent: 4, 'level.2': 4 }) },
      { unitId: 'nhi-1', counts: counts({ schools: 2, sent: 2, 'level.1': 1, 'level.3': 1 }) },
      { unitId: 'nhi-2', counts: counts({ schools: 6, sent: 6, 'level.0': 3, 'level.2': 3 }) },
      { unitId: 'rong', counts: counts({}) },
    ])
    expect(Object.fromEntries(ranks)).to.deep.equal({ dau: 1, 'nhi-1': 2, 'nhi-2': 2, cham: 4 })
  })
})

describe('the charts', () => {
  it('draw lying bars in proportion, cut into the series, with the sum at the end', () => {
    const { bars, words } = lyingBars(
      'Trường',
      ['A', 'B'],
      [
        { name: 'Một', hue: 1, values: [10, 5] },
        { name: 'Hai', hue: 2, values: [10, 0] },
      ],
    )
    const drawn = bars.filter(bar => bar.x >= 190)
    expect(drawn.map(bar => bar.hue)).to.deep.equal([1, 2, 1])
    expect(drawn[0]?.w).to.be.closeTo((drawn[2]?.w ?? 0) * 2, 0.2)
    expect((drawn[1]?.x ?? 0) - (drawn[0]?.x ?? 0)).to.be.closeTo(drawn[0]?.w ?? 0, 0.2)
    expect(words.map(word => word.text)).to.include.members(['20', '5', 'Một', 'Hai'])
  })

  it('draw no bar where there is nothing to divide by, and write a dash', () => {
    const { bars, words } = percentBars(
      'Tỷ lệ',
      ['2024-2025', '2025-2026'],
      [{ name: 'Đã gửi', hue: 0, values: [undefined, 50] }],
    )
    expect(bars).to.have.length(1)
    expect(words.map(word => word.text)).to.include.members(['–', '50'])
  })

  it('stay inside the picture when every value is nothing', () => {
    const { bars, width } = lyingBars('Không', ['A'], [{ name: 'Một', hue: 0, values: [0] }])
    expect(bars).to.deep.equal([])
    expect(width).to.equal(640)
  })
})
