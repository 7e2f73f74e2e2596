import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock, type Day } from '../kernel/dates.ts'
import { Forbidden } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { carryOut, finishOperations, restoredBy } from './carry-out-operation.ts'
import type { Operation, OperationDraft } from './operation.ts'
import {
  OPERATION_VERSION,
  operationLife,
  type OperationEvent,
  type OperationFacts,
  type OperationState,
} from './operation-machine.ts'
import { mayOperate, WHO_APPLIES_OPERATIONS, WHO_PLANS_OPERATIONS } from './operation-policy.ts'
import type { OperationChange, OperationStore } from './operation-store.ts'
import { titleOf } from './plan-changes.ts'
import { newFaults, previewOf, type Preview } from './preview.ts'
import { nameOn } from './unit.ts'
import { arrangedOf } from './unit-change.ts'
import type { UnitStore } from './unit-store.ts'
import type { UnitTree } from './unit-tree.ts'

export interface OperationNeeds {
  readonly units: UnitStore
  readonly operations: OperationStore
  readonly now: Clock
  readonly newId: () => string
}

export interface NewOperation {
  readonly provinceId: string
  readonly draft: OperationDraft
  readonly from: Day
  readonly decision: string
  readonly reason: string
}

/** Draws an operation up; nothing about units changes yet. */
export const planOperation =
  (needs: OperationNeeds) =>
  async (actor: Actor, wanted: NewOperation): Promise<Operation> => {
    demand(actor, wanted.provinceId, 'plan')
    const tree = await needs.units.treeNow()
    const at = needs.now()
    const id = needs.newId()
    const draft: Omit<Operation, 'by'> = {
      id,
      ...wanted,
      title: titleOf(wanted, tree),
      state: 'planned',
      machine: OPERATION_VERSION,
      finished: true,
      createdAt: at,
      rev: 1,
    }
    const entry = entryBy(actor, at, {
      id: `unitOperation:${id}:1`,
      unitId: wanted.provinceId,
      subject: { kind: 'unitOperation', id },
      event: 'plan',
      to: 'planned',
      facts: { title: draft.title, from: wanted.from, decision: wanted.decision },
    })
    return needs.operations.add({ ...draft, by: entry.by }, entry)
  }

/**
 * Draws up what needs nothing more than was said and previews it at once; refused, with nothing written, when the tree
 * would break. What has units to be placed, or comes from a file, is kept as a plan to be completed.
 */
export const planChecked =
  (needs: OperationNeeds) =>
  async (actor: Actor, wanted: NewOperation): Promise<Operation> => {
    if ('placing' in wanted.draft || wanted.draft.kind === 'import') return planOperation(needs)(actor, wanted)
    demand(actor, wanted.provinceId, 'plan')
    const tree = await needs.units.treeNow()
    const facts = factsOf(needs, wanted, previewOf(wanted, tree), 0)
    nextState<OperationState, OperationFacts, OperationEvent>(operationLife, 'planned', facts, { type: 'preview' })
    return checkOperation(needs)(actor, await planOperation(needs)(actor, wanted))
  }

/** What an operation would do to the tree of this moment. */
export const previewNow =
  ({ units }: OperationNeeds) =>
  async (operation: Operation): Promise<Preview & { readonly tree: UnitTree }> => {
    const tree = await units.treeNow()
    return { ...previewOf(operation, tree), tree }
  }

/** Changes what is planned; a preview that was made before counts no more. */
export const editOperation =
  (needs: OperationNeeds) =>
  async (
    actor: Actor,
    operation: Operation,
    change: Partial<Pick<Operation, 'draft' | 'from' | 'decision' | 'reason'>>,
  ): Promise<Operation> => {
    demand(actor, operation.provinceId, 'edit')
    const edited = { ...operation, ...change }
    const state = stepped(operation, { type: 'edit' }, emptyFacts(needs, edited))
    const title = titleOf(edited, await needs.units.treeNow())
    return write(needs, actor, operation, { type: 'edit' }, { ...change, title, state })
  }

/** Checks the operation against the tree; refused with everything that stands in the way. */
export const checkOperation =
  (needs: OperationNeeds) =>
  async (actor: Actor, operation: Operation): Promise<Operation> => {
    demand(actor, operation.provinceId, 'preview')
    const turn = await needs.operations.lastTurn()
    const preview = previewOf(operation, await needs.units.treeNow())
    const state = stepped(operation, { type: 'preview' }, factsOf(needs, operation, preview, turn))
    return write(needs, actor, operation, { type: 'preview' }, { state, previewedAt: turn })
  }

/** A decision that stands, and the end of what follows from it on the units. */
export interface Begun {
  readonly operation: Operation
  readonly ended: Promise<void>
}

/**
 * Carries a previewed operation out. The decision is the one write on the operation, in a turn that only one can take;
 * the units follow, each once, and a crash between is finished at the next start.
 */
