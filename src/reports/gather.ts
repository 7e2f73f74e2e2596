import { isLevelFour, ratingOf, type Assessment } from '../assessments/index.ts'
import { regimeOf, type CriteriaSet } from '../catalogue/index.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { fiveYearsTo } from '../kernel/working-year.ts'
import { phanMotTables } from '../figures/index.ts'
import type { Doc } from '../paper/index.ts'
import { boxLabelsDoc, catalogueDoc } from './catalogue-blocks.ts'
import { chairOf } from './council-tables.ts'
import { decisionDoc } from './decision-blocks.ts'
import type { PrintKind } from './forms.ts'
import { gatherSheets } from './gather-sheets.ts'
import { citeBy } from './light-markdown.ts'
import { planDoc } from './plan-blocks.ts'
import { processSteps } from './process-steps.ts'
import { reportDoc } from './report-blocks.ts'
import type { GatherNeeds } from './report-needs.ts'
import { schoolOnDay } from './school-on-day.ts'
import { analysisDoc, sheetDoc } from './sheet-blocks.ts'
import { supplementDoc } from './supplement-blocks.ts'

/** Which paper of an assessment is asked for. */
export interface Asked {
  readonly kind: PrintKind
  /** The criterion of a sheet. */
  readonly code?: string
  /** What stands now and nobody has signed, instead of what was signed; it carries the draft mark. */
  readonly draft: boolean
}

/**
 * One paper of an assessment as blocks: everything it needs is read here, what it says is decided in the `*-blocks`.
 * `NotFound` for a sheet that the assessment does not have.
 */
export const documentOf =
  (needs: GatherNeeds) =>
  async (assessment: Assessment, asked: Asked): Promise<Doc> => {
    const set = await needs.setOf(assessment.set.hash)
    return GATHER[asked.kind](needs, assessment, set, asked)
  }

type Gather = (needs: GatherNeeds, assessment: Assessment, set: CriteriaSet, asked: Asked) => Promise<Doc>

const GATHER: Readonly<Record<PrintKind, Gather>> = {
  decision: gatherDecision,
  plan: gatherPlan,
  sheet: gatherSheet,
  analysis: gatherSheet,
  catalogue: gatherCatalogue,
  boxLabels: gatherCatalogue,
  report: gatherReport,
  supplement: gatherSupplement,
}

const perStandard = (set: CriteriaSet): ReadonlyMap<string, number> =>
  new Map(set.standards.map(standard => [standard.code, standard.criteria.length]))

/** Evidence id → code; items that are not coded have none. */
async function codesOf(needs: GatherNeeds, assessment: Assessment): Promise<ReadonlyMap<string, string>> {
  const items = await needs.evidence(assessment.id)
  return new Map(
    [...items.values()].flatMap(item => (['coded', 'frozen'].includes(item.state) ? [[item.id, item.label]] : [])),
  )
}

async function gatherDecision(
  needs: GatherNeeds,
  assessment: Assessment,
  set: CriteriaSet,
  { draft }: Asked,
): Promise<Doc> {
  const signed = draft ? undefined : assessment.councilVersions.at(-1)
  const before = assessment.councilVersions.at(draft ? -1 : -2)
  const day = signed?.decision.date ?? assessment.openedOn
  return decisionDoc({
    school: schoolOnDay(await needs.tree(), assessment.schoolId, day),
    year: assessment.year,
    council: signed ?? { ...assessment.council, groups: assessment.groups },
    ...(signed && { number: signed.decision.number, date: signed.decision.date }),
    ...(before && { before }),
    ...(signed?.reason !== undefined && { reason: signed.reason }),
    bases: set.legalBases,
    inStandard: perStandard(set),
    recordDay: assessment.openedOn,
  })
}

async function gatherPlan(
  needs: GatherNeeds,
  assessment: Assessment,
  set: CriteriaSet,
  { draft }: Asked,
): Promise<Doc> {
  const { plan } = assessment
  const signed = assessment.councilVersions.at(-1)
  const recordDay = signed?.decision.date ?? assessment.openedOn
  const [tree, content] = await Promise.all([needs.tree(), needs.plan(assessment, draft ? 'draft' : 'approved')])
  return planDoc({
    school: schoolOnDay(tree, assessment.schoolId, draft ? recordDay : (plan.approvedOn ?? recordDay)),
    year: assessment.year,
    set,
    ...(content && { content }),
    council: { ...(signed ?? assessment.council), groups: assessment.groups },
    inStandard: perStandard(set),
    ...(!draft && plan.number !== undefined && { number: plan.number }),
    ...(!draft && plan.approvedOn !== undefined && { date: plan.approvedOn }),
    recordDay,
  })
}

