import { SENT } from '../assessments/index.ts'
import type { Day } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { ancestorsOn, isSchool, nameOn, schoolOn, type School, type UnitTree } from '../organisations/index.ts'
import { gatherFacts, setReady } from './gather.ts'
import type { KeptAssessment } from './kept-assessment.ts'
import { placesOn, placesUnder, type PlacedSchool } from './places.ts'
import type { HeldFacts, RollupNeeds } from './rollup-needs.ts'
import { criteriaOf, type SchoolFacts } from './school-facts.ts'
import type { SetLayout } from './set-layout.ts'
import type { AssessmentFact, SchoolRow } from './school-row.ts'

export interface RowsWanted {
  /** A school, a managing unit or the Sở. */
  readonly unitId: string
  readonly year: WorkingYear
  /** Whose tree, names and titles count. */
  readonly day: Day
}

/** Rows from decided documents: what a period freezes. Nothing kept is asked, so that nothing derived decides. */
export type RowsFor = (wanted: RowsWanted) => Promise<readonly SchoolRow[]>

/** Every school below a unit by the tree of a day, by id; one read per collection for each thousand schools. */
export const rowsFor =
  (needs: RollupNeeds): RowsFor =>
  async ({ unitId, year, day }) => {
    const tree = await needs.units.tree()
    const schools = schoolsOn(tree, unitId, day)
    return needs.heavy(async () => {
      const ids = schools.map(({ id }) => id)
      const [facts, held] = await Promise.all([gatherFacts(needs, schools, year), needs.externalFacts(ids, day)])
      return rowsOf(needs, tree, day, facts, held)
    })
  }

/** The schools at or below a unit on a day, by id; `NotFound` when there is no such unit. */
export function schoolsOn(tree: UnitTree, unitId: string, day: Day): readonly PlacedSchool[] {
  const unit = tree.get(unitId)
  if (!unit) throw new NotFound('Không tìm thấy đơn vị này.')
  const all = isSchool(unit) ? [...placesOn(tree, day).values()] : placesUnder(tree, unitId, day)
  return all
    .flatMap(place => place.schools)
    .filter(school => !isSchool(unit) || school.id === unitId)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Rows of schools whose facts are known. */
export async function rowsOf(
  needs: Pick<RollupNeeds, 'setOf'>,
  tree: UnitTree,
  day: Day,
  facts: readonly SchoolFacts[],
  held: ReadonlyMap<string, HeldFacts>,
): Promise<readonly SchoolRow[]> {
  const hashes = [...new Set(facts.flatMap(each => (each.assessment ? [each.assessment.setHash] : [])))]
  const layouts = new Map(
    await Promise.all(hashes.map(async hash => [hash, (await setReady(needs, hash)).layout] as const)),
  )
  return facts.flatMap(each => {
    const school = tree.get(each.schoolId)
    if (!school || !isSchool(school)) return []
    return [
      rowOf(
        school,
        ancestorsOn(tree, school.id, day).map(unit => unit.id),
        day,
        each,
        {
          ...(held.get(each.schoolId) ?? { titles: [], external: [] }),
          ...(each.assessment && { layout: layouts.get(each.assessment.setHash) }),
        },
      ),
    ]
  })
}

interface RowParts extends HeldFacts {
  readonly layout?: SetLayout | undefined
}

/** The row of one school on a day from its facts. */
export function rowOf(
  school: School,
  ancestors: readonly string[],
  day: Day,
  { assessment, reconciliation, figures, compared, year }: SchoolFacts,
  { layout, titles, external }: RowParts,
): SchoolRow {
  return {
    schoolId: school.id,
    year,
    name: nameOn(school, day),
    kind: schoolOn(school, day).schoolKind,
    ownership: schoolOn(school, day).ownership,
    ancestors,
    ...(assessment && layout && { assessment: factOf(assessment, layout) }),
    titles,
    external,
    ...(reconciliation && { reconciliation }),
    ...(figures && { figures }),
    ...(compared && { compared }),
  }
}

/** Until the report is sent its results are the school's own: who sums up knows how far it is, not what it says. */
function factOf(assessment: KeptAssessment, layout: SetLayout): AssessmentFact {
  const { ancestors: _ancestors, levels: _levels, verdicts: _verdicts, ...fact } = assessment
  if (SENT.includes(assessment.state)) return { ...fact, criteria: criteriaOf(assessment, layout) }
  const { level: _level, ...progress } = fact
  return { ...progress, criteria: {}, blockedBy: [] }
}
