import { expect } from 'chai'
import fc from 'fast-check'
import { TWO_THIRDS, votesNeeded, votesUnmet, type CountedVotes } from '../../src/assessments/vote.ts'

const cast = (votes: Omit<CountedVotes, 'total'>): CountedVotes => ({
  ...votes,
  total: votes.for + votes.against + votes.other,
})
const codes = (votes: CountedVotes, members: number): readonly string[] =>
  votesUnmet(votes, members, TWO_THIRDS).map(item => item.code)

describe('vote of the council', () => {
  it('needs two thirds of all members: 6 of 9, 5 of 7, 8 of 11', () => {
    expect([9, 7, 11].map(members => votesNeeded(members, TWO_THIRDS))).to.deep.equal([6, 5, 8])
  })

  it('counts those who are absent against the share', () => {
    expect(codes({ for: 5, against: 0, other: 4, total: 9 }, 9)).to.deep.equal(['votesTooFew'])
  })

  it('refuses a vote taken over those present alone', () => {
    expect(codes({ for: 5, against: 0, other: 0, total: 5 }, 7)).to.deep.equal(['votesOfOtherCouncil'])
  })

  it('refuses counts that are negative, broken or do not add up', () => {
    expect(codes({ for: 8, against: -1, other: 0, total: 7 }, 7)).to.deep.equal(['votesDoNotAddUp'])
    expect(codes({ for: 6.5, against: 0.5, other: 0, total: 7 }, 7)).to.deep.equal(['votesDoNotAddUp'])
    expect(codes({ for: 6, against: 0, other: 0, total: 7 }, 7)).to.deep.equal(['votesDoNotAddUp'])
  })

  it('is never carried by a council without members', () => {
    expect(codes({ for: 0, against: 0, other: 0, total: 0 }, 0)).to.deep.equal(['votesTooFew'])
  })

  it('carries exactly when three times the votes for reach twice the members, for any council', () => {
    const counts = fc.record({ for: fc.nat(60), against: fc.nat(60), other: fc.nat(60) })
    fc.assert(
      fc.property(counts, votes => {
        const whole = cast(votes)
        const carried = codes(whole, whole.total).length === 0
        return carried === (whole.total > 0 && 3 * whole.for >= 2 * whole.total)
      }),
    )
  })

  it('keeps carrying when a member changes from another opinion to agreement', () => {
    const counts = fc.record({ for: fc.nat(60), against: fc.nat(60), other: fc.integer({ min: 1, max: 60 }) })
    fc.assert(
      fc.property(counts, votes => {
        const before = cast(votes)
        const after = cast({ ...votes, for: votes.for + 1, other: votes.other - 1 })
        return codes(before, before.total).length >= codes(after, after.total).length
      }),
    )
  })
})
