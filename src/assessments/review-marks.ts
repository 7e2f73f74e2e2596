import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput } from '../kernel/refusals.ts'
import type { Assessment, ReturnPoint } from './assessment.ts'
import { belongsToSchool } from './assessment-policy.ts'
import type { AssessmentNeeds } from './needs.ts'
import { lastChanged, stepAssessment } from './step-assessment.ts'

/**
 * What the review of the managing level (process § 14.4) leaves in the assessment: the two steps by which a sent report
 * comes back or is accepted. Only leads of the units that manage the school take them, never one who holds a seat there.
 */
export const markReturned =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, points: readonly ReturnPoint[], due: Day): Promise<Assessment> => {
    if (points.length === 0 || points.some(point => point.reason.trim() === ''))
      throw new InvalidInput({ points: 'Cần ghi ít nhất một nội dung yêu cầu hoàn thiện, mỗi nội dung có lý do.' })
    return stepAssessment(needs, actor, {
      id,
      event: { type: 'markReturned' },
      effect: (before, at) => {
        demandStranger(actor, before)
        const returned = { on: dayOf(at), points, due }
        return {
          change: { submissions: lastChanged(before, submission => ({ ...submission, returned })) },
          facts: { points: points.length, due },
        }
      },
    })
  }

export const markAccepted = (needs: AssessmentNeeds) => (actor: Actor, id: string) =>
  stepAssessment(needs, actor, {
    id,
    event: { type: 'markAccepted' },
    effect: (before, at) => {
      demandStranger(actor, before)
      return {
        change: { submissions: lastChanged(before, submission => ({ ...submission, acceptedOn: dayOf(at) })) },
      }
    },
  })

/** Nobody reviews a school in which he or she holds a seat (process § 2). */
function demandStranger(actor: Actor, { schoolId, year }: Assessment): void {
  if (belongsToSchool(actor, schoolId, year))
    throw new Forbidden('Người có tên trong trường không xem xét báo cáo của trường đó.', 'lãnh đạo khác của đơn vị')
}
