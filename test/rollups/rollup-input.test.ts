import { expect } from 'chai'
import fc from 'fast-check'
import { workingYear } from '../../src/kernel/working-year.ts'
import {
  addressOf,
  conditionFrom,
  conditionText,
  filterFrom,
  type Condition,
  type Filter,
} from '../../src/rollups/rollup-input.ts'
import { COMPARED_LINES } from '../../src/figures/index.ts'
import { LINE_COUNTS, RECONCILIATIONS, STATES } from '../../src/rollups/tally.ts'

const YEAR = workingYear('2025-2026')
const code = fc.constantFrom('1.1', '3.6', '5.10')

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { is: 'all' },
    { is: 'notOpened' },
    { is: 'opened' },
    { is: 'sent' },
    { is: 'notSent' },
    { is: 'late' },
    { is: 'figures' },
  ),
  fc.constantFrom(...STATES).map(state => ({ is: 'state' as const, state })),
  fc.constantFrom(...RECONCILIATIONS, 'none' as const).map(state => ({ is: 'reconciliation' as const, state })),
  fc
    .tuple(fc.constantFrom(...COMPARED_LINES), fc.constantFrom(...LINE_COUNTS))
    .map(([line, what]) => ({ is: 'line' as const, line, what })),
  fc.constantFrom('apart' as const, 'unexplained' as const).map(what => ({ is: 'differing' as const, what })),
  fc.integer({ min: 0, max: 4 }).map(level => ({ is: 'level' as const, level })),
  fc.integer({ min: 1, max: 3 }).map(level => ({ is: 'atLeast' as const, level })),
  fc
    .tuple(code, fc.integer({ min: 0, max: 3 }))
    .map(([of, level]) => ({ is: 'criterionAt' as const, code: of, level })),
  fc
    .tuple(code, fc.integer({ min: 1, max: 3 }))
    .map(([of, level]) => ({ is: 'criterionBelow' as const, code: of, level })),
  code.map(of => ({ is: 'criterionRated' as const, code: of })),
  code.map(of => ({ is: 'met' as const, code: `${of}.3.b` })),
  code.map(of => ({ is: 'notMet' as const, code: `${of}.2.a` })),
  code.map(of => ({ is: 'blocked' as const, code: `${of}.1.c` })),
  fc.constantFrom(1 as const, 2 as const).map(grade => ({ is: 'title' as const, kind: 'national' as const, grade })),
)

describe('the address of a sum', () => {
  it('keeps every condition: what a cell links to is what the list shows', () => {
    fc.assert(
      fc.property(condition, each => {
        expect(conditionFrom(conditionText(each))).to.deep.equal(each)
      }),
    )
  })

  it('keeps everything that is chosen when another screen is opened', () => {
    const filter: Filter = {
      unitId: 'xa-1',
      year: YEAR,
      kind: 'thcs',
      ownership: 'private',
      tree: 'today',
      direct: false,
      setId: 'tt18',
      level: 1,
      condition: { is: 'all' },
      page: 1,
    }
    const address = addressOf('list', filter, { condition: { is: 'late' }, direct: true, page: 3 })
    const query = Object.fromEntries(new URL(address, 'http://kd').searchParams)
    expect(filterFrom(query, workingYear('2020-2021'))).to.deep.equal({
      ...filter,
      condition: { is: 'late' },
      direct: true,
      page: 3,
    })
  })

  it('writes an address that a browser reads back letter by letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (unitId, q) => {
        const filter = { unitId, year: YEAR, tree: 'year', direct: false, level: 1, page: 1 } as const
        const address = addressOf('units', { ...filter, condition: { is: 'all' } }, {}, { q })
        const read = new URL(address, 'http://kd')
        expect(read.pathname).to.equal('/tong-hop/don-vi')
        expect([...read.searchParams]).to.deep.equal([
          ['nam', YEAR],
          ['don-vi', unitId],
          ['q', q],
        ])
      }),
    )
  })

  it('takes what it does not understand as not chosen', () => {
    const wild = { cap: '__proto__', loai: 'x', loc: 'muc:cao', trang: '-4', muc: '9', cay: 'kia', nam: '2025-2099' }
    expect(filterFrom(wild, YEAR)).to.deep.equal({
      year: YEAR,
      tree: 'year',
      direct: false,
      level: 1,
      condition: { is: 'all' },
      page: 1,
    })
  })
})
