import type { CriteriaSet } from '../catalogue/index.ts'
import { SEAT_NAMES, type Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { askedBy, forceOf, type AskedSheet } from './asked.ts'
import { keyOf, type Assessment, type CriterionDecision } from './assessment.ts'
import { may, mayOnSheet, type CriterionInPlace } from './assessment-policy.ts'
import { whyNotRead } from './group-rights-words.ts'
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

const KEPT_APART = 'Theo quyết định của chủ tịch hội đồng, bạn chỉ đọc phiếu của nhóm mình khi đang đánh giá tiêu chí.'

/** Refuses whom the chair has kept to the sheets of their own group; with a day, in the decision's own words. */
export function demandReading(actor: Actor, assessment: Assessment, decision: CriterionDecision, today?: Day): void {
  if (mayOnSheet.read(actor, inPlace(assessment, decision))) return
  const decided = today === undefined ? undefined : whyNotRead(assessment, actor.personId, today)
  throw new Forbidden(decided ?? KEPT_APART, SEAT_NAMES.chair)
}

/** One sheet of it; `NotFound` also before the plan has created the sheets. */
export async function openSheet(needs: AssessmentNeeds, actor: Actor, id: string, code: string): Promise<OpenSheet> {
  const assessment = await openForReading(needs, actor, id)
  const decision = assessment.criteria[keyOf(code)]
  const set = await needs.setOf(assessment.set.hash)
  const asked = askedBy(set, code, forceOf(assessment, set))
  if (!decision || !asked) throw new NotFound('Đợt tự đánh giá này không có phiếu tiêu chí đó.')
  const today = dayOf(needs.now())
  demandReading(actor, assessment, decision, today)
  return { assessment, set, decision, asked, place: placeOf(assessment, decision, today) }
}

/** Criteria whose sheets this person may not read now: those of other groups, by the chair's decision. */
export const unreadableCodes = (actor: Actor, assessment: Assessment): readonly string[] =>
  Object.values(assessment.criteria).flatMap(decision =>
    mayOnSheet.read(actor, inPlace(assessment, decision)) ? [] : [decision.code],
  )

/** A criterion as the right to read sees it; who presides today is left out. */
export const inPlace = (
  assessment: Assessment,
  decision: Pick<CriterionDecision, 'code' | 'groupId'>,
): CriterionInPlace => ({
  schoolId: assessment.schoolId,
  year: assessment.year,
  code: decision.code,
  state: assessment.state,
  ancestors: assessment.ancestors,
  ...(decision.groupId !== undefined && { groupId: decision.groupId }),
})

export const placeOf = (assessment: Assessment, decision: CriterionDecision, today: string): CriterionInPlace => ({
  ...inPlace(assessment, decision),
  ...(assessment.presiding && assessment.presiding.to >= today && { presidingId: assessment.presiding.personId }),
})
