import { expect } from 'chai'
import fc from 'fast-check'
import { cell, paragraph, row, table, type Block, type Row } from '../../src/paper/index.ts'
import { layout } from '../../src/paper/layout.ts'
import { mm } from '../../src/paper/layout-profile.ts'
import { aDoc } from './papers.ts'

const columns = 3
const areaHeight = 841.89 - 2 * mm(20)

interface CellPlan {
  readonly words: number
  readonly rowSpan: number
  readonly colSpan: number
}

const cellPlan = fc.record({
  words: fc.oneof(
    { weight: 6, arbitrary: fc.nat(12) },
    { weight: 2, arbitrary: fc.nat(150) },
    { weight: 1, arbitrary: fc.nat(1500) },
  ),
  rowSpan: fc.oneof(
    { weight: 6, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.integer({ min: 2, max: 6 }) },
    { weight: 1, arbitrary: fc.integer({ min: 7, max: 60 }) },
  ),
  colSpan: fc.oneof(
    { weight: 6, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: columns }) },
  ),
})

/** Rows in which each free column is filled, from plans for all cells; every word is its own. */
function rowsFrom(plans: readonly (readonly CellPlan[])[]): { rows: Row[]; words: string[] } {
  const covered = Array.from({ length: columns }, () => 0)
  const words: string[] = []
  const rows = plans.map((plan, rowIndex) => {
    const cells: Row['cells'][number][] = []
    for (let column = 0; column < columns;) {
      const { words: count = 0, rowSpan = 1, colSpan = 1 } = plan[column] ?? {}
      if ((covered[column] ?? 0) > 0) {
        column++
        continue
      }
      let span = 1
      while (span < colSpan && column + span < columns && covered[column + span] === 0) span++
      const rowsLeft = Math.min(rowSpan, plans.length - rowIndex)
      const own = Array.from({ length: count }, (_, i) => `w${rowIndex}.${column}.${i}`)
      words.push(...own)
      cells.push(cell(own.join(' '), { colSpan: span, rowSpan: rowsLeft }))
      for (let i = column; i < column + span; i++) covered[i] = rowsLeft
      column += span
    }
    covered.forEach((count, i) => (covered[i] = Math.max(0, count - 1)))
    return row(cells)
  })
  return { rows, words }
}

/** The words of each cell in their order; cells may be drawn in turns, over pages. */
function byCell(words: readonly string[]): Map<string, string[]> {
  const cells = new Map<string, string[]>()
  for (const word of words) {
    const name = word.slice(0, word.lastIndexOf('.'))
    const known = cells.get(name)
    if (known) known.push(word)
    else cells.set(name, [word])
  }
  return new Map([...cells].toSorted(([a], [b]) => a.localeCompare(b)))
}

describe('tables of any shape', () => {
  it('draw each word once, in its cell, on the page, under a head', () => {
    const plans = fc.array(fc.array(cellPlan, { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(plans, fc.nat(40), fc.boolean(), (shape, before, signed) => {
        const { rows, words } = rowsFrom(shape)
        const filler: Block[] = Array.from({ length: before }, () => paragraph('trước', { style: 'small' }))
        const signature: Block = { kind: 'signature', signers: [{ position: 'HIỆU TRƯỞNG', name: 'Lê Thị Trúc' }] }
        const grid = table({ columns: [2, 1, 3], head: ['đầu', 'đầu', 'đầu'], rows })
        const { pages } = layout(aDoc([...filler, grid, ...(signed ? [signature] : [])]))
        const drawn: string[] = []
        for (const { pieces } of pages) {
          for (const piece of pieces) {
            if (piece.kind === 'box') expect(piece.y + piece.height, 'foot of a box').to.be.at.most(areaHeight + 0.1)
            if (piece.kind !== 'text') continue
            expect(piece.y, 'baseline').to.be.within(0, areaHeight)
            expect(piece.line.width, 'line in its cell').to.be.at.most(piece.width + 0.1)
            const own = piece.line.fragments.map(fragment => fragment.text).filter(text => text.startsWith('w'))
            drawn.push(...own)
          }
          const hasRows = pieces.some(piece => piece.kind === 'box')
          const heads = pieces.filter(piece => piece.kind === 'text' && piece.line.fragments[0]?.text === 'đầu')
          expect(heads.length, 'cells of the head').to.equal(hasRows ? columns : 0)
        }
        expect(byCell(drawn)).to.deep.equal(byCell(words))
      }),
      { numRuns: 150, seed: 2026 },
    )
  })
})
