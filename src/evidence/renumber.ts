import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { StepRefused } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { carryOut } from './carry-out-renumbering.ts'
import { compareInReadingOrder, renumber as numbersInOrder } from './evidence-code.ts'
import { factsOf } from './evidence-facts.ts'
import { evidenceLife } from './evidence-machine.ts'
import { surroundingsOf, type EvidenceNeeds } from './evidence-needs.ts'
import { demand } from './evidence-policy.ts'
import type { Evidence } from './evidence.ts'
import type { Renumbering } from './renumbering-store.ts'

/**
 * Numbers all coded items of an assessment anew, once: in each criterion 01, 02, 03 … in the order in which the report
 * first cites them, items cited nowhere last. Withdrawn items give their numbers back. Gives the old and new codes.
 */
export const renumber =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, assessmentId: string): Promise<Renumbering['mapping']> => {
    const dossier = await needs.dossiers.get(assessmentId)
    demand('renumber', actor, { dossier })
    const around = await surroundingsOf(needs, dossier)
    const live = around.items.filter(item => item.state === 'coded')
    if (live.length === 0) throw new StepRefused('Chưa có minh chứng đã mã hóa nào để đánh lại mã.')
    for (const item of live) nextState(evidenceLife, item.state, factsOf(item, around), { type: 'renumber' })
    const mapping = mappingOf(live, around.items, [...around.citations.keys()])
    const at = needs.now()
    const { by } = entryBy(actor, at, {
      id: '',
      event: 'renumber',
      unitId: dossier.schoolId,
      subject: { kind: 'evidence', id: assessmentId },
    })
    const decision: Renumbering = { assessmentId, by, at, mapping, finished: false }
    await needs.renumberings.decide(decision)
    await carryOut(needs, decision)
    return mapping
  }

function mappingOf(
  live: readonly Evidence[],
  all: readonly Evidence[],
  citedInOrder: readonly string[],
): Renumbering['mapping'] {
  const position = new Map(citedInOrder.map((id, index) => [id, index]))
  const inOrder = live
    .flatMap(item => (item.code ? [{ id: item.id, code: item.code }] : []))
    .toSorted(
      (one, other) =>
        (position.get(one.id) ?? citedInOrder.length) - (position.get(other.id) ?? citedInOrder.length) ||
        compareInReadingOrder(one.code, other.code),
    )
  const givenBack = all.flatMap(item =>
    item.state === 'withdrawn' && item.code ? [{ id: item.id, from: item.code }] : [],
  )
  return [...numbersInOrder(inOrder).filter(({ from, to }) => from.c !== to.c), ...givenBack]
}
