import type { Actor, SeatRole } from '../kernel/actor.ts'
import { ANSWERING_ROLES, MANAGING_ROLES, placesAs, SCHOOL_ROLES } from '../kernel/actor.ts'
import { groupSeats, type GroupDeed } from '../kernel/group-seats.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import { inItsGroup, inThisSchool } from '../kernel/seat-conditions.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Assessment } from './assessment.ts'
import { assessmentSteps, type AssessmentEvent, type AssessmentState } from './assessment-machine.ts'
import { criterionSteps, type CriterionEvent } from './criterion-machine.ts'

/** From the sending on, the managing units may read (process § 3.7); before, the work is the school's own. */
export const SENT: readonly AssessmentState[] = ['submitted', 'returned', 'accepted', 'closed']

/** Holds one of these offices in a unit that managed the school when the assessment was opened. */
const managing =
  (roles: readonly SeatRole[], states: readonly AssessmentState[]): Condition =>
  actor => {
    const units = placesAs(actor, ...roles).map(({ unitId }) => unitId)
    return units.length === 0 ? undefined : { ancestors: { $in: units }, state: { $in: states } }
  }

const PROVINCE: readonly SeatRole[] = ['provinceOfficer', 'provinceLead']
const BEFORE_ADOPTED: readonly AssessmentState[] = ['preparing', 'working', 'drafting', 'consulting']

/** The seats that the table of process § 14.1 names for an event; other steps and the clock have none. */
const seatsFor = (event: AssessmentEvent['type']): readonly Condition[] => {
  const roles = [...new Set(assessmentSteps.filter(step => step.event === event).flatMap(step => step.who))]
  const province = roles.filter(role => PROVINCE.includes(role))
  const school = roles.filter(role => !PROVINCE.includes(role))
  return [
    ...(school.length > 0 ? [inThisSchool(...school)] : []),
    ...(province.length > 0 ? [managing(province, BEFORE_ADOPTED)] : []),
  ]
}

const headBeforeWorking: Condition = actor => {
  const where = inThisSchool('head')(actor)
  return where && { $and: [where, { state: 'preparing' }] }
}

type Deed =
  | AssessmentEvent['type']
  | 'read'
  | 'editCouncil'
  | 'editGroups'
  | 'editPlan'
  | 'writeReport'
  | 'comment'
  | 'answerComment'
  | 'authorise'

/** Who may do what with one school's assessment of one year. An event without a rule does not compile. */
export const may = rulesFor<Assessment>(({ id, ...row }) => ({ _id: id, ...row }))<Deed>({
  read: [inThisSchool(...SCHOOL_ROLES), managing(MANAGING_ROLES, SENT)],
  editCouncil: [inThisSchool('head', 'chair')],
  editGroups: [inThisSchool('head', 'chair', 'secretary')],
  editPlan: [inThisSchool('head', 'chair', 'viceChair', 'secretary', 'secretariat')],
  writeReport: [inThisSchool('chair', 'viceChair', 'secretary', 'secretariat')],
  comment: [inThisSchool(...SCHOOL_ROLES)],
  answerComment: [inThisSchool('chair', 'secretary')],
  authorise: [inThisSchool('chair')],
  appointCouncil: seatsFor('appointCouncil'),
  reviseCouncil: seatsFor('reviseCouncil'),
  approvePlan: seatsFor('approvePlan'),
  revisePlan: seatsFor('revisePlan'),
  startReport: seatsFor('startReport'),
  reopenSheet: seatsFor('reopenSheet'),
  openComments: seatsFor('openComments'),
  closeComments: seatsFor('closeComments'),
  adopt: seatsFor('adopt'),
  publish: seatsFor('publish'),
  submit: seatsFor('submit'),
  recall: seatsFor('recall'),
  // The review of the managing level has asked who may: it fires these three.
  markReturned: [],
  resume: seatsFor('resume'),
  markAccepted: [],
  reopenReview: [],
  // A vice chair who is authorised presides over the council (process §§ 2, 14.2); assigning work stays the chair's (Điều 25).
  setGroupRights: seatsFor('setGroupRights'),
  takeNewVersion: seatsFor('takeNewVersion'),
  addSupplement: seatsFor('addSupplement'),
  close: seatsFor('close'),
  cancel: [managing(['provinceLead'], BEFORE_ADOPTED), headBeforeWorking],
})

