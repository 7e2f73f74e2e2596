import type { Unmet } from '../kernel/refusals.ts'
import { need } from '../kernel/need.ts'

/** A fraction kept as whole numbers, so that two thirds of 9 is exactly 6. */
export interface Share {
  readonly numerator: number
  readonly denominator: number
}

/** A recorded vote of the council; `other` counts blank votes, abstentions and members who were absent. */
export interface CountedVotes {
  readonly for: number
  readonly against: number
  readonly other: number
  /** All members of the council, present or not. */
  readonly total: number
}

/** Older guidance: two thirds of all members; a setting of the province (`voteShare`). */
export const TWO_THIRDS: Share = { numerator: 2, denominator: 3 }

/** The fewest votes that carry a decision of a council of this size. */
export const votesNeeded = (members: number, share: Share): number =>
  Math.ceil((members * share.numerator) / share.denominator)

/** What keeps a vote from carrying: it does not add up, counts another council, or falls short of the share of all members. */
export function votesUnmet(votes: CountedVotes, members: number, share: Share, href?: string): readonly Unmet[] {
  const counts = [votes.for, votes.against, votes.other, votes.total]
  const wellFormed = counts.every(count => Number.isInteger(count) && count >= 0)
  const sum = votes.for + votes.against + votes.other
  const needed = votesNeeded(members, share)
  return [
    ...need(
      wellFormed && sum === votes.total,
      'votesDoNotAddUp',
      `Số phiếu không khớp: tán thành, không tán thành và ý kiến khác cộng lại là ${sum}, tổng số thành viên ghi là ${votes.total}.`,
      href,
    ),
    ...need(
      votes.total === members,
      'votesOfOtherCouncil',
      `Tỉ lệ phải tính trên toàn bộ ${members} thành viên hội đồng, biên bản đang ghi ${votes.total}.`,
      href,
    ),
    ...need(
      members > 0 && votes.for >= needed,
      'votesTooFew',
      `Mới có ${votes.for} phiếu tán thành, cần ít nhất ${needed} trên tổng số ${members} thành viên (${share.numerator}/${share.denominator}).`,
      href,
    ),
  ]
}

/** A share as settings keep it (0.666…) as an exact fraction; two thirds is recognised, others count in thousandths. */
export const shareFrom = (value: number): Share =>
  Math.abs(value - 2 / 3) < 1e-6 ? TWO_THIRDS : { numerator: Math.round(value * 1000), denominator: 1000 }
