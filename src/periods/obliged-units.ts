import type { Day } from '../kernel/dates.ts'
import type { SchoolKind, UnitKind } from '../kernel/unit-kinds.ts'
import { activeOn, ancestorsOn, isSchool, nameOn, schoolOn, type Unit, type UnitTree } from '../organisations/index.ts'

/** One unit that owes a report, as the tree of the closing day has it. */
export interface ObligedUnit {
  readonly unitId: string
  readonly unitKind: UnitKind
  readonly schoolKind?: SchoolKind
  readonly name: string
  readonly parentId: string
  readonly ancestors: readonly string[]
}

/**
 * Who reports by the tree of the closing day: every school under the Sở, and every unit between them (a Phòng before
 * 1/7/2025, a commune after). A managing unit without schools owes nothing; the Sở's own duty is the period itself.
 */
export function obligedUnits(tree: UnitTree, provinceId: string, day: Day): readonly ObligedUnit[] {
  const obliged = new Map<string, ObligedUnit>()
  for (const school of tree.values()) {
    if (!isSchool(school) || !activeOn(school, day)) continue
    const chain = ancestorsOn(tree, school.id, day)
    if (!chain.some(unit => unit.id === provinceId)) continue
    const below = chain.slice(
      0,
      chain.findIndex(unit => unit.id === provinceId),
    )
    for (const [at, unit] of [school, ...below].entries())
      if (!obliged.has(unit.id)) obliged.set(unit.id, obligedUnit(unit, chain.slice(at), day))
  }
  return [...obliged.values()]
}

function obligedUnit(unit: Unit, chain: readonly Unit[], day: Day): ObligedUnit {
  const [parent] = chain
  return {
    unitId: unit.id,
    unitKind: unit.kind,
    ...(isSchool(unit) && { schoolKind: schoolOn(unit, day).schoolKind }),
    name: nameOn(unit, day),
    parentId: parent?.id ?? '',
    ancestors: chain.map(each => each.id),
  }
}
