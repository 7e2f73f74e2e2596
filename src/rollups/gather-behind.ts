import type { Day } from '../kernel/dates.ts'
import { setReady } from './gather.ts'
import type { Place } from './places.ts'
import type { RollupNeeds } from './rollup-needs.ts'
import { keptSchools, standsBehind, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import type { SetLayout } from './set-layout.ts'
import { factsOfPlaces, markUndelivered } from './totals.ts'

/**
 * Schools of the scope that the filter's condition keeps, with their facts as they are at this moment. Their titles are
 * read only where the condition asks for them.
 */
export async function schoolsBehind(needs: RollupNeeds, scope: Scope): Promise<readonly SchoolBehind[]> {
  const { filter, places, today, day } = scope
  await markUndelivered(needs)
  const facts = await factsOfPlaces(needs, places, filter.year)
  const kept = keptSchools(places, filter).map((each): SchoolBehind => {
    const known = facts.get(each.school.id)
    return known ? { ...each, facts: known } : each
  })
  const asked = filter.condition.is === 'title' ? await withTitles(needs, kept, day) : kept
  const layouts = await layoutsOf(needs, asked)
  const matching = { today, dueOf: onceAPlace(scope.dueOf), layoutOf: (hash: string) => layouts.get(hash) }
  return asked.filter(each => standsBehind(filter.condition, each, matching))
}

/** The same schools with their titles as they stand on a day. */
export async function withTitles<Line extends SchoolBehind>(
  needs: Pick<RollupNeeds, 'externalFacts'>,
  lines: readonly Line[],
  day: Day,
): Promise<readonly Line[]> {
  const held = await needs.externalFacts(
    lines.map(({ school }) => school.id),
    day,
  )
  return lines.map(each => ({ ...each, titles: held.get(each.school.id)?.titles ?? [] }))
}

/** Settings are looked up along the chain of units: once for each unit, not for each of its schools. */
function onceAPlace(dueOf: Scope['dueOf']): Scope['dueOf'] {
  const known = new Map<Place, Day>()
  return place => {
    const due = known.get(place) ?? dueOf(place)
    known.set(place, due)
    return due
  }
}

async function layoutsOf(needs: RollupNeeds, behind: readonly SchoolBehind[]): Promise<ReadonlyMap<string, SetLayout>> {
  const hashes = new Set(behind.flatMap(({ facts }) => (facts?.assessment ? [facts.assessment.setHash] : [])))
  return new Map(
    await Promise.all([...hashes].map(async hash => [hash, (await setReady(needs, hash)).layout] as const)),
  )
}
