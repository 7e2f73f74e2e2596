import type { Actor } from '../kernel/actor.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { factsOf } from './evidence-facts.ts'
import { evidenceLife } from './evidence-machine.ts'
import { entryFor, surroundingsOf, type EvidenceNeeds } from './evidence-needs.ts'

/**
 * Takes the freeze off every item when a returned report is taken up again, so that files can be replaced; codes stay,
 * and the returned version keeps the files it named. The right to it is that of `resume`, which calls this. May be cut
 * off anywhere and run again; gives the number of items thawed now.
 */
export const thawAll =
  (needs: EvidenceNeeds) =>
  async (by: Actor, assessmentId: string): Promise<number> => {
    const dossier = await needs.dossiers.get(assessmentId)
    if (dossier.adopted) return 0
    let thawed = 0
    for (;;) {
      const around = await surroundingsOf(needs, dossier)
      const frozen = around.items.filter(item => item.state === 'frozen')
      if (frozen.length === 0) return thawed
      for (const item of frozen) {
        const state = nextState(evidenceLife, item.state, factsOf(item, around), { type: 'thaw' })
        const entry = entryFor(by, needs.now(), item, { event: 'thaw', from: item.state, to: state })
        try {
          await needs.evidence.save({ ...item, state }, entry)
          thawed++
        } catch (error) {
          // Another process thaws as well: the next round reads what is left.
          if (!(error instanceof StaleWrite)) throw error
        }
      }
    }
  }
