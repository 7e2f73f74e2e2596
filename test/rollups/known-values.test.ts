import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import { knownValues } from '../../src/rollups/known-values.ts'
import type { SchoolFacts } from '../../src/rollups/school-facts.ts'

const year = workingYear('2025-2026')
const facts = (...ids: readonly string[]): readonly SchoolFacts[] =>
  ids.map(id => ({ id: `${id}.${year}`, schoolId: id, year }))

const knownFacts = (most = 100) => knownValues<readonly SchoolFacts[]>(most, each => each.length)

describe('what is known of places', () => {
  it('are given while the seq of their sums stands, and not once it has moved', () => {
    const known = knownFacts()
    known.remember()('xa-1', 7, facts('a', 'b'))
    expect(known.of('xa-1', 7)).to.deep.equal(facts('a', 'b'))
    expect(known.of('xa-1', 8)).to.equal(undefined)
    expect(known.of('xa-1', undefined)).to.equal(undefined)
    expect(known.of('xa-2', 7)).to.equal(undefined)
  })

  it('are not kept when everything was thrown away after they began to be read', () => {
    const known = knownFacts()
    const remember = known.remember()
    known.clear()
    remember('xa-1', 7, facts('a'))
    expect(known.of('xa-1', 7)).to.equal(undefined)
  })

  it('make room for later ones by their weight, not by their number', () => {
    const known = knownFacts(3)
    known.remember()('xa-1', 1, facts('a', 'b'))
    known.remember()('xa-2', 1, facts('c'))
    known.remember()('xa-1', 2, facts('a', 'b'))
    expect(known.of('xa-2', 1)).to.have.length(1)
    known.remember()('xa-3', 1, facts('d'))
    expect(['xa-1', 'xa-2', 'xa-3'].map(key => known.of(key, key === 'xa-1' ? 2 : 1)?.length)).to.deep.equal([
      2,
      undefined,
      1,
    ])
  })
})