async function gatherSheet(
  needs: GatherNeeds,
  assessment: Assessment,
  set: CriteriaSet,
  { kind, code = '' }: Asked,
): Promise<Doc> {
  const [{ sheets }, tree, codes] = await Promise.all([
    gatherSheets(needs, assessment, set),
    needs.tree(),
    codesOf(needs, assessment),
  ])
  const sheet = sheets.get(code)
  if (!sheet) throw new NotFound('Đợt tự đánh giá này không có phiếu tiêu chí đó.')
  const paper = { school: schoolOnDay(tree, assessment.schoolId, sheet.changedOn), year: assessment.year, sheet }
  const state = Object.values(assessment.criteria).find(decision => decision.code === code)?.state
  return kind === 'analysis'
    ? analysisDoc(paper)
    : sheetDoc({ ...paper, agreed: state === 'agreed' || state === 'frozen', cite: citeBy(codes) })
}

async function gatherCatalogue(
  needs: GatherNeeds,
  assessment: Assessment,
  set: CriteriaSet,
  { kind }: Asked,
): Promise<Doc> {
  const tree = await needs.tree()
  const adoptedOn = assessment.report.adopted?.on
  const day = adoptedOn ?? assessment.plan.approvedOn ?? assessment.openedOn
  const paper = {
    school: schoolOnDay(tree, assessment.schoolId, day),
    year: assessment.year,
    set,
    adopted: adoptedOn !== undefined,
    day,
  }
  return kind === 'catalogue'
    ? catalogueDoc({ ...paper, standards: await needs.catalogue(assessment.id) })
    : boxLabelsDoc({ ...paper, boxes: await needs.boxes(assessment.id) })
}

/** A draft report ignores an earlier adoption: it is what the council has not decided yet. */
async function gatherReport(
  needs: GatherNeeds,
  assessment: Assessment,
  set: CriteriaSet,
  { draft }: Asked,
): Promise<Doc> {
  const [gathered, tree, figures, catalogue, codes] = await Promise.all([
    gatherSheets(needs, assessment, set),
    needs.tree(),
    needs.figures(assessment.schoolId, assessment.year),
    needs.catalogue(assessment.id),
    codesOf(needs, assessment),
  ])
  const { reportTexts, recordDay } = gathered
  const adoptedOn = draft ? undefined : assessment.report.adopted?.on
  const school = schoolOnDay(tree, assessment.schoolId, adoptedOn ?? recordDay)
  const sheets = new Map([...gathered.sheets].filter(([code]) => assessment.aimsAtLevelFour || !isLevelFour(code)))
  return reportDoc({
    school,
    year: assessment.year,
    set,
    rating: ratingOf(assessment, set),
    activity: regimeOf(assessment.regime).activity,
    aimsAtLevelFour: assessment.aimsAtLevelFour,
    members: (assessment.councilVersions.at(-1) ?? assessment.council).members,
    texts: reportTexts,
    sheets,
    figures: phanMotTables(school.profile.levels, figures),
    figuresSource: sourceWords(assessment, adoptedOn),
    steps: processSteps(assessment),
    catalogue,
    codes,
    ...(adoptedOn !== undefined && { adoptedOn }),
    recordDay,
  })
}

/** The last supplement of the record; as a draft the form alone. */
async function gatherSupplement(
  needs: GatherNeeds,
  assessment: Assessment,
  _set: CriteriaSet,
  { draft }: Asked,
): Promise<Doc> {
  const supplement = assessment.supplements.at(-1)
  const day = supplement?.on ?? assessment.report.adopted?.on ?? assessment.openedOn
  return supplementDoc({
    school: schoolOnDay(await needs.tree(), assessment.schoolId, day),
    year: assessment.year,
    supplement,
    adoptedOn: assessment.report.adopted?.on,
    chair: chairOf((assessment.councilVersions.at(-1) ?? assessment.council).members),
    draft: draft || supplement === undefined,
    recordDay: day,
  })
}

function sourceWords({ year }: Assessment, adoptedOn: Day | undefined): string {
  const [first = year] = fiveYearsTo(year)
  const closed = adoptedOn === undefined ? 'chưa chốt' : `chốt ngày ${printDay(adoptedOn)}`
  return `Nguồn: số liệu của nhà trường các năm học ${first} đến ${year} (${closed}).`
}
