import type { Day } from '../kernel/dates.ts'
import { compareVietnamese } from '../kernel/words.ts'
import { inForceOn } from './dated.ts'
import { activeOn, isSchool, nameOn, type School, type Unit } from './unit.ts'

/** Every unit by id; which of them hang together depends on the day asked about. */
export type UnitTree = ReadonlyMap<string, Unit>

export const treeOf = (units: Iterable<Unit>): UnitTree => new Map([...units].map(unit => [unit.id, unit]))

/** The id of the unit that manages this one on the day, whether or not that unit has been loaded. */
export const parentIdOn = (unit: Unit, day: Day): string | undefined => inForceOn(unit.parents, day)?.parentId

/** “Who managed this school on that day”; undefined for a province, and outside the unit's life. */
export function managingUnitOn(tree: UnitTree, id: string, day: Day): Unit | undefined {
  const unit = tree.get(id)
  const parentId = unit && parentIdOn(unit, day)
  return parentId === undefined ? undefined : tree.get(parentId)
}

/** The managing chain on the day, nearest first. */
export function ancestorsOn(tree: UnitTree, id: string, day: Day): readonly Unit[] {
  const chain: Unit[] = []
  const seen = new Set([id])
  for (let at = managingUnitOn(tree, id, day); at && !seen.has(at.id); at = managingUnitOn(tree, at.id, day)) {
    seen.add(at.id)
    chain.push(at)
  }
  return chain
}

export const byNameOn =
  (day: Day) =>
  (a: Unit, b: Unit): number =>
    compareVietnamese(nameOn(a, day), nameOn(b, day))

/** Units directly managed by this one on the day, by name. */
export const childrenOn = (tree: UnitTree, id: string, day: Day): readonly Unit[] =>
  [...tree.values()].filter(unit => activeOn(unit, day) && parentIdOn(unit, day) === id).toSorted(byNameOn(day))

/** Every school below the unit on the day, by name; the school itself when the unit is one. */
export function schoolsUnder(tree: UnitTree, unitId: string, day: Day): readonly School[] {
  const below = (unit: Unit): boolean =>
    unit.id === unitId || ancestorsOn(tree, unit.id, day).some(ancestor => ancestor.id === unitId)
  return [...tree.values()]
    .filter(isSchool)
    .filter(school => activeOn(school, day) && below(school))
    .toSorted(byNameOn(day))
}

/** Whether the unit is the other one or hangs below it on the day. */
export const isWithin = (tree: UnitTree, id: string, ancestorId: string, day: Day): boolean =>
  id === ancestorId || ancestorsOn(tree, id, day).some(unit => unit.id === ancestorId)
