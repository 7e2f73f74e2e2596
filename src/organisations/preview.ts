import { addDays, printDay, type Day } from '../kernel/dates.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { dayTree, type DayTree } from './day-tree.ts'
import type { Operation } from './operation.ts'
import { changesOf, unplacedOf } from './plan-changes.ts'
import { faultKey, lintTree, sentenceOf } from './tree-lint.ts'
import { isSchool, nameOn, schoolOn, type Unit } from './unit.ts'
import { afterChanges, sameArranged, arrangedOf, unitIdOf, type UnitChange } from './unit-change.ts'
import { ancestorsOn, type UnitTree } from './unit-tree.ts'

/** What an operation would do to the tree, before anything is written. */
export interface Preview {
  readonly after: UnitTree
  readonly changes: readonly UnitChange[]
  /** What would be wrong, as sentences; empty when the tree stays sound. */
  readonly faults: readonly string[]
  readonly unplaced: readonly Unit[]
  /** Ids of units that would stand differently. */
  readonly touched: readonly string[]
}

const MOST_FAULTS = 20

/** What is asked of an operation to know what it would do. */
export type Asked = Pick<Operation, 'draft' | 'from' | 'provinceId'>

export function previewOf(operation: Asked, tree: UnitTree): Preview {
  const changes = changesOf(operation, tree)
  const after = afterChanges(tree, changes)
  const touched = [...new Set(changes.map(unitIdOf))].filter(id => {
    const [was, is] = [tree.get(id), after.get(id)]
    return !was || !is || !sameArranged(arrangedOf(was), arrangedOf(is))
  })
  const faults = [...ownFaults(operation, tree, after, changes), ...newFaults(tree, after)]
  return { after, changes, faults: faults.slice(0, MOST_FAULTS), unplaced: unplacedOf(operation, tree), touched }
}

/** Faults of the tree that were not there before, each with the name of its unit. */
export function newFaults(before: UnitTree, after: UnitTree): readonly string[] {
  const known = new Set(lintTree(before).map(faultKey))
  return lintTree(after)
    .filter(fault => !known.has(faultKey(fault)))
    .map(fault => {
      const unit = after.get(fault.unitId)
      return `${unit ? nameOn(unit, fault.day) : fault.unitId}: ${sentenceOf(fault)} (từ ngày ${printDay(fault.day)}).`
    })
}

/** What the linter of trees cannot see: codes given twice, units that are not there, another province's units. */
function ownFaults(
  { provinceId, from }: Asked,
  tree: UnitTree,
  after: UnitTree,
  changes: readonly UnitChange[],
): readonly string[] {
  const added = changes.flatMap(change => (change.kind === 'add' ? [change.unit.id] : []))
  const twice = added.filter((id, index) => tree.has(id) || added.indexOf(id) < index)
  const unknown = changes.map(unitIdOf).filter(id => !after.has(id))
  const foreign = [...new Set(changes.map(unitIdOf))].filter(id => {
    const unit = after.get(id)
    return unit && rootOn(after, unit, from) !== provinceId
  })
  const notSchool = changes.filter(change => change.kind === 'reshape' && !after.get(change.unitId)?.school)
  return [
    ...twice.map(id => `Đã có đơn vị mang mã “${id}”.`),
    ...unknown.map(id => `Không có đơn vị mang mã “${id}”.`),
    ...foreign.map(id => `${nameIn(after, id, from)} không thuộc Sở này vào ngày ${printDay(from)}.`),
    ...notSchool.map(change => `${nameIn(after, unitIdOf(change), from)} không phải là trường.`),
  ]
}

/** The province above the unit on the day, or on the nearest day of its life. */
function rootOn(tree: UnitTree, unit: Unit, from: Day): string | undefined {
  const day = from < unit.from ? unit.from : unit.to !== undefined && unit.to < from ? unit.to : from
  return unit.kind === 'province' ? unit.id : ancestorsOn(tree, unit.id, day).at(-1)?.id
}

const nameIn = (tree: UnitTree, id: string, day: Day): string => {
  const unit = tree.get(id)
  return unit ? nameOn(unit, day) : id
}

/** How many schools there are on the day before and from the day on: everywhere, by kind, and below each managing unit. */
export function countsOf({ from }: Pick<Operation, 'from'>, tree: UnitTree, after: UnitTree) {
  const [was, is] = [dayTree(tree, addDays(from, -1)), dayTree(after, from)]
  const schoolsIn = (at: DayTree) => at.active.filter(isSchool)
  const byKind = (at: DayTree, kind: string): number =>
    schoolsIn(at).filter(school => schoolOn(school, at.day).schoolKind === kind).length
  const managing = [
    ...new Set([...was.active, ...is.active].filter(unit => unit.kind !== 'school').map(unit => unit.id)),
  ]
  const direct = (at: DayTree, id: string): number => at.childrenOf(id).filter(isSchool).length
  return {
    total: { before: schoolsIn(was).length, after: schoolsIn(is).length },
    kinds: Object.entries(SCHOOL_KIND_NAMES)
      .map(([kind, name]) => ({ name, before: byKind(was, kind), after: byKind(is, kind) }))
      .filter(({ before, after: now }) => before + now > 0),
    units: managing
      .map(id => ({ id, name: nameIn(after, id, from), before: direct(was, id), after: direct(is, id) }))
      .filter(({ before, after: now }) => before !== now),
  }
}
