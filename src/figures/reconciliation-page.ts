import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { isPossible } from '../kernel/step.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { printNumber, printShare } from '../kernel/words.ts'
import { nameOn } from '../organisations/index.ts'
import type { FigurePlace } from './figure-access.ts'
import { mayFigure } from './figure-policy.ts'
import { valuesOf, type FigureYear } from './figure-year.ts'
import { BLANK_RECONCILIATION, factsOf } from './reconcile.ts'
import { RECONCILIATION_STATE_NAMES, reconciliationLife, type ReconciliationEvent } from './reconciliation-machine.ts'
import {
  BLOCK_NAMES,
  compare,
  REASONS,
  rowAnchor,
  type AssigningDecision,
  type Comparison,
  type ReconciliationState,
} from './reconciliation.ts'

const TONES: Readonly<Record<ReconciliationState, string>> = {
  drafting: 'grey',
  explained: 'blue',
  confirmed: 'green',
  verified: 'green',
  disputed: 'red',
}

const STEPS: readonly {
  readonly type: ReconciliationEvent['type']
  readonly tone: string
  readonly reason?: boolean
}[] = [
  { type: 'explain', tone: 'primary' },
  { type: 'confirm', tone: 'primary' },
  { type: 'verify', tone: 'primary' },
  { type: 'dispute', tone: 'danger', reason: true },
  { type: 'redraft', tone: 'secondary', reason: true },
]

const print = (value: number | null): string => (value === null ? '–' : printNumber(value))
const signed = (value: number | null): string =>
  value === null ? '–' : value > 0 ? `+${printNumber(value)}` : printNumber(value)

export interface ReconciliationView {
  readonly actor: Actor
  readonly place: FigurePlace
  readonly figures: FigureYear
  readonly year: WorkingYear
  readonly day: Day
}

/** The form “Phiếu đối sánh số liệu”: assigned beside current, reasons, decisions, and the steps open to this person. */
export function reconciliationPage({ actor, place: { school, target }, figures, year, day }: ReconciliationView) {
  const reconciliation = figures.reconciliation ?? BLANK_RECONCILIATION
  const rows = compare(school.school.levels, valuesOf(figures), reconciliation)
  const facts = factsOf(school.school.levels, figures)
  const address = new URLSearchParams({ truong: school.id, nam: year }).toString()
  const editable = reconciliation.state === 'drafting' && mayFigure.edit(actor, target)
  const { state, planDecision, staffDecision, confirmed, answered } = reconciliation
  return {
    wide: true,
    breadcrumbs: [{ label: 'Số liệu', href: `/so-lieu?${address}` }],
    subtitle: `${nameOn(school, day)} – năm học ${year}`,
    state: { label: RECONCILIATION_STATE_NAMES[state], tone: TONES[state] },
    unmet: state === 'drafting' || state === 'explained' ? facts.lacks : [],
    signatures: [
      ...(confirmed && state !== 'drafting' && state !== 'explained'
        ? [{ term: 'Hiệu trưởng xác nhận', text: `${confirmed.name}, ${printDay(confirmed.on)}` }]
        : []),
      ...(answered && (state === 'verified' || state === 'disputed')
        ? [
            {
              term: 'Cấp quản lý trả lời',
              text: [answered.name, printDay(answered.on), answered.reason]
                .filter(part => part !== undefined)
                .join(', '),
            },
          ]
        : []),
    ],
    steps: STEPS.filter(
      ({ type }) => isPossible(reconciliationLife, state, facts, type) && mayFigure[type](actor, target),
    ).map(({ type, tone, reason }) => ({
      action: `/so-lieu/doi-sanh/${type}?${address}`,
      label: reconciliationLife.eventNames[type],
      tone,
      hidden: { revision: figures.rev },
      ...(reason ? { reason: {} } : {}),
    })),
    action: `/so-lieu/doi-sanh?${address}`,
    revision: figures.rev,
    editable,
    decisions: [
      decisionView('plan', 'Quyết định giao chỉ tiêu kế hoạch', planDecision),
      decisionView('staff', 'Quyết định giao số lượng người làm việc', staffDecision),
    ],
    reasons: Object.entries(REASONS).map(([value, label]) => ({ value, label })),
    blocks: (['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const).map(block => ({
      title: BLOCK_NAMES[block],
      rows: rows.filter(row => row.block === block).map(rowView),
    })),
  }
}

const decisionView = (prefix: string, title: string, decision: AssigningDecision | undefined) => ({
  title,
  text: decision ? `số ${decision.number}, ngày ${printDay(decision.day)}, ${decision.issuer}` : 'Chưa ghi',
  fields: [
    { name: `${prefix}.number`, label: 'Số, ký hiệu', value: decision?.number ?? '' },
    { name: `${prefix}.day`, label: 'Ngày', type: 'date', value: decision?.day ?? '' },
    { name: `${prefix}.issuer`, label: 'Cơ quan ban hành', value: decision?.issuer ?? '' },
  ],
})

const rowView = (row: Comparison) => ({
  key: row.key,
  anchor: rowAnchor(row.key),
  label: row.label,
  unit: row.unit,
  total: row.of !== undefined,
  assigned: print(row.assigned),
  assignedTyped: row.assigned === null ? '' : printNumber(row.assigned),
  current: print(row.current),
  difference: signed(row.difference),
  differs: row.difference !== null && row.difference !== 0,
  share: row.assigned === null || row.current === null ? '–' : printShare(row.current, row.assigned),
  code: row.explanation?.code ?? '',
  reason: row.explanation ? REASONS[row.explanation.code] : '',
  sentence: row.explanation?.sentence ?? '',
})
