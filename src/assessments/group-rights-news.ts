import { addDays, type Day } from '../kernel/dates.ts'
import { GIVEN_DEEDS, GROUP_DEEDS, type GroupDeed } from '../kernel/group-seats.ts'
import type { Group } from './assessment.ts'
import { termsWords } from './group-rights-words.ts'
import { isLead, mayInGroup, peopleOf, rightsOf, seatTerms, termsOf } from './group-rights.ts'

/** What a decision on a group takes from one of its people or gives; part of the facts of the decision's journal entry. */
export interface RightsNews {
  readonly personId: string
  readonly narrowed: boolean
  readonly widened: boolean
  /** First day on which something differs. */
  readonly from: Day
  readonly lost: readonly GroupDeed[]
  readonly gained: readonly GroupDeed[]
  /** How he or she works in the group from now on, where that is what changed. */
  readonly terms?: string
}

/** Everybody for whom the decision changes something from today on, the lead too where members may more than the process gives. */
export const newsOf = (before: Group, after: Group, codes: readonly string[], today: Day): readonly RightsNews[] => {
  // A group that is in charge of nothing yet is asked as a whole.
  const asked = codes.length === 0 ? [''] : codes
  return peopleOf(after).flatMap(({ personId }) => {
    const days = daysOfChange([before, after], personId, today)
    const differs = (gave: Group, gives: Group): Day | undefined =>
      days.find(day =>
        GROUP_DEEDS.some(deed =>
          asked.some(
            code => mayInGroup(gives, personId, code, deed, day) && !mayInGroup(gave, personId, code, deed, day),
          ),
        ),
      )
    const [lostOn, gainedOn] = [differs(after, before), differs(before, after)]
    const [from] = [lostOn, gainedOn].filter(day => day !== undefined).toSorted()
    if (from === undefined) return []
    const [had, has] = [deedsOf(before, personId), deedsOf(after, personId)]
    const [was, is] = [before, after].map(group => termsWords(termsOf(rightsOf(group), personId)))
    return [
      {
        personId,
        narrowed: lostOn !== undefined,
        widened: gainedOn !== undefined,
        from,
        lost: had.filter(deed => !has.includes(deed)),
        gained: has.filter(deed => !had.includes(deed)),
        ...(is !== undefined && was !== is && !isLead(after, personId) && { terms: is }),
      },
    ]
  })
}

const deedsOf = (group: Group, personId: string): readonly GroupDeed[] =>
  seatTerms(group, personId).deeds ?? GIVEN_DEEDS

/** Today and every later day on which what this person may begins or ends, in order. */
function daysOfChange(groups: readonly Group[], personId: string, today: Day): readonly Day[] {
  const later = groups
    .flatMap(group => {
      const { from, to } = seatTerms(group, personId)
      return [from, to === undefined ? undefined : addDays(to, 1)]
    })
    .filter(day => day !== undefined && day > today)
  return [today, ...later].filter(day => day !== undefined).toSorted()
}
