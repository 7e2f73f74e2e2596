import type { Day } from '../kernel/dates.ts'
import { setReady } from './gather.ts'
import type { Place } from './places.ts'
import type { Condition } from './rollup-input.ts'
import type { RollupNeeds } from './rollup-needs.ts'
import { isKept, standsBehind, type SchoolBehind } from './schools-behind.ts'
import type { Scope } from './scope.ts'
import type { SetLayout } from './set-layout.ts'
import { factsOfPlaces, markUndelivered, type FactsOfPlaces } from './totals.ts'

/**
 * Schools of the scope that the filter's condition keeps, with their facts as they are at this moment. Their titles are
 * read only where the condition asks for them.
 */
export async function schoolsBehind(needs: RollupNeeds, scope: Scope): Promise<readonly SchoolBehind[]> {
  const { filter, places, today, day } = scope
  const { condition, year } = filter
  await markUndelivered(needs)
  const facts = await factsOfPlaces(needs, places, year)
  const layouts = LAID_OUT.has(condition.is) ? await layoutsOf(needs, facts) : new Map<string, SetLayout>()
  const layoutOf = (hash: string): SetLayout | undefined => {
    const layout = layouts.get(hash)
    // Criteria of other sets may bear the same code.
    return filter.setId === undefined || layout?.setId === filter.setId ? layout : undefined
  }
  const matching = { today, dueOf: onceAPlace(scope.dueOf), layoutOf }
  const asksTitles = condition.is === 'title'
  // A whole country's schools come through here for every page: nothing is made for those that are not kept.
  const kept: SchoolBehind[] = []
  places.forEach((place, at) => {
    place.schools.forEach((school, no) => {
      if (!isKept(school, filter)) return
      const known = facts[at]?.[no]
      const behind = known ? { school, place, facts: known } : { school, place }
      if (asksTitles || standsBehind(condition, behind, matching)) kept.push(behind)
    })
  })
  if (!asksTitles) return kept
  return (await withTitles(needs, kept, day)).filter(each => standsBehind(condition, each, matching))
}

/** Conditions that look into the letters of a report. */
const LAID_OUT: ReadonlySet<Condition['is']> = new Set([
  'criterionAt',
  'criterionBelow',
  'criterionRated',
  'met',
  'notMet',
  'blocked',
] as const)

/** The same schools with their titles as they stand on a day. */
export async function withTitles<Line extends SchoolBehind>(
  needs: Pick<RollupNeeds, 'titlesOn'>,
  lines: readonly Line[],
  day: Day,
): Promise<readonly Line[]> {
  const held = await needs.titlesOn(day)
  return lines.map(each => ({ ...each, titles: held.get(each.school.id) ?? [] }))
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

async function layoutsOf(needs: RollupNeeds, facts: FactsOfPlaces): Promise<ReadonlyMap<string, SetLayout>> {
  const hashes = new Set<string>()
  for (const place of facts) for (const each of place) if (each?.assessment) hashes.add(each.assessment.setHash)
  return new Map(
    await Promise.all([...hashes].map(async hash => [hash, (await setReady(needs, hash)).layout] as const)),
  )
}
