import type { Assessment } from '../assessments/index.ts'
import { printDay } from '../kernel/dates.ts'
import { papersInForce } from './paper-policy.ts'
import type { Paper } from './paper.ts'
import type { Verified } from './report-needs.ts'

/** Whether a paper still counts, and if not since when and what stands in its place. */
export type Standing = Pick<Verified, 'result' | 'endedOn' | 'replacedBy'>

type Named = Pick<Assessment, 'councilVersions' | 'plan' | 'report'> & Partial<Pick<Assessment, 'supplements'>>

/**
 * How a kept paper of an assessment stands: a later decision, plan or report replaces the one before, a cancelled life
 * takes its papers along, and council and plan have run out once the assessment is closed.
 */
export function standingOf(paper: Pick<Paper, 'id' | 'kind' | 'frozen'>, assessment: Assessment | undefined): Standing {
  if (!paper.frozen) return { result: 'draft' }
  if (!assessment) return { result: 'unused' }
  const cancelled = [...(assessment.earlier ?? []), assessment].find(life => life.cancelled && names(life, paper.id))
  if (cancelled?.cancelled) return { result: 'withdrawn', endedOn: cancelled.cancelled.on }
  const replacing = replacingOf(paper, assessment)
  if (replacing) return { result: 'replaced', ...replacing }
  if (!names(assessment, paper.id)) return { result: 'unused' }
  const forTheWork = paper.kind === 'decision' || paper.kind === 'plan'
  return { result: forTheWork && assessment.state === 'closed' ? 'expired' : 'inForce' }
}

const names = ({ councilVersions, plan, report, supplements = [] }: Named, paperId: string): boolean =>
  papersInForce({ councilVersions, plan, report, supplements }).has(paperId)

/** The paper of the same kind that came after this one; undefined while this one is the last, or was never issued. */
function replacingOf(
  { id, kind }: Pick<Paper, 'id' | 'kind'>,
  { councilVersions, plan, report }: Assessment,
): Omit<Standing, 'result'> | undefined {
  if (kind === 'decision') {
    const at = councilVersions.findIndex(version => version.paperId === id)
    const next = at < 0 ? undefined : councilVersions[at + 1]?.decision
    return next && { endedOn: next.date, replacedBy: `quyết định số ${next.number}, ngày ${printDay(next.date)}` }
  }
  if (kind === 'plan' && plan.paperId !== undefined && plan.paperId !== id && plan.approvedOn !== undefined)
    return { endedOn: plan.approvedOn, replacedBy: `kế hoạch phê duyệt ngày ${printDay(plan.approvedOn)}` }
  const { adopted } = report
  if (kind === 'report' && adopted && adopted.paperId !== id)
    return { endedOn: adopted.on, replacedBy: `báo cáo thông qua ngày ${printDay(adopted.on)}` }
  return undefined
}
