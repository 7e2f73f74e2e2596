import type { Actor } from '../kernel/actor.ts'
import { addDays, printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { isPossible, unmetOf } from '../kernel/step.ts'
import { printNumber } from '../kernel/words.ts'
import { OPERATION_NAMES, type Operation } from './operation.ts'
import {
  OPERATION_STATES,
  operationConditions,
  operationLife,
  type OperationEvent,
  type OperationFacts,
} from './operation-machine.ts'
import { mayOperate } from './operation-policy.ts'
import type { OperationLine } from './operation-store.ts'
import { endingBy, placingOf, toBePlaced } from './plan-changes.ts'
import { countsOf, type Preview } from './preview.ts'
import { nameOn } from './unit.ts'
import type { UnitChange } from './unit-change.ts'
import { parentIdOn, type UnitTree } from './unit-tree.ts'

const BASE = '/sap-xep-don-vi'
/** Changes of single units that a page shows. */
export const MOST_LINES = 200

export const operationHref = (id: string): string => `${BASE}/${encodeURIComponent(id)}`
const unitHref = (id: string): string => `/don-vi/${encodeURIComponent(id)}`

/** The row of screens about units. */
export const unitTabs = (current: string) =>
  [
    { label: 'Cây đơn vị', href: '/don-vi' },
    { label: 'Sắp xếp đơn vị', href: BASE },
    { label: 'Cụm trường', href: '/cum-truong' },
    { label: 'Ủy quyền', href: '/uy-quyen' },
  ].map(tab => ({ ...tab, current: tab.href === current }))

/** Every operation of the Sở, newest first, and what can be begun. */
export function operationsPage(
  actor: Actor,
  operations: readonly OperationLine[],
  { provinceId, hasDistricts }: { readonly provinceId: string | undefined; readonly hasDistricts: boolean },
) {
  const mayPlan = provinceId !== undefined && mayOperate.plan(actor, { provinceId })
  return {
    tabs: unitTabs(BASE),
    subtitle: 'Thành lập, đổi tên, sáp nhập, chia tách, giải thể – có ngày hiệu lực, xem trước, hủy được trước ngày đó',
    actions: mayPlan
      ? [
          { label: 'Nhập từ bảng tính', href: `${BASE}/nhap`, icon: 'upload' },
          ...(hasDistricts ? [{ label: 'Chính quyền hai cấp', href: `${BASE}/moi/hai-cap`, icon: 'building' }] : []),
          { label: 'Thêm đơn vị', href: `${BASE}/moi/them`, icon: 'plus', primary: true },
        ]
      : [],
    head: ['Việc', 'Có hiệu lực từ', 'Quyết định', 'Người lập', 'Trạng thái'],
    rows: operations.map(operation => [
      { text: operation.title, href: operationHref(operation.id) },
      printDay(operation.from),
      operation.decision || '–',
      operation.by.name,
      { text: '', badge: OPERATION_STATES[operation.state] },
    ]),
  }
}

export interface OperationView {
  readonly operation: Operation
  readonly tree: UnitTree
  /** For one that is not carried out yet: what it would do now. */
  readonly preview?: Preview | undefined
  readonly facts: OperationFacts
  /** The first of what was changed, for one that was carried out, and how many units were. */
  readonly decided?: { readonly changes: readonly UnitChange[]; readonly units: number } | undefined
  /** What else hangs on the units, a sentence each. */
  readonly touches: readonly string[]
  readonly history: readonly JournalEntry[]
}

const STEPS = [
  { event: 'preview', slug: 'kiem-tra', tone: 'primary', icon: 'check' },
  { event: 'apply', slug: 'thuc-hien', tone: 'primary', icon: 'send' },
  { event: 'undo', slug: 'huy', tone: 'danger', icon: 'x' },
  { event: 'discard', slug: 'bo', tone: 'secondary', icon: 'trash' },
] as const

/** One operation: what it is, what it does to whom, what is still missing, and the steps of this person. */
export function operationPage(actor: Actor, view: OperationView) {
  const { operation, tree, preview, facts, decided, touches, history } = view
  const href = operationHref(operation.id)
  const offered = STEPS.filter(
    ({ event }) =>
      mayOperate[event](actor, operation) &&
      isPossible(operationLife, operation.state, facts, event) &&
      !(event === 'preview' && operation.state === 'previewed' && !facts.treeMoved) &&
      !(event === 'undo' && facts.today >= operation.from),
  )
  const next: OperationEvent['type'] = operation.state === 'planned' || facts.treeMoved ? 'preview' : 'apply'
  const all = preview?.changes ?? decided?.changes ?? []
  const count = preview?.changes.length ?? decided?.units ?? 0
  return {
    breadcrumbs: [
      { label: 'Đơn vị', href: '/don-vi' },
      { label: 'Sắp xếp đơn vị', href: BASE },
    ],
    badge: OPERATION_STATES[operation.state],
    running:
      operation.finished || !decided
        ? undefined
        : {
            follow: `${href}/tien-do`,
            done: operation.unitsDone ?? 0,
            total: decided.units,
          },
    revision: operation.rev,
    facts: [
      { term: 'Việc', text: OPERATION_NAMES[operation.draft.kind] },
      { term: 'Có hiệu lực từ', text: printDay(operation.from) },
      { term: 'Quyết định', text: operation.decision || '–' },
      { term: 'Lý do', text: operation.reason || '–' },
      { term: 'Người lập', text: `${operation.by.name}, ${printInstant(operation.createdAt)}` },
      ...(operation.decided
        ? [{ term: 'Người thực hiện', text: `${operation.decided.by.name}, ${printInstant(operation.decided.at)}` }]
        : []),
    ],
    missing: preview ? unmetOf(operationConditions, facts, { type: next } as OperationEvent) : [],
    touches,
    placing: preview ? placingOverview(operation, tree) : undefined,
    lines: {
      caption: 'Thay đổi của từng đơn vị',
      head: ['Đơn vị', 'Thay đổi', 'Trước', 'Sau'],
      rows: all.slice(0, MOST_LINES).map(change => lineOf(change, tree, preview?.after ?? tree)),
      more: count > MOST_LINES ? `Còn ${printNumber(count - MOST_LINES)} thay đổi khác.` : '',
      count: printNumber(count),
    },
    counts: preview && countsTable(operation, tree, preview),
    steps: offered.map(({ event, slug, tone, icon }) => ({
      action: `${href}/${slug}`,
      label: operationLife.eventNames[event],
      tone,
      icon,
      hidden: { revision: operation.rev },
      ...(event === 'undo' && { reason: { label: 'Lý do hủy' } }),
      ...(event === 'apply' && {
        confirm:
          operation.from <= facts.today
            ? `Ngày hiệu lực ${printDay(operation.from)} đã đến nên sau khi thực hiện không hủy được nữa. Thực hiện?`
            : 'Thực hiện thay đổi này?',
      }),
    })),
    history: history
      .toSorted((a, b) => b.at.getTime() - a.at.getTime())
      .map(entry => ({
        when: printInstant(entry.at),
        what: EVENT_WORDS[entry.event] ?? entry.event,
        who: entry.by.name,
        ...(entry.reason !== undefined && { detail: entry.reason }),
      })),
  }
}

const EVENT_WORDS: Readonly<Record<string, string>> = { plan: 'Soạn', ...operationLife.eventNames }

/** How far the units below each ending one have been placed. */
function placingOverview(operation: Operation, tree: UnitTree) {
  const { draft, from } = operation
  if (!('placing' in draft)) return undefined
  const left = toBePlaced(operation, tree)
  const ending = draft.kind === 'split' ? [draft.unitId] : endingBy(draft)
  const placing = placingOf(draft)
  const rows = ending.map(id => {
    const own = left.filter(unit => parentIdOn(unit, dayBefore(from)) === id)
    const unit = tree.get(id)
    return [
      {
        text: unit ? nameOn(unit, dayBefore(from)) : id,
        href: `${operationHref(operation.id)}/xep-cho?tu=${encodeURIComponent(id)}`,
      },
      printNumber(own.length),
      printNumber(own.filter(each => placing[each.id] !== undefined).length),
    ]
  })
  return {
    head: ['Đơn vị', { label: 'Đơn vị trực thuộc', numeric: true }, { label: 'Đã có cấp quản lý mới', numeric: true }],
    rows,
    template: `${operationHref(operation.id)}/mau.xlsx`,
    upload: `${operationHref(operation.id)}/nhap`,
    canEdit: operation.state === 'planned' || operation.state === 'previewed',
  }
}

const dayBefore = (day: Day): Day => addDays(day, -1)

function lineOf(change: UnitChange, before: UnitTree, after: UnitTree): readonly (string | object)[] {
  const name = (id: string, day: Day, tree = after): string => {
    const unit = tree.get(id)
    return unit ? nameOn(unit, day) : id
  }
  const parentBefore = (id: string, day: Day): string => {
    const unit = before.get(id)
    const parentId = unit && parentIdOn(unit, dayBefore(day))
    return parentId === undefined ? '–' : name(parentId, dayBefore(day), before)
  }
  if (change.kind === 'add') {
    const { unit } = change
    return [
      { text: name(unit.id, unit.from), note: unit.id },
      `Thành lập ${printDay(unit.from)}`,
      '–',
      name(unit.parents[0]?.parentId ?? '', unit.from),
    ]
  }
  const day = change.kind === 'close' ? change.to : change.from
  const unit = { text: name(change.unitId, dayBefore(day), before), href: unitHref(change.unitId) }
  switch (change.kind) {
    case 'rename':
      return [unit, `Đổi tên từ ${printDay(day)}`, name(change.unitId, dayBefore(day), before), change.name.name]
    case 'relocate':
      return [unit, `Đổi địa danh từ ${printDay(day)}`, '–', change.place]
    case 'move':
      return [
        unit,
        `Chuyển cấp quản lý từ ${printDay(day)}`,
        parentBefore(change.unitId, day),
        name(change.parentId, day),
      ]
    case 'reshape':
      return [unit, `Đổi loại hình từ ${printDay(day)}`, '–', SCHOOL_KIND_NAMES[change.shape.schoolKind]]
    case 'close':
      break
  }
  return [unit, 'Kết thúc hoạt động', '–', `Ngày cuối cùng ${printDay(day)}`]
}

function countsTable(operation: Operation, tree: UnitTree, preview: Preview) {
  const counts = countsOf(operation, tree, preview.after)
  const row = ({ name, before, after }: { readonly name: string; readonly before: number; readonly after: number }) => [
    name,
    printNumber(before),
    printNumber(after),
  ]
  return {
    head: [
      'Số trường',
      { label: `Đến hết ${printDay(dayBefore(operation.from))}`, numeric: true },
      { label: `Từ ${printDay(operation.from)}`, numeric: true },
    ],
    rows: [row({ name: 'Toàn tỉnh', ...counts.total }), ...counts.kinds.map(row), ...counts.units.map(row)],
    equal: counts.total.before === counts.total.after,
  }
}

/** Choosing, below one unit that ends, where each unit goes. */
export function placingPage(
  operation: Operation,
  tree: UnitTree,
  {
    unitId,
    places,
  }: { readonly unitId: string; readonly places: readonly { readonly id: string; readonly name: string }[] },
) {
  const day = dayBefore(operation.from)
  const placing = placingOf(operation.draft)
  const left = toBePlaced(operation, tree).filter(unit => parentIdOn(unit, day) === unitId)
  const ending = tree.get(unitId)
  const options = places
    .filter(place => place.id !== unitId || operation.draft.kind === 'split')
    .map(({ id, name }) => ({ value: id, label: name }))
  return {
    breadcrumbs: [
      { label: 'Sắp xếp đơn vị', href: BASE },
      { label: operation.title, href: operationHref(operation.id) },
    ],
    subtitle: `Cấp quản lý mới từ ${printDay(operation.from)} của các đơn vị thuộc ${ending ? nameOn(ending, day) : unitId}`,
    action: `${operationHref(operation.id)}/xep-cho?tu=${encodeURIComponent(unitId)}`,
    cancel: operationHref(operation.id),
    revision: operation.rev,
    all: {
      name: 'all',
      label: 'Mọi đơn vị chưa chọn chuyển về',
      type: 'select',
      blank: 'Để từng đơn vị',
      value: '',
      options,
    },
    fields: left.map(unit => ({
      name: `to:${unit.id}`,
      id: `cho-${unit.id}`,
      label: nameOn(unit, day),
      type: 'select',
      blank: 'Chưa chọn',
      value: placing[unit.id] ?? '',
      options,
    })),
  }
}