export const beginApplying =
  (needs: OperationNeeds) =>
  async (actor: Actor, operation: Operation): Promise<Begun> => {
    demand(actor, operation.provinceId, 'apply')
    await finishOperations(needs)
    const turn = await needs.operations.lastTurn()
    const tree = await needs.units.treeNow()
    const preview = previewOf(operation, tree)
    const event = { type: 'apply' } as const
    const state = stepped(operation, event, factsOf(needs, operation, preview, turn))
    const { changes, touched } = preview
    const decided = await decide(needs, actor, operation, event, {
      state,
      turn: turn + 1,
      changes,
      unitIds: touched,
      before: touched.map(unitId => {
        const unit = tree.get(unitId)
        return unit ? { unitId, was: arrangedOf(unit) } : { unitId }
      }),
    })
    return { operation: decided, ended: carryOut(needs, decided) }
  }

/** The same, to its end. */
export const applyOperation =
  (needs: OperationNeeds) =>
  async (actor: Actor, operation: Operation): Promise<Operation> =>
    toItsEnd(await beginApplying(needs)(actor, operation))

/** Takes an operation back before its day: every unit is as it was. Refused once another decision rests on it. */
export const beginUndoing =
  (needs: OperationNeeds) =>
  async (actor: Actor, operation: Operation, reason: string): Promise<Begun> => {
    demand(actor, operation.provinceId, 'undo')
    await finishOperations(needs)
    const turn = await needs.operations.lastTurn()
    const event = { type: 'undo', reason } as const
    const tree = await needs.units.treeNow()
    const facts = await undoFacts(needs, operation, tree)
    const state = stepped(operation, event, facts)
    const decided = await decide(needs, actor, operation, event, { state, turn: turn + 1 })
    return { operation: decided, ended: carryOut(needs, decided) }
  }

/** The same, to its end. */
export const undoOperation =
  (needs: OperationNeeds) =>
  async (actor: Actor, operation: Operation, reason: string): Promise<Operation> =>
    toItsEnd(await beginUndoing(needs)(actor, operation, reason))

async function toItsEnd({ operation, ended }: Begun): Promise<Operation> {
  await ended
  return { ...operation, finished: true }
}

/** Puts a plan aside that was never carried out. */
export const discardOperation =
  (needs: OperationNeeds) =>
  async (actor: Actor, operation: Operation): Promise<Operation> => {
    demand(actor, operation.provinceId, 'discard')
    const state = stepped(operation, { type: 'discard' }, emptyFacts(needs, operation))
    return write(needs, actor, operation, { type: 'discard' }, { state })
  }

/** What the tree says about undoing an applied operation. */
export async function undoFacts(needs: OperationNeeds, operation: Operation, tree: UnitTree): Promise<OperationFacts> {
  const undone = restoredBy(await needs.operations.changesOf(operation.id), tree)
  return {
    ...emptyFacts(needs, operation),
    faults: newFaults(tree, undone.tree),
    changedSince: undone.changedSince.map(unit => nameOn(unit, operation.from)),
  }
}

export const factsOf = (
  { now }: Pick<OperationNeeds, 'now'>,
  operation: Pick<Operation, 'from' | 'reason' | 'previewedAt'>,
  { faults, unplaced, touched }: Preview,
  turn: number,
): OperationFacts => ({
  ...emptyFacts({ now }, operation),
  faults,
  unplaced: unplaced.length,
  nothingToDo: touched.length === 0,
  treeMoved: operation.previewedAt !== undefined && operation.previewedAt !== turn,
})

const emptyFacts = (
  { now }: Pick<OperationNeeds, 'now'>,
  { from, reason }: Pick<Operation, 'from' | 'reason'>,
): OperationFacts => ({
  from,
  today: dayOf(now()),
  reason,
  faults: [],
  unplaced: 0,
  nothingToDo: false,
  treeMoved: false,
  changedSince: [],
})

const stepped = (operation: Operation, event: OperationEvent, facts: OperationFacts): OperationState =>
  nextState<OperationState, OperationFacts, OperationEvent>(operationLife, operation.state, facts, event)

function demand(actor: Actor, provinceId: string, event: OperationEvent['type'] | 'plan'): void {
  if (mayOperate[event](actor, { provinceId })) return
  const who = event === 'apply' || event === 'undo' ? WHO_APPLIES_OPERATIONS : WHO_PLANS_OPERATIONS
  throw new Forbidden('Không được sắp xếp đơn vị ở đây.', who)
}

const decide = (
  needs: OperationNeeds,
  actor: Actor,
  operation: Operation,
  event: OperationEvent,
  change: OperationChange,
): Promise<Operation> => write(needs, actor, operation, event, { ...change, finished: false }, true)

async function write(
  { operations, now }: OperationNeeds,
  actor: Actor,
  before: Operation,
  event: OperationEvent,
  change: OperationChange,
  decides = false,
): Promise<Operation> {
  const at = now()
  const reason = event.type === 'undo' ? event.reason : before.reason
  const entry = entryBy(actor, at, {
    id: `unitOperation:${before.id}:${before.rev + 1}`,
    unitId: before.provinceId,
    subject: { kind: 'unitOperation', id: before.id },
    event: event.type,
    from: before.state,
    to: change.state ?? before.state,
    ...(reason !== '' && { reason }),
    facts: { title: before.title, from: before.from, ...(change.unitIds && { units: change.unitIds.length }) },
  })
  return operations.step(before, { ...change, ...(decides && { decided: { by: entry.by, at } }) }, entry)
}
