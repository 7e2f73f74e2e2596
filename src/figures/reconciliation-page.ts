import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { isPossible } from '../kernel/step.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { printNumber, printShare, printSigned } from '../kernel/words.ts'
import { nameOn } from '../organisations/index.ts'
import type { FigurePlace } from './figure-access.ts'
import { mayFigure } from './figure-policy.ts'
import { valuesOf, type FigureYear } from './figure-year.ts'
import { normStanding, type StaffNorms } from './staff-norm.ts'
import { BLOCK_NAMES, BLOCKS } from './compared-rows.ts'
import { BLANK_RECONCILIATION, comparisonOf, factsOf } from './reconcile.ts'
import { RECONCILIATION_STATE_NAMES, reconciliationLife, type ReconciliationEvent } from './reconciliation-machine.ts'
import {
  assignmentOf,
  DECISION_KINDS,
  DECISION_NAMES,
  isVerified,
  REASONS,
  rowAnchor,
  type Assignment,
  type Comparison,
  type DecisionKind,
  type ReconciliationState,
} from './reconciliation.ts'

export const TONES: Readonly<Record<ReconciliationState, string>> = {
  drafting: 'grey',
  explained: 'blue',
  confirmed: 'green',
  verified: 'green',
  disputed: 'red',
  provinceVerified: 'green',
}

const STEPS: readonly {
  readonly type: ReconciliationEvent['type']
  readonly tone: string
  readonly reason?: boolean
}[] = [
  { type: 'explain', tone: 'primary' },
  { type: 'confirm', tone: 'primary' },
  { type: 'verify', tone: 'primary' },
  { type: 'provinceVerify', tone: 'primary' },
  { type: 'dispute', tone: 'danger', reason: true },
  { type: 'redraft', tone: 'secondary', reason: true },
]

const print = (value: number | null): string => (value === null ? '–' : printNumber(value))

export interface ReconciliationView {
  readonly actor: Actor
  readonly place: FigurePlace
  readonly figures: FigureYear
  readonly year: WorkingYear
  readonly day: Day
  readonly norms: StaffNorms
}

/** The form “Phiếu đối sánh số liệu”: assigned beside current, reasons, decisions, and the steps open to this person. */
export function reconciliationPage({
  actor,
  place: { school, target },
  figures,
  year,
  day,
  norms,
}: ReconciliationView) {
  const { state } = figures.reconciliation ?? BLANK_RECONCILIATION
  const rows = comparisonOf(school, figures)
  const facts = factsOf(school, figures)
  const assignment = assignmentOf(figures)
  const address = new URLSearchParams({ truong: school.id, nam: year }).toString()
  const path = (part: string): string => `/so-lieu/doi-sanh${part}?${address}`
  const editable = state === 'drafting' && mayFigure.edit(actor, target)
  const spare = (row: Comparison): boolean =>
    row.optional === true && row.assigned === null && row.current === null && row.explanation === undefined
  return {
    wide: true,
    breadcrumbs: [
      { label: 'Số liệu', href: `/so-lieu?${address}` },
      ...(mayFigure.assign(actor, target) ? [{ label: 'Đối sánh các trường', href: `/doi-sanh?nam=${year}` }] : []),
    ],
    actions: [
      { label: 'Tải Excel', href: path('/phieu.xlsx'), icon: 'download' },
      { label: 'Tải PDF', href: path('/phieu.pdf'), icon: 'print' },
    ],
    subtitle: `${nameOn(school, day)} – năm học ${year}`,
    state: { label: RECONCILIATION_STATE_NAMES[state], tone: TONES[state] },
    unmet: state === 'drafting' || state === 'explained' ? facts.lacks : [],
    unchecked: isVerified(state) ? [] : facts.scans,
    signatures: signaturesOf(figures),
    steps: STEPS.filter(
      ({ type }) => isPossible(reconciliationLife, state, facts, type) && mayFigure[type](actor, target),
    ).map(({ type, tone, reason }) => ({
      action: path(`/${type}`),
      label: reconciliationLife.eventNames[type],
      tone,
      hidden: { revision: figures.rev },
      ...(reason ? { reason: {} } : {}),
    })),
    action: path(''),
    revision: figures.rev,
    editable,
    notice:
      assignment.fixed.size > 0
        ? 'Số giao do cấp trên nhập theo quyết định thì trường không sửa được; nếu thấy sai, xin báo cấp quản lý.'
        : undefined,
    decisions: DECISION_KINDS.map(kind => decisionView(kind, figures, assignment)),
    scans: DECISION_KINDS.flatMap(kind => {
      const decision = assignment[`${kind}Decision`]
      const right = figures.targets?.[`${kind}Decision`] ? 'assign' : 'edit'
      const mayAttach = decision !== undefined && !isVerified(state) && mayFigure[right](actor, target)
      if (!decision || (!decision.scan && !mayAttach)) return []
      return [
        {
          id: `quet-${kind}`,
          title: DECISION_NAMES[kind].replace(' (nếu có)', ''),
          file: decision.scan ? { text: decision.scan.name, href: path(`/quet/${kind}`) } : undefined,
          action: mayAttach ? path(`/quet/${kind}`) : undefined,
        },
      ]
    }),
    reasons: Object.entries(REASONS).map(([value, label]) => ({ value, label })),
    norm: normView(school.school.levels, figures, norms),
    positions: positionNotice(rows),
    blocks: BLOCKS.map(block => ({
      title: BLOCK_NAMES[block],
      rows: rows.filter(row => row.block === block && !spare(row)).map(row => rowView(row, assignment)),
      spare: editable
        ? rows
            .filter(row => row.block === block && row.of === undefined && spare(row))
            .map(row => rowView(row, assignment))
        : [],
    })).filter(block => block.rows.length + block.spare.length > 0),
  }
}

