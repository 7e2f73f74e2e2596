import { dayOf } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { forceOf, ratingOf, askedBy } from './asked.ts'
import { sheetCodes, type Assessment, type Group } from './assessment.ts'
import type { AssessmentFacts, SignedCopy } from './assessment-machine.ts'
import { ALL_NEIGHBOURS, readNeighbours, type FactNeeds, type Neighbours } from './assessment-neighbours.ts'
import { unreviewedParts } from './confirm-review.ts'
import { linksOf } from './links.ts'
import type { CitedEvidence, SchoolFacts } from './needs.ts'
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

/**
 * Everything the assessment machine asks, from the decision document and its neighbours. With `names`, only what rests on
 * these neighbours can be asked (`DECIDED_BY` says which a step needs).
 */
export async function assessmentFactsOf(
  needs: FactNeeds,
  assessment: Assessment,
  at: Date,
  prospect: Prospect = {},
  names: readonly (keyof Neighbours)[] = ALL_NEIGHBOURS,
): Promise<AssessmentFacts> {
  const today = dayOf(at)
  const [set, read] = await Promise.all([
    needs.setOf(assessment.set.hash),
    readNeighbours(needs, assessment, today, prospect.planUnmet ? names.filter(name => name !== 'planUnmet') : names),
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
      read('sheets'),
      read('evidence'),
      code => askedBy(set, code, forceOf(assessment, set)),
      codes,
      today,
    ))
  const { managingUnit, ancestors } = names.includes('school') ? read('school') : UNKNOWN_SCHOOL
  return {
    links: linksOf(assessment),
    council: {
      draft: assessment.council,
      get setting() {
        const school = read('school')
        return {
          headId: school.headId ?? '',
          hasDeputy: school.hasDeputy,
          councilMin: read('numbers').councilMin,
          ownership: school.ownership,
          year: assessment.year,
        }
      },
      inForce: assessment.councilVersions.at(-1)?.members ?? [],
      get voteShare() {
        return read('numbers').voteShare
      },
    },
    groups: prospect.groups ?? assessment.groups,
    sheets: sheetsStanding(
      assessment,
      prospect.codes ?? sheetCodes(set, assessment.aimsAtLevelFour),
      prospect.assigned,
    ),
    get planUnmet() {
      return prospect.planUnmet ?? read('planUnmet')
    },
    report: {
      get emptyParts() {
        return missingReportParts(
          set,
          read('sheets').find(sheet => sheet.code === REPORT),
        )
      },
      get lintErrors() {
        return faults().lintErrors
      },
      get brokenCitations() {
        return faults().brokenCitations
      },
      ...(assessment.report.draft && { levelPrinted: assessment.report.draft.level }),
      ...(!open && { levelNow: rating.level }),
      get unreviewed() {
        return unreviewedParts(read('sheets'))
      },
    },
    comments: {
      get days() {
        return read('numbers').internalCommentDays
      },
      periodOver: round !== undefined && round.endsOn < today,
      unanswered: round?.comments.filter(comment => !comment.answered).length ?? 0,
      roundHeld: round?.closedOn !== undefined,
      ...(prospect.waivedBecause !== undefined && { waivedBecause: prospect.waivedBecause }),
    },
    get figures() {
      return read('figures')
    },
    signedCopy: prospect.signedCopy ?? { kind: 'none' },
    ...(managingUnit && { managingUnit }),
    ancestors,
    reviewBegun: last?.readingSince !== undefined,
    returnPoints: (last?.returned?.points ?? []).map((point, index) => ({
      id: String(index),
      text: point.reason,
    })),
    get yearOpen() {
      return read('yearOpen')
    },
    get actionsLeftBehind() {
      return read('actionsLeftBehind')
    },
    ...(prospect.rights && { rights: prospect.rights }),
    ...(prospect.newVersion && { newVersion: prospect.newVersion }),
  }
}

/** Where the school was not asked for, nobody manages it: a sending is refused. */
const UNKNOWN_SCHOOL: Pick<SchoolFacts, 'managingUnit' | 'ancestors'> = { ancestors: [] }

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
