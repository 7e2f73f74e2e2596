import { expect } from 'chai'
import type { Answers } from '../../src/catalogue/criteria-set.ts'
import { criterionResultWords, describeCriterion, describeRating } from '../../src/catalogue/describe-rating.ts'
import { EVERYTHING_ASKED, inForce } from '../../src/catalogue/in-force.ts'
import { rateCriterion, rateSchool } from '../../src/catalogue/level-rating.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aCriterion, aDemand, aSet, anIndicator } from './build.ts'

const met: Answers = { 1: { a: 'met', b: 'met' }, 2: { a: 'met', b: 'met' }, 3: { a: 'met' } }

describe('a rating in words', () => {
  const set = aSet([aCriterion('1.4', 'ab', 'ab', 'a')])
  const words = (answers: Answers, clauses = {}) =>
    describeRating(set, rateSchool(set, { '1.4': answers }, clauses, EVERYTHING_ASKED), EVERYTHING_ASKED)

  it('names the indicator that holds a level back', () => {
    expect(words({ ...met, 2: { a: 'met', b: 'notMet' } })).to.deep.equal([
      'Trường đạt Mức 1.',
      'Chưa đạt Mức 2 vì tiêu chí 1.4 chỉ báo b Mức 2 không đạt.',
      'Chưa đạt Mức 4 vì Điều 22 khoản 1 chưa được đánh giá; Điều 22 khoản 2 chưa được đánh giá.',
    ])
  })

  it('says nothing more at Mức 4', () => {
    expect(words(met, { 1: 'met', 2: 'met' })).to.deep.equal(['Trường đạt Mức 4.'])
  })

  it('tells không đạt from not finished', () => {
    expect(words({})[0]).to.equal('Trường chưa đánh giá xong Mức 1.')
    expect(words({ 1: { a: 'notMet' } })[0]).to.equal('Trường chưa đạt mức nào.')
  })

  it('cuts a long list and tells how much is left', () => {
    const long = aSet([aCriterion('1.1', 'abcdefg')])
    const rating = rateSchool(long, {}, {}, EVERYTHING_ASKED)
    expect(describeRating(long, rating, EVERYTHING_ASKED)[1]).to.match(
      /chỉ báo e Mức 1 chưa được đánh giá và 2 chỗ khác\.$/,
    )
  })

  it('names what is not asked, by which instrument', () => {
    const change = {
      id: 'x',
      instrument: '22/2024/TT-BGDĐT',
      from: '2025-01-25',
      effect: 'repealed',
      standing: 'unverified',
    } as const
    const demand = { ...aDemand('1', ''), indicators: [anIndicator('a'), anIndicator('b', { changes: [change] })] }
    const changed = aSet([aCriterion('1.4', 'a', '', '', { levels: [demand] })])
    const force = inForce(changed, workingYear('2024-2025'), { x: 'on' })
    const rating = rateSchool(changed, {}, {}, force)
    expect(describeRating(changed, rating, force).at(-1)).to.equal(
      'Tiêu chí 1.4, Mức 1, chỉ báo b: không áp dụng, bãi bỏ theo 22/2024/TT-BGDĐT từ ngày 25/01/2025 ' +
        '(chưa đối chiếu văn bản gốc, áp dụng theo quyết định của Sở).',
    )
  })

  it('gives one criterion in a word and its reason in a sentence', () => {
    const criterion = aCriterion('1.4', 'ab', 'ab', 'a', {
      levels: [aDemand('1', 'ab'), { ...aDemand('2', ''), indicators: [anIndicator('a', { lettered: false })] }],
    })
    const own = aSet([criterion])
    const rate = (answers: Answers) => rateCriterion(criterion, answers, EVERYTHING_ASKED)
    expect(criterionResultWords(rate({}))).to.equal('Chưa đánh giá xong')
    expect(criterionResultWords(rate({ 1: { a: 'met', b: 'notMet' } }))).to.equal('Không đạt')
    const first = rate({ 1: { a: 'met', b: 'met' }, 2: { a: 'notMet' } })
    expect(criterionResultWords(first)).to.equal('Mức 1')
    expect(describeCriterion(own, first)).to.deep.equal(['Chưa đạt Mức 2 vì yêu cầu Mức 2 không đạt.'])
    expect(describeCriterion(own, rate({ 1: { a: 'met', b: 'met' }, 2: { a: 'met' } }))).to.deep.equal([])
    expect(
      criterionResultWords(rate({ 1: { a: 'notApplicable', b: 'notApplicable' }, 2: { a: 'notApplicable' } })),
    ).to.equal('Không áp dụng')
  })
})
