import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound } from '../kernel/refusals.ts'
import { unitTarget, type UnitNeeds } from './change-profile.ts'
import { lintTree, sentenceOf, type TreeFault } from './tree-lint.ts'
import { nameOn, type Unit } from './unit.ts'
import { changed } from './unit-change.ts'
import { mayUnit, WHO_ARRANGES_UNITS } from './unit-policy.ts'
import { ancestorsOn, treeOf, type UnitTree } from './unit-tree.ts'

type NewUnit = Omit<Unit, 'rev'>

/** A tree with a gap, an overlap or a cycle is never written. */
function refuseFaults(tree: UnitTree, field: string): void {
  const faults = lintTree(tree)
  if (faults.length === 0) return
  const sentences = faults.slice(0, 5).map((fault: TreeFault) => {
    const unit = tree.get(fault.unitId)
    return `${unit ? nameOn(unit, fault.day) : fault.unitId}: ${sentenceOf(fault)}`
  })
  throw new InvalidInput({ [field]: `${sentences.join('; ')}.` })
}

/**
 * Enters units, parents before children or not, after the whole tree with them has been found sound. The IT team may below its Sở;
 * into an empty system anybody who runs the installation.
 */
export const addUnits =
  (needs: UnitNeeds) =>
  async (actor: Actor, units: readonly NewUnit[]): Promise<void> => {
    const before = await needs.units.tree()
    const after = treeOf([...before.values(), ...units.map(unit => ({ ...unit, rev: 0 }))])
    // First, because only in a sound tree is it clear below whom a unit stands.
    refuseFaults(after, 'units')
    if (before.size > 0) {
      for (const unit of units) {
        const chain = [unit.id, ...ancestorsOn(after, unit.id, unit.from).map(({ id }) => id)]
        if (!mayUnit.arrange(actor, { unitId: unit.id, kind: unit.kind, chain }))
          throw new Forbidden('Không được thêm đơn vị ở đây.', WHO_ARRANGES_UNITS)
      }
    }
    for (const unit of units) await needs.units.add(unit, { actor, at: needs.now() })
  }

/** Puts a unit under another manager from a day on (merger, new commune, change of level) with the decision as its reason. */
export const moveUnit =
  (needs: UnitNeeds) =>
  async (
    actor: Actor,
    unitId: string,
    { parentId, from, reason }: { readonly parentId: string; readonly from: Day; readonly reason: string },
  ): Promise<Unit> => {
    const chain = await needs.units.chainOf(unitId, dayOf(needs.now()))
    const unit = chain[0]
    if (!unit) throw new NotFound(`unit ${unitId}`)
    if (!mayUnit.arrange(actor, unitTarget(unit, chain)))
      throw new Forbidden('Không được chuyển cấp quản lý của đơn vị này.', WHO_ARRANGES_UNITS)
    const moved = changed(unit, { kind: 'move', unitId, parentId, from })
    refuseFaults(new Map([...(await needs.units.tree()), [unit.id, moved]]), 'parentId')
    return needs.units.move(unit, parentId, from, { actor, at: needs.now(), reason })
  }
