import { describeRating, regimeOf, type CriteriaSet } from '../catalogue/index.ts'
import { EVIDENCE_STATE_NAMES, type EvidenceState } from '../evidence/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { forceOf, ratingOf } from './asked.ts'
import type { Assessment } from './assessment.ts'
import type { AssessmentFacts } from './assessment-conditions.ts'
import { may } from './assessment-policy.ts'
import { opensEvidence } from './assessment-tabs.ts'
import { levelName, stateBadge } from './assessment-words.ts'
import { allDays, deadlineLines, DUE_TONES, type DeadlineLine, type Deadlines } from './deadlines.ts'
import { historyLines } from './history-page.ts'
import { assessmentHref, linksOf } from './links.ts'
import type { CitedEvidence } from './needs.ts'
import { nextTurn, stepsOffered } from './offered-steps.ts'
import { progressBoard } from './progress-board.ts'
import type { PaperLine } from './screen-needs.ts'
import { sevenSteps } from './seven-steps.ts'

export interface OverviewView {
  readonly actor: Actor
  readonly assessment: Assessment
  readonly schoolName: string
  readonly set: CriteriaSet
  readonly facts: AssessmentFacts
  readonly deadlines: Deadlines
  readonly evidence: ReadonlyMap<string, CitedEvidence>
  /** The latest steps alone. */
  readonly history: readonly JournalEntry[]
  readonly papers: readonly PaperLine[]
  readonly today: Day
  /** Texts of old criteria that wait in the drawer and this person may read. */
  readonly oldTexts: number
  /** The year uses another version of the criteria by now. */
  readonly newerVersion: boolean
}

/** Everything about one assessment at a glance: where it stands, what holds it up, what may be done next. */
export function overviewPage(view: OverviewView) {
  const { actor, assessment, set, facts, deadlines, today } = view
  const links = linksOf(assessment)
  const steps = stepsOffered(actor, assessment, facts)
  const turn = nextTurn(assessment)
  return {
    wide: true,
    ownHeading: true,
    breadcrumbs: [{ label: 'Tự đánh giá', href: '/danh-gia' }],
    name: view.schoolName,
    year: assessment.year,
    state: stateBadge(assessment.state),
    set: assessment.regime === undefined ? set.title : `${set.title}. ${regimeOf(assessment.regime).name}`,
    steps: sevenSteps(assessment),
    result: resultOf(assessment, set),
    board: progressBoard(assessment, allDays(assessment, deadlines), today),
    sheetsHref: Object.keys(assessment.criteria).length > 0 ? `${assessmentHref(assessment.id)}/phieu` : '',
    evidence: evidenceCounts(view.evidence, opensEvidence(actor, assessment) ? links.evidence : undefined),
    deadlines: deadlineLines(assessment, deadlines, today).map(shownDeadline),
    next: {
      steps: steps.filter(step => step.event !== 'cancel' && step.event !== 'close'),
      waitsFor: turn && !steps.some(step => step.primary) ? `${turn.label}: chờ ${turn.who}.` : '',
    },
    close: steps.find(step => step.event === 'close'),
    cancel: steps.some(step => step.event === 'cancel')
      ? { action: `${assessmentHref(assessment.id)}/huy` }
      : undefined,
    closeAction: `${assessmentHref(assessment.id)}/ket-thuc`,
    notices: noticesOf(view),
    compareHref: `${assessmentHref(assessment.id)}/so-sanh`,
    cancelled: assessment.cancelled && {
      on: printDay(assessment.cancelled.on),
      decision: assessment.cancelled.decision,
      reason: assessment.cancelled.reason,
    },
    history: historyLines(view.history),
    historyHref: `${assessmentHref(assessment.id)}/nhat-ky`,
    papers: view.papers.map(({ title, href, number, at, frozen }) => ({
      term: title,
      text: number ?? 'Xem',
      href,
      note: `${frozen ? '' : 'Bản nháp, '}${printDay(dayOf(at))}`,
    })),
    papersHref: `${assessmentHref(assessment.id)}/giay-to`,
  }
}

/** The level so far and, per level, how many criteria have reached it and what holds it up. */
export function resultOf(assessment: Assessment, set: CriteriaSet) {
  const rating = ratingOf(assessment, set)
  const asked = rating.criteria.filter(criterion => criterion.applicable)
  const complete = asked.every(criterion => criterion.open.length === 0)
  const begun = Object.values(assessment.criteria).some(({ answers }) => Object.keys(answers).length > 0)
  const [headline = '', ...why] = describeRating(set, rating, forceOf(assessment, set))
  return {
    begun,
    badge:
      rating.level > 0
        ? { label: levelName(rating.level), tone: 'green' as const }
        : { label: complete ? levelName(0) : 'Chưa đánh giá xong', tone: 'grey' as const },
    headline,
    why,
    answered: { value: asked.filter(criterion => criterion.open.length === 0).length, max: asked.length },
    levels: ([1, 2, 3] as const).map(level => ({
      label: `Đạt Mức ${level}`,
      value: rating.counts[level].met,
      max: rating.counts[level].of,
    })),
  }
}

const STATES: readonly EvidenceState[] = ['expected', 'collected', 'verified', 'coded', 'frozen', 'missing', 'rejected']

function evidenceCounts(evidence: ReadonlyMap<string, CitedEvidence>, href: string | undefined) {
  const items = [...evidence.values()]
  return {
    total: items.length,
    link: href === undefined ? undefined : { href, label: 'Mở' },
    lines: STATES.map(state => ({
      term: EVIDENCE_STATE_NAMES[state],
      text: String(items.filter(item => item.state === state).length),
      ...(href !== undefined && { href: `${href}?trangthai=${state}` }),
    })).filter(line => line.text !== '0'),
  }
}

const shownDeadline = ({ label, printed, done, due }: DeadlineLine) => ({
  term: label,
  text: printed,
  badge: done ? { label: 'xong', tone: 'green' as const } : { label: due.words, tone: DUE_TONES[due.state] },
})

/** What came over from elsewhere and still waits for somebody. */
function noticesOf({ actor, assessment, facts, oldTexts, newerVersion }: OverviewView) {
  const href = assessmentHref(assessment.id)
  const unreviewed = facts.report.unreviewed ?? 0
  const before = ['preparing', 'working', 'drafting', 'consulting'].includes(assessment.state)
  return [
    ...(before && unreviewed > 0
      ? [
          {
            text: `Còn ${unreviewed} phần chép sang chưa rà soát.`,
            ...(Object.keys(assessment.criteria).length > 0 && { href: `${href}/phieu`, label: 'Mở phiếu' }),
          },
        ]
      : []),
    ...(oldTexts > 0
      ? [
          {
            text: `${oldTexts} nội dung của tiêu chí cũ chờ xử lý.`,
            href: `${href}/noi-dung-cu`,
            label: 'Mở ngăn nội dung cũ',
          },
        ]
      : []),
    ...(newerVersion && may.takeNewVersion(actor, assessment)
      ? [
          {
            text: 'Năm học này đã có phiên bản mới của bộ tiêu chí.',
            href: `${href}/chuyen-bo-tieu-chi`,
            label: 'Xem trước việc chuyển',
          },
        ]
      : []),
  ]
}
