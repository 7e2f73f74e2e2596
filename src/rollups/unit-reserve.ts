import { reservedLinesOf, type ComparedLine, type ReserveStore } from '../figures/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { ancestorsOn, isWithin, nameOn, type UnitTree } from '../organisations/index.ts'

/** Chỉ tiêu dự phòng of one managing unit in one year, by the lines of form 13 (forms § 13). */
export interface UnitReserve {
  readonly unitId: string
  readonly name: string
  /** Units above it on the day, nearest first. */
  readonly ancestors: readonly string[]
  readonly year: WorkingYear
  readonly rev: number
  /** A line of which nothing is kept back is absent. */
  readonly lines: Readonly<Partial<Record<ComparedLine, number>>>
  readonly decision?: { readonly number: string; readonly day: Day }
}

interface Needs {
  readonly tree: () => Promise<UnitTree>
  readonly reserves: Pick<ReserveStore, 'ofUnits'>
}

/** What the unit and those below it on the day keep back now, by unit id; units that keep nothing are left out. */
export const reservesFor =
  ({ tree, reserves }: Needs) =>
  async (unitId: string, year: WorkingYear, day: Day): Promise<readonly UnitReserve[]> => {
    const known = await tree()
    const units = [...known.values()].filter(unit => unit.kind !== 'school' && isWithin(known, unit.id, unitId, day))
    const kept = await reserves.ofUnits(
      units.map(({ id }) => id),
      year,
    )
    const byUnit = new Map(kept.map(reserve => [reserve.unitId, reserve]))
    return inUnitOrder(
      units.flatMap((unit): readonly UnitReserve[] => {
        const reserve = byUnit.get(unit.id)
        const lines = reservedLinesOf(reserve?.values ?? [])
        if (!reserve || Object.values(lines).every(value => value === 0)) return []
        const { decision, rev } = reserve
        return [
          {
            unitId: unit.id,
            name: nameOn(unit, day),
            ancestors: ancestorsOn(known, unit.id, day).map(({ id }) => id),
            year,
            rev,
            lines,
            ...(decision && { decision: { number: decision.number, day: decision.day } }),
          },
        ]
      }),
    )
  }

/** The order in which reserves are hashed: by unit id, which never changes. */
export const inUnitOrder = (reserves: readonly UnitReserve[]): readonly UnitReserve[] =>
  reserves.toSorted((a, b) => (a.unitId < b.unitId ? -1 : a.unitId > b.unitId ? 1 : 0))

const isUnder = ({ unitId, ancestors }: UnitReserve, ids: readonly string[]): boolean =>
  ids.includes(unitId) || ancestors.some(id => ids.includes(id))

/** Those of the unit itself and of the units below it. */
export const reservesWithin = (reserves: readonly UnitReserve[], unitId: string): readonly UnitReserve[] =>
  reserves.filter(reserve => isUnder(reserve, [unitId]))

/** A corrected version: the reserves of the affected units as they are now, all others as they were frozen. */
export function correctedReserves(
  frozen: readonly UnitReserve[],
  now: readonly UnitReserve[],
  unitIds: readonly string[],
): readonly UnitReserve[] {
  const touched = new Set([...frozen, ...now].filter(each => isUnder(each, unitIds)).map(({ unitId }) => unitId))
  return inUnitOrder([
    ...frozen.filter(({ unitId }) => !touched.has(unitId)),
    ...now.filter(({ unitId }) => touched.has(unitId)),
  ])
}
