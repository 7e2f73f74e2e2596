import type { Day } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import { BLOCK_NAMES, comparedTablesFor, rowsFor, type ComparedRow } from './compared-rows.ts'
import { cellReader, type FigureValues } from './figure-table.ts'

/** `verified`: by the managing unit; `provinceVerified`: by the Sở as well, when it sums up (process § 14.8). */
export type ReconciliationState = 'drafting' | 'explained' | 'confirmed' | 'verified' | 'disputed' | 'provinceVerified'

/** The head stands behind the numbers: the report may be adopted and sent. */
export const isConfirmed = (state: ReconciliationState | 'none'): boolean => state === 'confirmed' || isVerified(state)

/** The managing unit has found that the numbers agree. */
export const isVerified = (state: ReconciliationState | 'none'): boolean =>
  state === 'verified' || state === 'provinceVerified'

export const REASONS = {
  retired: 'Nghỉ hưu',
  movedAway: 'Chuyển đi',
  movedIn: 'Chuyển đến',
  longLeave: 'Nghỉ thai sản, ốm dài ngày',
  seconded: 'Biệt phái',
  notAssigned: 'Chưa được giao đủ',
  notRecruited: 'Chưa tuyển được',
  downsized: 'Tinh giản',
  moreClasses: 'Tăng lớp',
  fewerClasses: 'Giảm lớp',
  intake: 'Tuyển sinh vượt hoặc thiếu',
  pupilsMoved: 'Học sinh chuyển đi, chuyển đến',
  droppedOut: 'Bỏ học',
  merged: 'Sáp nhập, chia tách',
  wrongFigure: 'Sai số liệu (phải sửa)',
  other: 'Khác',
} as const

export type ReasonCode = keyof typeof REASONS

export const isReasonCode = (text: string): text is ReasonCode => Object.hasOwn(REASONS, text)

export interface Explanation {
  readonly key: string
  readonly code: ReasonCode
  readonly sentence: string
  /** Hướng xử lý. */
  readonly remedy?: string
  /** By when the remedy is done. */
  readonly due?: Day
}

/** A scan of a decision in the file store. */
export interface Scan {
  readonly sha256: string
  readonly name: string
  readonly mime: string
  readonly size: number
}

/** The decision by which numbers were assigned; without it an assigned number is refused. */
export interface AssigningDecision {
  readonly number: string
  readonly day: Day
  readonly issuer: string
  readonly scan?: Scan
}

/** Which decision: chỉ tiêu kế hoạch (blocks A–C), số lượng người làm việc (D–F), hợp đồng (contract posts in E–F). */
export const DECISION_NAMES = {
  plan: 'Quyết định giao chỉ tiêu kế hoạch',
  staff: 'Quyết định giao số lượng người làm việc',
  contract: 'Quyết định giao hợp đồng (nếu có)',
} as const

export type DecisionKind = keyof typeof DECISION_NAMES

export const DECISION_KINDS: readonly DecisionKind[] = ['plan', 'staff', 'contract']

export const isDecisionKind = (text: string): text is DecisionKind => Object.hasOwn(DECISION_NAMES, text)

export type Decisions = Readonly<Partial<Record<`${DecisionKind}Decision`, AssigningDecision>>>

export type Assigned = readonly { readonly key: string; readonly value: number }[]

/** Numbers that the managing unit or the Sở assigned to the school itself; the school cannot change these. */
export interface Targets extends Decisions {
  readonly assigned: Assigned
  /** The unit that assigned them last. */
  readonly unitId: string
  readonly on: Day
}

/** Assigned by plan and staffing decisions against what is there (process § 7.3, forms § 13). */
export interface Reconciliation extends Decisions {
  readonly state: ReconciliationState
  readonly machine: string
  readonly assigned: Assigned
  readonly explanations: readonly Explanation[]
  readonly confirmed?: { readonly personId: string; readonly name: string; readonly on: Day }
  readonly answered?: { readonly name: string; readonly on: Day; readonly reason?: string }
  readonly province?: { readonly name: string; readonly on: Day }
}

/** What counts as assigned: the unit's targets, and for other rows what the school took from the decision. */
export interface Assignment extends Decisions {
  readonly assigned: Assigned
  /** Keys that came from above. */
  readonly fixed: ReadonlySet<string>
  readonly explanations: readonly Explanation[]
}

export function assignmentOf({
  reconciliation,
  targets,
}: {
  readonly reconciliation?: Decisions & Pick<Reconciliation, 'assigned' | 'explanations'>
  readonly targets?: Decisions & Pick<Targets, 'assigned'>
}): Assignment {
  const fixed = new Set(targets?.assigned.map(({ key }) => key))
  const decisions = DECISION_KINDS.flatMap(kind => {
    const name = `${kind}Decision` as const
    const decision = targets?.[name] ?? reconciliation?.[name]
    return decision ? [[name, decision] as const] : []
  })
  return {
    ...Object.fromEntries(decisions),
    assigned: [...(targets?.assigned ?? []), ...(reconciliation?.assigned.filter(({ key }) => !fixed.has(key)) ?? [])],
    fixed,
    explanations: reconciliation?.explanations ?? [],
  }
}

/** The decision that a row's number rests on. */
export const decisionKindOf = ({ key, block }: Pick<ComparedRow, 'key' | 'block'>): DecisionKind =>
  'ABC'.includes(block) ? 'plan' : key.endsWith('.contract') ? 'contract' : 'staff'

/** One row of the comparison; `difference` is current − assigned, null while one of them is unknown. */
export interface Comparison extends ComparedRow {
  readonly assigned: number | null
  readonly current: number | null
  readonly difference: number | null
  readonly explanation?: Explanation
}

