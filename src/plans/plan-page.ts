import { assessmentLife, may } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { planFrame } from './plan-frame.ts'
import type { OpenPlan } from './plan-needs.ts'
import type { PlanVersion } from './plan-draft.ts'
import { deadlinesBeforePlan, deadlinesOf } from './plan-template.ts'
import { DEADLINE_NAMES } from './plan-words.ts'

/** What the route has read for the first tab. */
export interface OverviewView {
  readonly schoolName: string
  readonly today: Day
  /** What keeps the approval back besides the plan itself. */
  readonly outside: readonly Unmet[]
  readonly inForce?: PlanVersion
  readonly history: readonly JournalEntry[]
  readonly paperHref: (paperId: string) => string
  /** Whether the machine has an approval or a revision in this state. */
  readonly event?: 'approvePlan' | 'revisePlan'
}

/** The first tab: how the plan stands, what is missing, the approval, the deadlines and all versions. */
export function planPage(actor: Actor, open: OpenPlan, view: OverviewView) {
  const { assessment, draft, content, facts } = open
  const { plan } = assessment
  const { event, inForce } = view
  const changed = inForce !== undefined && inForce.draftRev !== draft.rev
  const decides = event !== undefined && may[event](actor, assessment) && (event === 'approvePlan' || changed)
  const drafted = deadlinesOf(content.timetable)
  const before: Readonly<Record<string, Day>> = deadlinesBeforePlan(assessment.openedOn)
  return {
    ...planFrame(actor, view.schoolName, open),
    badge:
      plan.version === 0
        ? { label: 'Chưa phê duyệt', tone: 'orange' }
        : { label: `Đang thực hiện, lần ban hành ${plan.version}`, tone: 'green' },
    status:
      plan.version === 0
        ? 'Kế hoạch do hội đồng tự đánh giá lập và chủ tịch hội đồng phê duyệt.'
        : `Kế hoạch số ${plan.number ?? ''}, ngày ${printDay(plan.approvedOn ?? '')}.`,
    changed: changed && event === 'revisePlan',
    outside: view.outside,
    ...(decides && {
      decision: {
        action: `${facts.href}/${event === 'approvePlan' ? 'phe-duyet' : 'dieu-chinh'}`,
        label: assessmentLife.eventNames[event],
        revision: draft.rev,
        today: view.today,
        asksReason: event === 'revisePlan',
      },
    }),
    deadlines: {
      caption: 'Hạn của các việc theo thời gian biểu',
      head: ['Việc', 'Đang áp dụng', 'Theo bản đang soạn'],
      rows: DEADLINE_NAMES.map(([key, name]) => {
        const valid = plan.version > 0 ? plan.deadlines[key] : before[key]
        const planned = drafted.get(key)
        return [name, valid === undefined ? '–' : printDay(valid), planned === undefined ? '–' : printDay(planned)]
      }),
    },
    versions: versionsOf(open, view),
  }
}

function versionsOf({ assessment }: OpenPlan, { history, paperHref }: OverviewView) {
  const decided = history
    .filter(entry => entry.event === 'approvePlan' || entry.event === 'revisePlan')
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
  return {
    caption: 'Các lần ban hành kế hoạch',
    head: ['Lần', 'Số, ngày', 'Người phê duyệt', 'Lý do điều chỉnh', 'Văn bản'],
    rows: decided.map(({ facts = {}, by, reason }) => {
      const current = facts['version'] === assessment.plan.version
      return [
        { text: String(facts['version']), ...(current && { badge: { label: 'Đang thực hiện', tone: 'green' } }) },
        `${String(facts['number'])}, ${printDay(String(facts['date']))}`,
        by.name,
        reason ?? '–',
        { text: 'Xem văn bản', href: paperHref(String(facts['paper'])) },
      ]
    }),
  }
}
