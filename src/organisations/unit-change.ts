import type { Day } from '../kernel/dates.ts'
import { endedOn, replacedFrom } from './dated.ts'
import { shapeOf, type DatedName, type DatedShape, type SchoolShape, type Unit } from './unit.ts'
import type { UnitTree } from './unit-tree.ts'

export type NewUnit = Omit<Unit, 'rev'>

/** One dated change of one unit; operations are lists of these. */
export type UnitChange =
  | { readonly kind: 'add'; readonly unit: NewUnit }
  | {
      readonly kind: 'rename'
      readonly unitId: string
      readonly from: Day
      readonly name: Omit<DatedName, 'from' | 'to'>
    }
  | { readonly kind: 'relocate'; readonly unitId: string; readonly from: Day; readonly place: string }
  | { readonly kind: 'move'; readonly unitId: string; readonly from: Day; readonly parentId: string }
  | { readonly kind: 'reshape'; readonly unitId: string; readonly from: Day; readonly shape: SchoolShape }
  /** `to` is the last day of its life. */
  | { readonly kind: 'close'; readonly unitId: string; readonly to: Day }

export const unitIdOf = (change: UnitChange): string => (change.kind === 'add' ? change.unit.id : change.unitId)

/** The unit after one change; `add` is the unit itself. */
export function changed(unit: Unit, change: UnitChange): Unit {
  switch (change.kind) {
    case 'add':
      return { ...change.unit, rev: unit.rev }
    case 'rename':
      return { ...unit, names: replacedFrom(unit.names, change.from, change.name) }
    case 'relocate':
      return { ...unit, places: replacedFrom(unit.places, change.from, { place: change.place }) }
    case 'move':
      return { ...unit, parents: replacedFrom(unit.parents, change.from, { parentId: change.parentId }) }
    case 'reshape':
      return reshaped(unit, change.from, change.shape)
    case 'close':
      break
  }
  const { to } = change
  return {
    ...unit,
    to,
    names: endedOn(unit.names, to),
    places: endedOn(unit.places, to),
    parents: endedOn(unit.parents, to),
    ...(unit.shapes && { shapes: endedOn(unit.shapes, to) }),
  }
}

function reshaped(unit: Unit, from: Day, shape: SchoolShape): Unit {
  if (!unit.school) return unit
  const { from: born, to } = unit
  const first: DatedShape = { ...shapeOf(unit.school), from: born, ...(to !== undefined && { to }) }
  const shapes = replacedFrom(unit.shapes ?? [first], from, shape)
  const newest = shapes.at(-1) ?? first
  return { ...unit, shapes, school: { ...unit.school, ...shapeOf(newest) } }
}

/** The tree after the changes, in their order; a change of a unit that is not there is passed over. */
export function afterChanges(tree: UnitTree, changes: readonly UnitChange[]): UnitTree {
  const after = new Map(tree)
  for (const change of changes) {
    const id = unitIdOf(change)
    const unit = after.get(id) ?? (change.kind === 'add' ? { ...change.unit, rev: 0 } : undefined)
    if (unit) after.set(id, changed(unit, change))
  }
  return after
}

/** What operations may change of a unit, as an undo gives it back; the rest belongs to the school itself. */
export type Arranged = Pick<Unit, 'from' | 'to' | 'names' | 'places' | 'parents' | 'shapes'> & {
  readonly shape?: SchoolShape
}

export const arrangedOf = ({ from, to, names, places, parents, shapes, school }: Unit): Arranged => ({
  from,
  ...(to !== undefined && { to }),
  names,
  places,
  parents,
  ...(shapes && { shapes }),
  ...(school && { shape: shapeOf(school) }),
})

/** The unit with these in place of its own; what it had besides is gone. */
export function withArranged(unit: Unit, { shape, ...arranged }: Arranged): Unit {
  const { to: _to, shapes: _shapes, ...rest } = unit
  return { ...rest, ...arranged, ...(unit.school && shape && { school: { ...unit.school, ...shape } }) }
}

/** Whether two states of a unit are the same as far as operations go, whatever the order of their fields. */
export const sameArranged = (a: Arranged, b: Arranged): boolean => canonical(a) === canonical(b)

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
