import { printDay, type Day } from '../kernel/dates.ts'
import { printNumber } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { nameOn, type School, type SchoolLevel } from '../organisations/index.ts'
import {
  planImport,
  row,
  type ColumnSpec,
  type ImportChange,
  type ImportPlan,
  type ReadTable,
  type SheetTable,
  type Verdict,
} from '../sheet-files/index.ts'
import { targetsAfter } from './assign-targets.ts'
import { rowsFor, type Block, type ComparedRow } from './compared-rows.ts'
import { inOrder } from './grades.ts'
import type { FigureYear } from './figure-year.ts'
import {
  assignmentOf,
  DECISION_KINDS,
  decisionKindOf,
  isVerified,
  type Assigned,
  type AssigningDecision,
  type DecisionKind,
  type Decisions,
} from './reconciliation.ts'

/** One line of the sheet: keys of `targetColumns`. */
export type TargetLine = Readonly<Record<string, string | number | undefined>>

const BLOCK_HEADS: Readonly<Record<Block, string>> = {
  A: 'Trường',
  B: 'Lớp',
  C: 'Học sinh',
  D: 'Quản lý',
  E: 'Giáo viên',
  F: 'Nhân viên',
  G: 'Tổng',
}

const DECISION_HEADS: Readonly<Record<DecisionKind, string>> = {
  plan: 'QĐ giao chỉ tiêu',
  staff: 'QĐ giao số lượng người làm việc',
  contract: 'QĐ giao hợp đồng',
}

const PARTS = ['number', 'day', 'issuer'] as const
const PART_HEADS = { number: 'số', day: 'ngày', issuer: 'cơ quan' } as const

const headOf = ({ block, label }: ComparedRow): string => `${BLOCK_HEADS[block]}: ${label}`

/** Rows that can be assigned to schools of these levels; posts and contracts by position only when asked for. */
const assignable = (levels: readonly SchoolLevel[], byPosition: boolean): readonly ComparedRow[] =>
  rowsFor(inOrder(levels)).filter(
    ({ of, key, optional }) =>
      of === undefined &&
      (!optional || key === 'pupils.new' || key === 'rooms.class' || (byPosition && key.startsWith('position.'))),
  )

/** Every column that a filled sheet may have, for schools of any level. */
export function targetColumns(): readonly ColumnSpec[] {
  const rows = assignable(['mam_non', 'tieu_hoc', 'thcs', 'thpt'], true)
  return [
    { key: 'schoolId', head: 'Mã trường', kind: 'text', required: true, maxLength: 100 },
    ...DECISION_KINDS.flatMap(kind =>
      PARTS.map((part): ColumnSpec => ({
        key: `${kind}.${part}`,
        head: `${DECISION_HEADS[kind]}: ${PART_HEADS[part]}`,
        kind: part === 'day' ? 'day' : 'text',
      })),
    ),
    ...rows.map((each): ColumnSpec => ({ key: each.key, head: headOf(each), kind: 'integer', min: 0, max: 100_000 })),
  ]
}

export interface TargetTemplate {
  readonly schools: readonly { readonly school: School; readonly figures: FigureYear }[]
  readonly year: WorkingYear
  readonly day: Day
  readonly byPosition: boolean
}

/** The sheet to be filled in, with what has been assigned so far. */
export function targetTable({ schools, year, day, byPosition }: TargetTemplate): SheetTable {
  const levels = [...new Set(schools.flatMap(({ school }) => school.school.levels))]
  const rows = assignable(levels, byPosition)
  const kinds = DECISION_KINDS.filter(kind => kind !== 'contract' || byPosition)
  return {
    name: 'Giao số liệu',
    title: ['GIAO CHỈ TIÊU, SỐ LƯỢNG NGƯỜI LÀM VIỆC CHO CÁC TRƯỜNG', `Năm học ${year}`],
    notes: [
      'Giữ nguyên cột “Mã trường”. Ô để trống giữ số đã giao; ô không thuộc cấp học của trường để trống.',
      'Số giao phải có số, ngày, cơ quan của quyết định trên cùng dòng hoặc đã nhập trước đó.',
    ],
    frozenColumns: 2,
    landscape: true,
    columns: [
      { head: 'Mã trường', width: 22 },
      { head: 'Tên trường', width: 38 },
      ...kinds.flatMap(kind =>
        PARTS.map(part => ({
          head: `${DECISION_HEADS[kind]}: ${PART_HEADS[part]}`,
          width: 16,
          kind: part === 'day' ? ('day' as const) : ('text' as const),
        })),
      ),
      ...rows.map(each => ({ head: headOf(each), kind: 'integer' as const, width: 12 })),
    ],
    rows: schools.map(({ school, figures: { targets } }) => {
      const known = new Map(targets?.assigned.map(({ key, value }) => [key, value]))
      return row(
        school.id,
        nameOn(school, day),
        ...kinds.flatMap(kind => PARTS.map(part => targets?.[`${kind}Decision`]?.[part] ?? null)),
        ...rows.map(({ key }) => known.get(key) ?? null),
      )
    }),
  }
}

