import type { Day } from '../kernel/dates.ts'

/** In force from the first day to the last day, both included; open-ended without `to`. */
export interface Span {
  readonly from: Day
  readonly to?: Day
}

export const covers = (span: Span, day: Day): boolean => span.from <= day && (span.to === undefined || day <= span.to)

/** The one entry in force on the day; undefined when there is none. */
export const inForceOn = <T extends Span>(entries: readonly T[], day: Day): T | undefined =>
  entries.find(entry => covers(entry, day))

/** The entry in force on the day, else the nearest one: a name is needed even for a day before the first or after the last. */
export function nearestTo<T extends Span>(entries: readonly T[], day: Day): T | undefined {
  const exact = inForceOn(entries, day)
  if (exact) return exact
  const sorted = [...entries].toSorted((a, b) => a.from.localeCompare(b.from))
  return sorted.findLast(entry => entry.from <= day) ?? sorted[0]
}
