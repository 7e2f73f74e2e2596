import { readFile } from 'node:fs/promises'
import type { Assessment, AssessmentNeeds } from './assessments/index.ts'
import { boxLabelsOf, expectPlannedItems } from './evidence/index.ts'
import { figuresFor } from './figures/index.ts'
import { dayOf, type Day } from './kernel/dates.ts'
import { firstCalendarYear, type WorkingYear } from './kernel/working-year.ts'
import type { Database } from './mongo/connect.ts'
import { nameOn } from './organisations/index.ts'
import { renderInWorker } from './paper/index.ts'
import { draftUnmet, planOf, planStore, type PlanFactNeeds, type PlanNeeds } from './plans/index.ts'
import { freezePaper, paperBytes, paperStore, type ReportNeeds } from './reports/index.ts'
import { buildBase, type BaseSettings } from './system-base.ts'

export interface SystemSettings extends BaseSettings {
  /** Address that people type, without a slash at the end; QR codes of papers lead there. */
  readonly baseUrl?: string
}

/** Everything below the screens: stores, and what each feature is handed. */
export type System = ReturnType<typeof buildSystem>

/** A day without a year inside a working year: August to December lie in its first calendar year. */
const dayIn = (year: WorkingYear, monthDay: string): Day =>
  `${monthDay >= '08-01' ? firstCalendarYear(year) : firstCalendarYear(year) + 1}-${monthDay}`

/** Puts the features together over one database; nothing is read or written yet. */
export function buildSystem(db: Database, settings: SystemSettings) {
  const base = buildBase(db, settings)
  const { catalogue, handout, files, now } = base
  const plans = planStore(db)
  const papers = paperStore(db)

  const planFacts: PlanFactNeeds = {
    plans,
    setOf: catalogue.setOf,
    submitDue: async ({ schoolId, year, schoolKind }) =>
      dayIn(year, await base.settings.valueOf('submitDue', { year, unitId: schoolId, schoolKind })),
  }

  const reportNeeds: ReportNeeds = {
    setOf: catalogue.setOf,
    sheets: base.sheets,
    tree: base.units.tree,
    figures: figuresFor(base.figures),
    catalogue: handout.catalogueOf,
    boxes: async assessmentId => boxLabelsOf(await handout.evidenceOf(assessmentId)),
    evidence: base.citedEvidence,
    plan: async (assessment, which) =>
      planOf(planFacts)(
        which === 'approved' ? assessment : { ...assessment, plan: { ...assessment.plan, version: 0 } },
      ),
    assessment: base.assessments.find,
    papers,
    files,
    draw: renderInWorker,
    baseUrl: settings.baseUrl ?? 'http://127.0.0.1',
  }

  const assessmentNeeds: AssessmentNeeds = {
    assessments: base.assessments,
    sheets: base.sheets,
    comments: base.comments,
    now,
    setOf: catalogue.setOf,
    setFor: catalogue.setFor,
    school: base.school,
    yearOpen: base.yearOpen,
    numbers: base.numbers,
    evidence: base.citedEvidence,
    freezeEvidence: base.freezeEvidence,
    carryEvidence: base.carryEvidence,
    figures: base.figuresStanding,
    lockFigures: base.lockFigures,
    planUnmet: draftUnmet(planFacts),
    freezePaper: freezePaper(reportNeeds),
    paperBytes: paperBytes(reportNeeds),
    keepFile: async path => files.keepBytes(await readFile(path)),
    actionsLeftBehind: () => Promise.resolve(0),
  }

  const planNeeds: PlanNeeds = {
    ...planFacts,
    assessment: assessmentNeeds,
    schoolName: async schoolId => nameOn(await base.units.get(schoolId), dayOf(now())),
    expectEvidence: (by, assessment: Assessment, items) =>
      expectPlannedItems(base.evidenceNeeds)(by, assessment, items),
    history: assessmentId => base.journal.of({ kind: 'assessment', id: assessmentId }),
    paperHref: paperId => `/giay-to/${paperId}.pdf`,
  }

  return { ...base, plans, papers, assessmentNeeds, planNeeds, reportNeeds }
}