function signaturesOf({ reconciliation }: FigureYear) {
  if (!reconciliation) return []
  const { state, confirmed, answered, province } = reconciliation
  return [
    ...(confirmed && state !== 'drafting' && state !== 'explained'
      ? [{ term: 'Hiệu trưởng xác nhận', text: `${confirmed.name}, ${printDay(confirmed.on)}` }]
      : []),
    ...(answered && (isVerified(state) || state === 'disputed')
      ? [
          {
            term: 'Cấp trên trả lời',
            text: [answered.name, printDay(answered.on), answered.reason].filter(part => part !== undefined).join(', '),
          },
        ]
      : []),
    ...(province && state === 'provinceVerified'
      ? [{ term: 'Sở xác nhận', text: `${province.name}, ${printDay(province.on)}` }]
      : []),
  ]
}

function decisionView(kind: DecisionKind, { targets }: FigureYear, assignment: Assignment) {
  const decision = assignment[`${kind}Decision`]
  return {
    kind,
    title: DECISION_NAMES[kind],
    /** Written by the unit above: shown, not typed. */
    given: targets?.[`${kind}Decision`] !== undefined,
    text: decision ? `số ${decision.number}, ngày ${printDay(decision.day)}, ${decision.issuer}` : 'Chưa ghi',
    fields: [
      { name: `${kind}.number`, label: 'Số, ký hiệu', value: decision?.number ?? '' },
      { name: `${kind}.day`, label: 'Ngày', type: 'date', value: decision?.day ?? '' },
      { name: `${kind}.issuer`, label: 'Cơ quan ban hành', value: decision?.issuer ?? '' },
    ],
  }
}

function normView(levels: Parameters<typeof normStanding>[0], figures: FigureYear, norms: StaffNorms) {
  const norm = normStanding(levels, valuesOf(figures), norms)
  if (!norm) return []
  return [
    ...norm.lines.map(({ label, classes, perClass }) => ({
      term: label,
      text: `${printNumber(classes)} × ${printNumber(perClass, 2)} giáo viên`,
    })),
    { term: 'Giáo viên theo định mức', text: printNumber(norm.asked, 1) },
    { term: 'Giáo viên hiện có', text: print(norm.teachers) },
    { term: 'Thừa (+), thiếu (−) so với định mức', text: printSigned(norm.gap, 1) },
  ]
}

/** Teachers and staff by position beside the totals of Phần I, where both are known and differ. */
function positionNotice(rows: readonly Comparison[]): readonly string[] {
  return (['E', 'F'] as const).flatMap(block => {
    const inBlock = rows.filter(row => row.block === block)
    const parts = inBlock.flatMap(({ key, current }) => (key.startsWith('position.') ? (current ?? []) : []))
    const total = inBlock.find(({ key }) => key.startsWith('staff.'))?.current ?? null
    const sum = parts.reduce((all, part) => all + part, 0)
    if (parts.length === 0 || total === null || sum === total) return []
    return [
      `${BLOCK_NAMES[block]}: cộng theo vị trí việc làm là ${printNumber(sum)}, số liệu Phần I là ${printNumber(total)} (chênh ${printSigned(sum - total)}).`,
    ]
  })
}

const rowView = (row: Comparison, { fixed }: Assignment) => ({
  key: row.key,
  anchor: rowAnchor(row.key),
  label: row.label,
  unit: row.unit,
  total: row.of !== undefined,
  fixed: fixed.has(row.key),
  assigned: print(row.assigned),
  assignedTyped: row.assigned === null ? '' : printNumber(row.assigned),
  current: print(row.current),
  difference: printSigned(row.difference),
  differs: row.difference !== null && row.difference !== 0,
  share: row.assigned === null || row.current === null ? '–' : printShare(row.current, row.assigned),
  code: row.explanation?.code ?? '',
  reason: row.explanation ? REASONS[row.explanation.code] : '',
  sentence: row.explanation?.sentence ?? '',
  remedy: row.explanation?.remedy ?? '',
  due: row.explanation?.due ?? '',
  dueText: row.explanation?.due ? printDay(row.explanation.due) : '',
})
