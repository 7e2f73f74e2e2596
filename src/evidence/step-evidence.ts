import type { Actor } from '../kernel/actor.ts'
import { nextState } from '../kernel/step.ts'
import { factsOf, openUnmet, type Surroundings } from './evidence-facts.ts'
import { evidenceLife, type EvidenceEvent } from './evidence-machine.ts'
import { demandMet, entryFor, itemFor, surroundingsOf, type EvidenceNeeds } from './evidence-needs.ts'
import type { Right } from './evidence-policy.ts'
import type { Evidence } from './evidence.ts'

export interface Step {
  readonly right: Right
  /** The event; it may depend on what stands around the item (the next free number). */
  readonly event: (item: Evidence, around: Surroundings) => EvidenceEvent
  /** The item with what the step writes besides its state; the machine decides on this. */
  readonly change: (item: Evidence, around: Surroundings) => Evidence
  readonly facts?: Readonly<Record<string, unknown>>
}

/** Load, ask, step, write: one event on one item, guarded by the revision it was decided on. */
export async function stepEvidence(needs: EvidenceNeeds, actor: Actor, id: string, step: Step): Promise<Evidence> {
  const { item: first, dossier } = await itemFor(needs, actor, id, step.right)
  const around = await surroundingsOf(needs, dossier)
  // Read again with its neighbours, so that all facts are of one moment.
  const item = around.items.find(each => each.id === id) ?? first
  const event = step.event(item, around)
  const changed = step.change(item, around)
  const state = nextState(evidenceLife, item.state, factsOf(changed, around), event)
  demandMet(openUnmet(dossier, item), 'làm việc này')
  const reason = 'reason' in event ? { reason: event.reason } : {}
  return needs.evidence.save(
    { ...changed, state },
    entryFor(actor, needs.now(), item, {
      event: event.type,
      from: item.state,
      to: state,
      ...reason,
      ...(step.facts ? { facts: step.facts } : {}),
    }),
  )
}
