import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { EVIDENCE_VERSION } from './evidence-machine.ts'
import { birthOf, type EvidenceNeeds } from './evidence-needs.ts'

/** A line of the approved plan's section VII; its id is the same whenever the line is approved again. */
export interface PlannedItem {
  readonly id: string
  readonly criterion: string
  readonly name: string
  readonly where: string
  readonly who: string
  readonly by?: Day
  readonly cost?: string
  readonly note?: string
}

/**
 * Puts what an approved plan expects on the evidence board, in state `expected`. The right to it is that of the
 * approval, which calls this; an item that is there already is left as it is.
 */
export const expectPlannedItems =
  (needs: EvidenceNeeds) =>
  async (
    by: Actor,
    {
      id: assessmentId,
      schoolId,
      year,
    }: Pick<Awaited<ReturnType<EvidenceNeeds['dossiers']['get']>>, 'id' | 'schoolId' | 'year'>,
    items: readonly PlannedItem[],
  ): Promise<void> => {
    const there = new Set((await needs.evidence.ofAssessment(assessmentId)).map(item => item.id))
    for (const { id, criterion, name, note = '', ...expectedFrom } of items.filter(item => !there.has(item.id))) {
      const born = { id, assessmentId, schoolId, year, rev: 0 }
      await needs.evidence.add({
        ...born,
        state: 'expected',
        machine: EVIDENCE_VERSION,
        criterion,
        name,
        kind: 'document',
        entries: [],
        place: '',
        note,
        expectedFrom,
        formerCodes: [],
        outbox: [birthOf(by, needs.now(), born, { event: 'forecast', to: 'expected', facts: { name, criterion } })],
      })
    }
  }
