import { linksOf, may, type Assessment } from '../assessments/index.ts'
import { evidenceSteps, mayOnEvidence } from '../evidence/index.ts'
import { mayFigure, reconciliationMachine } from '../figures/index.ts'
import { holds, type Actor } from '../kernel/actor.ts'
import { groupSeats } from '../kernel/group-seats.ts'
import { only, type Draft, type Situation } from './task.ts'

const CHECKS = [
  { event: 'verify', from: 'collected', label: 'Kiểm tra minh chứng mới thu thập' },
  { event: 'assignCode', from: 'verified', label: 'Cấp mã minh chứng đã kiểm tra' },
] as const

/** Evidence that waits for the seats which the table of process § 14.3 names, and for whom the chair lets check it. */
export function evidenceTasks(actor: Actor, { assessment, evidence }: Situation): readonly Draft[] {
  if (assessment.state !== 'working' && assessment.state !== 'drafting') return []
  const dossier = dossierOf(assessment)
  return CHECKS.flatMap(({ event, from, label }) => {
    const who = evidenceSteps.find(step => step.event === event)?.who ?? []
    const everything = holds(actor, assessment.schoolId, assessment.year, ...who)
    if (!everything && !checksInGroup(actor, assessment)) return []
    const count = evidence.filter(
      ({ state, ...place }) => state === from && (everything || mayOnEvidence[event](actor, { dossier, ...place })),
    ).length
    if (count === 0) return []
    return [
      {
        label: `${label} (${count})`,
        href: `${linksOf(assessment).evidence}?trangthai=${from}`,
        deadline: 'evidenceDue',
      },
    ]
  })
}

const checksInGroup = (actor: Actor, { schoolId, year }: Assessment): boolean =>
  groupSeats(actor, 'verifyEvidence').some(seat => seat.unitId === schoolId && seat.year === year)

/** What the rights on evidence ask of an assessment that is at work: nobody above the school reads it yet. */
const dossierOf = ({ id, schoolId, year, criteria }: Assessment) => ({
  id,
  schoolId,
  year,
  ancestors: [],
  criteria: Object.values(criteria).map(({ code, groupId }) => ({ code, ...(groupId !== undefined && { groupId }) })),
})

/** The figures behind the report: reconciled, confirmed by the head, then locked. */
export function figureTasks(actor: Actor, { assessment, figures }: Situation): readonly Draft[] {
  if (assessment.state !== 'drafting') return []
  const { figures: figuresHref, reconciliation } = linksOf(assessment)
  const target = {
    schoolId: assessment.schoolId,
    year: assessment.year,
    managerId: assessment.ancestors[0] ?? '',
    chain: [assessment.schoolId, ...assessment.ancestors],
  }
  const state = figures.reconciliation
  const possible = (event: string): boolean => event in (reconciliationMachine.states[state]?.on ?? {})
  return [
    ...only(
      (state === 'none' || state === 'drafting') &&
        mayFigure.explain(actor, target) &&
        may.writeReport(actor, assessment),
      { label: 'Lập phiếu đối sánh số liệu và giải trình', href: reconciliation, deadline: 'adoptDue' },
    ),
    ...only(possible('confirm') && mayFigure.confirm(actor, target), {
      label: 'Xác nhận phiếu đối sánh số liệu',
      href: reconciliation,
      deadline: 'adoptDue',
    }),
    ...only(!figures.locked && may.writeReport(actor, assessment), {
      label: 'Rà soát và chốt số liệu Phần I',
      detail: 'Nhập đủ số liệu năm năm học, rồi chốt ở mục Báo cáo.',
      href: figuresHref,
      deadline: 'adoptDue',
    }),
  ]
}
