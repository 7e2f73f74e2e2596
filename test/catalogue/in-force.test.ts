import { expect } from 'chai'
import type { Change } from '../../src/catalogue/criteria-set.ts'
import { closingDayOf, inForce } from '../../src/catalogue/in-force.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCriterion, aDemand, anIndicator, aSet } from './build.ts'

const change = (id: string, over: Partial<Change> = {}): Change => ({
  id,
  instrument: '22/2024/TT-BGDĐT',
  from: '2025-01-25',
  effect: 'repealed',
  standing: 'confirmed',
  ...over,
})

const setWith = (...changes: readonly Change[]) =>
  aSet([
    aCriterion('2.2', 'a', 'a', 'a', {
      levels: [{ ...aDemand('2', ''), indicators: [anIndicator('a', { changes }), anIndicator('b')] }],
    }),
  ])

const year2024 = workingYear('2024-2025')
const droppedIn = (...args: Parameters<typeof inForce>) => [...inForce(...args).dropped.keys()]

describe('what is asked in a working year', () => {
  it('closes a year on 31 May of its second calendar year', () => {
    expect(closingDayOf(year2024)).to.equal('2025-05-31')
  })

  it('takes a confirmed repeal into account from the first year that closes on or after its day', () => {
    expect(droppedIn(setWith(change('x')), workingYear('2023-2024'))).to.deep.equal([])
    expect(droppedIn(setWith(change('x')), year2024)).to.deep.equal(['2.2/2/a'])
    expect(droppedIn(setWith(change('x', { from: '2025-05-31' })), year2024)).to.deep.equal(['2.2/2/a'])
    expect(droppedIn(setWith(change('x', { from: '2025-06-01' })), year2024)).to.deep.equal([])
    expect(droppedIn(setWith(change('x', { from: '2025-06-01' })), workingYear('2025-2026'))).to.deep.equal(['2.2/2/a'])
  })

  it('leaves an unverified repeal to the Sở, and says which are undecided', () => {
    const set = setWith(change('x', { standing: 'unverified' }))
    expect(droppedIn(set, year2024)).to.deep.equal([])
    expect(inForce(set, year2024).undecided.map(one => one.id)).to.deep.equal(['x'])
    expect(droppedIn(set, year2024, { x: 'on' })).to.deep.equal(['2.2/2/a'])
    expect(droppedIn(set, year2024, { x: 'off' })).to.deep.equal([])
    expect(inForce(set, year2024, { x: 'off' }).undecided).to.deep.equal([])
    expect(droppedIn(set, workingYear('2023-2024'), { x: 'on' })).to.deep.equal([])
  })

  it('does not let a switch undo a confirmed repeal', () => {
    expect(droppedIn(setWith(change('x')), year2024, { x: 'off' })).to.deep.equal(['2.2/2/a'])
  })

  it('only marks amended words', () => {
    const force = inForce(setWith(change('x', { effect: 'amended' })), year2024)
    expect([...force.dropped]).to.deep.equal([])
    expect(force.amended.get('2.2/2/a')?.map(one => one.id)).to.deep.equal(['x'])
  })

  it('drops clauses and whole criteria, and criteria of another school kind', () => {
    const set = aSet(
      [
        aCriterion('1.1', 'a', 'a', 'a', { changes: [change('y')] }),
        aCriterion('1.2', 'a', 'a', 'a', { appliesTo: ['thpt'] }),
      ],
      { levelFour: [{ code: '1', gist: '', cite: '', verification: 'confirmed', changes: [change('z')] }] },
    )
    expect(droppedIn(set, year2024)).to.have.members(['1.1', 'khoản/1'])
    expect(droppedIn(set, year2024, {}, 'thcs')).to.have.members(['1.1', '1.2', 'khoản/1'])
    expect(droppedIn(set, year2024, {}, 'thpt')).to.have.members(['1.1', 'khoản/1'])
    expect(inForce(set, year2024, {}, 'thcs').dropped.get('1.2')).to.deep.equal({ reason: 'otherSchoolKind' })
  })
})
