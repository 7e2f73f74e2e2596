import type { Actor } from '../kernel/actor.ts'
import { formatCode } from './evidence-code.ts'
import { entryFor, evidenceOf, type EvidenceNeeds } from './evidence-needs.ts'
import type { Evidence } from './evidence.ts'

/**
 * Files the items of an assessment under the criteria of a newer set, before any adoption. An item whose criterion has
 * another code now loses its own code, because a.b would lie, and waits as checked for a new one; the old one is kept
 * with it. Items of dropped criteria stay as they are. Running a
 * round again changes nothing. Gives the number of items.
 */
export const refileAll =
  (needs: EvidenceNeeds) =>
  async (by: Actor, assessmentId: string, round: string, place: (criterion: string) => string | undefined) => {
    const { criteria } = await needs.dossiers.get(assessmentId)
    const known = new Set(criteria.map(({ code }) => code))
    let refiled = 0
    for (const item of await evidenceOf(needs, assessmentId)) {
      const criterion = place(item.criterion)
      if (item.filedBy === round || criterion === undefined || criterion === item.criterion || !known.has(criterion))
        continue
      await needs.evidence.save(
        { ...under(item, criterion), filedBy: round },
        entryFor(by, needs.now(), item, { event: 'refile', facts: { from: item.criterion, to: criterion } }),
      )
      refiled++
    }
    return refiled
  }

function under(item: Evidence, criterion: string): Evidence {
  const { code, ...uncoded } = item
  const moved = { ...uncoded, criterion, notReviewed: true }
  return code && item.state === 'coded'
    ? { ...moved, state: 'verified', formerCodes: [...item.formerCodes, formatCode(code)] }
    : { ...moved, ...(code && { code }) }
}
