import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { isPossible, unmetOf } from '../kernel/step.ts'
import type { Assessment } from './assessment.ts'
import { assessmentConditions, type AssessmentEvent, type AssessmentFacts } from './assessment-conditions.ts'
import { assessmentLife, assessmentSteps } from './assessment-machine.ts'
import { may } from './assessment-policy.ts'
import { linksOf } from './links.ts'

type Type = AssessmentEvent['type']

/** One step that this person may take from here, and the screen on which its form stands. */
export interface OfferedStep {
  readonly event: Type
  readonly label: string
  readonly href: string
  readonly primary: boolean
  /** What must be mended first, besides what the step's own form asks for. */
  readonly unmet: readonly Unmet[]
}

/** Steps taken by a person, the way forward first. */
const EVENTS: readonly Type[] = [
  'appointCouncil',
  'approvePlan',
  'startReport',
  'openComments',
  'closeComments',
  'adopt',
  'publish',
  'submit',
  'resume',
  'close',
  'recall',
  'reviseCouncil',
  'revisePlan',
  'reopenSheet',
  'cancel',
]

const FORWARD: readonly Type[] = EVENTS.slice(0, EVENTS.indexOf('close') + 1)

/** Lacks that the step's own form fills. */
const GIVEN_BY_THE_FORM: readonly string[] = [
  'reasonMissing',
  'criteriaMissing',
  'votesMissing',
  'commentRoundMissing',
  'signedCopyMissing',
  'dispatchNumberMissing',
  'dispatchDateMissing',
  'notManagingUnit',
  'returnPointUnanswered',
  'decisionNumberMissing',
]

/** The event with an empty form: enough to ask what is missing besides. */
function unfilled(type: Type): AssessmentEvent {
  switch (type) {
    case 'reviseCouncil':
    case 'revisePlan':
      return { type, reason: '' }
    case 'setGroupRights':
      return { type, reason: '', acknowledged: false }
    case 'reopenSheet':
      return { type, reason: '', criteria: [] }
    case 'submit':
      return { type, dispatchNumber: '', receivingUnitId: '' }
    case 'resume':
      return { type, answers: {} }
    case 'reopenReview':
      return { type, reason: '' }
    case 'cancel':
      return { type, reason: '', decisionNumber: '' }
    case 'appointCouncil':
    case 'approvePlan':
    case 'startReport':
    case 'openComments':
    case 'closeComments':
    case 'adopt':
    case 'publish':
    case 'recall':
    case 'markReturned':
    case 'markAccepted':
    case 'takeNewVersion':
    case 'addSupplement':
    case 'close':
      return { type }
  }
}

function placeOf(assessment: Assessment, type: Type): string {
  const links = linksOf(assessment)
  switch (type) {
    case 'appointCouncil':
    case 'reviseCouncil':
      return links.council
    case 'approvePlan':
    case 'revisePlan':
      return links.plan
    case 'setGroupRights':
      return links.groups
    case 'closeComments':
      return links.comments
    case 'takeNewVersion':
      return `/danh-gia/${assessment.id}/chuyen-bo-tieu-chi`
    case 'close':
    case 'cancel':
      return `/danh-gia/${assessment.id}#buoc-${type}`
    case 'startReport':
    case 'reopenSheet':
    case 'openComments':
    case 'adopt':
    case 'publish':
    case 'submit':
    case 'recall':
    case 'resume':
    case 'markReturned':
    case 'markAccepted':
    case 'reopenReview':
    case 'addSupplement':
      return `${links.report}#buoc-${type}`
  }
}

/** What an event still lacks besides what its form asks for. */
export const unmetBesidesForm = (facts: AssessmentFacts, type: Type): readonly Unmet[] =>
  unmetOf(assessmentConditions, facts, unfilled(type)).filter(({ code }) => !GIVEN_BY_THE_FORM.includes(code))

/** Whether the machine has the event here and the policy lets this person fire it. */
export const mayStep = (actor: Actor, assessment: Assessment, facts: AssessmentFacts, type: Type): boolean =>
  may[type](actor, assessment) &&
  isPossible(assessmentLife, assessment.state, facts, type) &&
  !(type === 'appointCouncil' && assessment.plan.version > 0) &&
  !(type === 'approvePlan' && assessment.councilVersions.length === 0)

/** Only the steps that both the machine and the policy allow, the way forward first (style § 9). */
export const stepsOffered = (actor: Actor, assessment: Assessment, facts: AssessmentFacts): readonly OfferedStep[] =>
  EVENTS.filter(type => mayStep(actor, assessment, facts, type)).map(type => ({
    event: type,
    label: labelOf(assessment, type),
    href: placeOf(assessment, type),
    primary: isForward(assessment, type),
    unmet: unmetBesidesForm(facts, type),
  }))

const labelOf = (assessment: Assessment, type: Type): string =>
  type === 'appointCouncil' && assessment.councilVersions.length > 0
    ? 'Thay quyết định thành lập hội đồng'
    : assessmentLife.eventNames[type]

const isForward = (assessment: Assessment, type: Type): boolean => {
  if (type === 'appointCouncil') return assessment.councilVersions.length === 0
  if (type === 'openComments') return assessment.consultation?.closedOn === undefined
  if (type === 'adopt') return assessment.consultation?.closedOn !== undefined
  return FORWARD.includes(type)
}

/** The event by which the assessment leaves its present stop, and who fires it. */
export function nextTurn(assessment: Assessment): { readonly label: string; readonly who: string } | undefined {
  const type = nextEvent(assessment)
  if (type === 'review') return { label: 'Xem xét báo cáo đã gửi', who: 'cơ quan quản lý trực tiếp' }
  if (type === 'sheets')
    return { label: 'Viết và thống nhất các phiếu đánh giá tiêu chí', who: 'các nhóm công tác và hội đồng' }
  if (type === undefined) return undefined
  const who = [...new Set(assessmentSteps.filter(step => step.event === type).flatMap(step => step.who))]
  return { label: assessmentLife.eventNames[type], who: who.map(role => SEAT_NAMES[role]).join(', ') }
}

function nextEvent(assessment: Assessment): Type | 'review' | 'sheets' | undefined {
  switch (assessment.state) {
    case 'preparing':
      return assessment.councilVersions.length === 0 ? 'appointCouncil' : 'approvePlan'
    case 'working':
      return Object.values(assessment.criteria).every(({ state }) => state === 'agreed') ? 'startReport' : 'sheets'
    case 'drafting':
      return assessment.consultation?.closedOn === undefined ? 'openComments' : 'adopt'
    case 'consulting':
      return 'closeComments'
    case 'adopted':
      return 'publish'
    case 'published':
      return 'submit'
    case 'submitted':
      return 'review'
    case 'returned':
      return 'resume'
    case 'accepted':
      return 'close'
    case 'closed':
    case 'cancelled':
      return undefined
  }
}
