import { searchKey } from '../kernel/words.ts'
import type { CriteriaSet } from './criteria-set.ts'
import { MAPPED_KINDS, mappedNodes, type MappedNode, type MappingRow } from './mapping.ts'

/** Answers stay where a demand is the same, and one changed number is another demand: only the same words propose it. */
const SAME = 1
/** Under one code, words at least so alike speak of one thing. */
const UNDER_ONE_CODE = 0.4
/** Under different codes more is asked, else anything would look like a move. */
const UNDER_OTHER_CODE = 0.6

/**
 * How the new set seems to follow from the old one: the same code with like words, else the most alike words elsewhere.
 * Splits and merges cannot be told from words, so they are for a person to say. A proposal always lints clean.
 */
export function proposeMapping(from: CriteriaSet, to: CriteriaSet): readonly MappingRow[] {
  const [old, fresh] = [mappedNodes(from), mappedNodes(to)]
  return MAPPED_KINDS.flatMap(kind =>
    proposedFor(
      old.filter(node => node.kind === kind),
      fresh.filter(node => node.kind === kind),
    ),
  )
}

function proposedFor(old: readonly MappedNode[], fresh: readonly MappedNode[]): readonly MappingRow[] {
  const pairs = new Map<MappedNode, { readonly node: MappedNode; readonly likeness: number }>()
  const taken = new Set<MappedNode>()
  const pair = (one: MappedNode, node: MappedNode, likeness: number): void => {
    pairs.set(one, { node, likeness })
    taken.add(node)
  }
  const byCode = new Map(fresh.map(node => [node.code, node]))
  for (const one of old) {
    const namesake = byCode.get(one.code)
    const likeness = namesake ? likenessOf(one.words, namesake.words) : 0
    if (namesake && likeness >= UNDER_ONE_CODE) pair(one, namesake, likeness)
  }
  const rivals = old
    .filter(one => !pairs.has(one))
    .flatMap(one =>
      fresh
        .filter(node => !taken.has(node))
        .map(node => ({ one, node, likeness: likenessOf(one.words, node.words) }))
        .filter(({ likeness }) => likeness >= UNDER_OTHER_CODE),
    )
    .toSorted((a, b) => b.likeness - a.likeness)
  for (const { one, node, likeness } of rivals) if (!pairs.has(one) && !taken.has(node)) pair(one, node, likeness)
  return [
    ...old.map((one): MappingRow => {
      const found = pairs.get(one)
      if (!found) return { kind: one.kind, from: one.code, how: 'dropped', to: [] }
      const same = found.node.code === one.code && found.likeness >= SAME
      return { kind: one.kind, from: one.code, how: same ? 'same' : 'renamed', to: [found.node.code] }
    }),
    ...fresh
      .filter(node => !taken.has(node))
      .map((node): MappingRow => ({ kind: node.kind, how: 'new', to: [node.code] })),
  ]
}

/** How alike two wordings are, from 0 to 1: the share of neighbouring word pairs that they have in common (Dice). */
export function likenessOf(one: string, other: string): number {
  const [a, b] = [searchKey(one), searchKey(other)]
  if (a === b) return 1
  const [left, right] = [pairsOf(a), pairsOf(b)]
  const rest = [...right]
  let common = 0
  for (const each of left) {
    const at = rest.indexOf(each)
    if (at === -1) continue
    rest.splice(at, 1)
    common++
  }
  return left.length + right.length === 0 ? 0 : (2 * common) / (left.length + right.length)
}

function pairsOf(text: string): readonly string[] {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '')
  return words.length < 2 ? words : words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`)
}
