import type { Actor } from '../kernel/actor.ts'
import { holds } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, StepRefused } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { entryBy } from '../journal/index.ts'
import { assessmentId, type Assessment } from './assessment.ts'
import { ASSESSMENT_VERSION } from './assessment-machine.ts'
import { carryOver } from './carry-over.ts'
import { assessmentHref } from './links.ts'
import type { AssessmentNeeds, SchoolFacts } from './needs.ts'
import { openingUnmet } from './opening-rules.ts'

/** Whether this person may open the assessment of this school and year: its head, or an officer of the Sở above it. */
export const mayOpen = (actor: Actor, school: SchoolFacts, year: WorkingYear): boolean =>
  holds(actor, school.id, year, 'head') ||
  school.ancestors.some(unitId => holds(actor, unitId, year, 'provinceOfficer', 'provinceLead'))

/** Opens the self-assessment of one school in one working year (process § 14.1 `open`) and pins its criteria version. */
export const openAssessment =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, schoolId: string, year: WorkingYear): Promise<Assessment> => {
    const at = needs.now()
    const school = await needs.school(schoolId, dayOf(at))
    if (!mayOpen(actor, school, year))
      throw new Forbidden('Chỉ hiệu trưởng hoặc Sở được mở đợt tự đánh giá của trường.', 'hiệu trưởng')
    const applicable = await needs.setFor(year, school.kind, schoolId)
    const live = await needs.assessments.find(assessmentId(schoolId, year))
    const unmet = openingUnmet({
      year,
      schoolActive: school.active,
      ...(live && live.state !== 'cancelled' && { liveAssessmentHref: assessmentHref(live.id) }),
      regimeFits: await needs.yearOpen(year),
      criteriaSetFits: applicable !== undefined,
    })
    if (unmet.length > 0 || !applicable) throw new StepRefused('Chưa mở được đợt tự đánh giá.', unmet)
    const id = assessmentId(schoolId, year)
    const assessment: Assessment = {
      id,
      schoolId,
      year,
      schoolKind: school.kind,
      state: 'preparing',
      machine: ASSESSMENT_VERSION,
      rev: 1,
      set: { id: applicable.version.set.id, hash: applicable.version.hash, switches: applicable.switches },
      ...(applicable.regime !== undefined && { regime: applicable.regime }),
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
      outbox: [
        entryBy(actor, at, {
          id: `assessment:${id}:1`,
          unitId: schoolId,
          year,
          subject: { kind: 'assessment', id },
          event: 'open',
          to: 'preparing',
          facts: { set: applicable.version.set.id, hash: applicable.version.hash },
        }),
      ],
    }
    await needs.assessments.insert(assessment)
    await carryOver(needs)(actor, assessment)
    return assessment
  }
