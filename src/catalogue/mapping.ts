import { createHash } from 'node:crypto'
import type { CriteriaSet } from './criteria-set.ts'
import { allCriteria } from './criteria-tree.ts'

/** What a node of a set can be: parts of the report hang on standards, texts on the three others. */
export type MappedKind = 'standard' | 'criterion' | 'indicator' | 'clause'

/** What becomes of a node when a school goes over from one set to another. */
export type MappingHow = 'same' | 'renamed' | 'split' | 'merged' | 'dropped' | 'new'

/**
 * One line of a mapping: an old node and the new ones that take its place, or, without `from`, a node that is new.
 * Codes are `1`, `1.4`, `1.4/2/b` (criterion, level, indicator) and `22.1`.
 */
export interface MappingRow {
  readonly kind: MappedKind
  readonly from?: string
  readonly how: MappingHow
  readonly to: readonly string[]
}

/** How one version of a set goes over into another: immutable, named by the hash of its content. */
export interface CriteriaMapping {
  readonly hash: string
  readonly fromHash: string
  readonly toHash: string
  readonly rows: readonly MappingRow[]
}

/** A node with the words that people know it by. */
export interface MappedNode {
  readonly kind: MappedKind
  readonly code: string
  readonly words: string
}

export const MAPPED_KINDS: readonly MappedKind[] = ['standard', 'criterion', 'indicator', 'clause']

export const indicatorCode = (criterion: string, level: string, indicator: string): string =>
  `${criterion}/${level}/${indicator}`

/** Every node that a mapping speaks of, in the order of the set, standards first. */
export function mappedNodes(set: CriteriaSet): readonly MappedNode[] {
  const criteria = allCriteria(set)
  return [
    ...set.standards.map(({ code, title }): MappedNode => ({ kind: 'standard', code, words: title })),
    ...criteria.map(({ code, title }): MappedNode => ({ kind: 'criterion', code, words: title })),
    ...criteria.flatMap(criterion =>
      criterion.levels.flatMap(({ level, indicators }) =>
        indicators.map(({ code, gist, official }): MappedNode => ({
          kind: 'indicator',
          code: indicatorCode(criterion.code, level, code),
          words: official ?? gist,
        })),
      ),
    ),
    ...set.levelFour.map(({ code, gist }): MappedNode => ({ kind: 'clause', code, words: gist })),
  ]
}

const placeOf = ({ kind, from, to }: MappingRow): string =>
  `${MAPPED_KINDS.indexOf(kind)} ${from ?? '~'} ${to.join(' ')}`

/** The mapping under the SHA-256 of its lines; the order in which they were written does not change it. */
export function mappingOf(fromHash: string, toHash: string, rows: readonly MappingRow[]): CriteriaMapping {
  const sorted = rows
    .map(({ kind, from, how, to }): MappingRow => ({
      kind,
      ...(from !== undefined && { from }),
      how,
      to: to.toSorted(),
    }))
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  const hash = createHash('sha256')
    .update(JSON.stringify([fromHash, toHash, sorted]))
    .digest('hex')
  return { hash, fromHash, toHash, rows: sorted }
}

/** A mapping made ready for questions about single nodes. */
export interface MappingIndex {
  /** The line of an old node; undefined when the mapping does not speak of it. */
  readonly rowOf: (kind: MappedKind, code: string) => MappingRow | undefined
  /** The lines whose content a new node takes over, in the order of the mapping. */
  readonly sourcesOf: (kind: MappedKind, code: string) => readonly MappingRow[]
}

/** Looks lines up by old and by new node. */
export function mappingIndex({ rows }: Pick<CriteriaMapping, 'rows'>): MappingIndex {
  const byOld = new Map<string, MappingRow>()
  const byNew = new Map<string, MappingRow[]>()
  for (const row of rows) {
    if (row.from === undefined) continue
    byOld.set(`${row.kind} ${row.from}`, row)
    for (const code of row.to) {
      const key = `${row.kind} ${code}`
      byNew.set(key, [...(byNew.get(key) ?? []), row])
    }
  }
  return {
    rowOf: (kind, code) => byOld.get(`${kind} ${code}`),
    sourcesOf: (kind, code) => byNew.get(`${kind} ${code}`) ?? [],
  }
}
