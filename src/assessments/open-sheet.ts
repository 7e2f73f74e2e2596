import type { CriteriaSet } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { askedBy, forceOf, type AskedSheet } from './asked.ts'
import { keyOf, type Assessment, type CriterionDecision } from './assessment.ts'
import { may, type CriterionInPlace } from './assessment-policy.ts'
import type { AssessmentNeeds } from './needs.ts'

/** One criterion sheet with everything around it that a step or a page has to know. */
export interface OpenSheet {
  readonly assessment: Assessment
  readonly set: CriteriaSet
  readonly decision: CriterionDecision
  readonly asked: AskedSheet
  readonly place: CriterionInPlace
}

/** The assessment if this person may know of it; `NotFound` otherwise. */
export async function openForReading(needs: AssessmentNeeds, actor: Actor, id: string): Promise<Assessment> {
  const assessment = await needs.assessments.find(id)
  if (!assessment || !may.read(actor, assessment)) throw new NotFound('Không tìm thấy đợt tự đánh giá này.')
  return assessment
}

/** One sheet of it; `NotFound` also before the plan has created the sheets. */
export async function openSheet(needs: AssessmentNeeds, actor: Actor, id: string, code: string): Promise<OpenSheet> {
  const assessment = await openForReading(needs, actor, id)
  const decision = assessment.criteria[keyOf(code)]
  const set = await needs.setOf(assessment.set.hash)
  const asked = askedBy(set, code, forceOf(assessment, set))
  if (!decision || !asked) throw new NotFound('Đợt tự đánh giá này không có phiếu tiêu chí đó.')
  return { assessment, set, decision, asked, place: placeOf(assessment, decision, dayOf(needs.now())) }
}

export const placeOf = (assessment: Assessment, decision: CriterionDecision, today: string): CriterionInPlace => ({
  schoolId: assessment.schoolId,
  year: assessment.year,
  ...(decision.groupId !== undefined && { groupId: decision.groupId }),
  ...(assessment.presiding && assessment.presiding.to >= today && { presidingId: assessment.presiding.personId }),
})
