import { dayOf } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { forceOf, ratingOf, askedBy } from './asked.ts'
import { sheetCodes, type Assessment, type Group } from './assessment.ts'
import type { AssessmentFacts, SignedCopy } from './assessment-machine.ts'
import { unreviewedParts } from './confirm-review.ts'
import { linksOf } from './links.ts'
import type { AssessmentNeeds, CitedEvidence } from './needs.ts'
import { missingReportParts, REPORT } from './report-texts.ts'
import type { Sheet } from './sheet.ts'
import { findingsOf } from './sheet-findings.ts'
import { citationsIn } from './sheet-lint.ts'

/** What a step is about to put in place. */
export interface Prospect {
  readonly groups?: readonly Group[]
  /** Who is given which criterion, as the step would leave it; a criterion may wrongly stand twice. */
  readonly assigned?: readonly { readonly code: string; readonly groupId: string }[]
  /** The sheets that the step would leave. */
  readonly codes?: readonly string[]
  readonly planUnmet?: readonly Unmet[]
  readonly rights?: NonNullable<AssessmentFacts['rights']>
  readonly signedCopy?: SignedCopy
  readonly waivedBecause?: string
  readonly newVersion?: NonNullable<AssessmentFacts['newVersion']>
}

/** Everything the assessment machine asks, read from the decision document and its neighbours. */
export async function assessmentFactsOf(
  needs: AssessmentNeeds,
  assessment: Assessment,
  at: Date,
  prospect: Prospect = {},
): Promise<AssessmentFacts> {
  const today = dayOf(at)
  const [set, school, numbers, figures, sheets, evidence, yearOpen, actionsLeftBehind, planUnmet] = await Promise.all([
    needs.setOf(assessment.set.hash),
    needs.school(assessment.schoolId, today),
    needs.numbers(assessment),
    needs.figures(assessment),
    needs.sheets.ofAssessment(assessment.id),
    needs.evidence(assessment.id),
    needs.yearOpen(assessment.year),
    needs.actionsLeftBehind(assessment),
    prospect.planUnmet ?? needs.planUnmet(assessment),
  ])
  const rating = ratingOf(assessment, set)
  const open = rating.criteria.some(criterion => criterion.open.length > 0)
  const codes = Object.values(assessment.criteria).map(decision => decision.code)
  const last = assessment.submissions.at(-1)
  const round = assessment.consultation
  // Linting every sheet is the dearest of all facts, and one event in ten asks for it.
  let found: ReturnType<typeof reportFaults> | undefined
  const faults = () =>
    (found ??= reportFaults(
      assessment,
      sheets,
      evidence,
      code => askedBy(set, code, forceOf(assessment, set)),
      codes,
      today,
    ))
  return {
    links: linksOf(assessment),
    council: {
      draft: assessment.council,
      setting: {
        headId: school.headId ?? '',
        hasDeputy: school.hasDeputy,
        councilMin: numbers.councilMin,
        ownership: school.ownership,
        year: assessment.year,
      },
      inForce: assessment.councilVersions.at(-1)?.members ?? [],
      voteShare: numbers.voteShare,
    },
    groups: prospect.groups ?? assessment.groups,
    sheets: sheetsStanding(
      assessment,
      prospect.codes ?? sheetCodes(set, assessment.aimsAtLevelFour),
      prospect.assigned,
    ),
    planUnmet,
    report: {
      emptyParts: missingReportParts(
        set,
        sheets.find(sheet => sheet.code === REPORT),
      ),
      get lintErrors() {
        return faults().lintErrors
      },
      get brokenCitations() {
        return faults().brokenCitations
      },
      ...(assessment.report.draft && { levelPrinted: assessment.report.draft.level }),
      ...(!open && { levelNow: rating.level }),
      unreviewed: unreviewedParts(sheets),
    },
    comments: {
      days: numbers.internalCommentDays,
      periodOver: round !== undefined && round.endsOn < today,
      unanswered: round?.comments.filter(comment => !comment.answered).length ?? 0,
      roundHeld: round?.closedOn !== undefined,
      ...(prospect.waivedBecause !== undefined && { waivedBecause: prospect.waivedBecause }),
    },
    figures,
    signedCopy: prospect.signedCopy ?? { kind: 'none' },
    ...(school.managingUnit && { managingUnit: school.managingUnit }),
    reviewBegun: last?.readingSince !== undefined,
    returnPoints: (last?.returned?.points ?? []).map((point, index) => ({
      id: String(index),
      text: point.reason,
    })),
    yearOpen,
    actionsLeftBehind,
    ...(prospect.rights && { rights: prospect.rights }),
    ...(prospect.newVersion && { newVersion: prospect.newVersion }),
  }
}

/** How each sheet stands: before the plan has created them, as it will create them. */
function sheetsStanding(
  assessment: Assessment,
  codes: readonly string[],
  assigned: NonNullable<Prospect['assigned']> = [],
): AssessmentFacts['sheets'] {
  const known = new Map(Object.values(assessment.criteria).map(decision => [decision.code, decision]))
  return codes.flatMap(code => {
    const state = known.get(code)?.state ?? 'assigned'
    const groupIds = assigned.filter(line => line.code === code).map(line => line.groupId)
    const standing = known.get(code)?.groupId
    if (groupIds.length > 0) return groupIds.map(groupId => ({ code, state, groupId }))
    return [{ code, state, ...(standing !== undefined && { groupId: standing }) }]
  })
}

type Asked = (code: string) => ReturnType<typeof askedBy>

function reportFaults(
  assessment: Assessment,
  sheets: readonly Sheet[],
  evidence: ReadonlyMap<string, CitedEvidence>,
  asked: Asked,
  codes: readonly string[],
  today: string,
): Pick<AssessmentFacts['report'], 'lintErrors' | 'brokenCitations'> {
  const byCode = new Map(sheets.map(sheet => [sheet.code, sheet]))
  const decisions = new Map(Object.values(assessment.criteria).map(decision => [decision.code, decision]))
  const lintErrors = codes.flatMap(code => {
    const sheet = byCode.get(code)
    const question = asked(code)
    const decision = decisions.get(code)
    if (!sheet || !question || !decision) return []
    return findingsOf({ assessment, decision, asked: question }, sheet, evidence, today)
      .filter(finding => finding.severity === 'error')
      .map(finding => ({ criterion: code, message: finding.message, anchor: finding.anchor }))
  })
  const brokenCitations = codes.flatMap(code =>
    Object.values(byCode.get(code)?.parts ?? {})
      .flatMap(part => citationsIn(part.text))
      .filter(id => !['coded', 'frozen'].includes(evidence.get(id)?.state ?? ''))
      .map(id => ({ criterion: code, citation: evidence.get(id)?.label ?? id })),
  )
  return { lintErrors, brokenCitations }
}
