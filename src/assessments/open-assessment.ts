import type { Actor } from '../kernel/actor.ts'
import { holds } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StepRefused } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { entryBy } from '../journal/index.ts'
import { assessmentId, type Assessment, type EarlierLife, type StartedFrom } from './assessment.ts'
import { ASSESSMENT_VERSION } from './assessment-machine.ts'
import { carryOver } from './carry-over.ts'
import { assessmentHref } from './links.ts'
import type { AssessmentNeeds, SchoolFacts } from './needs.ts'
import { openingUnmet } from './opening-rules.ts'

/** Whether this person may open the assessment of this school and year: its head, or an officer of the Sở above it. */
export const mayOpen = (actor: Actor, school: SchoolFacts, year: WorkingYear): boolean =>
  holds(actor, school.id, year, 'head') ||
  school.ancestors.some(unitId => holds(actor, unitId, year, 'provinceOfficer', 'provinceLead'))

/**
 * Opens the self-assessment of one school in one working year (process § 14.1 `open`) and pins its criteria version. It
 * begins as a copy of last year's, of another adopted one, or empty. A year that was cancelled is opened again in the
 * same document: the cancelled life stays in it, and what was written then is there to be reviewed.
 */
export const openAssessment =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, schoolId: string, year: WorkingYear, startedFrom?: StartedFrom): Promise<Assessment> => {
    const at = needs.now()
    const school = await needs.school(schoolId, dayOf(at))
    if (!mayOpen(actor, school, year))
      throw new Forbidden('Chỉ hiệu trưởng hoặc Sở được mở đợt tự đánh giá của trường.', 'hiệu trưởng')
    const applicable = await needs.setFor(year, school.kind, schoolId)
    const id = assessmentId(schoolId, year)
    const there = await needs.assessments.find(id)
    const unmet = openingUnmet({
      year,
      schoolActive: school.active,
      ...(there && there.state !== 'cancelled' && { liveAssessmentHref: assessmentHref(there.id) }),
      regimeFits: await needs.yearOpen(year),
      criteriaSetFits: applicable !== undefined,
    })
    if (unmet.length > 0 || !applicable) throw new StepRefused('Chưa mở được đợt tự đánh giá.', unmet)
    await demandStart(needs, schoolId, year, startedFrom)
    const rev = (there?.rev ?? 0) + 1
    const entry = entryBy(actor, at, {
      id: `assessment:${id}:${rev}`,
      unitId: schoolId,
      year,
      subject: { kind: 'assessment', id },
      event: 'open',
      ...(there && { from: there.state }),
      to: 'preparing',
      facts: {
        set: applicable.version.set.id,
        hash: applicable.version.hash,
        ...(startedFrom !== undefined && { startedFrom }),
      },
    })
    const born: Omit<Assessment, 'id' | 'rev' | 'outbox'> = {
      schoolId,
      year,
      schoolKind: school.kind,
      state: 'preparing',
      machine: ASSESSMENT_VERSION,
      set: { id: applicable.version.set.id, hash: applicable.version.hash, switches: applicable.switches },
      ancestors: school.ancestors,
      openedOn: dayOf(at),
      council: { members: [], absentBodies: {}, secretariat: [] },
      councilVersions: [],
      groups: [],
      peopleIds: [],
      criteria: {},
      aimsAtLevelFour: false,
      plan: { version: 0, deadlines: {} },
      report: { version: 0 },
      submissions: [],
      supplements: [],
      ...(startedFrom !== undefined && { startedFrom }),
    }
    const opened: Assessment = there
      ? await openAgain(needs, there, born, entry)
      : { ...born, id, rev, outbox: [entry] }
    if (!there) await needs.assessments.insert(opened)
    await carryOver(needs)(actor, opened)
    return opened
  }

/** The earlier life moves into the list of lives, and every criterion begins above the revisions that it has had. */
async function openAgain(
  needs: AssessmentNeeds,
  there: Assessment,
  born: Omit<Assessment, 'id' | 'rev' | 'outbox'>,
  entry: Assessment['outbox'][number],
): Promise<Assessment> {
  const { openedOn, set, councilVersions, groups, criteria, plan, report, cancelled } = there
  const life: EarlierLife = {
    openedOn,
    set,
    councilVersions,
    groups,
    criteria,
    plan,
    report,
    ...(cancelled && { cancelled }),
    lastRev: there.rev,
  }
  const revFloors = {
    ...there.revFloors,
    ...Object.fromEntries(Object.entries(criteria).map(([key, decision]) => [key, decision.rev])),
  }
  await needs.sheets.doubtAll(there.id)
  return needs.assessments.openAgain(there, { ...born, revFloors, earlier: [...(there.earlier ?? []), life] }, entry)
}

async function demandStart(
  needs: AssessmentNeeds,
  schoolId: string,
  year: WorkingYear,
  startedFrom: StartedFrom | undefined,
): Promise<void> {
  if (startedFrom === undefined || startedFrom === 'nothing') return
  const from = await needs.assessments.find(startedFrom.assessmentId)
  if (!from || from.schoolId !== schoolId || from.report.version === 0 || from.year >= year)
    throw new InvalidInput({ from: 'Chỉ bắt đầu được từ một năm học trước đã có báo cáo được thông qua của trường.' })
}
