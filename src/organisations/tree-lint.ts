import { addDays, type Day } from '../kernel/dates.ts'
import type { Span } from './dated.ts'
import type { UnitKind } from '../kernel/unit-kinds.ts'
import type { Unit } from './unit.ts'
import { parentIdOn, type UnitTree } from './unit-tree.ts'

export type TreeRule =
  'backwards' | 'overlap' | 'gap' | 'outside' | 'orphan' | 'unknownParent' | 'wrongKind' | 'parentNotActive' | 'cycle'

/** One thing wrong with the dated tree: which rule, at which unit, from which day. */
export interface TreeFault {
  readonly rule: TreeRule
  readonly unitId: string
  readonly part: 'life' | 'names' | 'places' | 'shapes' | 'parents'
  readonly day: Day
}

const FAR: Day = '9999-12-31'
const lastDay = (span: Span): Day => span.to ?? FAR

/** Faults of one dated list against the life of its unit: the list must cover each day of the life once. */
function lintSpans(unit: Unit, part: TreeFault['part'], spans: readonly Span[]): readonly TreeFault[] {
  const fault = (rule: TreeRule, day: Day): TreeFault => ({ rule, unitId: unit.id, part, day })
  const sorted = spans.toSorted((a, b) => a.from.localeCompare(b.from))
  const faults = sorted.filter(span => lastDay(span) < span.from).map(span => fault('backwards', span.from))
  let next = unit.from
  for (const span of sorted) {
    if (span.from < unit.from) faults.push(fault('outside', span.from))
    else if (span.from < next) faults.push(fault('overlap', span.from))
    else if (span.from > next) faults.push(fault('gap', next))
    const after = lastDay(span) === FAR ? FAR : addDays(lastDay(span), 1)
    if (after > next) next = after
  }
  const lifeEnds = lastDay(unit) === FAR ? FAR : addDays(lastDay(unit), 1)
  if (next < lifeEnds) faults.push(fault('gap', next))
  if (next > lifeEnds) faults.push(fault('outside', lifeEnds))
  return faults
}

/** Which kinds a unit of each kind may stand under. Where only these do, nothing can stand above itself. */
const ABOVE: Readonly<Record<UnitKind, readonly UnitKind[]>> = {
  province: [],
  district: ['province'],
  commune: ['province', 'district'],
  school: ['province', 'district', 'commune'],
}

/** The days on which something wrong about parents can begin; the tree is constant between two of them. */
const turningDays = (units: readonly Unit[]): readonly Day[] => [
  ...new Set(units.flatMap(unit => [unit.from, ...unit.parents.map(parent => parent.from)])),
]

function cyclesOn(tree: UnitTree, day: Day): readonly TreeFault[] {
  const inCycle = (start: Unit): boolean => {
    const seen = new Set<string>()
    for (let id = parentIdOn(start, day); id !== undefined && !seen.has(id);) {
      if (id === start.id) return true
      seen.add(id)
      const next = tree.get(id)
      id = next && parentIdOn(next, day)
    }
    return false
  }
  return [...tree.values()]
    .filter(inCycle)
    .map((unit): TreeFault => ({ rule: 'cycle', unitId: unit.id, part: 'parents', day }))
}

function lintParents(unit: Unit, tree: UnitTree): readonly TreeFault[] {
  const fault = (rule: TreeRule, day: Day): TreeFault => ({ rule, unitId: unit.id, part: 'parents', day })
  if (unit.kind === 'province') return unit.parents.map(parent => fault('outside', parent.from))
  const first = unit.parents[0]
  if (!first) return [fault('orphan', unit.from)]
  return unit.parents.flatMap(parent => {
    const above = tree.get(parent.parentId)
    if (!above) return [fault('unknownParent', parent.from)]
    if (!ABOVE[unit.kind].includes(above.kind)) return [fault('wrongKind', parent.from)]
    return parent.from < above.from || lastDay(parent) > lastDay(above) ? [fault('parentNotActive', parent.from)] : []
  })
}

/**
 * Every fault of the dated tree; empty means: on each day of its life a unit has one name, one place and (provinces apart) exactly one
 * active parent, and no unit is above itself.
 */
export function lintTree(tree: UnitTree): readonly TreeFault[] {
  const units = [...tree.values()]
  const own = units.flatMap(unit => [
    ...(lastDay(unit) < unit.from
      ? [{ rule: 'backwards', unitId: unit.id, part: 'life', day: unit.from } satisfies TreeFault]
      : []),
    ...lintSpans(unit, 'names', unit.names),
    ...lintSpans(unit, 'places', unit.places),
    ...(unit.shapes === undefined ? [] : lintSpans(unit, 'shapes', unit.shapes)),
    ...(unit.kind === 'province' || unit.parents.length === 0 ? [] : lintSpans(unit, 'parents', unit.parents)),
    ...lintParents(unit, tree),
  ])
  const astray = units.filter(unit => own.some(({ unitId, rule }) => unitId === unit.id && rule === 'wrongKind'))
  const cycles = turningDays(astray).flatMap(day => cyclesOn(tree, day))
  return [...own, ...cycles]
}

const RULE_SENTENCES: Readonly<Record<TreeRule, string>> = {
  backwards: 'ngày kết thúc trước ngày bắt đầu',
  overlap: 'hai khoảng thời gian chồng lên nhau',
  gap: 'có khoảng thời gian bị bỏ trống',
  outside: 'khoảng thời gian nằm ngoài thời gian tồn tại của đơn vị',
  orphan: 'chưa có cấp quản lý',
  unknownParent: 'cấp quản lý không có trong danh sách đơn vị',
  wrongKind: 'đơn vị loại này không thể trực thuộc đơn vị đã chọn',
  parentNotActive: 'cấp quản lý không tồn tại suốt khoảng thời gian này',
  cycle: 'đơn vị nằm dưới chính mình',
}

/** One name for one fault, to tell those that were there before from those that a change would bring. */
export const faultKey = ({ rule, unitId, part, day }: TreeFault): string => [rule, unitId, part, day].join('|')

/** The fault as a Vietnamese phrase. */
export const sentenceOf = (fault: TreeFault): string => RULE_SENTENCES[fault.rule]
