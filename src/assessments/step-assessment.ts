import type { Actor } from '../kernel/actor.ts'
import { SEAT_NAMES } from '../kernel/actor.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { entryBy } from '../journal/index.ts'
import type { Assessment } from './assessment.ts'
import { assessmentFactsOf, type Prospect } from './assessment-facts.ts'
import {
  assessmentLife,
  assessmentSteps,
  type AssessmentEvent,
  type AssessmentFacts,
  type AssessmentState,
} from './assessment-machine.ts'
import { DECIDED_BY } from './assessment-neighbours.ts'
import { may } from './assessment-policy.ts'
import type { AssessmentChange } from './assessment-store.ts'
import type { AssessmentNeeds } from './needs.ts'

/** What a step changes besides the state, and what its journal entry keeps. */
export interface Effect {
  readonly change: AssessmentChange
  readonly facts?: Readonly<Record<string, unknown>>
}

export interface Step {
  readonly id: string
  readonly event: AssessmentEvent
  /** What the step would put in place, where a condition is on that and not on what stands now. */
  readonly prospect?: Prospect
  readonly effect?: (before: Assessment, at: Date, facts: AssessmentFacts) => Effect | Promise<Effect>
}

/**
 * One step of an assessment: load, ask, step, write. `effect` runs after the machine has agreed and before the write:
 * papers are frozen there, so that the state never names one that is not kept.
 */
export async function stepAssessment(needs: AssessmentNeeds, actor: Actor, step: Step): Promise<Assessment> {
  const { event } = step
  const before = await needs.assessments.find(step.id)
  // The Sở may end an assessment whose content it may not read yet: whoever holds the right knows of it.
  if (!before || !(may.read(actor, before) || may[event.type](actor, before)))
    throw new NotFound('Không tìm thấy đợt tự đánh giá này.')
  demandStep(actor, before, event.type)
  return writeStep(needs, actor, before, step)
}

/** Passes when the policy lets this person take the step, or refuses with whom to ask. */
export function demandStep(actor: Actor, assessment: Assessment, type: AssessmentEvent['type']): void {
  if (!may[type](actor, assessment))
    throw new Forbidden(`Bạn không có quyền “${assessmentLife.eventNames[type]}”.`, seatNamesFor(type))
}

/** The step itself for whoever has decided that this person may take it: the machine is asked, then it is written. */
export async function writeStep(
  needs: AssessmentNeeds,
  actor: Actor,
  before: Assessment,
  step: Omit<Step, 'id'>,
): Promise<Assessment> {
  const { event } = step
  const at = needs.now()
  const facts = await assessmentFactsOf(needs, before, at, step.prospect, DECIDED_BY[event.type])
  const state = nextState<AssessmentState, AssessmentFacts, AssessmentEvent>(assessmentLife, before.state, facts, event)
  const effect = (await step.effect?.(before, at, facts)) ?? { change: {} }
  return needs.assessments.advance(
    before,
    { ...effect.change, state },
    entryBy(actor, at, {
      id: `assessment:${before.id}:${before.rev + 1}`,
      unitId: before.schoolId,
      year: before.year,
      subject: { kind: 'assessment', id: before.id },
      event: event.type,
      from: before.state,
      to: state,
      ...('reason' in event && { reason: event.reason }),
      ...(effect.facts && { facts: effect.facts }),
    }),
  )
}

/** The sendings with the last one changed: steps speak of the report that is on its way now. */
export const lastChanged = (
  before: Assessment,
  change: (submission: Assessment['submissions'][number]) => Assessment['submissions'][number],
): Assessment['submissions'] =>
  before.submissions.map((submission, index) =>
    index === before.submissions.length - 1 ? change(submission) : submission,
  )

const seatNamesFor = (event: AssessmentEvent['type']): string =>
  [...new Set(assessmentSteps.filter(step => step.event === event).flatMap(step => step.who))]
    .map(role => SEAT_NAMES[role])
    .join(', ')
