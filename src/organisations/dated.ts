import { addDays, type Day } from '../kernel/dates.ts'

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

/**
 * The entries with another one from a day on: what was in force ends the day before, what was decided for later days stays,
 * and the new entry lasts until then. An entry that began on that very day is replaced.
 */
export function replacedFrom<T extends Span>(
  entries: readonly T[],
  from: Day,
  entry: Omit<T, 'from' | 'to'>,
): readonly T[] {
  const cut = inForceOn(entries, from)
  const next = entries
    .map(each => each.from)
    .filter(day => day > from)
    .toSorted()[0]
  const to = cut?.to ?? (cut === undefined && next !== undefined ? addDays(next, -1) : undefined)
  // The entry with its span is a T: only the two days had been taken from it.
  const added = { ...entry, from, ...(to !== undefined && { to }) } as T
  const kept = entries
    .filter(each => each !== cut || each.from < from)
    .map(each => (each === cut ? { ...each, to: addDays(from, -1) } : each))
  return [...kept, added].toSorted((a, b) => a.from.localeCompare(b.from))
}

/** The entries with nothing after the day. */
export const endedOn = <T extends Span>(entries: readonly T[], to: Day): readonly T[] =>
  entries.filter(entry => entry.from <= to).map(entry => (covers(entry, to) ? { ...entry, to } : entry))
