import type { Seat } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { GIVEN_DEEDS, GROUP_DEEDS, type GroupDeed } from '../kernel/group-seats.ts'
import type { Group, Stamp } from './assessment.ts'

/** What the chair has decided about one working group; a group without it goes by the process. */
export interface GroupRights {
  /** What members may do; the lead may at least what the process gives. */
  readonly deeds: readonly GroupDeed[]
  /** Members with terms of their own; the lead's are never read. */
  readonly terms: readonly MemberTerms[]
  readonly decided: Stamp & { readonly reason: string }
}

/** How one member works in the group. */
export interface MemberTerms {
  readonly personId: string
  readonly role: 'write' | 'read'
  /** First day of the work, inclusive; absent: from the council's decision on. */
  readonly from?: Day
  /** Last day of the work, inclusive. */
  readonly to?: Day
  /** Only these criteria; absent: all of the group. */
  readonly criteria?: readonly string[]
}

/** The part of a decision that a form can change. */
export type ChosenRights = Pick<GroupRights, 'deeds' | 'terms'>

export const rightsOf = ({ rights }: Pick<Group, 'rights'>): ChosenRights => rights ?? { deeds: GIVEN_DEEDS, terms: [] }

export const termsOf = ({ terms }: ChosenRights, personId: string): MemberTerms =>
  terms.find(each => each.personId === personId) ?? { personId, role: 'write' }

export const isLead = (group: Pick<Group, 'lead'>, personId: string): boolean => group.lead?.personId === personId

/** Everybody of a group but its lead: those whom the chair's decision is about. */
export const membersBesideLead = (group: Group): Group['members'] =>
  group.members.filter(({ personId }) => !isLead(group, personId))

/** What reading alone leaves of a group's deeds. */
const READER_DEEDS: readonly GroupDeed[] = ['readOthers']

type SeatTerms = Pick<Seat, 'deeds' | 'criteria' | 'to'> & { readonly from?: Day }

/** How the seats of one person in this group differ from what the process gives. */
export function seatTerms(group: Group, personId: string): SeatTerms {
  if (!group.rights) return {}
  const { deeds } = group.rights
  if (isLead(group, personId))
    return { deeds: GROUP_DEEDS.filter(deed => GIVEN_DEEDS.includes(deed) || deeds.includes(deed)) }
  const { role, from, to, criteria } = termsOf(group.rights, personId)
  return {
    deeds: role === 'read' ? deeds.filter(deed => READER_DEEDS.includes(deed)) : deeds,
    ...(criteria && { criteria }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

/** Deeds that are not about one criterion. */
const OF_THE_WHOLE: readonly GroupDeed[] = ['readOthers', 'writeFigures']

/** Whether this person of the group may do this with this criterion on the day, as the seats would have it. */
export function mayInGroup(group: Group, personId: string, code: string, deed: GroupDeed, day: Day): boolean {
  const { deeds = GIVEN_DEEDS, criteria, from, to } = seatTerms(group, personId)
  const inTime = (from === undefined || from <= day) && (to === undefined || day <= to)
  const amongOwn = criteria === undefined || OF_THE_WHOLE.includes(deed) || criteria.includes(code)
  return inTime && deeds.includes(deed) && amongOwn
}

/** Everybody of the group, the lead first, once each. */
export const peopleOf = (group: Group): Group['members'] => [
  ...(group.lead ? [group.lead] : []),
  ...membersBesideLead(group),
]

/** Who of the group may do this with a criterion on the day. */
export const whoMay = (group: Group, code: string, deed: GroupDeed, day: Day): Group['members'] =>
  peopleOf(group).filter(({ personId }) => mayInGroup(group, personId, code, deed, day))
