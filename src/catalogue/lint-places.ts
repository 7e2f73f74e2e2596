import type { Criterion, CriteriaSet, Indicator, LevelDemand, Quota, Standard, Threshold } from './criteria-set.ts'
import { placeOf } from './criteria-tree.ts'

type Path = readonly (string | number)[]

/** A node of the set with where it stands: the path in the file and the Vietnamese words for it. */
export interface Placed<Node> {
  readonly node: Node
  readonly path: Path
  readonly place: string
}

/** Every rule asks for the same lists of a set, and a set in memory never changes. */
function oncePerSet<Made>(make: (set: CriteriaSet) => Made): (set: CriteriaSet) => Made {
  const known = new WeakMap<CriteriaSet, Made>()
  return set => {
    const made = known.get(set) ?? make(set)
    known.set(set, made)
    return made
  }
}

export const placedStandards = (set: CriteriaSet): readonly Placed<Standard>[] =>
  set.standards.map((node, at) => ({ node, path: ['standards', at], place: `${set.labels.standard} ${node.code}` }))

export interface PlacedCriterion extends Placed<Criterion> {
  readonly standard: Standard
}

export const placedCriteria = oncePerSet((set): readonly PlacedCriterion[] =>
  placedStandards(set).flatMap(({ node: standard, path }) =>
    standard.criteria.map((node, at) => ({
      node,
      standard,
      path: [...path, 'criteria', at],
      place: `${set.labels.criterion} ${node.code}`,
    })),
  ),
)

export interface PlacedDemand extends Placed<LevelDemand> {
  readonly criterion: Criterion
}

export const placedDemands = oncePerSet((set): readonly PlacedDemand[] =>
  placedCriteria(set).flatMap(({ node: criterion, path }) =>
    criterion.levels.map((node, at) => ({
      node,
      criterion,
      path: [...path, 'levels', at],
      place: placeOf(set, criterion, node),
    })),
  ),
)

export interface PlacedIndicator extends Placed<Indicator> {
  readonly criterion: Criterion
  readonly demand: LevelDemand
}

export const placedIndicators = oncePerSet((set): readonly PlacedIndicator[] =>
  placedDemands(set).flatMap(({ node: demand, criterion, path }) =>
    demand.indicators.map((node, at) => ({
      node,
      criterion,
      demand,
      path: [...path, 'indicators', at],
      place: placeOf(set, criterion, demand, node),
    })),
  ),
)

export const placedThresholds = (
  set: CriteriaSet,
): readonly (Placed<Threshold> & { readonly criterion: Criterion })[] =>
  placedCriteria(set).flatMap(({ node: criterion, path, place }) =>
    criterion.thresholds.map((node, at) => ({
      node,
      criterion,
      path: [...path, 'thresholds', at],
      place: `${place}, ngưỡng ${node.key}`,
    })),
  )

export const placedQuotas = (set: CriteriaSet): readonly Placed<Quota>[] =>
  placedCriteria(set).flatMap(({ node: criterion, path, place }) =>
    (criterion.quotas ?? []).map((node, at) => ({
      node,
      path: [...path, 'quotas', at],
      place: `${place}, định mức ${node.key} (${node.profile})`,
    })),
  )

/** The items whose key an earlier item already has. */
export function repeated<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const seen = new Set<string>()
  return items.filter(item => {
    const key = keyOf(item)
    const again = seen.has(key)
    seen.add(key)
    return again
  })
}

/** `appliesTo` as one comparable text, whatever the order of its keys. */
export const appliesKey = (appliesTo: Readonly<Record<string, string>> = {}): string =>
  Object.entries(appliesTo)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(';')
