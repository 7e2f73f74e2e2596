import type { Day } from '../kernel/dates.ts'
import type { Unmet } from '../kernel/refusals.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import { STAFF_ROWS, tablesFor } from './definition.ts'
import { computeAll, type FigureValues } from './figure-table.ts'
import { gradesOf } from './grades.ts'

export type ReconciliationState = 'drafting' | 'explained' | 'confirmed' | 'verified' | 'disputed'

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
}

/** The decision by which numbers were assigned; without it an assigned number is refused. */
export interface AssigningDecision {
  readonly number: string
  readonly day: Day
  readonly issuer: string
}

/** Assigned by plan and staffing decisions against what is there (process § 7.3, forms § 13). */
export interface Reconciliation {
  readonly state: ReconciliationState
  readonly machine: string
  readonly assigned: readonly { readonly key: string; readonly value: number }[]
  /** Quyết định giao chỉ tiêu kế hoạch, for blocks A–C. */
  readonly planDecision?: AssigningDecision
  /** Quyết định giao số lượng người làm việc, for blocks D–F. */
  readonly staffDecision?: AssigningDecision
  readonly explanations: readonly Explanation[]
  readonly confirmed?: { readonly personId: string; readonly name: string; readonly on: Day }
  readonly answered?: { readonly name: string; readonly on: Day; readonly reason?: string }
}

export type Block = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G'

export const BLOCK_NAMES: Readonly<Record<Block, string>> = {
  A: 'A. Trường',
  B: 'B. Lớp, nhóm',
  C: 'C. Học sinh, trẻ',
  D: 'D. Cán bộ quản lý',
  E: 'E. Giáo viên',
  F: 'F. Nhân viên',
  G: 'G. Tổng số người làm việc',
}

interface ComparedRow {
  readonly key: string
  readonly block: Block
  readonly label: string
  readonly unit: string
  /** A total: the sum of these rows, assigned and current alike. */
  readonly of?: readonly string[]
  readonly optional?: boolean
}

const blockOf = (staffRow: string): Block =>
  staffRow === 'staff.teachers' ? 'E' : staffRow === 'staff.support' ? 'F' : 'D'

/** Rows of the form for a school of these levels, in order. */
export function rowsFor(levels: readonly SchoolLevel[]): readonly ComparedRow[] {
  const grades = gradesOf(levels)
  const classes = grades.map(grade => `classes.${grade.key}`)
  const pupils = grades.map(grade => `pupils.${grade.key}`)
  const staff = STAFF_ROWS.map(row => `${row.key}.total`)
  return [
    { key: 'rooms.class', block: 'A', label: 'Phòng học', unit: 'phòng', optional: true },
    ...grades.map((grade): ComparedRow => ({
      key: `classes.${grade.key}`,
      block: 'B',
      label: grade.label,
      unit: 'lớp',
    })),
    { key: 'classes.total', block: 'B', label: 'Cộng số lớp, nhóm', unit: 'lớp', of: classes },
    ...grades.map((grade): ComparedRow => ({
      key: `pupils.${grade.key}`,
      block: 'C',
      label: grade.label,
      unit: 'người',
    })),
    { key: 'pupils.total', block: 'C', label: 'Cộng số học sinh, trẻ', unit: 'người', of: pupils },
    { key: 'pupils.new', block: 'C', label: 'Tuyển mới', unit: 'người', optional: true },
    ...STAFF_ROWS.map(({ key, label }): ComparedRow => ({
      key: `${key}.total`,
      block: blockOf(key),
      label,
      unit: 'người',
    })),
    { key: 'staff.all.total', block: 'G', label: 'Cộng D + E + F', unit: 'người', of: staff },
  ]
}

/** One row of the comparison; `difference` is current − assigned, null while one of them is unknown. */
export interface Comparison extends ComparedRow {
  readonly assigned: number | null
  readonly current: number | null
  readonly difference: number | null
  readonly explanation?: Explanation
}

/** Assigned beside current; the current numbers are those of Phần I, nothing is typed twice. */
export function compare(
  levels: readonly SchoolLevel[],
  typed: FigureValues,
  reconciliation: Pick<Reconciliation, 'assigned' | 'explanations'> | undefined,
): readonly Comparison[] {
  const now = computeAll(tablesFor(levels), typed)
  const assignedTo = new Map(reconciliation?.assigned.map(({ key, value }) => [key, value]))
  const assignedOf = (row: ComparedRow): number | null => {
    if (row.of === undefined) return assignedTo.get(row.key) ?? null
    const parts = row.of.map(key => assignedTo.get(key) ?? null)
    return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0)
  }
  return rowsFor(levels).map(row => {
    const assigned = assignedOf(row)
    const current = now[row.key] ?? null
    const explanation = reconciliation?.explanations.find(({ key }) => key === row.key)
    const difference = assigned === null || current === null ? null : current - assigned
    return { ...row, assigned, current, difference, ...(explanation ? { explanation } : {}) }
  })
}

/** Whether the difference is so large, or its reason so vague, that a sentence is needed (forms § 13). */
export const needsSentence = ({ assigned, difference, explanation }: Comparison): boolean =>
  difference !== null &&
  difference !== 0 &&
  (explanation?.code === 'other' || Math.abs(difference) * 10 >= Math.abs(assigned ?? 0))

/** The first of the rows that has an assigned number without the decision that assigned it. */
const assignedWithout = (rows: readonly Comparison[], blocks: string): Comparison | undefined =>
  rows.find(row => blocks.includes(row.block) && row.of === undefined && row.assigned !== null)

/** Where lacks are mended: the form of the reconciliation, and the figures of the school. */
export interface LackLinks {
  readonly form: string
  readonly figures: string
}

/** The id of a row on the form, so that a lack leads to it. */
export const rowAnchor = (key: string): string => `hang-${key}`

/** Everything that still stands between the draft and an explained reconciliation. */
export function lacksOf(
  rows: readonly Comparison[],
  decisions: Pick<Reconciliation, 'planDecision' | 'staffDecision'>,
  links: LackLinks,
): readonly Unmet[] {
  const lacks: Unmet[] = []
  const lack = (code: string, message: string, row?: Comparison): void => {
    lacks.push({ code, message, href: row ? `${links.form}#${rowAnchor(row.key)}` : links.form })
  }
  const at = (row: Comparison): string =>
    rows.filter(({ block }) => block === row.block).length === 1
      ? BLOCK_NAMES[row.block]
      : `${BLOCK_NAMES[row.block]} – ${row.label}`
  if (!decisions.planDecision && assignedWithout(rows, 'ABC'))
    lack('planDecisionMissing', 'Chưa ghi quyết định giao chỉ tiêu kế hoạch.')
  if (!decisions.staffDecision && assignedWithout(rows, 'DEF'))
    lack('staffDecisionMissing', 'Chưa ghi quyết định giao số lượng người làm việc.')
  for (const row of rows.filter(({ of, optional }) => of === undefined && !optional)) {
    if (row.assigned === null) lack('assignedMissing', `${at(row)}: chưa có số giao.`, row)
    if (row.current === null)
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
