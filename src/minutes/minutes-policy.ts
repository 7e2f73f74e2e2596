import { SCHOOL_ROLES, type SeatRole } from '../kernel/actor.ts'
import { groupSeats } from '../kernel/group-seats.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import { inThisSchool } from '../kernel/seat-conditions.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { MeetingKind } from './minutes.ts'

/** Minutes as rights see them. */
export interface MinutesPlace {
  readonly schoolId: string
  readonly year: WorkingYear
  readonly kind: MeetingKind
  readonly groupId?: string
}

/** Works in its group and may write there. */
const inItsGroup =
  (...roles: readonly SeatRole[]): Condition =>
  actor => {
    const seats = groupSeats(actor, 'write', ...roles)
    return seats.length === 0
      ? undefined
      : {
          $or: seats.map(({ unitId, year, groupId }) => ({ schoolId: unitId, year, groupId, kind: 'group' })),
        }
  }

const inItsCouncil =
  (...roles: readonly SeatRole[]): Condition =>
  actor => {
    const where = inThisSchool(...roles)(actor)
    return where && { $and: [where, { kind: { $in: ['council', 'secretariat'] } }] }
  }

/** The council's and the secretariat's meetings are recorded by their secretaries, a group's by the group. */
export const mayOnMinutes = rulesFor<MinutesPlace>(place => place)<'read' | 'write' | 'sign' | 'withdraw'>({
  read: [inThisSchool(...SCHOOL_ROLES)],
  write: [inItsCouncil('chair', 'viceChair', 'secretary', 'secretariat'), inItsGroup('groupLead', 'groupMember')],
  sign: [inItsCouncil('chair', 'viceChair'), inItsGroup('groupLead')],
  withdraw: [inItsCouncil('chair', 'viceChair'), inItsGroup('groupLead')],
})
