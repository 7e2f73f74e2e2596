import { createHash } from 'node:crypto'
import type { Actor } from '../kernel/actor.ts'
import { fiveYearsTo } from '../kernel/working-year.ts'
import { EVIDENCE_VERSION } from './evidence-machine.ts'
import { birthOf, evidenceOf, type EvidenceNeeds } from './evidence-needs.ts'
import { standsForProof, yearOf } from './evidence-years.ts'
import type { Evidence } from './evidence.ts'

/**
 * Carries the items of last year's assessment over into a new one, each marked as not reviewed: entries that still lie
 * in the five school years come along with their files, codes and checks do not, and what has no entry left is expected
 * anew. `place` names the criterion under which an item of another set is filed; items without one stay behind. Running
 * it again adds nothing. Gives the number.
 */
export const copyForNextYear =
  (needs: EvidenceNeeds) =>
  async (
    actor: Actor,
    fromAssessmentId: string,
    toAssessmentId: string,
    place: (criterion: string) => string | undefined = criterion => criterion,
  ): Promise<number> => {
    const [items, dossier] = await Promise.all([
      evidenceOf(needs, fromAssessmentId),
      needs.dossiers.get(toAssessmentId),
    ])
    const years = new Set(fiveYearsTo(dossier.year))
    const known = new Set(dossier.criteria.map(each => each.code))
    const carried = items.flatMap(item => {
      const criterion = place(item.criterion)
      return standsForProof(item) && criterion !== undefined && known.has(criterion) ? [{ item, criterion }] : []
    })
    for (const { item, criterion } of carried) {
      const entries = item.entries
        .map(entry => ({ ...entry, files: entry.files.filter(file => file.replacedBy === undefined) }))
        .filter(entry => {
          const year = yearOf(entry)
          return year === undefined || years.has(year)
        })
      const found = entries.length > 0 && (item.place !== '' || entries.some(entry => entry.files.length > 0))
      const born = {
        id: carriedId(item, toAssessmentId),
        assessmentId: dossier.id,
        schoolId: dossier.schoolId,
        year: dossier.year,
        rev: 0,
      }
      const state = found ? ('collected' as const) : ('expected' as const)
      await needs.evidence.add({
        ...born,
        state,
        machine: EVIDENCE_VERSION,
        criterion,
        name: item.name,
        kind: item.kind,
        entries,
        place: item.place,
        note: item.note,
        ...(item.dataClass ? { dataClass: item.dataClass } : {}),
        ...(found ? {} : { expectedFrom: item.expectedFrom ?? { where: item.place, who: '' } }),
        ...(item.collectedBy ? { collectedBy: item.collectedBy } : {}),
        formerCodes: [],
        carriedFrom: item.id,
        notReviewed: true,
        outbox: [
          birthOf(actor, needs.now(), born, {
            event: 'carryOver',
            to: state,
            facts: { from: item.id, name: item.name },
          }),
        ],
      })
    }
    return carried.length
  }

/** The same item carried into the same assessment always has the same id. */
const carriedId = (item: Evidence, toAssessmentId: string): string => {
  const hash = createHash('sha256').update(`${item.id} ${toAssessmentId}`).digest('hex')
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-')
}
