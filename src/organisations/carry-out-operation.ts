import { groupBy } from '../kernel/group-by.ts'
import type { Operation, OperationChanges } from './operation.ts'
import type { OperationStore } from './operation-store.ts'
import type { Unit } from './unit.ts'
import type { UnitWrite } from './arranging-store.ts'
import {
  afterChanges,
  arrangedOf,
  changed,
  sameArranged,
  unitIdOf,
  withArranged,
  type UnitChange,
} from './unit-change.ts'
import type { UnitStore } from './unit-store.ts'
import type { UnitTree } from './unit-tree.ts'

interface Needs {
  readonly units: UnitStore
  readonly operations: OperationStore
}

/** Units changed between two looks at how far it is. */
const AT_ONCE = 200

const UNIT_EVENTS: Readonly<Record<UnitChange['kind'], string>> = {
  add: 'addUnit',
  rename: 'renameUnit',
  relocate: 'relocateUnit',
  move: 'moveUnit',
  reshape: 'reshapeUnit',
  close: 'closeUnit',
}

/** Changes the units as a decided operation says, or takes the changes back; may be cut off anywhere and run again. */
export async function carryOut({ units, operations }: Needs, operation: Operation): Promise<void> {
  const kept = await operations.changesOf(operation.id)
  const { decided, id, title, from, decision, reason } = operation
  if (!decided) throw new Error(`operation ${id} was never decided`)
  const undo = operation.state === 'undone'
  const entry = { at: decided.at, by: decided.by, reason, facts: { title, from, decision } }
  let done = 0
  const arrange = async (writes: readonly UnitWrite[], key: string, event: string): Promise<void> => {
    for (let start = 0; start < writes.length; start += AT_ONCE) {
      const some = writes.slice(start, start + AT_ONCE)
      await units.arrange(some, { ...entry, key, event })
      await operations.progress(id, (done += some.length))
    }
  }
  if (undo) await arrange(undoWrites(kept), `${id}:undo`, 'undoOperation')
  else
    for (const [event, writes] of writesByEvent(
      kept.changes,
      kept.before.map(each => each.unitId),
    ))
      await arrange(writes, id, event)
  await operations.finish(id)
}

/** The units with all their changes, told apart by what happens to them, so that the journal of each says it. */
function writesByEvent(
  changes: readonly UnitChange[],
  touched: readonly string[],
): ReadonlyMap<string, readonly UnitWrite[]> {
  const ofUnit = groupBy(changes, unitIdOf)
  const byEvent = new Map<string, UnitWrite[]>()
  for (const unitId of touched) {
    const own = ofUnit.get(unitId) ?? []
    const [first] = own
    if (!first) continue
    const after = (before: Unit | undefined): Unit | undefined => {
      const start = before ?? (first.kind === 'add' ? { ...first.unit, rev: 0 } : undefined)
      return start && own.reduce(changed, start)
    }
    const event = own.length === 1 ? UNIT_EVENTS[first.kind] : eventOfSeveral(own)
    const same = byEvent.get(event)
    if (same) same.push({ unitId, after })
    else byEvent.set(event, [{ unitId, after }])
  }
  return byEvent
}

const eventOfSeveral = (changes: readonly UnitChange[]): string =>
  UNIT_EVENTS[changes.find(change => change.kind === 'add' || change.kind === 'close')?.kind ?? 'rename']

/** Each unit as it was; one that did not exist is withdrawn. */
export const undoWrites = ({ before }: OperationChanges): readonly UnitWrite[] =>
  before.map(({ unitId, was }) => ({
    unitId,
    after: unit => (unit && was ? withArranged(unit, was) : undefined),
  }))

/** The tree without the operation, and the units that no longer stand as it left them. */
export function restoredBy({ changes, before }: OperationChanges, tree: UnitTree) {
  const restored = new Map(tree)
  for (const { unitId, was } of before) {
    const unit = tree.get(unitId)
    if (unit && was) restored.set(unitId, withArranged(unit, was))
    else restored.delete(unitId)
  }
  const expected = afterChanges(restored, changes)
  const changedSince = before.flatMap(({ unitId }) => {
    const [unit, left] = [tree.get(unitId), expected.get(unitId)]
    return unit && left && !sameArranged(arrangedOf(unit), arrangedOf(left)) ? [unit] : []
  })
  return { tree: restored as UnitTree, changedSince }
}

/** Finishes what a crash left half done; runs at the start of the system and before the next decision. */
export const finishOperations = async (needs: Needs): Promise<void> => {
  for (const operation of await needs.operations.unfinished()) await carryOut(needs, operation)
}
