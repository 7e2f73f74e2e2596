import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { entryBy } from '../journal/index.ts'
import { keyOf, type Assessment } from './assessment.ts'
import { may, mayOnSheet } from './assessment-policy.ts'
import type { AssessmentNeeds } from './needs.ts'
import { openSheet, placeOf } from './open-sheet.ts'
import { REPORT } from './report-texts.ts'
import type { Sheet } from './sheet.ts'

/** Parts of these sheets that were carried over and that nobody has confirmed yet. */
export const unreviewedParts = (sheets: readonly Sheet[]): number =>
  sheets
    .filter(({ code }) => code !== REPORT)
    .flatMap(({ parts }) => Object.values(parts))
    .filter(({ notReviewed }) => notReviewed === true).length

/** The group in charge and those who write the report may say that a carried text still holds. */
export const mayConfirm = (actor: Actor, assessment: Assessment, code: string, today: string): boolean => {
  const decision = assessment.criteria[keyOf(code)]
  return (
    assessment.state === 'working' &&
    decision !== undefined &&
    (mayOnSheet.write(actor, placeOf(assessment, decision, today)) || may.writeReport(actor, assessment))
  )
}

/**
 * Confirms carried texts of one sheet as they stand: one part, or all of them. With the last one the sheet itself stops
 * being “chưa rà soát”. Gives the number of parts confirmed.
 */
export const confirmReview =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, code: string, part?: string): Promise<number> => {
    const { assessment, decision } = await openSheet(needs, actor, id, code)
    if (!mayConfirm(actor, assessment, code, dayOf(needs.now())))
      throw new Forbidden(
        'Chỉ nhóm phụ trách và nhóm thư ký xác nhận rà soát, khi đang đánh giá tiêu chí.',
        'trưởng nhóm',
      )
    const sheet = await needs.sheets.find(id, code)
    if (part !== undefined && !sheet.parts[part]) throw new NotFound('Phiếu không có phần này.')
    const confirmed = await needs.sheets.confirmParts(sheet, part === undefined ? undefined : [part])
    const left = unreviewedParts([await needs.sheets.find(id, code)])
    // While nothing has been drafted the mark is what lets the group begin without an analysis.
    const begun = decision.state !== 'assigned' && decision.state !== 'analysing'
    if (confirmed > 0)
      await needs.assessments.advanceCriterion(
        assessment,
        decision,
        left === 0 && begun ? { notReviewed: undefined } : {},
        entryBy(actor, needs.now(), {
          id: `assessment:${id}:${keyOf(code)}:${decision.rev + 1}`,
          unitId: assessment.schoolId,
          year: assessment.year,
          subject: { kind: 'assessment', id, part: code },
          event: 'confirmReview',
          facts: { parts: part ?? 'all', confirmed, left },
        }),
      )
    return confirmed
  }
