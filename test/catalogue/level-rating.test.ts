import { expect } from 'chai'
import fc from 'fast-check'
import type { Answers, CriteriaSet, Verdict } from '../../src/catalogue/criteria-set.ts'
import { allCriteria } from '../../src/catalogue/criteria-tree.ts'
import { EVERYTHING_ASKED, type InForce } from '../../src/catalogue/in-force.ts'
import {
  rateCriterion,
  rateSchool,
  rateStandard,
  type AnswersByCriterion,
  type ClauseAnswers,
} from '../../src/catalogue/level-rating.ts'
import { aCriterion, aSet } from './build.ts'

const dropping = (...keys: readonly string[]): InForce => ({
  ...EVERYTHING_ASKED,
  dropped: new Map(keys.map(key => [key, { reason: 'repealed' as const }])),
})

const met = (codes: string): Readonly<Record<string, Verdict>> =>
  Object.fromEntries(codes.split('').map(code => [code, 'met' as const]))

describe('rating a criterion', () => {
  const criterion = aCriterion('1.4', 'abc', 'ab', 'a')

  it('gives 0 and everything open without answers', () => {
    const rating = rateCriterion(criterion, {}, EVERYTHING_ASKED)
    expect(rating).to.deep.include({ level: 0, applicable: true, perLevel: { 1: 'open', 2: 'open', 3: 'open' } })
    expect(rating.open.map(one => `${one.level}${one.indicator}`)).to.deep.equal(['1a', '1b', '1c', '2a', '2b', '3a'])
    expect(rating.blockedBy.map(one => one.indicator)).to.deep.equal(['a', 'b', 'c'])
  })

  it('reaches the level whose demands, and all lower ones, are met', () => {
    const rate = (answers: Answers) => rateCriterion(criterion, answers, EVERYTHING_ASKED).level
    expect(rate({ 1: met('abc') })).to.equal(1)
    expect(rate({ 1: met('abc'), 2: met('ab') })).to.equal(2)
    expect(rate({ 1: met('abc'), 2: met('ab'), 3: met('a') })).to.equal(3)
    expect(rate({ 1: met('ab'), 2: met('ab'), 3: met('a') })).to.equal(0)
    expect(rate({ 1: met('abc'), 2: met('a'), 3: met('a') })).to.equal(1)
  })

  it('names what stands before the next level', () => {
    const rating = rateCriterion(criterion, { 1: met('abc'), 2: { a: 'met', b: 'notMet' } }, EVERYTHING_ASKED)
    expect(rating.blockedBy).to.deep.equal([{ criterion: '1.4', level: 2, indicator: 'b', why: 'notMet' }])
    expect(rating.perLevel).to.deep.equal({ 1: 'met', 2: 'notMet', 3: 'open' })
  })

  it('is not held back by a level without a demand of its own', () => {
    const noThree = rateCriterion(aCriterion('1.2', 'a', 'a', ''), { 1: met('a'), 2: met('a') }, EVERYTHING_ASKED)
    expect(noThree).to.deep.include({ level: 2, blockedBy: [], perLevel: { 1: 'met', 2: 'met', 3: 'none' } })
    const noTwo = rateCriterion(aCriterion('1.2', 'a', '', 'a'), { 1: met('a'), 3: met('a') }, EVERYTHING_ASKED)
    expect(noTwo.level).to.equal(3)
  })

  it('does not ask what is repealed or marked not applicable', () => {
    const answers: Answers = { 1: { a: 'met', b: 'notMet', c: 'notApplicable' } }
    expect(rateCriterion(criterion, answers, EVERYTHING_ASKED).level).to.equal(0)
    expect(rateCriterion(criterion, answers, dropping('1.4/1/b')).level).to.equal(1)
    expect(rateCriterion(criterion, { 1: met('abc'), 3: met('a') }, dropping('1.4/2/a', '1.4/2/b')).level).to.equal(3)
  })

  it('counts nowhere when all of it is dropped', () => {
    const rating = rateCriterion(criterion, { 1: { a: 'notMet' } }, dropping('1.4'))
    expect(rating).to.deep.include({ applicable: false, blockedBy: [], open: [] })
    const school = rateSchool(aSet([aCriterion('1.1'), criterion]), { '1.1': { 1: met('a') } }, {}, dropping('1.4'))
    expect(school.level).to.equal(1)
    expect(school.counts[1].of).to.equal(1)
  })
})

