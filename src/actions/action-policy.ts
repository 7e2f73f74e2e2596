import type { SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import { inItsGroup, inThisSchool } from '../kernel/seat-conditions.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { actionSteps, type ActionEvent } from './action-machine.ts'

/** An action as rights see it: in which school and year, and the group in charge of its criterion. */
export interface ActionPlace {
  readonly schoolId: string
  readonly year: WorkingYear
  readonly code: string
  readonly groupId?: string
}

const ofGroup = (role: SeatRole): boolean => role === 'groupLead' || role === 'groupMember'

const seatsFor = (event: ActionEvent['type']): readonly Condition[] => {
  const roles = [...new Set(actionSteps.filter(step => step.event === event).flatMap(step => step.who))]
  const group = roles.filter(ofGroup)
  const council = roles.filter(role => !ofGroup(role))
  return [
    ...(group.length > 0 ? [inItsGroup('write', ...group)] : []),
    ...(council.length > 0 ? [inThisSchool(...council)] : []),
  ]
}

/** Who may take which step (process § 14.8). Who may read the assessment may read its actions. */
export const mayOnAction = rulesFor<ActionPlace>(place => place)<ActionEvent['type']>({
  start: seatsFor('start'),
  report: seatsFor('report'),
  extend: seatsFor('extend'),
  finish: seatsFor('finish'),
  drop: seatsFor('drop'),
  carryOver: seatsFor('carryOver'),
})