/** One criterion of an assessment, as rights see it. */
export interface CriterionInPlace {
  readonly schoolId: string
  readonly year: WorkingYear
  readonly code: string
  /** The state of the whole assessment. */
  readonly state: AssessmentState
  /** Managing chain of the school. */
  readonly ancestors: readonly string[]
  readonly groupId?: string
  /** The vice chair presides by the chair's authorisation today. */
  readonly presidingId?: string
}

const presides: Condition = actor => {
  const where = inThisSchool('viceChair')(actor)
  return where && { $and: [where, { presidingId: actor.personId }] }
}

const ofGroup = (role: SeatRole): boolean => role === 'groupLead' || role === 'groupMember'

/** What a member must be allowed in the group for a step; the lead's own steps ask for the seat alone. */
const DEEDS: Readonly<Partial<Record<CriterionEvent['type'], GroupDeed>>> = {
  analyse: 'write',
  draft: 'write',
  handIn: 'handIn',
}

const criterionSeats = (event: CriterionEvent['type']): readonly Condition[] => {
  const steps = criterionSteps.filter(step => step.event === event)
  const free = [...new Set(steps.flatMap(step => step.who.filter(role => !step.onlyIfAuthorised?.includes(role))))]
  const group = free.filter(ofGroup)
  const council = free.filter(role => !ofGroup(role))
  return [
    ...(group.length > 0 ? [inItsGroup(DEEDS[event], ...group)] : []),
    ...(council.length > 0 ? [inThisSchool(...council)] : []),
    ...(steps.some(step => step.onlyIfAuthorised?.includes('viceChair')) ? [presides] : []),
  ]
}

const worksInItsGroup: Condition = actor => {
  const seats = groupSeats(actor)
  return seats.length === 0
    ? undefined
    : { $or: seats.map(({ unitId, year, groupId }) => ({ schoolId: unitId, year, groupId })) }
}

const readsOtherGroups: Condition = actor => {
  const seats = groupSeats(actor, 'readOthers')
  return seats.length === 0 ? undefined : { $or: seats.map(({ unitId, year }) => ({ schoolId: unitId, year })) }
}

/** Of the school, and in no group whose members the chair has kept to their own sheets that year. */
const ofTheSchoolAndNotKeptApart: Condition = actor => {
  const open = new Set(groupSeats(actor, 'readOthers').map(seat => `${seat.unitId}.${seat.year ?? ''}`))
  const apart = groupSeats(actor).filter(seat => !open.has(`${seat.unitId}.${seat.year ?? ''}`))
  const places = placesAs(actor, 'clerk', 'staff').map(({ unitId }) => ({
    schoolId: unitId,
    year: { $nin: apart.flatMap(seat => (seat.unitId === unitId && seat.year !== undefined ? [seat.year] : [])) },
  }))
  return places.length === 0 ? undefined : { $or: places }
}

/** While sheets are not being written any more, the whole school reads them: the draft report is made of them. */
const onceWritten: Condition = actor => {
  const where = inThisSchool(...SCHOOL_ROLES)(actor)
  return where && { $and: [where, { state: { $ne: 'working' } }] }
}

/** Who may do what with one criterion sheet (process § 14.2). */
export const mayOnSheet = rulesFor<CriterionInPlace>(place => place)<CriterionEvent['type'] | 'read' | 'write'>({
  read: [
    inThisSchool(...ANSWERING_ROLES),
    worksInItsGroup,
    readsOtherGroups,
    ofTheSchoolAndNotKeptApart,
    onceWritten,
    managing(MANAGING_ROLES, SENT),
  ],
  write: [inItsGroup('write', 'groupLead', 'groupMember')],
  analyse: criterionSeats('analyse'),
  draft: criterionSeats('draft'),
  handIn: criterionSeats('handIn'),
  returnToAuthor: criterionSeats('returnToAuthor'),
  confirm: criterionSeats('confirm'),
  returnToGroup: criterionSeats('returnToGroup'),
  agree: criterionSeats('agree'),
  reopen: criterionSeats('reopen'),
  freeze: [],
  thaw: [],
})

/** Whether a person holds any seat of the school in that year: such a person reviews nothing of it (process § 2). */
export const belongsToSchool = (actor: Actor, schoolId: string, year: WorkingYear): boolean =>
  actor.seats.some(
    seat =>
      seat.unitId === schoolId && (seat.year === undefined || seat.year === year) && SCHOOL_ROLES.includes(seat.role),
  )
