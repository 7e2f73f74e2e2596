import type { Assessment } from '../assessments/index.ts'
import { entryBy } from '../journal/index.ts'
import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import { dayOf, printDay } from '../kernel/dates.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { shiftYear } from '../kernel/working-year.ts'
import { actionId, isUnfinished, type Action } from './action.ts'
import { actionLife, actionSteps, type ActionEvent, type ActionFacts, type ActionState } from './action-machine.ts'
import { mayOnAction } from './action-policy.ts'
import type { ActionChange } from './action-store.ts'
import { openActions, placeOf, type ActionNeeds } from './actions-of.ts'

export const actionFactsOf = (assessment: Assessment, at: Date): ActionFacts => ({
  live: assessment.state !== 'cancelled',
  today: dayOf(at),
})

/** One step of one action: load, ask, step, write. `NotFound` for an action that no agreed sheet has. */
export const stepAction =
  (needs: ActionNeeds) =>
  async (actor: Actor, assessmentId: string, code: string, line: string, event: ActionEvent): Promise<Action> => {
    const { assessment, actions } = await openActions(needs, actor, assessmentId)
    const action = actions.find(each => each.id === actionId(assessmentId, code, line))
    if (!action) throw new NotFound('Không tìm thấy việc cải tiến này.')
    return take(needs, actor, assessment, action, event)
  }

/**
 * Hands every unfinished action on to the next school year in one go and gives how many. Each is one write; doing it
 * again after a crash hands on only what is left. The next year reads them from here, whether it has begun or not.
 */
export const carryAllOver =
  (needs: ActionNeeds) =>
  async (actor: Actor, assessmentId: string): Promise<number> => {
    const { assessment, actions } = await openActions(needs, actor, assessmentId)
    const event = { type: 'carryOver', to: shiftYear(assessment.year, 1) } as const
    demand(actor, assessment, '', event.type)
    const unfinished = actions.filter(isUnfinished)
    for (const action of unfinished) await take(needs, actor, assessment, action, event)
    return unfinished.length
  }

function demand(actor: Actor, assessment: Assessment, code: string, event: ActionEvent['type']): void {
  if (mayOnAction[event](actor, placeOf(assessment, code))) return
  const who = [...new Set(actionSteps.filter(step => step.event === event).flatMap(step => step.who))]
  throw new Forbidden(
    `Nhiệm vụ đang giữ không gồm việc “${actionLife.eventNames[event]}”.`,
    who.map(role => SEAT_NAMES[role]).join(', '),
  )
}

async function take(
  needs: ActionNeeds,
  actor: Actor,
  assessment: Assessment,
  action: Action,
  event: ActionEvent,
): Promise<Action> {
  demand(actor, assessment, action.code, event.type)
  const at = needs.now()
  const state = nextState<ActionState, ActionFacts, ActionEvent>(
    actionLife,
    action.state,
    actionFactsOf(assessment, at),
    event,
  )
  const { change, reason } = effectOf(action, event, actor, at)
  return needs.actions.step(
    action,
    { ...change, state },
    entryBy(actor, at, {
      id: `action:${action.id}:${action.rev + 1}`,
      unitId: action.schoolId,
      year: action.year,
      subject: { kind: 'action', id: action.id },
      event: event.type,
      from: action.state,
      to: state,
      ...(reason !== undefined && { reason }),
    }),
  )
}

/** What a step writes besides the state, and the words that its journal entry keeps. */
function effectOf(
  action: Action,
  event: ActionEvent,
  actor: Actor,
  at: Date,
): { readonly change: ActionChange; readonly reason?: string } {
  switch (event.type) {
    case 'start':
      return { change: {} }
    case 'report': {
      const note = { text: event.progress, name: actor.name, at }
      return { change: { progress: [...action.progress, note] }, reason: event.progress }
    }
    case 'extend':
      return { change: { extendedTo: event.to }, reason: `Hạn mới ${printDay(event.to)}` }
    case 'finish':
      return { change: { done: { result: event.result, evidence: event.evidence } }, reason: event.result }
    case 'drop':
      return { change: { droppedBecause: event.reason }, reason: event.reason }
    case 'carryOver':
      break
  }
  return {
    change: { carried: { to: event.to, from: action.state === 'doing' ? 'doing' : 'planned' } },
    reason: `Sang năm học ${event.to}`,
  }
}
