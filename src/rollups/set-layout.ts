import {
  clauseKey,
  CRITERION_LEVELS,
  criterionKey,
  demandAt,
  indicatorKey,
  officialCriteria,
  type CriteriaSet,
} from '../catalogue/index.ts'

/** One thing that a set asks: an indicator of a criterion at a level, or a clause of Mức 4 (`level` 4). */
export interface Asked {
  /** `1.1.2.a` (criterion, level, indicator) or the clause's own code, `22.1`. */
  readonly code: string
  readonly criterion: string
  readonly level: 1 | 2 | 3 | 4
  readonly indicator: string
  /** Its name among the nodes that a year may drop. */
  readonly nodeKeys: readonly string[]
}

/** The fixed order in which kept facts and sums name the official nodes of one version of a set; local ones are not summed. */
export interface SetLayout {
  readonly hash: string
  readonly setId: string
  readonly standards: readonly string[]
  readonly criteria: readonly string[]
  readonly asked: readonly Asked[]
}

/** The layout of a version, from its content alone. */
export const layoutOf = (hash: string, set: CriteriaSet): SetLayout => {
  const criteria = officialCriteria(set)
  return {
    hash,
    setId: set.id,
    standards: set.standards.filter(standard => !standard.local).map(standard => standard.code),
    criteria: criteria.map(criterion => criterion.code),
    asked: [
      ...criteria.flatMap(criterion =>
        CRITERION_LEVELS.flatMap(level =>
          (demandAt(criterion, level)?.indicators ?? [])
            .filter(({ local }) => !local)
            .map(({ code }) => ({
              code: `${criterion.code}.${level}.${code}`,
              criterion: criterion.code,
              level,
              indicator: code,
              nodeKeys: [criterionKey(criterion.code), indicatorKey(criterion.code, String(level), code)],
            })),
        ),
      ),
      ...set.levelFour.map(clause => ({
        code: clause.code,
        criterion: clause.code,
        level: 4 as const,
        indicator: 'a',
        nodeKeys: [clauseKey(clause.code)],
      })),
    ],
  }
}
