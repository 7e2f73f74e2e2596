import { SENT } from '../assessments/index.ts'
import { nameOn } from '../organisations/index.ts'
import type { Filter } from './rollup-input.ts'
import type { Scope } from './scope.ts'
import { countOf, totalCounts, type Part } from './tally.ts'
import type { PlaceTotals } from './totals.ts'

/** Parts that the filter keeps. */
export const chosen = (
  parts: readonly Part[],
  { kind, ownership }: Pick<Filter, 'kind' | 'ownership'>,
): readonly Part[] =>
  parts.filter(
    part => (kind === undefined || part.kind === kind) && (ownership === undefined || part.ownership === ownership),
  )

const SENT_COUNTS = SENT.map(state => `state.${state}` as const)
/** Schools that were still to send: neither sent nor cancelled. */
export const notSent = (counts: readonly number[]): number =>
  countOf(counts, 'schools') -
  countOf(counts, 'state.cancelled') -
  SENT_COUNTS.reduce((sum, name) => sum + countOf(counts, name), 0)

/** Schools of a place whose day of sending is over. */
export const lateAt = ({ dueOf, today, filter }: Scope, { place, parts }: PlaceTotals): number =>
  today > dueOf(place) ? notSent(totalCounts(chosen(parts, filter))) : 0

/** The unit's name on the day shown. */
export const unitName = ({ tree, day }: Pick<Scope, 'tree' | 'day'>, unitId: string): string => {
  const unit = tree.get(unitId)
  return unit ? nameOn(unit, day) : unitId
}
