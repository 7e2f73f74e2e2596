import { formatCode } from './evidence-code.ts'
import type { EvidenceStore } from './evidence-store.ts'
import type { Renumbering, RenumberingStore } from './renumbering-store.ts'

interface Needs {
  readonly evidence: EvidenceStore
  readonly renumberings: RenumberingStore
}

/**
 * Carries a decided renumbering out: every old code is taken away before any new one is given, because a code stands
 * only once. May be cut off anywhere and run again, also by two at once.
 */
export async function carryOut(
  { evidence, renumberings }: Needs,
  { assessmentId, mapping, by, at }: Renumbering,
): Promise<void> {
  for (const { id, from, to } of mapping) {
    const { schoolId, year } = await evidence.get(id)
    await evidence.park(id, from, {
      id: `evidence:${id}:renumber`,
      at,
      by,
      unitId: schoolId,
      year,
      subject: { kind: 'evidence', id, part: assessmentId },
      event: 'renumber',
      facts: { from: formatCode(from), ...(to ? { to: formatCode(to) } : {}) },
    })
  }
  for (const { id, to } of mapping) if (to) await evidence.recode(id, to)
  await renumberings.finish(assessmentId)
}

/** Finishes what a crash left half done; runs at the start of the system. */
export const finishRenumberings = async (needs: Needs): Promise<void> => {
  for (const decision of await needs.renumberings.unfinished()) await carryOut(needs, decision)
}
