import type { WorkingYear } from '../kernel/working-year.ts'
import { gatherFacts, setReady } from './gather.ts'
import type { Place } from './places.ts'
import type { RollupNeeds } from './rollup-needs.ts'
import { totalsKey, type Depth, type KeptTotals, type KnownPlace } from './rollup-store.ts'
import type { SchoolFacts } from './school-facts.ts'
import { tallyOf, type Part } from './tally.ts'

/** Collections whose documents the sums rest on; every one has `<schoolId>.<year>` as its ids. */
const SOURCES = ['assessments', 'figures'] as const

/** Schools summed again together: enough to read in one go, few enough to hold in memory. */
const SCHOOLS_AT_ONCE = 1_000

/** Sums of one place and year. */
export interface PlaceTotals {
  readonly place: Place
  readonly parts: readonly Part[]
}

export type TotalsNeeds = Pick<RollupNeeds, 'rollups' | 'assessments' | 'figures' | 'setOf' | 'heavy'>

/** One year of some places. */
export interface Wanted {
  readonly places: readonly Place[]
  readonly year: WorkingYear
}

/**
 * Sums of places, right at this moment: changes whose journal entry still waits are marked first, then every unit that is
 * marked or new is summed again from its schools, and the others are read as kept.
 */
export async function totalsOf(
  needs: TotalsNeeds,
  wanted: readonly Wanted[],
  depth: Depth,
): Promise<readonly (readonly PlaceTotals[])[]> {
  await markUndelivered(needs)
  const keys = wanted.flatMap(({ places, year }) => places.map(place => keyOf(place, year)))
  const kept = await needs.rollups.totals(keys, depth)
  return Promise.all(wanted.map(each => totalsOfYear(needs, each, kept)))
}

const keyOf = ({ unitId, members }: Place, year: WorkingYear): string => totalsKey(unitId, year, members)

/** Marks what was decided and not yet told, so that a read begun now misses nothing that was decided before it. */
export const markUndelivered = ({ rollups }: Pick<TotalsNeeds, 'rollups'>): Promise<void> =>
  rollups.markWaiting(SOURCES)

async function totalsOfYear(
  needs: TotalsNeeds,
  { places, year }: Wanted,
  kept: ReadonlyMap<string, KeptTotals>,
): Promise<readonly PlaceTotals[]> {
  const keys = places.map(place => keyOf(place, year))
  const stale = places.filter((_, at) => kept.get(keys[at] ?? '')?.dirty ?? true)
  const fresh = new Map(
    (await Promise.all(groupsOf(stale).map(group => needs.heavy(() => repair(needs, group, year)))))
      .flat()
      .map(({ place, parts }) => [keyOf(place, year), parts]),
  )
  return places.map((place, at) => ({
    place,
    parts: fresh.get(keys[at] ?? '') ?? kept.get(keys[at] ?? '')?.parts ?? [],
  }))
}

function groupsOf<Each extends Place>(places: readonly Each[]): readonly (readonly Each[])[] {
  const groups: Each[][] = []
  let schools = SCHOOLS_AT_ONCE
  for (const place of places) {
    if (schools + place.schools.length > SCHOOLS_AT_ONCE) {
      groups.push([])
      schools = 0
    }
    groups.at(-1)?.push(place)
    schools += place.schools.length
  }
  return groups
}

/**
 * Sums places again. The fences are read before the facts of the schools, and sums are kept only where the fence still
 * stands: a slow worker can neither put old sums over new ones nor take away a mark that it has not seen. What is not kept
 * stays marked for the next reader; the sums given back are right for the moment at which this was called.
 */
export async function repair(
  needs: Omit<TotalsNeeds, 'heavy'>,
  places: readonly Place[],
  year: WorkingYear,
): Promise<readonly PlaceTotals[]> {
  const { rollups } = needs
  const fences = await rollups.begin(places, year)
  const facts = await factsOf(
    needs,
    places.flatMap(place => place.schools),
    year,
  )
  const hashes = new Set([...facts.values()].flatMap(each => (each.assessment ? [each.assessment.setHash] : [])))
  const codes = new Map(
    await Promise.all(
      [...hashes].map(
        async hash => [hash, (await setReady(needs, hash)).layout.asked.map(asked => asked.code)] as const,
      ),
    ),
  )
  const summed = places.map(place => ({
    place,
    parts: tallyOf(
      place.schools,
      id => facts.get(id),
      hash => codes.get(hash) ?? [],
    ),
  }))
  await rollups.settle(
    summed.map(({ place, parts }) => {
      const key = keyOf(place, year)
      return { key, seq: fences.get(key) ?? 0, parts }
    }),
  )
  return summed
}

/** Facts of schools by school, those that are missing or marked computed again from the decided documents. */
export async function factsOf(
  needs: Pick<TotalsNeeds, 'rollups' | 'assessments' | 'figures' | 'setOf'>,
  schools: Place['schools'],
  year: WorkingYear,
): Promise<ReadonlyMap<string, SchoolFacts>> {
  const kept = await needs.rollups.facts(schools.map(school => `${school.id}.${year}`))
  const due = schools.filter(school => kept.get(`${school.id}.${year}`)?.due ?? true)
  const fresh = await gatherFacts(needs, due, year)
  await needs.rollups.keepFacts(fresh.map(facts => ({ facts, changes: kept.get(facts.id)?.changes })))
  return new Map([
    ...[...kept.values()].filter(each => !each.due).map(({ facts }) => [facts.schoolId, facts] as const),
    ...fresh.map(facts => [facts.schoolId, facts] as const),
  ])
}

/** A list per place, in the order of its schools; undefined for a school of which nothing is known. */
export type FactsOfPlaces = readonly KnownPlace[]

/**
 * Facts of the schools of places, right at this moment where changes were marked before: those of places in which nothing
 * has changed since they were last read come from memory.
 */
export async function factsOfPlaces(
  needs: TotalsNeeds,
  places: readonly Place[],
  year: WorkingYear,
): Promise<FactsOfPlaces> {
  const { rollups } = needs
  const { known } = rollups
  const remember = known.remember()
  const keys = places.map(place => keyOf(place, year))
  const fences = await rollups.begin(places, year)
  const found = keys.map(key => known.of(key, fences.get(key)))
  const unread = places.flatMap((place, at) => (found[at] === undefined ? [{ ...place, at }] : []))
  await Promise.all(
    groupsOf(unread).map(group =>
      needs.heavy(async () => {
        const facts = await factsOf(
          needs,
          group.flatMap(place => place.schools),
          year,
        )
        for (const { at, schools } of group) {
          const own = schools.map(({ id }) => facts.get(id))
          const key = keys[at] ?? ''
          const seq = fences.get(key)
          found[at] = own
          if (seq !== undefined) remember(key, seq, own)
        }
      }),
    ),
  )
  return found.map(own => own ?? [])
}
