import { may } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { addDays, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StepRefused } from '../kernel/refusals.ts'
import { workingYearOf } from '../kernel/working-year.ts'
import type { PlanContent } from './plan-content.ts'
import { evidencePart, partOf, type PlanDraft, type PlanPart } from './plan-draft.ts'
import { openPlan, type OpenPlan, type PlanNeeds } from './plan-needs.ts'
import { isOpenForWriting } from './plan-rules.ts'
import type { PlanSection } from './plan-sections.ts'
import { byCriterion, isOf, withTypicalEvidence } from './plan-suggestions.ts'
import { modelTimetable, type SchoolBreak } from './plan-template.ts'
import type { Saving } from './plan-store.ts'

async function openForWriting(needs: PlanNeeds, actor: Actor, id: string): Promise<OpenPlan> {
  const open = await openPlan(needs, actor, id)
  if (!may.editPlan(actor, open.assessment))
    throw new Forbidden('Chỉ người lập kế hoạch được sửa kế hoạch tự đánh giá.', 'thư ký hội đồng, nhóm thư ký')
  if (!isOpenForWriting(open.assessment))
    throw new StepRefused('Hội đồng đã chuyển sang viết báo cáo nên kế hoạch không sửa được nữa.')
  return open
}

const savingBy = (actor: Actor, { assessment }: PlanNeeds): Saving => ({
  by: actor.personId,
  name: actor.name,
  at: assessment.now(),
})

export interface SectionInput {
  readonly section: PlanSection
  /** Of section VII: the standard that the form shows. */
  readonly standard?: string
  /** Revision of the part on the person's screen; 0 when it had never been saved. */
  readonly rev: number
  readonly content: Partial<PlanContent>
}

/** Saves one section as far as it is written. `StaleWrite` when somebody saved the same section meanwhile. */
export const saveSection =
  (needs: PlanNeeds) =>
  async (actor: Actor, id: string, { section, standard, rev, content }: SectionInput): Promise<void> => {
    const { draft, facts } = await openForWriting(needs, actor, id)
    const kept = {
      ...content,
      ...(content.evidence && { evidence: inStandard(content.evidence, standard ?? '', facts.criteria) }),
      // A lower aim takes the clauses of Mức 4 out of the plan.
      ...(content.assignments && {
        assignments: content.assignments.filter(row => facts.criteria.includes(row.criterion)),
      }),
    }
    await needs.plans.savePart(draft, partOf(section, standard), rev, kept, savingBy(actor, needs))
  }

/** Only lines of this standard may stand in its part, or they would be saved twice. */
function inStandard(
  rows: PlanContent['evidence'],
  standard: string,
  criteria: readonly string[],
): PlanContent['evidence'] {
  const stranger = rows.findIndex(row => !isOf(row, standard))
  if (stranger >= 0)
    throw new InvalidInput({ [`criterion.${stranger}`]: `Xin chọn một tiêu chí của tiêu chuẩn ${standard}.` })
  return byCriterion(
    rows,
    criteria.filter(code => isOf({ criterion: code }, standard)),
  )
}

/** Adds the set's typical evidence to section VII: of one standard, or of all. Gives how many lines were added. */
export const fillEvidence =
  (needs: PlanNeeds) =>
  async (actor: Actor, id: string, draftRev: number, standard?: string): Promise<number> => {
    const { assessment, set, draft, content } = await openForWriting(needs, actor, id)
    const standards = standard === undefined ? set.standards.map(each => each.code) : [standard]
    const filled = standards.map(
      code => [evidencePart(code), { evidence: withTypicalEvidence(assessment, set, code, content) }] as const,
    )
    await saveAll(needs, actor, draft, draftRev, Object.fromEntries(filled))
    const before = content.evidence.filter(row => standards.some(code => isOf(row, code))).length
    return filled.reduce((sum, [, part]) => sum + part.evidence.length, 0) - before
  }

/** Lays the model timetable by the weeks of the settings from a first day on, around the breaks; it replaces the one that stands there. */
export const layTimetable =
  (needs: PlanNeeds) =>
  async (actor: Actor, id: string, draftRev: number, start: Day, breaks: readonly SchoolBreak[]): Promise<void> => {
    const { assessment, draft } = await openForWriting(needs, actor, id)
    if (workingYearOf(start) !== assessment.year)
      throw new InvalidInput({ start: `Ngày bắt đầu phải nằm trong năm học ${assessment.year}.` })
    const timetable = modelTimetable(start, breaks, await needs.weeks(assessment))
    await saveAll(needs, actor, draft, draftRev, { timetable: { timetable } })
  }

/** Moves every day of the plan (IV.4, V, VII, IX) by whole weeks, forward or back. */
export const shiftPlan =
  (needs: PlanNeeds) =>
  async (actor: Actor, id: string, draftRev: number, weeks: number): Promise<void> => {
    const { draft } = await openForWriting(needs, actor, id)
    await saveAll(needs, actor, draft, draftRev, shifted(draft, weeks * 7))
  }

/** `StaleWrite` also when the draft on the person's screen is no longer the one that was read now. */
const saveAll = (
  needs: PlanNeeds,
  actor: Actor,
  draft: PlanDraft,
  draftRev: number,
  changes: Readonly<Partial<Record<PlanPart, Partial<PlanContent>>>>,
): Promise<void> => needs.plans.saveParts({ ...draft, rev: draftRev }, changes, savingBy(actor, needs))

/** The parts with days, each with its days moved. */
export function shifted({ parts }: PlanDraft, days: number): Partial<Record<PlanPart, Partial<PlanContent>>> {
  const move = (day: Day): Day => addDays(day, days)
  const moved = Object.entries(parts).flatMap(([part, saved]) => {
    const { assignments, training, evidence, timetable } = saved?.content ?? {}
    const change: Partial<PlanContent> = {
      ...(assignments && {
        assignments: assignments.map(row => ({
          ...row,
          ...(row.from !== undefined && { from: move(row.from) }),
          ...(row.to !== undefined && { to: move(row.to) }),
        })),
      }),
      ...(training && {
        training: training.map(row => ({ ...row, ...(row.on !== undefined && { on: move(row.on) }) })),
      }),
      ...(evidence && {
        evidence: evidence.map(row => ({ ...row, ...(row.by !== undefined && { by: move(row.by) }) })),
      }),
      ...(timetable && { timetable: timetable.map(row => ({ ...row, from: move(row.from), to: move(row.to) })) }),
    }
    return Object.keys(change).length > 0 ? [[part, change] as const] : []
  })
  return Object.fromEntries(moved)
}
