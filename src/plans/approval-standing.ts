import { assessmentFactsOf, assessmentLife, sheetCodes, type AssessmentEvent } from '../assessments/index.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { isPossible, unmetOf } from '../kernel/step.ts'
import type { OpenPlan, PlanNeeds } from './plan-needs.ts'

/** What the approval asks for besides the plan: the council, the groups; nothing when no approval is due. */
export async function outsideUnmet(
  needs: PlanNeeds,
  { assessment, set, content }: OpenPlan,
): Promise<{ readonly event?: 'approvePlan' | 'revisePlan'; readonly outside: readonly Unmet[] }> {
  const facts = await assessmentFactsOf(needs.assessment, assessment, needs.assessment.now(), {
    assigned: assessment.groups.flatMap(group => (group.criteria ?? []).map(code => ({ code, groupId: group.id }))),
    codes: sheetCodes(set, content.aims.level === 4),
    planUnmet: [],
  })
  // A reason is asked for beside the button; here it would only be listed as missing.
  const events: readonly AssessmentEvent[] = [{ type: 'approvePlan' }, { type: 'revisePlan', reason: '–' }]
  const event = events.find(each => isPossible(assessmentLife, assessment.state, facts, each.type))
  if (event?.type !== 'approvePlan' && event?.type !== 'revisePlan') return { outside: [] }
  return { event: event.type, outside: unmetOf(assessmentLife.conditions, facts, event) }
}