describe('rating a school', () => {
  const set = aSet([aCriterion('1.1', 'ab', 'a', 'a'), aCriterion('1.2', 'a', 'a', '')])
  const full: AnswersByCriterion = {
    '1.1': { 1: met('ab'), 2: met('a'), 3: met('a') },
    '1.2': { 1: met('a'), 2: met('a') },
  }

  it('gives Mức 4 for Mức 3 and every clause, and Mức 3 while one clause is missing', () => {
    expect(rateSchool(set, full, { 1: 'met', 2: 'met' }, EVERYTHING_ASKED).level).to.equal(4)
    const rating = rateSchool(set, full, { 1: 'met' }, EVERYTHING_ASKED)
    expect(rating.level).to.equal(3)
    expect(rating.levelFour).to.deep.equal({ result: 'open', blocks: [{ clause: '2', why: 'open' }] })
    expect(rateSchool(set, full, { 1: 'met', 2: 'notApplicable' }, EVERYTHING_ASKED).level).to.equal(4)
    expect(rateSchool(set, full, { 1: 'met', 2: 'notMet' }, dropping('khoản/2')).level).to.equal(4)
  })

  it('gives no Mức 4 by clauses alone, nor in a set without clauses', () => {
    expect(rateSchool(set, {}, { 1: 'met', 2: 'met' }, EVERYTHING_ASKED).level).to.equal(0)
    expect(rateSchool({ ...set, levelFour: [] }, full, {}, EVERYTHING_ASKED).level).to.equal(3)
  })

  it('is không đạt by one indicator of Mức 1, and says which', () => {
    const answers = { ...full, '1.1': { ...full['1.1'], 1: { a: 'met', b: 'notMet' } } } as const
    const rating = rateSchool(set, answers, { 1: 'met', 2: 'met' }, EVERYTHING_ASKED)
    expect(rating.level).to.equal(0)
    expect(rating.blocks).to.deep.equal({
      1: [{ criterion: '1.1', level: 1, indicator: 'b', why: 'notMet' }],
      2: [],
      3: [],
    })
  })

  it('counts a level over the criteria that have demands there, lower levels counted in', () => {
    const answers = { ...full, '1.1': { 1: { a: 'met', b: 'notMet' }, 2: met('a') } } as const
    const { counts } = rateSchool(set, answers, {}, EVERYTHING_ASKED)
    expect(counts).to.deep.equal({
      1: { of: 2, met: 1, notMet: 1, open: 0 },
      2: { of: 2, met: 1, notMet: 1, open: 0 },
      3: { of: 1, met: 0, notMet: 1, open: 0 },
    })
  })

  it('gives nothing for an empty set', () => {
    expect(rateSchool(aSet([]), {}, {}, EVERYTHING_ASKED).level).to.equal(0)
  })

  it('rates a standard by its own criteria', () => {
    const [standard] = set.standards
    expect(standard && rateStandard(standard, full, EVERYTHING_ASKED)).to.deep.include({ code: '1', level: 3 })
    expect(standard && rateStandard(standard, { '1.1': full['1.1'] ?? {} }, EVERYTHING_ASKED).level).to.equal(0)
  })
})

type Cell = readonly [criterion: string, level: string, indicator: string]
const cellsOf = (set: CriteriaSet): readonly Cell[] =>
  allCriteria(set).flatMap(({ code, levels }) =>
    levels.flatMap(demand => demand.indicators.map(one => [code, demand.level, one.code] as const)),
  )

const levelsIn = (set: CriteriaSet, answers: AnswersByCriterion, clauses: ClauseAnswers) => {
  const rating = rateSchool(set, answers, clauses, EVERYTHING_ASKED)
  return [rating.level, ...rating.criteria.map(one => one.level)]
}
const notBelow = (a: readonly number[], b: readonly number[]): void =>
  a.forEach((level, at) => expect(level).to.be.at.least(b[at] ?? 0))

