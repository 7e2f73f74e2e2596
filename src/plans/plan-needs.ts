import {
  isLevelFour,
  linksOf,
  openForReading,
  sheetCodes,
  type Assessment,
  type AssessmentNeeds,
} from '../assessments/index.ts'
import type { CriteriaSet } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { PlanContent, PlanEvidence } from './plan-content.ts'
import { contentOf, type PlanDraft } from './plan-draft.ts'
import type { ModelWeeks } from './plan-template.ts'
import { planUnmet, type PlanFacts, type PlanUnmet } from './plan-rules.ts'
import type { PlanStore } from './plan-store.ts'

/** What the plan's own rules need; the functions that `AssessmentNeeds` and the papers ask for stand on these alone. */
export interface PlanFactNeeds {
  readonly plans: PlanStore
  readonly setOf: (hash: string) => Promise<CriteriaSet>
  /** The day by which the school sends its report (setting `submitDue`). */
  readonly submitDue: (assessment: Assessment) => Promise<Day>
}

/** An item of section VII with an id that is the same whenever the same line is approved again. */
export interface ExpectedItem extends PlanEvidence {
  readonly id: string
}

/** Everything that the plan's screens and steps need; app.ts puts it together. */
export interface PlanNeeds extends PlanFactNeeds {
  readonly assessment: AssessmentNeeds
  /** In which week each step of the model timetable ends, by the school's settings (process § 15). */
  readonly weeks: (assessment: Assessment) => Promise<ModelWeeks>
  readonly schoolName: (schoolId: string) => Promise<string>
  /** Puts the items on the evidence board in state `expected`; an id that is there already is left as it is. */
  readonly expectEvidence: (by: Actor, assessment: Assessment, items: readonly ExpectedItem[]) => Promise<void>
  /** The newest accepted steps of the assessment, at most so many. */
  readonly history: (assessmentId: string, atMost: number) => Promise<readonly JournalEntry[]>
  /** Address of a frozen paper. */
  readonly paperHref: (paperId: string) => string
}

/** What the plan is checked against, given the level that it aims at. */
export async function planFactsOf(
  { setOf, submitDue }: PlanFactNeeds,
  assessment: Assessment,
  { aims }: Pick<PlanContent, 'aims'>,
): Promise<PlanFacts> {
  const [set, due] = await Promise.all([setOf(assessment.set.hash), submitDue(assessment)])
  return {
    year: assessment.year,
    criteria: sheetCodes(set, aims.level === 4),
    submitDue: due,
    href: linksOf(assessment).plan,
  }
}

/** What keeps the plan as it is drafted now from being approved: the `planUnmet` of `AssessmentNeeds`. */
export const draftUnmet =
  (needs: PlanFactNeeds) =>
  async (assessment: Assessment): Promise<readonly PlanUnmet[]> => {
    const content = contentOf(await needs.plans.draft(assessment.id))
    return planUnmet(content, await planFactsOf(needs, assessment, content))
  }

/** The plan that the assessment names: its frozen version, or the draft while none is approved; absent before both. */
export const planOf =
  ({ plans }: Pick<PlanFactNeeds, 'plans'>) =>
  async ({ id, plan }: Assessment): Promise<PlanContent | undefined> => {
    if (plan.version > 0) return (await plans.version(id, plan.version))?.content
    const draft = await plans.draft(id)
    return draft.rev === 0 ? undefined : contentOf(draft)
  }

/** The assessment with its plan, for a person who may read it. */
export interface OpenPlan {
  readonly assessment: Assessment
  readonly set: CriteriaSet
  readonly draft: PlanDraft
  readonly content: PlanContent
  readonly facts: PlanFacts
}

/** Throws `NotFound` for everybody who may not know of the assessment. */
export async function openPlan(needs: PlanNeeds, actor: Actor, id: string): Promise<OpenPlan> {
  const assessment = await openForReading(needs.assessment, actor, id)
  const [set, draft] = await Promise.all([needs.setOf(assessment.set.hash), needs.plans.draft(id)])
  const content = contentOf(draft)
  return { assessment, set, draft, content, facts: await planFactsOf(needs, assessment, content) }
}

/** Name of a criterion as the plan's tables show it; undefined for a code that the set does not have. */
export function criterionName(set: CriteriaSet, code: string): string | undefined {
  if (isLevelFour(code)) return set.levelFour.find(clause => clause.code === code)?.gist
  return set.standards.flatMap(standard => standard.criteria).find(criterion => criterion.code === code)?.title
}
