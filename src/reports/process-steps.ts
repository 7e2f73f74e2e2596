import type { Assessment } from '../assessments/index.ts'
import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import { PLAN_STEP_NAMES } from '../plans/index.ts'

/** One of the seven steps (Điều 23) with the time that the system recorded for it. */
export interface ProcessStep {
  readonly no: number
  readonly name: string
  readonly when: string
  readonly paper: string
}

const NOT_YET = 'Chưa thực hiện'

/** `Từ 05/09/2025 đến 20/12/2025`, one day alone, or that the step has not been taken. */
function between(from: Day | undefined, to: Day | undefined): string {
  if (from === undefined) return to === undefined ? NOT_YET : `Đến ${printDay(to)}`
  if (to === undefined) return `Từ ${printDay(from)}`
  return from === to ? printDay(from) : `Từ ${printDay(from)} đến ${printDay(to)}`
}

const earliest = (days: readonly Day[]): Day | undefined => days.toSorted()[0]
const latest = (days: readonly Day[]): Day | undefined => days.toSorted().at(-1)

const numbered = (kind: string, number: string | undefined): string =>
  number === undefined ? '' : `${kind} số ${number}`

const step = (no: keyof typeof PLAN_STEP_NAMES, when: string, paper = ''): ProcessStep => ({
  no,
  name: PLAN_STEP_NAMES[no],
  when,
  paper,
})

/** The seven steps as the record tells them: Phần II, mục A.3 of the report is filled by the system. */
export function processSteps(assessment: Assessment): readonly ProcessStep[] {
  const { plan, report, consultation } = assessment
  const decision = assessment.councilVersions[0]?.decision
  const decisions = Object.values(assessment.criteria)
  const handedIn = decisions.flatMap(one => (one.handedIn ? [dayOf(one.handedIn.at)] : []))
  const agreed = decisions.flatMap(one => (one.agreed ? [dayOf(one.agreed.at)] : []))
  const drafted = report.draft && dayOf(report.draft.at)
  const adopted = report.adopted?.on
  return [
    step(1, decision ? printDay(decision.date) : NOT_YET, numbered('Quyết định', decision?.number)),
    step(2, plan.approvedOn ? printDay(plan.approvedOn) : NOT_YET, numbered('Kế hoạch', plan.number)),
    step(3, between(plan.approvedOn, latest(handedIn))),
    step(4, between(earliest(handedIn), latest(agreed))),
    step(
      5,
      between(drafted, adopted),
      consultation
        ? `Lấy ý kiến từ ${printDay(consultation.openedOn)} đến ${printDay(consultation.closedOn ?? consultation.endsOn)}`
        : '',
    ),
    step(6, report.published ? printDay(report.published.on) : 'Sau khi báo cáo được thông qua'),
    step(7, 'Sau khi báo cáo được công bố'),
  ]
}
