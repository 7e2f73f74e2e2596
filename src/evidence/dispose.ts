import type { Actor } from '../kernel/actor.ts'
import { nextState } from '../kernel/step.ts'
import { factsOf } from './evidence-facts.ts'
import { evidenceLife } from './evidence-machine.ts'
import { entryFor, itemFor, surroundingsOf, type EvidenceNeeds } from './evidence-needs.ts'
import type { Evidence } from './evidence.ts'

export interface Disposal {
  readonly decisionNumber: string
  /** Number of the minutes of the disposal. */
  readonly recordNumber: string
}

/**
 * An item whose time of keeping is over is disposed of, by decision and minutes (process § 13). What it was and the hash
 * of its files stay; the sweeper removes a file once no other item names it.
 */
export const dispose =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, id: string, { decisionNumber, recordNumber }: Disposal): Promise<Evidence> => {
    const { item: first, dossier } = await itemFor(needs, actor, id, 'dispose')
    const around = await surroundingsOf(needs, dossier)
    const item = around.items.find(each => each.id === id) ?? first
    const event = { type: 'dispose', decisionNumber, recordNumber } as const
    const state = nextState(evidenceLife, item.state, factsOf(item, around), event)
    const at = needs.now()
    return needs.evidence.save(
      { ...item, state, disposed: { decision: decisionNumber, record: recordNumber, name: actor.name, at } },
      entryFor(actor, at, item, {
        event: 'dispose',
        from: item.state,
        to: state,
        facts: { decision: decisionNumber, record: recordNumber },
      }),
    )
  }
