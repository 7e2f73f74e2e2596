import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import { InvalidInput, type Unmet } from '../kernel/refusals.ts'
import { keyOf, sheetCodes, type Assessment, type CriterionDecision } from './assessment.ts'
import type { AssessmentNeeds } from './needs.ts'
import { afterChange } from './assessment-store.ts'
import { stepAssessment } from './step-assessment.ts'

/** A plan version that plans has frozen before it asks for this step. */
export interface PinnedPlan {
  readonly version: number
  readonly number: string
  readonly date: Day
  readonly unmet: readonly Unmet[]
  readonly deadlines: Readonly<Record<string, Day>>
  readonly aimsAtLevelFour: boolean
}

/** Every line of the groups' lists, so that a criterion given to two groups shows as two. */
const assignedBy = (assessment: Assessment): readonly { readonly code: string; readonly groupId: string }[] =>
  assessment.groups.flatMap(group => (group.criteria ?? []).map(code => ({ code, groupId: group.id })))

/** The chair approves the plan: the assessment begins to work and every criterion gets its sheet (process § 14.1). */
export const approvePlan =
  (needs: AssessmentNeeds) =>
  (actor: Actor, id: string, plan: PinnedPlan): Promise<Assessment> =>
    planStep(needs, actor, id, plan, { type: 'approvePlan' })

/** The chair changes an approved plan; no criterion may lose its group. */
export const revisePlan =
  (needs: AssessmentNeeds) =>
  (actor: Actor, id: string, plan: PinnedPlan, reason: string): Promise<Assessment> =>
    planStep(needs, actor, id, plan, { type: 'revisePlan', reason })

async function planStep(
  needs: AssessmentNeeds,
  actor: Actor,
  id: string,
  plan: PinnedPlan,
  event: { type: 'approvePlan' } | { type: 'revisePlan'; reason: string },
): Promise<Assessment> {
  const now = await needs.assessments.get(id)
  const set = await needs.setOf(now.set.hash)
  const assigned = assignedBy(now)
  const carriedOver = new Set(
    (await needs.sheets.ofAssessment(id))
      .filter(sheet => Object.values(sheet.parts).some(part => part.notReviewed))
      .map(sheet => sheet.code),
  )
  return stepAssessment(needs, actor, {
    id,
    event,
    prospect: { assigned, codes: sheetCodes(set, plan.aimsAtLevelFour), planUnmet: plan.unmet },
    effect: async before => {
      const codes = sheetCodes(set, plan.aimsAtLevelFour)
      const criteria = Object.fromEntries(
        codes.map(code => {
          const groupId = assigned.find(line => line.code === code)?.groupId ?? before.criteria[keyOf(code)]?.groupId
          return [
            keyOf(code),
            sheetOf(before.criteria[keyOf(code)], {
              code,
              groupId,
              carriedOver: carriedOver.has(code),
              floor: before.revFloors?.[keyOf(code)] ?? 0,
            }),
          ]
        }),
      )
      const change = {
        criteria,
        aimsAtLevelFour: plan.aimsAtLevelFour,
        plan: {
          version: plan.version,
          number: plan.number,
          approvedOn: plan.date,
          deadlines: plan.deadlines,
        },
      }
      const paper = await needs.freezePaper('plan', afterChange(before, change))
      return {
        change: { ...change, plan: { ...change.plan, paperId: paper.id } },
        facts: { version: plan.version, number: plan.number, date: plan.date, paper: paper.id },
      }
    },
  })
}

/** Sheets that exist keep their work; a new one starts with its group. */
function sheetOf(
  decision: CriterionDecision | undefined,
  {
    code,
    groupId,
    carriedOver,
    floor,
  }: {
    readonly code: string
    readonly groupId: string | undefined
    readonly carriedOver: boolean
    readonly floor: number
  },
): CriterionDecision {
  const group = groupId !== undefined && { groupId }
  if (decision) return decision.groupId === groupId ? decision : { ...decision, ...group, rev: decision.rev + 1 }
  return {
    code,
    state: 'assigned',
    rev: floor + 1,
    ...group,
    answers: {},
    authors: [],
    ...(carriedOver && { notReviewed: true }),
  }
}

/** Number of a plan or decision as the clerk gives it; a short text with a digit. */
export function documentNumberFrom(field: string, value: unknown): string {
  const text = typeof value === 'string' ? value.normalize('NFC').trim() : ''
  if (!/\d/.test(text) || text.length > 60)
    throw new InvalidInput({ [field]: 'Cần ghi số, ký hiệu văn bản, ví dụ 15/QĐ-THLL.' })
  return text
}
