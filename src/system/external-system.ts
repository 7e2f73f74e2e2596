import { randomUUID } from 'node:crypto'
import { assessmentId, ratingOf } from '../assessments/index.ts'
import { officialCriteria } from '../catalogue/index.ts'
import { runStore, titleStore, type ExternalNeeds, type RegisteredSchool } from '../external/index.ts'
import { MANAGING_ROLES, SCHOOL_ROLES } from '../kernel/actor.ts'
import type { Day } from '../kernel/dates.ts'
import {
  activeOn,
  ancestorsOn,
  isSchool,
  nameOn,
  schoolOn,
  schoolsUnder,
  type School,
  type Settings,
  type UnitTree,
} from '../organisations/index.ts'
import type { BaseSystem } from './system-base.ts'

/** What external assessment and the register of titles are handed: schools with those above them, and settings. */
export function externalNeedsOf(base: BaseSystem): ExternalNeeds {
  const registered = (tree: UnitTree, school: School, day: Day): RegisteredSchool => ({
    id: school.id,
    name: nameOn(school, day),
    kind: schoolOn(school, day).schoolKind,
    active: activeOn(school, day),
    ancestors: ancestorsOn(tree, school.id, day).map(unit => ({
      id: unit.id,
      name: nameOn(unit, day),
      isProvince: unit.kind === 'province',
    })),
  })
  return {
    titles: titleStore(base.db, base.post),
    runs: runStore(base.db, base.post),
    now: base.now,
    newId: randomUUID,
    history: subject => base.journal.of(subject),
    school: async (schoolId, day) => {
      const tree = await base.units.tree()
      const unit = tree.get(schoolId)
      return unit && isSchool(unit) ? registered(tree, unit, day) : undefined
    },
    schoolsInReach: async (actor, day) => {
      const tree = await base.units.tree()
      const seats = actor.seats.filter(({ role }) => SCHOOL_ROLES.includes(role) || MANAGING_ROLES.includes(role))
      const schools = [...new Set(seats.map(({ unitId }) => unitId))].flatMap(id => schoolsUnder(tree, id, day))
      return [...new Map(schools.map(school => [school.id, registered(tree, school, day)])).values()]
    },
    assessed: async (schoolId, year) => {
      const assessment = await base.assessments.find(assessmentId(schoolId, year))
      if (!assessment) return undefined
      const set = await base.catalogue.setOf(assessment.set.hash)
      const level = ratingOf(assessment, set).level
      return {
        assessmentId: assessment.id,
        accepted: assessment.state === 'accepted' || assessment.state === 'closed',
        criteria: officialCriteria(set).map(({ code }) => code),
        level,
      }
    },
    numbers: externalNumbersOf(base, base.settings),
  }
}

/** Settings that registration, teams and titles look at; tasks read them through the glances, steps from the database. */
export const externalNumbersOf =
  (base: Pick<BaseSystem, 'years'>, settings: Settings): ExternalNeeds['numbers'] =>
  async (unitId, year, day) => {
    const [{ effective }, working] = await Promise.all([settings.allOf({ year, unitId, day }), base.years.find(year)])
    return {
      teamMin: effective('teamMin').value,
      teamMax: effective('teamMax').value,
      teamMaxNational: effective('teamMaxNational').value,
      assessorMinYears: effective('assessorMinYears').value,
      waitYearsHigher: effective('waitYearsHigher').value,
      validYears: effective('validYears').value,
      renewMonthsBefore: effective('renewMonthsBefore').value,
      warnMonths: Math.max(...effective('expiryWarnMonths').value),
      registerUntil: {
        summer: effective('registerWindowSummer').value,
        autumn: effective('registerWindowAutumn').value,
      },
      teamFormMonths: effective('teamFormDays').value,
      days: {
        dossierCheckDays: effective('dossierCheckDays').value,
        provinceCheckDays: effective('provinceCheckDays').value,
        resubmitDue: effective('resubmitDue').value,
        studyDays: effective('studyDays').value,
        prelimVisitDays: effective('prelimVisitDays').value,
        gapBeforeVisit: effective('gapBeforeVisit').value,
        visitEvidenceDue: effective('visitEvidenceDue').value,
        draftDays: effective('draftDays').value,
        feedbackDays: effective('feedbackDays').value,
        replyDays: effective('replyDays').value,
        finalReportDays: effective('finalReportDays').value,
        complaintDays: effective('complaintDays').value,
        grantDays: effective('grantDays').value,
        announceDays: effective('announceDays').value,
      },
      visit: effective('visitDays').value,
      holidays: new Set(working?.holidays ?? []),
    }
  }
