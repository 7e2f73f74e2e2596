import { createHash } from 'node:crypto'
import {
  approvePlan,
  may,
  revisePlan,
  type Assessment,
  type AssessmentNeeds,
  type PinnedPlan,
} from '../assessments/index.ts'
import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StaleWrite, StepRefused, type Unmet } from '../kernel/refusals.ts'
import { compareCodes } from '../kernel/words.ts'
import type { PlanContent } from './plan-content.ts'
import type { PlanVersion } from './plan-draft.ts'
import { openPlan, planOf, type ExpectedItem, type OpenPlan, type PlanNeeds } from './plan-needs.ts'
import { planUnmet } from './plan-rules.ts'
import { deadlinesOf } from './plan-template.ts'

/** What the chair decides: number and date of the paper, and which draft was read. */
export interface PlanApproval {
  readonly number: string
  readonly date: Day
  /** `rev` of the draft on the chair's screen. */
  readonly draftRev: number
}

/** The chair approves the plan as drafted: it is frozen, comes into force, and its evidence is expected (§ 14.1). */
export const approve =
  (needs: PlanNeeds) =>
  (actor: Actor, id: string, approval: PlanApproval): Promise<Assessment> =>
    decide(needs, actor, id, approval, 'approvePlan', (on, plan) => approvePlan(on)(actor, id, plan))

/** The chair puts a changed plan into force as the next version; earlier ones stay. */
export const revise =
  (needs: PlanNeeds) =>
  (actor: Actor, id: string, approval: PlanApproval, reason: string): Promise<Assessment> =>
    decide(needs, actor, id, approval, 'revisePlan', (on, plan) => revisePlan(on)(actor, id, plan, reason))

type Take = (needs: AssessmentNeeds, plan: PinnedPlan) => Promise<Assessment>

async function decide(
  needs: PlanNeeds,
  actor: Actor,
  id: string,
  approval: PlanApproval,
  event: 'approvePlan' | 'revisePlan',
  take: Take,
): Promise<Assessment> {
  const open = await openPlan(needs, actor, id)
  if (!may[event](actor, open.assessment))
    throw new Forbidden('Chỉ chủ tịch hội đồng được phê duyệt kế hoạch tự đánh giá.', 'chủ tịch hội đồng')
  if (open.draft.rev !== approval.draftRev)
    throw new StaleWrite('Kế hoạch vừa được sửa sau khi trang được mở. Xin đọc lại trước khi phê duyệt.')
  if (approval.date > dayOf(needs.assessment.now()))
    throw new InvalidInput({ date: 'Ngày ban hành kế hoạch không được sau hôm nay.' })
  const unmet = planUnmet(open.content, open.facts)
  // The machine of `approvePlan` asks for a whole plan itself and adds what is missing outside it; `revisePlan` does not.
  if (unmet.length > 0 && event === 'revisePlan')
    throw new StepRefused('Chưa thể điều chỉnh kế hoạch: còn thiếu điều kiện.', unmet)
  // Nothing is frozen for a plan that will be refused.
  const pin = unmet.length > 0 ? versionOf(open, needs.assessment.now()) : await freeze(needs, actor, open)
  const written = await take(onRevision(needs.assessment, pin.claims), pinnedPlan(pin, approval, unmet))
  await expectPlanned(needs)(actor, written)
  return written
}

const versionOf = ({ assessment, draft, content }: OpenPlan, at: Date): PlanVersion => {
  const version = assessment.plan.version + 1
  const claims = assessment.rev
  return {
    id: `${assessment.id}:${version}:${claims}`,
    assessmentId: assessment.id,
    version,
    claims,
    draftRev: draft.rev,
    content,
    at,
  }
}

/**
 * Pins the draft. A pin of another draft on the same revision comes from an approval that was broken off between
 * freezing and recording; the revision that it claims is spent with a journal entry, so that it can never come into
 * force, and the approval has to be asked for again on the next one.
 */
async function freeze(needs: PlanNeeds, actor: Actor, open: OpenPlan): Promise<PlanVersion> {
  const { assessments, now } = needs.assessment
  const { assessment } = open
  const pin = await needs.plans.pin(versionOf(open, now()))
  if (pin.draftRev === open.draft.rev) return pin
  const spent = await assessments.advance(
    assessment,
    {},
    entryBy(actor, now(), {
      id: `assessment:${assessment.id}:${assessment.rev + 1}`,
      unitId: assessment.schoolId,
      year: assessment.year,
      subject: { kind: 'assessment', id: assessment.id },
      event: 'dropPlanPin',
      facts: { pin: pin.id },
    }),
  )
  return freeze(needs, actor, { ...open, assessment: spent })
}

const pinnedPlan = (
  { version, content }: PlanVersion,
  { number, date }: PlanApproval,
  unmet: readonly Unmet[],
): PinnedPlan => ({
  version,
  number,
  date,
  unmet,
  deadlines: Object.fromEntries(deadlinesOf(content.timetable)),
  aimsAtLevelFour: content.aims.level === 4,
})

/** The same needs with an assessment that can be stepped from this one revision only: the one that the pin claims. */
function onRevision(needs: AssessmentNeeds, rev: number): AssessmentNeeds {
  const { assessments } = needs
  return {
    ...needs,
    assessments: {
      ...assessments,
      async find(id) {
        const found = await assessments.find(id)
        if (found && found.rev !== rev)
          throw new StaleWrite('Hồ sơ vừa được người khác thay đổi. Xin xem lại rồi làm lại bước này.', found)
        return found
      },
    },
  }
}

/**
 * Puts section VII of the plan in force on the evidence board. Every line gives the same id each time, so doing it
 * again, after a crash or for the next version, adds only what is new.
 */
export const expectPlanned =
  (needs: PlanNeeds) =>
  async (by: Actor, assessment: Assessment): Promise<void> => {
    if (assessment.plan.version === 0) return
    const content = await planOf(needs)(assessment)
    await needs.expectEvidence(by, assessment, expectedItems(assessment, content?.evidence ?? []))
  }

/** The lines of section VII by criterion, each with the id of its item. */
export const expectedItems = (
  { id }: Pick<Assessment, 'id'>,
  evidence: PlanContent['evidence'],
): readonly ExpectedItem[] => {
  const items = evidence.map(row => ({ ...row, id: `kh-${hashOf(`${id}|${row.criterion}|${row.name}`)}` }))
  return [...new Map(items.map(item => [item.id, item])).values()].toSorted((a, b) =>
    compareCodes(a.criterion, b.criterion),
  )
}

const hashOf = (text: string): string => createHash('sha256').update(text.normalize('NFC')).digest('hex').slice(0, 32)
