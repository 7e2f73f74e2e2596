import { criterionOf, criterionResultWords, describeCriterion, rateCriterion } from '../catalogue/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import { firstCalendarYear } from '../kernel/working-year.ts'
import { forceOf } from './asked.ts'
import { isLevelFour } from './assessment.ts'
import { CRITERION_STATE_NAMES, type CriterionFacts } from './criterion-machine.ts'
import { sheetHref } from './links.ts'
import { requiredEvidenceOf } from './required-evidence.ts'
import type { CitedEvidence } from './needs.ts'
import type { OpenSheet } from './open-sheet.ts'
import type { Present } from './presence-store.ts'
import { findingsOf } from './sheet-findings.ts'
import { citationsIn } from './sheet-lint.ts'
import { chipOf, partName } from './sheet-parts.ts'
import { blockersOf } from './sheet-steps.ts'
import { progressIn, sheetTree, type Tone } from './sheet-tree.ts'
import type { Sheet } from './sheet.ts'

export interface SideInput {
  readonly actor: Actor
  readonly open: OpenSheet
  readonly sheet: Sheet
  readonly evidence: ReadonlyMap<string, CitedEvidence>
  readonly facts: CriterionFacts
  readonly today: Day
  readonly others: readonly Present[]
}

/** Deadlines of the approved plan that concern a sheet, in the order in which they fall due. */
const DEADLINES: readonly (readonly [string, string])[] = [
  ['analysisDue', 'Phân tích tiêu chí'],
  ['evidenceDue', 'Thu thập minh chứng'],
  ['sheetDraftDue', 'Nộp phiếu'],
  ['sheetsToCouncilDue', 'Trình hội đồng'],
  ['sheetsDue', 'Hội đồng thống nhất'],
]

/** The plan's day, or the day of the year's tree when that is earlier. */
function sheetDue({ year, plan }: OpenSheet['assessment'], { advice }: OpenSheet['asked']): Day | undefined {
  const planned = plan.deadlines['sheetDraftDue']
  if (advice?.due === undefined) return planned
  const first = firstCalendarYear(year)
  const day = `${advice.due >= '08-01' ? first : first + 1}-${advice.due}`
  return planned === undefined || day < planned ? day : planned
}

const GONE: readonly string[] = ['withdrawn', 'rejected', 'disposed']

/** The right column: result, what is missing, deadlines, people, remarks, evidence. Also fetched alone after a save. */
export function sheetSide({ actor, open, sheet, evidence, facts, today, others }: SideInput) {
  const { assessment, set, decision, asked } = open
  const findings = findingsOf(open, sheet, evidence, today)
  const blockers = blockersOf(actor, decision.state, facts)
  const group = assessment.groups.find(each => each.id === decision.groupId)
  const cited = new Set(Object.values(sheet.parts).flatMap(part => citationsIn(part.text)))
  const progress = progressIn(sheetTree(assessment, set, decision.code), decision.groupId)
  return {
    others: others.map(other => ({
      name: other.name,
      where: other.part === undefined ? 'đang xem' : `đang ở: ${partName(open, other.part)}`,
    })),
    result: resultOf(open),
    state: CRITERION_STATE_NAMES[decision.state],
    blockers: blockers && { heading: blockers.heading, items: blockers.items },
    ready: blockers !== undefined && blockers.items.length === 0,
    warnings: findings
      .filter(finding => finding.severity === 'warning')
      .map(({ message, anchor }) => ({ message, href: `#${anchor}` })),
    returned: decision.returned && {
      reason: decision.returned.reason,
      who: `${decision.returned.name} (${decision.returned.from === 'group' ? 'trưởng nhóm' : 'hội đồng'}), ${printInstant(decision.returned.at)}`,
      href: decision.returned.anchor === '' ? '' : `#${decision.returned.anchor}`,
    },
    progress: [
      ...(progress.group ? [{ label: 'Nhóm phụ trách', ...progress.group }] : []),
      { label: 'Toàn trường', ...progress.school },
    ],
    deadlines: DEADLINES.flatMap(([key, label]) => {
      const day = key === 'sheetDraftDue' ? sheetDue(assessment, asked) : assessment.plan.deadlines[key]
      return day === undefined ? [] : [{ label, day: printDay(day), past: day < today }]
    }),
    group: group && {
      name: group.name,
      lead: group.lead?.name ?? '',
      members: group.members
        .filter(member => member.personId !== group.lead?.personId)
        .map(member => member.name)
        .join(', '),
    },
    typical: asked.typicalEvidence,
    guidance: asked.advice?.guidance ?? '',
    goodEvidence: asked.advice?.goodEvidence ?? [],
    required: requiredEvidenceOf(asked, evidence.values()),
    evidence: [...evidence.values()]
      .filter(item => item.criterion === decision.code && !GONE.includes(item.state))
      .map(item => ({ ...chipOf(item), cited: cited.has(item.id) })),
    evidenceHref: `/danh-gia/${assessment.id}/minh-chung?tieuchi=${decision.code}`,
    analysisHref: `${sheetHref(assessment.id, decision.code)}/phan-tich`,
  }
}

/** The sheet's result in a word or two, and why it is not higher. */
export function resultOf({ assessment, set, decision }: Pick<OpenSheet, 'assessment' | 'set' | 'decision'>): {
  readonly words: string
  readonly tone: Tone
  readonly why: readonly string[]
} {
  if (isLevelFour(decision.code)) {
    const verdict = decision.answers['4']?.['a']
    if (verdict === 'met') return { words: 'Đạt', tone: 'green', why: [] }
    return verdict === 'notMet'
      ? { words: 'Không đạt', tone: 'orange', why: [] }
      : { words: 'Chưa đánh giá xong', tone: 'grey', why: [] }
  }
  const criterion = criterionOf(set, decision.code)
  if (!criterion) return { words: 'Chưa đánh giá xong', tone: 'grey', why: [] }
  const rating = rateCriterion(criterion, decision.answers, forceOf(assessment, set))
  const words = criterionResultWords(rating)
  const tone = rating.level > 0 ? 'green' : words === 'Không đạt' ? 'orange' : 'grey'
  return { words, tone, why: describeCriterion(set, rating) }
}
