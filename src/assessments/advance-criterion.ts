import type { Actor } from '../kernel/actor.ts'
import { SEAT_NAMES } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, StepRefused } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { entryBy } from '../journal/index.ts'
import { keyOf, type Stamp } from './assessment.ts'
import { mayOnSheet } from './assessment-policy.ts'
import { criterionFactsOf } from './criterion-facts.ts'
import { criterionLife, criterionSteps, type CriterionEvent, type CriterionState } from './criterion-machine.ts'
import { whyNot } from './group-rights-words.ts'
import type { AssessmentNeeds } from './needs.ts'
import { openSheet } from './open-sheet.ts'

/** Steps that rest on the words of the sheet: they freeze them first, then move. */
const PINNING: readonly CriterionEvent['type'][] = ['handIn']

/**
 * Moves one criterion sheet: load, ask, step, write. A step that relies on the text pins it under the revision it
 * claims before the state moves, so that a crash in between leaves a pin nobody refers to, never a state without words.
 */
export const advanceCriterion =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, code: string, event: CriterionEvent): Promise<CriterionState> => {
    const open = await openSheet(needs, actor, id, code)
    const { assessment, decision, place } = open
    if (!mayOnSheet[event.type](actor, place)) {
      const deed = event.type === 'handIn' ? 'handIn' : 'write'
      const decided = whyNot(assessment, actor.personId, code, deed, dayOf(needs.now()))
      throw new Forbidden(
        decided ?? `Bạn không có quyền “${criterionLife.eventNames[event.type]}” với phiếu này.`,
        seatNamesFor(event.type),
      )
    }
    if (assessment.state !== 'working')
      throw new StepRefused('Chỉ làm được với phiếu khi đợt tự đánh giá đang ở bước đánh giá tiêu chí.')
    const [sheet, evidence, numbers] = await Promise.all([
      needs.sheets.find(id, code),
      needs.evidence(id),
      needs.numbers(assessment),
    ])
    const at = needs.now()
    const facts = criterionFactsOf(open, sheet, evidence, numbers, dayOf(at))
    const state = nextState<CriterionState, typeof facts, CriterionEvent>(criterionLife, decision.state, facts, event)
    const pin = PINNING.includes(event.type) ? (await needs.sheets.pin(sheet, decision.rev + 1, at)).id : undefined
    await needs.assessments.advanceCriterion(
      assessment,
      decision,
      { state, ...(pin !== undefined && { pin }), ...marksOf(event, stampOf(actor, at)) },
      entryBy(actor, at, {
        id: `assessment:${id}:${keyOf(code)}:${decision.rev + 1}`,
        unitId: assessment.schoolId,
        year: assessment.year,
        subject: { kind: 'assessment', id, part: code },
        event: event.type,
        from: decision.state,
        to: state,
        ...('reason' in event && { reason: event.reason }),
        facts: factsToKeep(event, pin),
      }),
    )
    return state
  }

export const stampOf = (actor: Actor, at: Date): Stamp => ({ by: actor.personId, name: actor.name, at })

/** What the decision keeps of a step besides the state. */
function marksOf(event: CriterionEvent, stamp: Stamp): Readonly<Record<string, unknown>> {
  switch (event.type) {
    case 'handIn':
      return { handedIn: stamp, returned: undefined, notReviewed: undefined }
    case 'confirm':
      return { confirmed: stamp }
    case 'agree':
      return { agreed: { ...stamp, decision: event.decision } }
    case 'returnToAuthor':
      return returnMarks({ ...stamp, reason: event.reason, anchor: event.anchor ?? '', from: 'group' })
    case 'returnToGroup':
      return returnMarks({ ...stamp, reason: event.reason, anchor: '', from: 'council' })
    case 'reopen':
      return returnMarks({ ...stamp, reason: event.reason, anchor: '', from: 'council' })
    case 'analyse':
    case 'draft':
    case 'freeze':
    case 'thaw':
      return {}
  }
}

/** The authors are counted anew after a return: whoever mends it now is its author. */
export const returnMarks = (returned: Stamp & { reason: string; anchor: string; from: 'group' | 'council' }) => ({
  returned,
  handedIn: undefined,
  confirmed: undefined,
  agreed: undefined,
})

const factsToKeep = (event: CriterionEvent, pin: string | undefined): Readonly<Record<string, unknown>> => ({
  ...(pin !== undefined && { pin }),
  ...(event.type === 'agree' && { decision: event.decision }),
  ...(event.type === 'returnToAuthor' && event.anchor !== undefined && { anchor: event.anchor }),
})

const seatNamesFor = (event: CriterionEvent['type']): string =>
  [...new Set(criterionSteps.filter(step => step.event === event).flatMap(step => step.who))]
    .map(role => SEAT_NAMES[role])
    .join(', ')