function sumOf({ of = [], ofKnown }: ComparedRow, valueOf: (key: string) => number | null): number | null {
  const parts = of.map(valueOf)
  const known = parts.filter(part => part !== null)
  if (ofKnown ? known.length === 0 : known.length < parts.length) return null
  return known.reduce((sum, part) => sum + part, 0)
}

/** Assigned beside current; the current numbers are those of Phần I, nothing is typed twice. All rows, or those asked for. */
export function compare(
  levels: readonly SchoolLevel[],
  typed: FigureValues,
  reconciliation: Pick<Reconciliation, 'assigned' | 'explanations'> | undefined,
  rows: readonly ComparedRow[] = rowsFor(levels),
): readonly Comparison[] {
  const currentOf = cellReader(comparedTablesFor(levels), typed)
  const assignedTo = new Map(reconciliation?.assigned.map(({ key, value }) => [key, value]))
  const explained = new Map(reconciliation?.explanations.map(each => [each.key, each]))
  const assignedOf = (row: ComparedRow): number | null => {
    if (row.of === undefined) return assignedTo.get(row.key) ?? null
    return sumOf(row, key => assignedTo.get(key) ?? null)
  }
  // A sum of known parts is compared only where each part is known on both sides.
  const comparable = ({ of = [], ofKnown }: ComparedRow): boolean =>
    ofKnown !== true || of.every(key => assignedTo.has(key) === (currentOf(key) !== null))
  return rows.map(row => {
    const assigned = assignedOf(row)
    const current = row.ofKnown ? sumOf(row, currentOf) : currentOf(row.key)
    const explanation = explained.get(row.key)
    const difference = assigned === null || current === null || !comparable(row) ? null : current - assigned
    return { ...row, assigned, current, difference, ...(explanation ? { explanation } : {}) }
  })
}

/** Whether the difference is so large, or its reason so vague, that a sentence is needed (forms § 13). */
export const needsSentence = ({ assigned, difference, explanation }: Comparison): boolean =>
  difference !== null &&
  difference !== 0 &&
  (explanation?.code === 'other' || Math.abs(difference) * 10 >= Math.abs(assigned ?? 0))

/** An optional row with nothing assigned asks for nothing: no decision and no present number. */
const isAssigned = ({ assigned, optional }: Comparison): boolean =>
  assigned !== null && !(optional === true && assigned === 0)

/** Whether a number stands there that this decision must have assigned. */
const needsDecision = (rows: readonly Comparison[], kind: DecisionKind): boolean =>
  rows.some(row => row.of === undefined && isAssigned(row) && decisionKindOf(row) === kind)

/** Where lacks are mended: the form of the reconciliation, and the figures of the school. */
export interface LackLinks {
  readonly form: string
  readonly figures: string
}

/** The id of a row on the form, so that a lack leads to it. */
export const rowAnchor = (key: string): string => `hang-${key}`

/** Everything that still stands between the draft and an explained reconciliation. */
export function lacksOf(rows: readonly Comparison[], decisions: Decisions, links: LackLinks): readonly Unmet[] {
  const lacks: Unmet[] = []
  const lack = (code: string, message: string, row?: Comparison): void => {
    lacks.push({ code, message, href: row ? `${links.form}#${rowAnchor(row.key)}` : links.form })
  }
  // “E. Giáo viên” says it all for the row of the same name.
  const at = (row: Comparison): string =>
    BLOCK_NAMES[row.block].endsWith(`. ${row.label}`)
      ? BLOCK_NAMES[row.block]
      : `${BLOCK_NAMES[row.block]} – ${row.label}`
  for (const kind of DECISION_KINDS)
    if (!decisions[`${kind}Decision`] && needsDecision(rows, kind))
      lack(`${kind}DecisionMissing`, `Chưa ghi ${DECISION_NAMES[kind].replace(' (nếu có)', '').toLowerCase()}.`)
  for (const row of rows.filter(({ of }) => of === undefined)) {
    if (row.assigned === null && !row.optional) lack('assignedMissing', `${at(row)}: chưa có số giao.`, row)
    if (row.current === null && (!row.optional || isAssigned(row)))
      lacks.push({ code: 'currentMissing', message: `${at(row)}: chưa có số hiện có.`, href: links.figures })
  }
  for (const row of rows.filter(({ of, difference }) => of === undefined && difference !== null && difference !== 0)) {
    if (!row.explanation) lack('unexplained', `${at(row)}: chênh lệch chưa có nguyên nhân.`, row)
    else if (row.explanation.code === 'wrongFigure')
      lacks.push({ code: 'figureToMend', message: `${at(row)}: số liệu sai phải sửa trước.`, href: links.figures })
    else if (needsSentence(row) && row.explanation.sentence === '')
      lack('sentenceMissing', `${at(row)}: cần một câu giải trình.`, row)
  }
  return lacks
}

/** Whether a change of these cells changes what has been reconciled. */
export const touchesReconciled = (
  levels: readonly SchoolLevel[],
  before: FigureValues,
  after: FigureValues,
): boolean => {
  const [old, now] = [compare(levels, before, undefined), compare(levels, after, undefined)]
  return old.some((row, index) => row.current !== now[index]?.current)
}

/** Decisions that numbers rest on and of which no scan is attached: the managing unit cannot check them. */
export const scansMissing = (rows: readonly Comparison[], decisions: Decisions): readonly DecisionKind[] =>
  DECISION_KINDS.filter(kind => needsDecision(rows, kind) && !decisions[`${kind}Decision`]?.scan)