describe('rating, for any set and answers', () => {
  const codes = fc.constantFrom('', 'a', 'ab', 'abc')
  const anySet: fc.Arbitrary<CriteriaSet> = fc
    .array(fc.tuple(codes, codes, codes), { minLength: 1, maxLength: 5 })
    .map(rows => aSet(rows.map(([one, two, three], at) => aCriterion(`1.${at + 1}`, one, two, three))))
    .filter(set => cellsOf(set).length > 0)
  const verdict = fc.constantFrom<(Verdict | undefined)[]>('met', 'met', 'met', 'notMet', 'notApplicable', undefined)

  const fill = (cells: readonly Cell[], verdicts: readonly (Verdict | undefined)[]): AnswersByCriterion => {
    const answers: Record<string, Record<string, Record<string, Verdict>>> = {}
    for (const [at, [criterion, level, indicator]] of cells.entries()) {
      const given = verdicts[at]
      if (given) ((answers[criterion] ??= {})[level] ??= {})[indicator] = given
    }
    return answers
  }
  const anyCase = anySet.chain(set => {
    const cells = cellsOf(set)
    return fc.record({
      set: fc.constant(set),
      cells: fc.constant(cells),
      verdicts: fc.array(verdict, { minLength: cells.length, maxLength: cells.length }),
      clauses: fc.record({ 1: fc.constantFrom<Verdict[]>('met', 'notMet'), 2: fc.constant<Verdict>('met') }),
      at: fc.nat({ max: Math.max(0, cells.length - 1) }),
      shuffle: fc.shuffledSubarray(
        cells.map((_, index) => index),
        { minLength: cells.length, maxLength: cells.length },
      ),
    })
  })
  it('never lowers a level by turning an answer to met', () => {
    fc.assert(
      fc.property(anyCase, ({ set, cells, verdicts, clauses, at }) => {
        const before = levelsIn(set, fill(cells, verdicts), clauses)
        notBelow(levelsIn(set, fill(cells, verdicts.with(at, 'met')), clauses), before)
      }),
    )
  })

  it('never raises a level by taking an answer away', () => {
    fc.assert(
      fc.property(anyCase, ({ set, cells, verdicts, clauses, at }) => {
        const before = levelsIn(set, fill(cells, verdicts), clauses)
        notBelow(before, levelsIn(set, fill(cells, verdicts.with(at, undefined)), clauses))
      }),
    )
  })

  it('does not depend on the order in which answers came or criteria stand', () => {
    fc.assert(
      fc.property(anyCase, ({ set, cells, verdicts, clauses, shuffle }) => {
        const shuffled = fill(
          shuffle.flatMap(index => cells.slice(index, index + 1)),
          shuffle.map(index => verdicts[index]),
        )
        const answers = fill(cells, verdicts)
        expect(rateSchool(set, shuffled, clauses, EVERYTHING_ASKED)).to.deep.equal(
          rateSchool(set, answers, clauses, EVERYTHING_ASKED),
        )
        const backwards = {
          ...set,
          standards: set.standards.map(one => ({ ...one, criteria: one.criteria.toReversed() })),
        }
        const rating = rateSchool(backwards, answers, clauses, EVERYTHING_ASKED)
        expect(rating.level).to.equal(rateSchool(set, answers, clauses, EVERYTHING_ASKED).level)
        expect(rating.counts).to.deep.equal(rateSchool(set, answers, clauses, EVERYTHING_ASKED).counts)
      }),
    )
  })

  it('reaches a level exactly when nothing blocks it and the lower ones, and it is asked at all', () => {
    fc.assert(
      fc.property(anyCase, ({ set, cells, verdicts, clauses }) => {
        const { level, blocks, counts } = rateSchool(set, fill(cells, verdicts), clauses, EVERYTHING_ASKED)
        for (const at of [1, 2, 3] as const) {
          const lower = ([1, 2, 3] as const).filter(one => one <= at)
          const free = lower.every(one => blocks[one].length === 0 && counts[one].of > 0)
          expect(level >= at).to.equal(free)
        }
      }),
    )
  })
})
