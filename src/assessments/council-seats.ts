import type { Seat, SeatRole } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import type { Assessment, Group } from './assessment.ts'
import type { CouncilMember } from './council-rules.ts'
import { seatTerms } from './group-rights.ts'

/** What the seats of one assessment are read from. */
export type Assembled = Pick<Assessment, 'schoolId' | 'year' | 'councilVersions' | 'groups'>

const COUNCIL_ROLES: Readonly<Record<CouncilMember['role'], SeatRole>> = {
  chair: 'chair',
  viceChair: 'viceChair',
  secretary: 'secretary',
  member: 'councilMember',
}

/**
 * The seats that one assessment gives a person: from the council list in force (a draft list gives none), the
 * secretariat and the groups, these as the chair's decision on each group leaves them. A secretary and a group's lead also hold the ordinary seat beside it.
 */
export function councilSeatsOf(assessment: Assembled, personId: string): readonly Seat[] {
  const inForce = assessment.councilVersions.at(-1)
  if (!inForce) return []
  const place = { unitId: assessment.schoolId, year: assessment.year, from: inForce.decision.date }
  const onCouncil = inForce.members
    .filter(member => member.personId === personId)
    .flatMap((member): Seat[] => [
      { ...place, role: COUNCIL_ROLES[member.role] },
      ...(member.role === 'member' ? [] : [{ ...place, role: 'councilMember' as const }]),
    ])
  const inSecretariat = inForce.secretariat
    .filter(helper => helper.personId === personId)
    .map((): Seat => ({ ...place, role: 'secretariat' }))
  const inGroups = assessment.groups.flatMap((group): Seat[] => {
    const leads = group.lead?.personId === personId
    const works = leads || group.members.some(member => member.personId === personId)
    const seat = { ...place, ...inGroup(group, personId, place.from), groupId: group.id }
    return [
      ...(leads ? [{ ...seat, role: 'groupLead' as const }] : []),
      ...(works ? [{ ...seat, role: 'groupMember' as const }] : []),
    ]
  })
  return [...onCouncil, ...inSecretariat, ...inGroups]
}

/** The chair's decision on the group as its seats carry it; nobody begins before the council is in force. */
function inGroup(group: Group, personId: string, councilFrom: Day) {
  const { from = councilFrom, ...terms } = seatTerms(group, personId)
  return { ...terms, from: from < councilFrom ? councilFrom : from }
}

/** Everybody named in the lists, in force or drafted: the index by which a person's assessments are found. */
export const peopleIn = (assessment: Pick<Assessment, 'council' | 'councilVersions' | 'groups'>): readonly string[] => [
  ...new Set([
    ...[assessment.council, ...assessment.councilVersions.slice(-1)].flatMap(council => [
      ...council.members.map(member => member.personId),
      ...council.secretariat.map(helper => helper.personId),
    ]),
    ...assessment.groups.flatMap(group => [
      ...(group.lead ? [group.lead.personId] : []),
      ...group.members.map(member => member.personId),
    ]),
  ]),
]