/** A school that the sheet may name, with what this person may do there. */
export interface TargetPlace {
  readonly school: School
  readonly figures: FigureYear
  readonly mayAssign: boolean
}

const textOf = (value: string | number | undefined): string => (value === undefined ? '' : String(value))

function decisionIn(line: TargetLine, kind: DecisionKind): AssigningDecision | 'partly' | undefined {
  const [number, day, issuer] = PARTS.map(part => textOf(line[`${kind}.${part}`]))
  if (!number && !day && !issuer) return undefined
  return number && day && issuer ? { number, day, issuer } : 'partly'
}

/** What a line wishes for its school. */
export function wishOf(line: TargetLine, school: School): Decisions & { readonly assigned: Assigned } {
  const decisions = DECISION_KINDS.flatMap(kind => {
    const decision = decisionIn(line, kind)
    return decision && decision !== 'partly' ? [[`${kind}Decision`, decision] as const] : []
  })
  const assigned = assignable(school.school.levels, true).flatMap(({ key }) => {
    const value = line[key]
    return typeof value === 'number' ? [{ key, value }] : []
  })
  return { ...Object.fromEntries(decisions), assigned }
}

const decisionText = (decision: AssigningDecision | undefined): string =>
  decision ? `số ${decision.number}, ngày ${printDay(decision.day)}, ${decision.issuer}` : ''

/** What the sheet would assign to which school; every rule that assigning has is met here first, at its cell. */
export function planTargets(
  table: ReadTable<TargetLine>,
  places: ReadonlyMap<string, TargetPlace>,
  { unitId, day }: { readonly unitId: string; readonly day: Day },
): ImportPlan<TargetLine> {
  const judge = (line: TargetLine): Verdict<TargetLine> => {
    const refuse = (key: string, message: string): Verdict<TargetLine> => ({
      kind: 'refused',
      faults: [{ key, message }],
    })
    const place = places.get(textOf(line['schoolId']))
    if (!place) return refuse('schoolId', 'Không có trường mang mã này trong đơn vị.')
    if (!place.mayAssign) return refuse('schoolId', 'Không được giao số liệu cho trường này.')
    const faults = faultsOf(line, place)
    if (faults.length > 0) return { kind: 'refused', faults }
    const { targets, reconciliation } = place.figures
    const wish = wishOf(line, place.school)
    const after = targetsAfter(targets, { ...wish, unitId }, day)
    if (!after) return { kind: 'unchanged' }
    if (reconciliation && isVerified(reconciliation.state))
      return refuse('schoolId', 'Phiếu đối sánh của trường đã được xác nhận khớp; hãy trả lại phiếu trước.')
    return { kind: targets ? 'changed' : 'new', changes: changesOf(wish, place) }
  }
  return planImport(table, {
    keyColumn: 'schoolId',
    keyOf: line => textOf(line['schoolId']),
    titleOf: line => {
      const place = places.get(textOf(line['schoolId']))
      return place ? nameOn(place.school, day) : textOf(line['schoolId'])
    },
    judge,
  })
}

function faultsOf(line: TargetLine, { school, figures }: TargetPlace) {
  const own = new Set(assignable(school.school.levels, true).map(({ key }) => key))
  const known = assignmentOf(figures)
  const faults: { key: string; message: string }[] = []
  for (const kind of DECISION_KINDS)
    if (decisionIn(line, kind) === 'partly')
      faults.push({
        key: PARTS.map(part => `${kind}.${part}`).find(key => line[key] === undefined) ?? `${kind}.number`,
        message: 'Quyết định phải đủ số, ngày và cơ quan ban hành.',
      })
  const undecided = new Set(DECISION_KINDS.filter(kind => !decisionIn(line, kind) && !known[`${kind}Decision`]))
  for (const each of assignable(['mam_non', 'tieu_hoc', 'thcs', 'thpt'], true)) {
    if (line[each.key] === undefined) continue
    if (!own.has(each.key)) faults.push({ key: each.key, message: 'Trường không có nội dung này; xin để trống ô.' })
    else if (undecided.has(decisionKindOf(each)))
      faults.push({ key: each.key, message: 'Số giao chưa có quyết định kèm theo trên dòng này.' })
  }
  return faults
}

function changesOf(
  wish: Decisions & { readonly assigned: Assigned },
  { school, figures }: TargetPlace,
): readonly ImportChange[] {
  const before = new Map(figures.targets?.assigned.map(({ key, value }) => [key, value]))
  const heads = new Map(assignable(school.school.levels, true).map(each => [each.key, headOf(each)]))
  return [
    ...DECISION_KINDS.flatMap(kind => {
      const [from, to] = [figures.targets?.[`${kind}Decision`], wish[`${kind}Decision`]].map(decisionText)
      return to && from !== to ? [{ what: DECISION_HEADS[kind], from: from ?? '', to }] : []
    }),
    ...wish.assigned.flatMap(({ key, value }) => {
      const from = before.get(key)
      if (from === value) return []
      return [
        { what: heads.get(key) ?? key, from: from === undefined ? '' : printNumber(from), to: printNumber(value) },
      ]
    }),
  ]
}
