import { readFile } from 'node:fs/promises'
import { actionsLeftBehind, actionStore, type ActionNeeds } from '../actions/index.ts'
import { annualOf } from './annual-system.ts'
import { backupNeedsOf, type BackupSettings } from './backup-needs.ts'
import {
  presenceStore,
  type Assessment,
  type AssessmentNeeds,
  type AssessmentScreenNeeds,
  type SheetNeeds,
} from '../assessments/index.ts'
import { boxLabelsOf, expectPlannedItems, forecast } from '../evidence/index.ts'
import { externalTasks } from '../external/index.ts'
import { externalNeedsOf, externalNumbersOf } from './external-system.ts'
import { figureNeedsOf } from './figure-needs.ts'
import { figuresFor } from '../figures/index.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { firstCalendarYear, type WorkingYear } from '../kernel/working-year.ts'
import { minutesStore, signedMinutesOf, type MinutesNeeds } from '../minutes/index.ts'
import type { Database } from '../mongo/connect.ts'
import { isSchool, nameOn } from '../organisations/index.ts'
import { renderInWorker, renderWordInWorker } from '../paper/index.ts'
import {
  deadlinesBeforePlan,
  draftUnmet,
  planOf,
  planStore,
  type PlanFactNeeds,
  type PlanNeeds,
} from '../plans/index.ts'
import { freezePaper, paperBytes, mayReadPaper, papersInForce, paperStore, type ReportNeeds } from '../reports/index.ts'
import { mappingNeedsOf } from './mapping-needs.ts'
import { papersElsewhere } from './papers-elsewhere.ts'
import { periodsOf } from './periods-needs.ts'
import { rollupsOf } from './rollups-needs.ts'
import { unitInForce } from '../seats/index.ts'
import { reviewNeedsOf } from './review-needs.ts'
import { follow, lettersReceived, reviewTasks, type ReviewNeeds } from '../reviews/index.ts'
import { buildBase, type BaseSettings } from './system-base.ts'
import { tellOfReviews } from './tell-of-reviews.ts'
import { tellOfRights } from './tell-of-rights.ts'
import type { TaskNeeds } from '../tasks/index.ts'
import { unitNamesOf } from './unit-names.ts'
import { yearTreeNeedsOf } from './year-tree-needs.ts'

export interface SystemSettings extends BaseSettings {
  /** Address that people type, without a slash at the end; QR codes of papers lead there. */
  readonly baseUrl?: string
  readonly backup?: BackupSettings
}

/** Everything below the screens: stores, and what each feature is handed. */
export type System = ReturnType<typeof buildSystem>

/** Lines of an assessment's journal in which the plan looks for its own steps. */
const JOURNAL_LINES = 2_000

const paperHref = (paperId: string): string => `/giay-to/${paperId}.pdf`

/** A day without a year inside a working year: August to December lie in its first calendar year. */
const dayIn = (year: WorkingYear, monthDay: string): Day =>
  `${monthDay >= '08-01' ? firstCalendarYear(year) : firstCalendarYear(year) + 1}-${monthDay}`

