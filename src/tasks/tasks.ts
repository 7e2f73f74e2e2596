import { allDays, belongsToSchool, dueOn, linksOf, nextTurn, sheetHref, type Assessment } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { sideTasks, stepTasks } from './assessment-tasks.ts'
import { evidenceTasks, figureTasks } from './other-tasks.ts'
import { sheetsWaiting, sheetTasks } from './sheet-tasks.ts'
import type { Draft, Situation, Task, Vacancy, Work } from './task.ts'

const FAR = '9999-12-31'

/**
 * What this person can do now, by date, and what waits for somebody else: read off the machines and the policies, so
 * that a task exists exactly as long as its button does.
 */
export function tasksOf(
  actor: Actor,
  today: Day,
  situations: readonly Situation[],
  vacancies: readonly Vacancy[] = [],
  further: readonly Task[] = [],
): Work {
  const live = situations.filter(({ assessment }) => assessment.state !== 'closed' && assessment.state !== 'cancelled')
  const mine = live.flatMap(situation =>
    [
      ...stepTasks(actor, today, situation),
      ...sheetTasks(actor, today, situation.assessment),
      ...sideTasks(actor, today, situation),
      ...evidenceTasks(actor, situation),
      ...figureTasks(actor, situation),
    ].map(draft => taskFrom(draft, situation, today)),
  )
  const openings = vacancies.map(({ schoolName, year, window }) => ({
    label: `Mở đợt tự đánh giá năm học ${year}`,
    detail: `Thời gian mở đợt: ${printDay(window.from)} – ${printDay(window.to)}.`,
    href: `/danh-gia?nam=${year}`,
    schoolName,
    year,
    due: dueOn(window.to, today),
  }))
  return {
    mine: onceEach([...mine, ...openings, ...further].toSorted(byDue)),
    waiting: live.flatMap(situation => waitingIn(actor, today, situation)).toSorted(byDue),
  }
}

/** What comes next in an assessment the person belongs to, as far as it is somebody else's to do. */
function waitingIn(actor: Actor, today: Day, situation: Situation): readonly Task[] {
  const { assessment } = situation
  if (!belongsToSchool(actor, assessment.schoolId, assessment.year)) return []
  const turn = nextTurn(assessment)
  const isOwn = stepTasks(actor, today, situation).length > 0
  const sheets = sheetsWaiting(actor, today, assessment)
  const drafts: readonly Draft[] = [
    ...sheets,
    ...(turn && !isOwn && sheets.length === 0
      ? [{ label: turn.label, href: waitingHref(assessment), who: turn.who }]
      : []),
  ]
  return drafts.map(draft => taskFrom(draft, situation, today))
}

/** While the draft lies open for comments everybody of the school may still add one; else the overview says where things stand. */
const waitingHref = (assessment: Assessment): string =>
  assessment.state === 'consulting' ? linksOf(assessment).comments : `/danh-gia/${assessment.id}`

function taskFrom(draft: Draft, { assessment, schoolName, deadlines }: Situation, today: Day): Task {
  const day = draft.deadline === undefined ? undefined : allDays(assessment, deadlines)[draft.deadline]
  return {
    label: draft.label,
    detail: draft.detail ?? '',
    href: draft.href,
    schoolName,
    year: assessment.year,
    ...(day !== undefined && { due: dueOn(day, today) }),
    sheets: (draft.sheets ?? []).map(code => ({
      code,
      href: sheetHref(assessment.id, code),
      late: day !== undefined && day < today,
    })),
    ...(draft.who !== undefined && { who: draft.who }),
  }
}

/** The same work asked for by an assessment and by a reporting period is one task, under the earlier date. */
const onceEach = (tasks: readonly Task[]): readonly Task[] =>
  tasks.filter(
    ({ label, href }, index) => tasks.findIndex(other => other.label === label && other.href === href) === index,
  )

/** Overdue first, what has no date last. */
const byDue = (a: Task, b: Task): number => (a.due?.day ?? FAR).localeCompare(b.due?.day ?? FAR)
