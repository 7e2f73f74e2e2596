import type { WorkingYear } from '../kernel/working-year.ts'
import type { Advice, CriteriaSet } from './criteria-set.ts'
import { allCriteria, indicatorKey } from './criteria-tree.ts'

export type LocalKind = 'standard' | 'criterion' | 'indicator'

/** One standard, criterion or indicator that a unit adds to a set. Its code is given once and never used again. */
export interface LocalNode {
  /** Code of a standard or criterion; `1.1/2/ĐP1` of an indicator. */
  readonly key: string
  readonly kind: LocalKind
  /** Code of the standard or criterion it stands under; empty for a standard. */
  readonly parent: string
  /** `1`, `2` or `3` of an indicator; empty for the others. */
  readonly level: string
  readonly code: string
  /** Title of a standard or criterion, demand of an indicator. */
  readonly words: string
  /** The working year that it was added in. */
  readonly since: WorkingYear
  /** Counts the changes of this node, so that two people on two nodes never conflict. */
  readonly rev: number
  /** No longer asked, kept for its history. */
  readonly retired?: { readonly year: WorkingYear; readonly reason: string }
}

/** Guidance, evidence and a day beside one criterion, official or local. */
export interface CriterionAdvice extends Advice {
  readonly criterion: string
  readonly rev: number
}

/** What one unit adds to one set in one year, in the order in which it is printed. */
export interface LocalPart {
  readonly setId: string
  readonly nodes: readonly LocalNode[]
  readonly advice: readonly CriterionAdvice[]
}

export const emptyPart = (setId: string): LocalPart => ({ setId, nodes: [], advice: [] })

/** Codes of local nodes as they are printed and stored; capital Đ is one letter in NFC and safe in names of fields. */
export const LOCAL_PREFIX = 'ĐP'

/** Units below the Sở count from here, so that what the Sở adds later in the year takes no code of theirs. */
export const UNITS_COUNT_FROM = 50
const HIGHEST = 99

const numberIn = (code: string): number => Number(/(?:^|[./])ĐP(\d+)$/.exec(code)?.[1] ?? 0)

/** The next free code under a parent; codes of retired nodes stay taken. Undefined when no number is left. */
export function nextLocalCode(
  base: CriteriaSet,
  nodes: readonly LocalNode[],
  { kind, parent, level }: Pick<LocalNode, 'kind' | 'parent' | 'level'>,
  countFrom = 0,
): string | undefined {
  const siblings = nodes.filter(one => one.kind === kind && one.parent === parent && one.level === level)
  const taken = [...siblings.map(one => one.code), ...codesThere(base, kind, parent, level)].map(numberIn)
  const limit = countFrom === 0 ? UNITS_COUNT_FROM : HIGHEST
  const next = Math.max(countFrom, ...taken.filter(one => countFrom > 0 || one <= UNITS_COUNT_FROM)) + 1
  if (next > limit) return undefined
  const own = `${LOCAL_PREFIX}${next}`
  return kind === 'criterion' ? `${parent}.${own}` : own
}

function codesThere(base: CriteriaSet, kind: LocalKind, parent: string, level: string): readonly string[] {
  if (kind === 'standard') return base.standards.map(one => one.code)
  if (kind === 'criterion') {
    return base.standards.filter(one => one.code === parent).flatMap(one => one.criteria.map(each => each.code))
  }
  return allCriteria(base)
    .filter(one => one.code === parent)
    .flatMap(one => one.levels.filter(demand => demand.level === level).flatMap(demand => demand.indicators))
    .map(one => one.code)
}

export const nodeKeyOf = ({
  kind,
  parent,
  level,
  code,
}: Pick<LocalNode, 'kind' | 'parent' | 'level' | 'code'>): string =>
  kind === 'indicator' ? indicatorKey(parent, level, code) : code

/** Nothing of it would change the set. */
export const addsNothing = ({ nodes, advice }: Pick<LocalPart, 'nodes' | 'advice'>): boolean =>
  nodes.every(one => one.retired !== undefined) && advice.every(isEmptyAdvice)

export const isEmptyAdvice = ({ guidance, goodEvidence, requiredEvidence, due }: Advice): boolean =>
  guidance === undefined &&
  due === undefined &&
  (goodEvidence ?? []).length === 0 &&
  (requiredEvidence ?? []).length === 0
