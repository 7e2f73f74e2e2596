import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../../src/kernel/dates.ts'
import { lintTree, sentenceOf, treeOf, type TreeFault, type Unit } from '../../src/organisations/index.ts'
import { inForceOn } from '../../src/organisations/dated.ts'
import { ancestorsOn, parentIdOn } from '../../src/organisations/unit-tree.ts'
import { aUnit, twoTierProvince } from './a-tree.ts'

const rulesOf = (units: readonly Unit[]): readonly string[] =>
  lintTree(treeOf(units)).map(({ rule, unitId, part }: TreeFault) => `${rule} ${part} ${unitId}`)
const so = aUnit('so', { kind: 'province' })

describe('the linter of the dated tree', () => {
  it('finds nothing in a tree that changed hands without a gap', () => {
    expect(lintTree(twoTierProvince())).to.deep.equal([])
  })

  it('finds a day without a manager', () => {
    const parents = [
      { parentId: 'so', from: '2000-01-01', to: '2010-05-30' },
      { parentId: 'so', from: '2010-06-01' },
    ]
    const faults = lintTree(treeOf([so, aUnit('s', { parents })]))
    expect(faults).to.deep.equal([{ rule: 'gap', unitId: 's', part: 'parents', day: '2010-05-31' }])
    expect(faults.map(sentenceOf)).to.deep.equal(['có khoảng thời gian bị bỏ trống'])
  })

  it('finds two managers on one day', () => {
    const parents = [
      { parentId: 'so', from: '2000-01-01', to: '2010-06-01' },
      { parentId: 'so', from: '2010-06-01' },
    ]
    expect(rulesOf([so, aUnit('s', { parents })])).to.deep.equal(['overlap parents s'])
  })

  it('finds a span that begins before the unit or goes on after its end', () => {
    const early = aUnit('s', { from: '2005-01-01', parents: [{ parentId: 'so', from: '2004-12-31' }] })
    expect(rulesOf([so, early])).to.deep.equal(['outside parents s'])
    const late = aUnit('t', { parents: [{ parentId: 'so', from: '2000-01-01' }], to: '2020-01-01' })
    expect(rulesOf([so, late])).to.deep.equal(['outside names t', 'outside places t', 'outside parents t'])
  })

  it('finds an orphan, an unknown manager, a manager that was gone and a span that runs backwards', () => {
    expect(rulesOf([so, aUnit('s', {})])).to.deep.equal(['orphan parents s'])
    expect(rulesOf([so, aUnit('s', { parents: [{ parentId: 'x', from: '2000-01-01' }] })])).to.deep.equal([
      'unknownParent parents s',
    ])
    const young = aUnit('xa', {
      kind: 'commune',
      from: '2025-07-01',
      parents: [{ parentId: 'so', from: '2025-07-01' }],
    })
    expect(rulesOf([so, young, aUnit('s', { parents: [{ parentId: 'xa', from: '2000-01-01' }] })])).to.deep.equal([
      'parentNotActive parents s',
    ])
    const backwards = aUnit('s', { parents: [{ parentId: 'so', from: '2000-01-01' }], to: '1999-01-01' })
    expect(rulesOf([so, backwards])).to.include('backwards life s')
  })

  it('finds a unit above itself', () => {
    const a = aUnit('a', { kind: 'commune', parents: [{ parentId: 'b', from: '2000-01-01' }] })
    const b = aUnit('b', { kind: 'commune', parents: [{ parentId: 'a', from: '2000-01-01' }] })
    expect(rulesOf([a, b])).to.deep.equal([
      'wrongKind parents a',
      'wrongKind parents b',
      'cycle parents a',
      'cycle parents b',
    ])
  })

  const START = '2000-01-01'
  /** Any history of managers cut into consecutive spans, and two kinds of damage to it. */
  const history = fc
    .array(fc.tuple(fc.constantFrom('so', 'xa'), fc.integer({ min: 1, max: 900 })), { minLength: 1, maxLength: 6 })
    .map(steps => {
      let from = START
      return steps.map(([parentId, days], index) => {
        const span = { parentId, from, to: addDays(from, days - 1) }
        from = addDays(from, days)
        return index === steps.length - 1 ? { parentId, from: span.from } : span
      })
    })
  const withHistory = (parents: Unit['parents']): readonly Unit[] => [
    so,
    aUnit('xa', { kind: 'commune', parents: [{ parentId: 'so', from: START }] }),
    aUnit('s', { parents }),
  ]

  it('accepts every history without gap or overlap, and then each day has exactly one manager and ends at the Sở', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 4000 }), (parents, offset) => {
        const tree = treeOf(withHistory(parents))
        expect(lintTree(tree)).to.deep.equal([])
        const day = addDays(START, offset)
        expect(parents.filter(parent => inForceOn([parent], day))).to.have.length(1)
        expect(ancestorsOn(tree, 's', day).at(-1)?.id).to.equal('so')
      }),
      { numRuns: 60 },
    )
  })

  it('refuses every history from which one span was taken, stretched or doubled', () => {
    const damaged = fc
      .tuple(history, fc.nat(), fc.constantFrom('remove', 'stretch', 'double'))
      .map(([parents, at, how]: readonly [Unit['parents'], number, string]) => {
        const index = at % parents.length
        if (how === 'remove') return parents.toSpliced(index, 1)
        const span: Unit['parents'][number] = parents[index] ?? { parentId: 'so', from: START }
        if (how === 'double' || span.to === undefined) return [...parents, span]
        return parents.with(index, { ...span, to: addDays(span.to, 1) })
      })
    fc.assert(
      fc.property(damaged, parents => {
        expect(lintTree(treeOf(withHistory(parents)))).to.not.deep.equal([])
      }),
      { numRuns: 80 },
    )
  })

  it('asks for the manager by day alone', () => {
    const moved = aUnit('s', { parents: [{ parentId: 'so', from: '2001-01-01', to: '2001-12-31' }] })
    expect(parentIdOn(moved, '2000-12-31')).to.equal(undefined)
    expect(parentIdOn(moved, '2001-12-31')).to.equal('so')
    expect(parentIdOn(moved, '2002-01-01')).to.equal(undefined)
  })
})
