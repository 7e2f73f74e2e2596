import type { WorkingYear } from '../kernel/working-year.ts'
import { setForSums, type SetForSums } from './kept-assessment.ts'
import type { PlacedSchool } from './places.ts'
import type { RollupNeeds } from './rollup-needs.ts'
import { schoolFactsOf, type SchoolFacts } from './school-facts.ts'

/** Schools whose documents are read at once. */
const AT_ONCE = 1_000

/** Versions never change, so that what was made of them is kept. */
const prepared = new Map<string, SetForSums>()

/** A version of a set, ready for rating. */
export async function setReady({ setOf }: Pick<RollupNeeds, 'setOf'>, hash: string): Promise<SetForSums> {
  const before = prepared.get(hash)
  if (before) return before
  const made = setForSums(hash, await setOf(hash))
  prepared.set(hash, made)
  return made
}

/** Facts of many schools straight from their decided documents: one read per collection for each thousand of them. */
export async function gatherFacts(
  needs: Pick<RollupNeeds, 'assessments' | 'figures' | 'setOf'>,
  schools: readonly PlacedSchool[],
  year: WorkingYear,
): Promise<readonly SchoolFacts[]> {
  const gathered: SchoolFacts[] = []
  for (let at = 0; at < schools.length; at += AT_ONCE) {
    const some = schools.slice(at, at + AT_ONCE)
    const ids = some.map(({ id }) => id)
    const [assessments, figures] = await Promise.all([
      needs.assessments.ofSchools(ids, year),
      needs.figures.forSums(ids, year),
    ])
    const hashes = [...new Set(assessments.map(({ set }) => set.hash))]
    const sets = new Map(await Promise.all(hashes.map(async hash => [hash, await setReady(needs, hash)] as const)))
    const assessmentOf = new Map(assessments.map(each => [each.schoolId, each]))
    const figuresOf = new Map(figures.map(each => [each.schoolId, each]))
    for (const school of some) {
      const assessment = assessmentOf.get(school.id)
      const set = assessment && sets.get(assessment.set.hash)
      const sheet = figuresOf.get(school.id)
      gathered.push(
        schoolFactsOf(school, year, {
          ...(assessment && { assessment }),
          ...(set && { set }),
          ...(sheet && { figures: sheet }),
        }),
      )
    }
  }
  return gathered
}
