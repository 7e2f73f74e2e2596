import { belongsToSchool, may, unreadableCodes, type Assessment } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { DraftKind } from './forms.ts'
import type { Paper } from './paper.ts'

/** Drafts are the school's own; whoever manages it waits for what is signed (process § 3.7). */
export const mayReadDrafts = (actor: Actor, assessment: Assessment): boolean =>
  may.read(actor, assessment) && belongsToSchool(actor, assessment.schoolId, assessment.year)

/** A draft of the report prints every sheet, so it is for whoever may read them all. */
export const mayReadDraft = (actor: Actor, assessment: Assessment, kind: DraftKind): boolean =>
  mayReadDrafts(actor, assessment) && (kind !== 'report' || unreadableCodes(actor, assessment).length === 0)

/** Papers that the assessment names now, earlier decisions on the council among them. */
export const papersInForce = ({
  councilVersions,
  plan,
  report,
  supplements,
}: Pick<Assessment, 'councilVersions' | 'plan' | 'report' | 'supplements'>): ReadonlySet<string> =>
  new Set(
    [
      ...councilVersions.map(version => version.paperId),
      plan.paperId,
      report.draft?.paperId,
      report.adopted?.paperId,
      ...supplements.map(supplement => supplement.paperId),
    ]
      .filter(id => id !== undefined)
      .filter(id => id !== ''),
  )

/** The school reads all of its kept papers; from the sending on, its managing units those that are signed and in force. */
export const mayReadPaper = (actor: Actor, assessment: Assessment, paper: Paper): boolean =>
  mayReadDrafts(actor, assessment) ||
  (may.read(actor, assessment) && paper.frozen && papersInForce(assessment).has(paper.id))
