import type { Assessment } from '../assessments/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { Letter, Review } from './review.ts'

export interface LetterStanding {
  readonly result: 'inForce' | 'withdrawn' | 'expired'
  readonly endedOn?: Day
}

/**
 * Whether a letter still tells the answer: an acceptance ends with its withdrawal or with the return by the Sở, a request
 * to complete the report when the report has come back.
 */
export function letterStanding(
  { id, date }: Pick<Letter, 'id' | 'date'>,
  { rounds }: Pick<Review, 'rounds'>,
  submissions: Assessment['submissions'],
): LetterStanding {
  const at = rounds.findIndex(({ outcome }) => outcome?.letter === id)
  if (at >= 0) {
    const cameBack = rounds[at]?.outcome?.kind === 'returned' ? rounds[at + 1]?.receivedOn : undefined
    return cameBack === undefined ? { result: 'inForce' } : { result: 'expired', endedOn: cameBack }
  }
  const [endedOn] = submissions
    .flatMap(({ withdrawals = [], returned }) => [
      ...withdrawals.map(({ on }) => on),
      ...(returned?.byProvince ? [returned.on] : []),
    ])
    .filter(on => on >= date)
    .toSorted()
  return { result: 'withdrawn', ...(endedOn !== undefined && { endedOn }) }
}
