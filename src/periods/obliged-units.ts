import { addDays, printDay, type Day } from '../kernel/dates.ts'
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

/** Whether the tree of the closing day still has the unit under the Sở. */
export function isObliged(
  tree: UnitTree,
  { provinceId, closing }: { readonly provinceId: string; readonly closing: Day },
  { unitId }: Pick<ObligedUnit, 'unitId'>,
): boolean {
  const unit = tree.get(unitId)
  return (
    unit !== undefined &&
    activeOn(unit, closing) &&
    ancestorsOn(tree, unitId, closing).some(({ id }) => id === provinceId)
  )
}

/**
 * Why the tree of the closing day does not have the unit any more, in the words that excuse it; undefined while it has.
 * Written as the reason of the step, so that whoever excuses it does not have to look it up.
 */
export function whyGone(
  tree: UnitTree,
  period: { readonly provinceId: string; readonly closing: Day },
  duty: Pick<ObligedUnit, 'unitId'>,
): string | undefined {
  if (isObliged(tree, period, duty)) return undefined
  const last = tree.get(duty.unitId)?.to
  return last !== undefined && last < period.closing
    ? `Đơn vị ngừng hoạt động từ ngày ${printDay(addDays(last, 1))}.`
    : `Vào ngày chốt số liệu ${printDay(period.closing)}, đơn vị không còn thuộc diện báo cáo của Sở.`
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
