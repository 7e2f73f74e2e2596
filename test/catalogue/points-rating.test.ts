import { expect } from 'chai'
import fc from 'fast-check'
import { readCriteriaFolder } from '../../src/catalogue/criteria-folder.ts'
import type { CriteriaSet } from '../../src/catalogue/criteria-set.ts'
import { EVERYTHING_ASKED } from '../../src/catalogue/in-force.ts'
import { ratePoints, type PointsAnswer } from '../../src/catalogue/points-rating.ts'

type PointsAnswers = Readonly<Record<string, PointsAnswer>>

const points = (prefix: string, ...given: readonly number[]): PointsAnswer => ({
  items: Object.fromEntries(given.map((value, at) => [`${prefix}.${'abcdefg'[at] ?? ''}`, value])),
})

/** Group 1: 5 + 20 + 10 + 10 + 5 = 50 points; group 2: 60 + 30 = 90. */
const SCHOOL: PointsAnswers = {
  '1.1': { mandatory: 'met' },
  '1.2': { mandatory: 'met' },
  '1.3': points('1.3', 1, 1, 1, 1, 1),
  '1.4': { score: 20 },
  '1.5': { score: 10 },
  '1.6': points('1.6', 4, 3, 3),
  '1.7': points('1.7', 5, 0, 0),
  '2.1': { mandatory: 'met' },
  '2.2': { mandatory: 'met' },
  '2.3': points('2.3', 10, 10, 10, 10, 10, 10, 0),
  '2.4': points('2.4', 10, 10, 10),
}

describe('rating the digital transformation index', () => {
  let set: CriteriaSet
  before(async () => {
    const files = await readCriteriaFolder('criteria')
    const found = files.find(file => file.version.set.id === 'chuyen-doi-so-4725')
    if (!found) throw new Error('no file')
    set = found.version.set
  })
  const rate = (answers: PointsAnswers, rules: Partial<CriteriaSet['pointsRules']> = {}) =>
    ratePoints(
      { ...set, ...(set.pointsRules && { pointsRules: { ...set.pointsRules, ...rules } }) },
      answers,
      EVERYTHING_ASKED,
    )
  const levelsOf = (answers: PointsAnswers) =>
    rate(answers).standards.map(({ score, rated }) => `${score}:${rated.level ?? rated.why}`)

  it('sums each group and takes its band, marks as they are written', () => {
    expect(levelsOf(SCHOOL)).to.deep.equal(['50:2', '90:3'])
    expect(levelsOf({ ...SCHOOL, '1.5': { score: 9.5 } })[0]).to.equal('49.5:1')
    expect(levelsOf({ ...SCHOOL, '1.7': points('1.7', 8, 6, 6), '1.3': points('1.3', 6, 6, 3, 0, 0) })[0]).to.equal(
      '75:2',
    )
    expect(levelsOf({ ...SCHOOL, '1.7': points('1.7', 8, 6, 6), '1.3': points('1.3', 6, 6, 3.5, 0, 0) })[0]).to.equal(
      '75.5:3',
    )
  })

  it('gives the lower of the two groups as the one word, never as verified', () => {
    expect(rate(SCHOOL).lowest).to.deep.equal({ level: '2', verified: false })
    expect(rate(SCHOOL).standards[0]?.rated).to.deep.equal({ level: '2', verified: true })
  })

  it('claims no level while an answer is missing', () => {
    const { '1.5': _left, ...rest } = SCHOOL
    expect(levelsOf(rest)).to.deep.equal(['40:open', '90:3'])
    expect(rate(rest).lowest).to.deep.equal({ level: null, why: 'open' })
    expect(rate({}).standards.every(standard => standard.rated.level === null)).to.equal(true)
    const { '1.1': _mandatory, ...withoutOne } = SCHOOL
    expect(levelsOf(withoutOne)[0]).to.equal('50:open')
  })

  it('rates a criterion by known bands and says so when they are not known', () => {
    const criteria = rate(SCHOOL).standards[0]?.criteria
    const rated = (answers: PointsAnswer) =>
      rate({ ...SCHOOL, '1.3': answers }).standards[0]?.criteria.find(one => one.code === '1.3')?.rated
    expect(rated(points('1.3', 6, 3, 0.5, 0, 0))).to.deep.equal({ level: '1', verified: true })
    expect(rated(points('1.3', 6, 4, 0, 0, 0))).to.deep.equal({ level: '2', verified: true })
    expect(rated(points('1.3', 6, 6, 6, 2, 0))).to.deep.equal({ level: '2', verified: true })
    expect(rated(points('1.3', 6, 6, 6, 3, 0))).to.deep.equal({ level: '3', verified: true })
    expect(criteria?.find(one => one.code === '1.4')?.rated).to.deep.equal({ level: null, why: 'bandsUnknown' })
  })

  it('does not count points above the maximum or below nothing', () => {
    expect(levelsOf({ ...SCHOOL, '1.5': { score: 99 }, '1.4': { score: -5 } })[0]).to.equal('30:1')
  })

  it('shows a missing mandatory condition; it holds the group down only by a rule that says so', () => {
    const missing = { ...SCHOOL, '2.1': { mandatory: 'notMet' } } as const
    const [, shown] = rate(missing).standards
    expect(shown).to.deep.include({
      missingMandatory: ['2.1'],
      heldAtLowest: false,
      rated: { level: '3', verified: true },
    })
    const [, held] = rate(missing, { mandatory: { effect: 'holdAtLowest', verification: 'confirmed' } }).standards
    expect(held).to.deep.include({ heldAtLowest: true, rated: { level: '1', verified: true }, score: 90 })
  })

  it('never lowers a group by more points in one item', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10 }), { minLength: 7, maxLength: 7 }), fc.nat({ max: 6 }), (given, at) => {
        const levelWith = (values: readonly number[]): number => {
          const rated = rate({ ...SCHOOL, '2.3': points('2.3', ...values) }).standards[1]?.rated
          return Number(rated?.level ?? 0)
        }
        expect(levelWith(given.with(at, 10))).to.be.at.least(levelWith(given))
      }),
    )
  })
})
