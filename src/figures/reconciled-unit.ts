import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { ancestorsOn, byNameOn, schoolsUnder, type School } from '../organisations/index.ts'
import type { FigureScreenNeeds } from './figure-access.ts'
import type { FigureTarget } from './figure-policy.ts'
import { blankYear, type FigureYear } from './figure-year.ts'
import { unitFor } from './keep-reserve.ts'
import { reconciledSchool, sumsOf, type ReconciledSchool } from './reconciled-sums.ts'
import type { ReconciledUnit } from './reconciled-unit-page.ts'
import { mayCompareUnit } from './reserve-policy.ts'

type Needs = Pick<FigureScreenNeeds, 'figures' | 'units' | 'reserves' | 'now'>

/** Schools compared between two pauses: a whole province must not hold up everybody else's requests. */
const AT_ONCE = 200

const pause = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** A managing unit with its schools, sums and reserve on today's tree; not found for those who may not read. */
export const reconciledUnit =
  ({ figures, units, reserves, now }: Needs) =>
  async (actor: Actor, unitId: string, year: WorkingYear): Promise<ReconciledUnit> => {
    const day = dayOf(now())
    const { unit, target } = await unitFor({ units, now }, actor, unitId)
    const tree = await units.tree()
    const schools = schoolsUnder(tree, unitId, day)
    const known = await figures.ofSchools(
      schools.map(({ id }) => id),
      year,
    )
    const all = await compared(schools, known, year)
    const own: ReconciledUnit['own'][number][] = []
    const below = new Map<string, ReconciledSchool[]>()
    const between = new Set<string>()
    for (const line of all) {
      const chain = ancestorsOn(tree, line.school.id, day).map(({ id }) => id)
      const under = chain.slice(0, chain.indexOf(unitId))
      for (const id of under) between.add(id)
      const child = under.at(-1)
      if (child === undefined) own.push({ line, target: targetOf(line.school, year, target.chain) })
      else below.set(child, [...(below.get(child) ?? []), line])
    }
    const kept = await reserves.ofUnits([unitId, ...between], year)
    const parent = target.chain[1]
    const above = parent === undefined ? undefined : tree.get(parent)
    const mayReadAbove = above && mayCompareUnit.read(actor, { unitId: above.id, chain: target.chain.slice(1) })
    return {
      actor,
      unit,
      above: mayReadAbove ? above : undefined,
      year,
      day,
      children: [...below]
        .flatMap(([id, lines]) => {
          const child = tree.get(id)
          return child ? [{ unit: child, schools: lines }] : []
        })
        .toSorted((a, b) => byNameOn(day)(a.unit, b.unit)),
      own,
      all,
      sums: sumsOf(
        all,
        kept.map(({ values }) => values),
      ),
      reserve: await reserves.of(unitId, year),
      mayKeepReserve: mayCompareUnit.keepReserve(actor, target),
    }
  }

/** A school directly under the unit with this chain. */
const targetOf = (school: School, year: WorkingYear, above: readonly string[]): FigureTarget => ({
  schoolId: school.id,
  year,
  managerId: above[0] ?? '',
  chain: [school.id, ...above],
})

async function compared(
  schools: readonly School[],
  known: readonly FigureYear[],
  year: WorkingYear,
): Promise<readonly ReconciledSchool[]> {
  const figures = new Map(known.map(each => [each.schoolId, each]))
  const lines: ReconciledSchool[] = []
  for (const [at, school] of schools.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await pause()
    lines.push(reconciledSchool(school, figures.get(school.id) ?? blankYear(school.id, year)))
  }
  return lines
}
