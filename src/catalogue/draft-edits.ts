import { InvalidInput, NotFound, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Advice, CriteriaSet } from './criteria-set.ts'
import { allCriteria } from './criteria-tree.ts'
import {
  UNITS_COUNT_FROM,
  isEmptyAdvice,
  nextLocalCode,
  nodeKeyOf,
  type LocalKind,
  type LocalNode,
  type LocalPart,
} from './local-part.ts'

/** One change of what a unit adds to a set. */
export type PartEdit =
  | {
      readonly type: 'add'
      readonly kind: LocalKind
      readonly parent: string
      readonly level: string
      readonly words: string
    }
  | { readonly type: 'rewrite'; readonly key: string; readonly seenRev: number; readonly words: string }
  | { readonly type: 'move'; readonly key: string; readonly by: -1 | 1 }
  | { readonly type: 'remove'; readonly key: string }
  | { readonly type: 'retire'; readonly key: string; readonly reason: string }
  | { readonly type: 'restore'; readonly key: string }
  | { readonly type: 'advise'; readonly criterion: string; readonly seenRev: number; readonly advice: Advice }

export interface EditGround {
  readonly year: WorkingYear
  /** The version that the unit adds to. */
  readonly base: CriteriaSet
  /** Keys of nodes that have been in force: they are retired, never removed. */
  readonly published: ReadonlySet<string>
  /** True for a unit below the Sở: its codes begin higher. */
  readonly belowProvince: boolean
}

export interface Edited {
  readonly part: LocalPart
  /** The node to show next; empty for the set itself. */
  readonly at: string
}

const STALE_NODE =
  'Nút này vừa được người khác sửa. Nội dung đang lưu và nội dung bạn gõ đều ở dưới; xin xem lại rồi lưu.'

/** Carries out one change; refuses what has no place, what is stale and what would lose history. Pure. */
export function editPart(part: LocalPart, edit: PartEdit, ground: EditGround): Edited {
  demandLife(part, edit, ground)
  switch (edit.type) {
    case 'add':
      return add(part, edit, ground)
    case 'rewrite': {
      const node = nodeIn(part, edit.key)
      if (node.rev !== edit.seenRev) throw new StaleWrite(STALE_NODE, node)
      return changed(part, { ...node, words: filled(edit.words), rev: node.rev + 1 })
    }
    case 'move':
      return moved(part, nodeIn(part, edit.key), edit.by)
    case 'remove': {
      const node = nodeIn(part, edit.key)
      const gone = withChildren(part, node)
      if (gone.some(one => ground.published.has(one.key)))
        throw new InvalidInput(
          { words: 'Nút đã từng được ban hành nên không xóa; hãy chọn “Thôi dùng”.' },
          'Nút đã từng được ban hành nên không xóa được.',
        )
      const codes = new Set(gone.map(one => one.key))
      return {
        part: {
          ...part,
          nodes: part.nodes.filter(one => !codes.has(one.key)),
          advice: part.advice.filter(one => !codes.has(one.criterion)),
        },
        at: node.parent,
      }
    }
    case 'retire': {
      const node = nodeIn(part, edit.key)
      const reason = edit.reason.trim()
      if (reason === '') throw new InvalidInput({ reason: 'Xin ghi lý do thôi dùng.' })
      const keys = new Set(withChildren(part, node).map(one => one.key))
      return {
        part: {
          ...part,
          nodes: part.nodes.map(one =>
            keys.has(one.key) && !one.retired
              ? { ...one, rev: one.rev + 1, retired: { year: ground.year, reason } }
              : one,
          ),
        },
        at: node.key,
      }
    }
    case 'restore': {
      const { retired: _, ...node } = nodeIn(part, edit.key)
      return changed(part, { ...node, rev: node.rev + 1 })
    }
    case 'advise':
      return advise(part, edit, ground)
  }
}

/** A node that is no longer used is only read and taken up again; one that was never in force is removed, not retired. */
function demandLife(part: LocalPart, edit: PartEdit, { published }: EditGround): void {
  if (edit.type === 'add') return
  const key = edit.type === 'advise' ? edit.criterion : edit.key
  const node = part.nodes.find(one => one.key === key)
  if (!node) return
  if (edit.type === 'restore' && !node.retired) throw new StepRefused('Nút này đang được dùng.')
  if (edit.type !== 'restore' && node.retired)
    throw new StepRefused('Nút này đã thôi dùng; xin bấm “Dùng lại” trước khi sửa.')
  if (edit.type === 'retire' && !published.has(key))
    throw new StepRefused('Nút này chưa từng được ban hành nên chỉ cần xóa, không cần ghi thôi dùng.')
}

