import { dayOf, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { treeDayOf } from '../organisations/index.ts'
import { gatherFacts, setReady } from './gather.ts'
import { placesOn, placesUnder } from './places.ts'
import type { RollupNeeds } from './rollup-needs.ts'
import type { Depth } from './rollup-store.ts'
import { schoolsOn } from './rows-for.ts'
import { sumParts, tallyOf, type Part } from './tally.ts'
import { totalsOf, type PlaceTotals } from './totals.ts'

/** The sums of a unit by the tree of one day, a list per year in the order asked, right at this moment. */
export async function sumsOfUnit(
  needs: RollupNeeds,
  asked: { readonly unitId: string; readonly years: readonly WorkingYear[]; readonly day: Day; readonly depth: Depth },
): Promise<readonly (readonly Part[])[]> {
  const places = placesUnder(await needs.units.tree(), asked.unitId, asked.day)
  const totals = await totalsOf(
    needs,
    asked.years.map(year => ({ year, places })),
    asked.depth,
  )
  return totals.map(year => sumParts(year.map(each => each.parts)))
}

/** The same sums straight from the decided documents of all schools: what the kept ones are checked against. */
export async function sumsFromDocuments(
  needs: RollupNeeds,
  { unitId, year, day }: { readonly unitId: string; readonly year: WorkingYear; readonly day: Day },
): Promise<readonly Part[]> {
  const schools = schoolsOn(await needs.units.tree(), unitId, day)
  const facts = new Map((await gatherFacts(needs, schools, year)).map(each => [each.schoolId, each]))
  const hashes = new Set([...facts.values()].flatMap(each => (each.assessment ? [each.assessment.setHash] : [])))
  const codes = new Map(
    await Promise.all(
      [...hashes].map(
        async hash => [hash, (await setReady(needs, hash)).layout.asked.map(asked => asked.code)] as const,
      ),
    ),
  )
  return tallyOf(
    schools,
    id => facts.get(id),
    hash => codes.get(hash) ?? [],
  )
}

/** What a rebuild did in one year: sums that were kept before, and those of them that came back otherwise. */
export interface Rebuilt {
  readonly year: WorkingYear
  readonly units: number
  /** Units whose kept sums were not what their schools say: none, or something is broken. */
  readonly differing: readonly string[]
}

/** Drops all kept facts and sums and computes them again, by the tree of each year and by that of today. */
export async function rebuildSums(needs: RollupNeeds): Promise<readonly Rebuilt[]> {
  const today = dayOf(needs.now())
  const tree = await needs.units.tree()
  const wanted = (await needs.years.all()).map(year => ({
    year: year.id,
    places: [
      ...new Map(
        [treeDayOf(year, today), today].flatMap(day =>
          [...placesOn(tree, day).values()].map(place => [`${place.unitId}.${place.members}`, place] as const),
        ),
      ).values(),
    ],
  }))
  const before = await totalsOf(needs, wanted, 'verdicts')
  await needs.rollups.drop()
  const after = await totalsOf(needs, wanted, 'verdicts')
  return wanted.map(({ year, places }, at) => ({
    year,
    units: places.length,
    differing: places.flatMap((place, one) =>
      bytesOf(before[at]?.[one]) === bytesOf(after[at]?.[one]) ? [] : [place.unitId],
    ),
  }))
}

/** The same cells give the same text, whether they were kept or have just been summed. */
const bytesOf = (totals: PlaceTotals | undefined): string => JSON.stringify(sumParts([totals?.parts ?? []]))
