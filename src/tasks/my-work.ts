import { may, mayOpen, type Assessment, type AssessmentNeeds, type Deadlines } from '../assessments/index.ts'
import { MANAGING_ROLES, type Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { EvidenceStanding, Situation, Task, Vacancy, Work } from './task.ts'
import { tasksOf } from './tasks.ts'

/** What “Việc của tôi” is read from; app.ts puts it together. */
export interface TaskNeeds extends Pick<
  AssessmentNeeds,
  'assessments' | 'comments' | 'school' | 'setFor' | 'yearOpen' | 'figures' | 'now'
> {
  /** The items of evidence of an assessment, in short. */
  readonly evidenceStanding: (assessmentId: string) => Promise<readonly EvidenceStanding[]>
  readonly deadlines: (assessment: Assessment) => Promise<Deadlines>
  /** Duties that other features know of (reviews, periods, …), each asked by itself. */
  readonly further?: readonly ((actor: Actor) => Promise<readonly Task[]>)[]
  /** When assessments of the year are to be opened in this school (setting `openWindow`). */
  readonly openWindow: (schoolId: string, year: WorkingYear) => Promise<Vacancy['window']>
  readonly unitNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

/** Everything that this person can do now and waits for, in all schools and years; `year` is where one may be opened. */
export const myWork =
  (needs: TaskNeeds) =>
  async (actor: Actor, year: WorkingYear): Promise<Work> => {
    const today = dayOf(needs.now())
    const [assessments, vacancies, further] = await Promise.all([
      assessmentsOf(needs, actor),
      vacanciesOf(needs, actor, year),
      Promise.all((needs.further ?? []).map(tasks => tasks(actor))),
    ])
    const names = await needs.unitNames(assessments.map(({ schoolId }) => schoolId))
    const situations = await Promise.all(
      assessments.map(assessment =>
        situationOf(needs, actor, assessment, names.get(assessment.schoolId) ?? assessment.schoolId),
      ),
    )
    return tasksOf(actor, today, situations, vacancies, further.flat())
  }

/** Managing units assess nothing themselves, and their officers open a page every few seconds. */
const isOfSchool = ({ role }: Actor['seats'][number]): boolean => !MANAGING_ROLES.includes(role)

/** Running assessments of the schools in which the person holds a seat. */
async function assessmentsOf(needs: TaskNeeds, actor: Actor): Promise<readonly Assessment[]> {
  const unitIds = [...new Set(actor.seats.filter(isOfSchool).map(({ unitId }) => unitId))]
  const found = await Promise.all(unitIds.map(unitId => needs.assessments.ofSchool(unitId)))
  return found
    .flat()
    .filter(assessment => !['closed', 'cancelled'].includes(assessment.state) && may.read(actor, assessment))
}

async function situationOf(
  needs: TaskNeeds,
  actor: Actor,
  assessment: Assessment,
  schoolName: string,
): Promise<Situation> {
  const { state } = assessment
  const [deadlines, evidence, figures, ownComments] = await Promise.all([
    needs.deadlines(assessment),
    state === 'working' || state === 'drafting' ? needs.evidenceStanding(assessment.id) : [],
    state === 'drafting' ? needs.figures(assessment) : { locked: false, reconciliation: 'none' },
    state === 'consulting' ? commentsBy(needs, actor, assessment.id) : 0,
  ])
  return { assessment, schoolName, deadlines, evidence, figures, ownComments }
}

const commentsBy = async (needs: TaskNeeds, actor: Actor, assessmentId: string): Promise<number> =>
  (await needs.comments.ofAssessment(assessmentId)).filter(({ by }) => by === actor.personId).length

/** Schools whose head the person is and that have no assessment of the year although one could be opened. */
async function vacanciesOf(needs: TaskNeeds, actor: Actor, year: WorkingYear): Promise<readonly Vacancy[]> {
  const schoolIds = actor.seats.filter(({ role }) => role === 'head').map(({ unitId }) => unitId)
  if (schoolIds.length === 0 || !(await needs.yearOpen(year))) return []
  const today = dayOf(needs.now())
  const found = await Promise.all(
    [...new Set(schoolIds)].map(async (schoolId): Promise<readonly Vacancy[]> => {
      const school = await needs.school(schoolId, today).catch(unlessUnknown)
      if (!school?.active || !mayOpen(actor, school, year)) return []
      const [existing, set] = await Promise.all([
        needs.assessments.ofSchool(schoolId),
        needs.setFor(year, school.kind, schoolId),
      ])
      return set && !existing.some(assessment => assessment.year === year)
        ? [{ schoolId, schoolName: school.name, year, window: await needs.openWindow(schoolId, year) }]
        : []
    }),
  )
  return found.flat()
}

/** A head of something that is no school has nothing to open. */
function unlessUnknown(error: unknown): undefined {
  if (!(error instanceof NotFound)) throw error
  return undefined
}