function add(part: LocalPart, edit: Extract<PartEdit, { type: 'add' }>, ground: EditGround): Edited {
  const { base, year, belowProvince } = ground
  if (base.rating !== 'levels')
    throw new InvalidInput({ words: 'Chỉ bộ xếp theo mức nhận thêm nút; bộ này chỉ ghi được hướng dẫn và minh chứng.' })
  if (!hasPlace(base, part.nodes, edit)) throw new NotFound('Không có chỗ này trong bộ tiêu chí.')
  const code = nextLocalCode(base, part.nodes, edit, belowProvince ? UNITS_COUNT_FROM : 0)
  if (code === undefined) throw new InvalidInput({ words: 'Đã dùng hết mã địa phương ở chỗ này.' })
  const { kind, parent, level } = edit
  const key = nodeKeyOf({ kind, parent, level, code })
  const node: LocalNode = { key, kind, parent, level, code, words: filled(edit.words), since: year, rev: 1 }
  return { part: { ...part, nodes: [...part.nodes, node] }, at: key }
}

/** Whether a node of this kind may stand there: standards in the set, criteria under standards, indicators at a level. */
export function hasPlace(
  base: CriteriaSet,
  nodes: readonly LocalNode[],
  { kind, parent, level }: Pick<LocalNode, 'kind' | 'parent' | 'level'>,
): boolean {
  const local = (wanted: LocalKind): boolean =>
    nodes.some(one => one.kind === wanted && one.code === parent && !one.retired)
  if (kind === 'standard') return parent === '' && level === ''
  if (kind === 'criterion')
    return level === '' && (base.standards.some(one => one.code === parent) || local('standard'))
  return ['1', '2', '3'].includes(level) && (allCriteria(base).some(one => one.code === parent) || local('criterion'))
}

function moved(part: LocalPart, node: LocalNode, by: -1 | 1): Edited {
  const siblings = part.nodes.filter(
    one => one.kind === node.kind && one.parent === node.parent && one.level === node.level,
  )
  const other = siblings[siblings.findIndex(one => one.key === node.key) + by]
  if (!other) return { part, at: node.key }
  const nodes = part.nodes.map(one => (one.key === node.key ? other : one.key === other.key ? node : one))
  return { part: { ...part, nodes }, at: node.key }
}

function advise(part: LocalPart, edit: Extract<PartEdit, { type: 'advise' }>, { base }: EditGround): Edited {
  const { criterion, seenRev, advice } = edit
  const known =
    allCriteria(base).some(one => one.code === criterion) ||
    part.nodes.some(one => one.kind === 'criterion' && one.code === criterion)
  if (!known) throw new NotFound('Không có tiêu chí này trong bộ tiêu chí.')
  const before = part.advice.find(one => one.criterion === criterion)
  if ((before?.rev ?? 0) !== seenRev) throw new StaleWrite(STALE_NODE, before)
  if (!before && isEmptyAdvice(advice)) return { part, at: criterion }
  // An emptied advice stays with its revision, so that a second editor still sees that it changed.
  const next = { ...advice, criterion, rev: seenRev + 1 }
  return {
    part: { ...part, advice: [...part.advice.filter(one => one.criterion !== criterion), next] },
    at: criterion,
  }
}

export function nodeIn(part: LocalPart, key: string): LocalNode {
  const node = part.nodes.find(one => one.key === key)
  if (!node) throw new NotFound('Nút này không còn trong bản soạn.')
  return node
}

const withChildren = (part: LocalPart, node: LocalNode): readonly LocalNode[] =>
  node.kind === 'indicator'
    ? [node]
    : [
        node,
        ...part.nodes
          .filter(
            one => one.parent === node.code && one.kind === (node.kind === 'standard' ? 'criterion' : 'indicator'),
          )
          .flatMap(one => withChildren(part, one)),
      ]

const changed = (part: LocalPart, node: LocalNode): Edited => ({
  part: { ...part, nodes: part.nodes.map(one => (one.key === node.key ? node : one)) },
  at: node.key,
})

function filled(text: string): string {
  const words = text.normalize('NFC').trim()
  if (words === '') throw new InvalidInput({ words: 'Xin nhập nội dung của nút.' })
  return words
}
