import type {
  Criterion,
  CriteriaSet,
  Indicator,
  LevelDemand,
  LevelFourClause,
  Change,
  Standard,
} from './criteria-set.ts'

/** The three levels that criteria have demands at; the fourth is made of clauses of its own. */
export const CRITERION_LEVELS = [1, 2, 3] as const
export type CriterionLevel = (typeof CRITERION_LEVELS)[number]

export const allCriteria = (set: CriteriaSet): readonly Criterion[] =>
  set.standards.flatMap(standard => standard.criteria)

/** What the circular asks: the criteria that levels, sums and official tables count. */
export const officialCriteria = (set: CriteriaSet): readonly Criterion[] =>
  set.standards
    .filter(standard => !standard.local)
    .flatMap(standard => standard.criteria.filter(criterion => !criterion.local))

/** What a year's tree added: shown and answered, counted nowhere. */
export const localCriteria = (set: CriteriaSet): readonly Criterion[] =>
  set.standards.flatMap(standard => standard.criteria.filter(criterion => standard.local || criterion.local))

/** Asked for each criterion of every page, so it goes through the tree as it is. */
export function criterionOf(set: CriteriaSet, code: string): Criterion | undefined {
  for (const standard of set.standards) {
    const found = standard.criteria.find(criterion => criterion.code === code)
    if (found) return found
  }
  return undefined
}

export const standardOf = (set: CriteriaSet, criterionCode: string): Standard | undefined =>
  set.standards.find(standard => standard.criteria.some(criterion => criterion.code === criterionCode))

/** The demands of a criterion by level; a level without a demand of its own is not listed. */
export const levelsOf = (criterion: Criterion): readonly LevelDemand[] => criterion.levels

export const demandAt = (criterion: Criterion, level: CriterionLevel): LevelDemand | undefined =>
  criterion.levels.find(demand => demand.level === String(level))

/** Names a node of the tree inside one set: `1.4`, `1.4/2/b`, `khoản/3`. */
export const criterionKey = (criterion: string): string => criterion
export const indicatorKey = (criterion: string, level: string, indicator: string): string =>
  `${criterion}/${level}/${indicator}`
export const clauseKey = (clause: string): string => `khoản/${clause}`

export interface ChangedNode {
  readonly key: string
  readonly change: Change
  /** `Tiêu chí 1.4, Mức 2, chỉ báo b`: where it stands, in words. */
  readonly place: string
}

/** Every dated change of a set with the node that it touches, in the order of the tree. */
export function changesOf(set: CriteriaSet): readonly ChangedNode[] {
  const ofCriteria = allCriteria(set).flatMap(criterion => [
    ...criterion.changes.map(change => ({
      key: criterionKey(criterion.code),
      change,
      place: `${set.labels.criterion} ${criterion.code}`,
    })),
    ...criterion.levels.flatMap(demand =>
      demand.indicators.flatMap(indicator =>
        indicator.changes.map(change => ({
          key: indicatorKey(criterion.code, demand.level, indicator.code),
          change,
          place: placeOf(set, criterion, demand, indicator),
        })),
      ),
    ),
  ])
  const ofClauses = set.levelFour.flatMap(clause =>
    clause.changes.map(change => ({ key: clauseKey(clause.code), change, place: clausePlace(clause) })),
  )
  return [...ofCriteria, ...ofClauses]
}

export const placeOf = (set: CriteriaSet, criterion: Criterion, demand: LevelDemand, indicator?: Indicator): string => {
  const level = `${set.labels.criterion} ${criterion.code}, Mức ${demand.level}`
  return indicator?.lettered ? `${level}, ${set.labels.indicator.toLocaleLowerCase('vi')} ${indicator.code}` : level
}

export const clausePlace = (clause: LevelFourClause): string => `Mức 4, ${clauseWords(clause)}`

/** A clause by its citation, `Điều 22 khoản 1`. */
export const clauseWords = (clause: LevelFourClause): string =>
  clause.cite === '' ? `khoản ${clause.code}` : clause.cite