/** Puts the features together over one database; nothing is read or written yet. */
export function buildSystem(db: Database, settings: SystemSettings) {
  const base = buildBase(db, settings)
  const { catalogue, handout, files, now } = base
  const plans = planStore(db)
  const papers = paperStore(db)
  const actions = actionStore(db, base.post)
  const mappingNeeds = mappingNeedsOf(base, settings.filesDir)
  const minutes = minutesStore(db, base.post)
  const schoolName = async (schoolId: string) => nameOn(await base.units.get(schoolId), dayOf(now()))

  const planFacts: PlanFactNeeds = {
    plans,
    setOf: catalogue.setOf,
    submitDue: async ({ schoolId, year, schoolKind }) =>
      dayIn(year, await base.settings.valueOf('submitDue', { year, unitId: schoolId, schoolKind })),
  }

  const reportNeeds: ReportNeeds = {
    setOf: catalogue.setOf,
    sheets: base.sheets,
    tree: () => base.units.tree(),
    figures: figuresFor(base.figures),
    catalogue: id => handout.catalogueOf(id),
    boxes: async assessmentId => boxLabelsOf(await handout.evidenceOf(assessmentId)),
    evidence: base.citedEvidence,
    plan: async (assessment, which) =>
      planOf(planFacts)(
        which === 'approved' ? assessment : { ...assessment, plan: { ...assessment.plan, version: 0 } },
      ),
    assessment: id => base.assessments.find(id),
    papers,
    files,
    draw: renderInWorker,
    drawWord: renderWordInWorker,
    baseUrl: settings.baseUrl ?? 'http://127.0.0.1',
  }

  const assessmentNeeds: AssessmentNeeds = {
    assessments: base.assessments,
    sheets: base.sheets,
    comments: base.comments,
    now,
    setOf: catalogue.setOf,
    setFor: (year, kind, schoolId) => catalogue.setFor(year, kind, schoolId),
    school: base.school,
    yearOpen: base.yearOpen,
    numbers: base.numbers,
    evidence: base.citedEvidence,
    freezeEvidence: base.freezeEvidence,
    thawEvidence: base.thawEvidence,
    refileEvidence: base.refileEvidence,
    chosenMapping: (from, to) => mappingNeeds.mappings.chosen(from, to),
    mappingByHash: hash => mappingNeeds.mappings.byHash(hash),
    carryEvidence: base.carryEvidence,
    figures: base.figuresStanding,
    lockFigures: base.lockFigures,
    planUnmet: draftUnmet(planFacts),
    freezePaper: freezePaper(reportNeeds),
    paperBytes: paperBytes(reportNeeds),
    keepFile: async path => files.keepBytes(await readFile(path)),
    actionsLeftBehind: actionsLeftBehind({ actions, sheets: base.sheets }),
    followReview: (by, written) => follow(reviewNeeds)(by, written.id, written),
  }
  const reviewNeeds: ReviewNeeds = reviewNeedsOf(
    base,
    () => assessmentNeeds,
    () => externalNeeds,
  )
  /** For news; decisions and papers read the unit. */
  const nameToday = async (id: string) => (await unitNamesOf(base)([id])).get(id) ?? id
  base.post.beforeDelivery(
    tellOfReviews({
      notify: base.notify,
      assessment: id => base.assessments.find(id),
      schoolName: nameToday,
      handlerOf: async id => (await reviewNeeds.reviews.find(id))?.handlerId,
      readersIn: base.glance.readersIn,
      wallClock: Date.now,
    }),
  )
  base.post.beforeDelivery(
    tellOfRights({
      notify: base.notify,
      assessment: id => base.assessments.find(id),
      schoolName: nameToday,
      wallClock: Date.now,
    }),
  )

  const sheetNeeds: SheetNeeds = {
    ...assessmentNeeds,
    glance: base.glance,
    presence: presenceStore(db),
    forecast: async (actor, assessmentId, input) => {
      const { id } = await forecast(base.evidenceNeeds)(actor, assessmentId, input)
      return { label: (await base.citedEvidence(assessmentId)).get(id)?.label ?? id }
    },
  }

  const planNeeds: PlanNeeds = {
    ...planFacts,
    assessment: assessmentNeeds,
    weeks: async ({ schoolId, year, schoolKind, openedOn }) => {
      const { effective } = await base.settings.allOf({ year, unitId: schoolId, schoolKind, day: openedOn })
      return {
        analysisDue: effective('analysisDue').value,
        evidenceDue: effective('evidenceDue').value,
        sheetDraftDue: effective('sheetDraftDue').value,
        sheetsToCouncilDue: effective('sheetsToCouncilDue').value,
        sheetsDue: effective('sheetsDue').value,
        reportDraftDue: effective('reportDraftDue').value,
        adoptDue: effective('adoptDue').value,
        publishDue: effective('publishDue').value,
      }
    },
    schoolName,
    expectEvidence: (by, assessment: Assessment, items) =>
      expectPlannedItems(base.evidenceNeeds)(by, assessment, items),
    history: id => base.journal.of({ kind: 'assessment', id }, JOURNAL_LINES),
    paperHref,
  }

  const minutesNeeds: MinutesNeeds = {
    minutes,
    assessment: id => base.assessments.find(id),
    tree: () => base.units.tree(),
    draw: renderInWorker,
    keepBytes: bytes => files.keepBytes(bytes),
    openBytes: async sha256 => readFile((await files.open(sha256)).path),
    now,
  }

  const actionNeeds: ActionNeeds = {
    actions,
    sheets: base.sheets,
    assessments: base.assessments,
    setOf: catalogue.setOf,
    schoolName,
    history: actionId => base.journal.of({ kind: 'action', id: actionId }),
    now,
  }

  const screenNeeds: AssessmentScreenNeeds = {
    ...assessmentNeeds,
    staffOf: base.staff.staffOf,
    history: (id, atMost) => base.journal.of({ kind: 'assessment', id }, atMost),
    papers: async (actor, assessment) => {
      const inForce = papersInForce(assessment)
      const kept = await papers.ofAssessment(assessment.id)
      return kept
        .filter(paper => inForce.has(paper.id) && mayReadPaper(actor, assessment, paper))
        .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
        .map(({ id, title, number, createdAt, frozen }) => ({
          title,
          href: paperHref(id),
          at: createdAt,
          frozen,
          ...(number !== undefined && { number }),
        }))
    },
    paperHref,
    deadlines: async ({ schoolId, year, schoolKind, openedOn }) => {
      const { effective } = await base.glance.settings.allOf({ year, unitId: schoolId, schoolKind })
      return {
        ...deadlinesBeforePlan(openedOn, { council: effective('councilDue').value, plan: effective('planDue').value }),
        submitDue: dayIn(year, effective('submitDue').value),
        supplementDue: dayIn(year, effective('supplementDue').value),
      }
    },
    advisedSizes: async (unitId, year) => {
      const { effective } = await base.settings.allOf({ year, unitId })
      const span = ({ from, to }: { from: number; to: number }) => ({ min: from, max: to })
      return { secretariat: span(effective('secretariatSize').value), group: span(effective('groupSize').value) }
    },
    unitNames: unitNamesOf(base),
    homeUnit: async (actor, chosen) => {
      const unitId = unitInForce(actor, chosen)
      const unit = unitId === undefined ? undefined : (await base.units.tree()).get(unitId)
      return unit && { id: unit.id, name: nameOn(unit, dayOf(now())), isSchool: isSchool(unit) }
    },
    symbolOf: async schoolId => (await base.units.get(schoolId)).symbol,
    signedMinutes: signedMinutesOf(minutes),
  }

  const taskNeeds: TaskNeeds = {
    ...screenNeeds,
    evidenceStanding: async id => [...(await base.glance.evidence(id)).values()],
    openWindow: async (unitId, year) => {
      const { from, to } = await base.glance.settings.valueOf('openWindow', { year, unitId })
      return { from: dayIn(year, from), to: dayIn(year, to) }
    },
    further: [reviewTasks({ ...reviewNeeds, now })],
  }

  const externalNeeds = externalNeedsOf(base)
  const rollups = rollupsOf(base, externalNeeds)
  const baseUrl = settings.baseUrl ?? 'http://127.0.0.1'
  const { periodNeeds, noticeNeeds, periodWork } = periodsOf(base, rollups.rowsFor, baseUrl)
  const annual = annualOf(base, { periods: periodNeeds, rowsFor: rollups.rowsFor, baseUrl })

  return {
    ...base,
    plans,
    papers,
    assessmentNeeds,
    screenNeeds,
    taskNeeds: {
      ...taskNeeds,
      further: [
        ...(taskNeeds.further ?? []),
        periodWork,
        externalTasks({ ...externalNeeds, numbers: externalNumbersOf(base, base.glance.settings) }),
      ],
    },
    sheetNeeds,
    planNeeds,
    mappingNeeds,
    yearTreeNeeds: yearTreeNeedsOf(base, settings.filesDir),
    actionNeeds,
    minutesNeeds,
    externalNeeds,
    figureNeeds: figureNeedsOf(base, settings.filesDir),
    ...rollups,
    periodNeeds: { ...periodNeeds, lint: annual.lint, report: annual.report },
    noticeNeeds,
    annualNeeds: annual.annualNeeds,
    reportNeeds: {
      ...reportNeeds,
      received: lettersReceived(reviewNeeds),
      elsewhere: papersElsewhere(annual.annualPapers, {
        minutes,
        reviews: reviewNeeds.reviews,
        assessment: id => base.assessments.find(id),
      }),
    },
    reviewNeeds,
    backupNeeds: backupNeedsOf(base, settings.filesDir, settings.backup),
  }
}
