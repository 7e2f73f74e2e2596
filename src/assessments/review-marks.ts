import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { StepRefused } from '../kernel/refusals.ts'
import type { Assessment, ReturnPoint, Submission } from './assessment.ts'
import type { AssessmentEvent } from './assessment-machine.ts'
import type { AssessmentNeeds } from './needs.ts'
import { lastChanged, writeStep } from './step-assessment.ts'

type Mark = Extract<AssessmentEvent, { type: 'markReturned' | 'markAccepted' | 'reopenReview' }>

/**
 * What the review of the managing level (process § 14.4) leaves in the assessment. The review has asked who may and
 * why; here the machine alone is asked, so that a mark that a crash kept from being made can be made later.
 */
const mark = (
  needs: AssessmentNeeds,
  actor: Actor,
  before: Assessment,
  event: Mark,
  { submission, facts }: { submission: (last: Submission, at: Date) => Submission; facts?: Record<string, unknown> },
): Promise<Assessment> =>
  writeStep(needs, actor, before, {
    event,
    effect: (_, at) => ({
      change: { submissions: lastChanged(before, last => submission(last, at)) },
      ...(facts && { facts }),
    }),
  })

const unaccepted = ({ ...last }: Submission): Submission => {
  delete last.acceptedOn
  return last
}

/** Why a report comes back, until when it is to be sent again, and whether the Sở sent it back. */
export interface ReturnMark {
  readonly points: readonly ReturnPoint[]
  readonly due: Day
  readonly byProvince?: boolean
}

/** The report comes back to the school with its points. */
export const markReturned = (
  needs: AssessmentNeeds,
  actor: Actor,
  before: Assessment,
  { points, due, byProvince = false }: ReturnMark,
): Promise<Assessment> =>
  mark(
    needs,
    actor,
    before,
    { type: 'markReturned' },
    {
      submission: (last, at) => ({
        ...unaccepted(last),
        returned: { on: dayOf(at), points, due, ...(byProvince && { byProvince }) },
      }),
      facts: { points: points.length, due },
    },
  )

export const markAccepted = (needs: AssessmentNeeds, actor: Actor, before: Assessment): Promise<Assessment> =>
  mark(
    needs,
    actor,
    before,
    { type: 'markAccepted' },
    { submission: (last, at) => ({ ...last, acceptedOn: dayOf(at) }) },
  )

/** The acceptance is taken back: the report lies with the managing level again, read as before. */
export const markReopened = (
  needs: AssessmentNeeds,
  actor: Actor,
  before: Assessment,
  reason: string,
): Promise<Assessment> =>
  mark(
    needs,
    actor,
    before,
    { type: 'reopenReview', reason },
    {
      submission: (last, at) => ({
        ...unaccepted(last),
        withdrawals: [...(last.withdrawals ?? []), { on: dayOf(at), reason, name: actor.name }],
      }),
    },
  )

/**
 * Somebody of the managing level begins to read. It is decided here and not in the review, because the school's recall
 * is decided on this document too: one of the two wins.
 */
export async function markReading(needs: AssessmentNeeds, actor: Actor, before: Assessment): Promise<Assessment> {
  if (before.state !== 'submitted') throw new StepRefused('Báo cáo không còn ở bước chờ xem xét.')
  if (before.submissions.at(-1)?.readingSince !== undefined)
    throw new StepRefused('Đã có người bắt đầu đọc báo cáo này.')
  const at = needs.now()
  const reader = { personId: actor.personId, name: actor.name }
  return needs.assessments.advance(
    before,
    { submissions: lastChanged(before, last => ({ ...last, readingSince: dayOf(at), reader })) },
    entryBy(actor, at, {
      id: `assessment:${before.id}:${before.rev + 1}`,
      unitId: before.schoolId,
      year: before.year,
      subject: { kind: 'assessment', id: before.id },
      event: 'beginReading',
    }),
  )
}
