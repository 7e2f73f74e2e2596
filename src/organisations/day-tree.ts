import type { Day } from '../kernel/dates.ts'
import { groupBy } from '../kernel/group-by.ts'
import { activeOn, isSchool, type School, type Unit } from './unit.ts'
import { parentIdOn, type UnitTree } from './unit-tree.ts'

/** The tree as it hung together on one day, gone through once: screens ask it thousands of times. */
export interface DayTree {
  readonly day: Day
  readonly active: readonly Unit[]
  readonly parentOf: (id: string) => Unit | undefined
  /** Active units directly below, in the order of the tree. */
  readonly childrenOf: (id: string) => readonly Unit[]
  /** Every active school below, in the order of the tree. */
  readonly schoolsBelow: (id: string) => readonly School[]
}

const NONE: readonly Unit[] = []

export function dayTree(tree: UnitTree, day: Day): DayTree {
  const active = [...tree.values()].filter(unit => activeOn(unit, day))
  const children = groupBy(active, unit => parentIdOn(unit, day))
  const childrenOf = (id: string): readonly Unit[] => children.get(id) ?? NONE
  const gather = (id: string, seen: ReadonlySet<string>): readonly School[] =>
    seen.has(id)
      ? []
      : childrenOf(id).flatMap(unit => (isSchool(unit) ? [unit] : gather(unit.id, new Set([...seen, id]))))
  const below = new Map<string, readonly School[]>()
  return {
    day,
    active,
    parentOf(id) {
      const unit = tree.get(id)
      const parentId = unit && parentIdOn(unit, day)
      return parentId === undefined ? undefined : tree.get(parentId)
    },
    childrenOf,
    schoolsBelow(id) {
      const known = below.get(id) ?? gather(id, new Set())
      below.set(id, known)
      return known
    },
  }
}
