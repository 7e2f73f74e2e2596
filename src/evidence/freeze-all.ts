import type { Actor } from '../kernel/actor.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { factsOf } from './evidence-facts.ts'
import { evidenceLife } from './evidence-machine.ts'
import { entryFor, surroundingsOf, type EvidenceNeeds } from './evidence-needs.ts'

/**
 * Freezes every coded item when the report is adopted. The right to it is that of the adoption, which calls this.
 * May be cut off anywhere and run again; gives the number of items frozen now.
 */
export const freezeAll =
  (needs: EvidenceNeeds) =>
  async (by: Actor, assessmentId: string): Promise<number> => {
    const dossier = await needs.dossiers.get(assessmentId)
    let frozen = 0
    for (;;) {
      const around = await surroundingsOf(needs, dossier)
      const coded = around.items.filter(item => item.state === 'coded')
      if (coded.length === 0) return frozen
      for (const item of coded) {
        const state = nextState(evidenceLife, item.state, factsOf(item, around), { type: 'freeze' })
        const entry = entryFor(by, needs.now(), item, { event: 'freeze', from: item.state, to: state })
        try {
          await needs.evidence.save({ ...item, state }, entry)
          frozen++
        } catch (error) {
          // Somebody moved it to another box meanwhile: the next round reads it again.
          if (!(error instanceof StaleWrite)) throw error
        }
      }
    }
  }
