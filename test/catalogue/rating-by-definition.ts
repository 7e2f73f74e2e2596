import type { Answers, Criterion, CriteriaSet } from '../../src/catalogue/criteria-set.ts'
import { criterionKey, indicatorKey, officialCriteria, type CriterionLevel } from '../../src/catalogue/criteria-tree.ts'
import type { InForce } from '../../src/catalogue/in-force.ts'
import type { AnswersByCriterion, LevelResult } from '../../src/catalogue/level-rating.ts'

const LEVELS = [1, 2, 3] as const

/** What a level of a criterion asks this year, each with its answer: said as the circular says it, without regard to speed. */
function asked(criterion: Criterion, level: CriterionLevel, answers: Answers, { dropped }: InForce) {
  if (dropped.has(criterionKey(criterion.code))) return []
  return criterion.levels
    .filter(demand => demand.level === String(level))
    .flatMap(demand => demand.indicators)
    .filter(({ local }) => criterion.local || !local)
    .filter(({ code }) => !dropped.has(indicatorKey(criterion.code, String(level), code)))
    .map(({ code }) => ({ code, answer: answers[level]?.[code] ?? 'open' }))
    .filter(({ answer }) => answer !== 'notApplicable')
}

const worst = (answers: readonly string[]): LevelResult =>
  answers.length === 0 ? 'none' : answers.includes('notMet') ? 'notMet' : answers.includes('open') ? 'open' : 'met'

/** What is not met at a level, in the order of the set. */
const notMet = (criterion: Criterion, level: CriterionLevel, answers: Answers, force: InForce) =>
  asked(criterion, level, answers, force)
    .filter(({ answer }) => answer !== 'met')
    .map(({ code, answer }) => ({ criterion: criterion.code, level, indicator: code, why: answer }))

/** Levels, counts and blocks of a school, each straight from its definition (Điều 2, Điều 6). */
export function ratedByDefinition(set: CriteriaSet, answers: AnswersByCriterion, force: InForce) {
  const criteria = officialCriteria(set).map(criterion => {
    const own = answers[criterion.code] ?? {}
    const alone = (level: CriterionLevel): LevelResult =>
      worst(asked(criterion, level, own, force).map(({ answer }) => answer))
    const upTo = (level: CriterionLevel): LevelResult =>
      worst(
        LEVELS.filter(at => at <= level)
          .map(alone)
          .filter(result => result !== 'none'),
      )
    const next = LEVELS.find(level => !['met', 'none'].includes(alone(level)))
    return {
      code: criterion.code,
      level: LEVELS.filter(level => alone(level) === 'met' && upTo(level) === 'met').at(-1) ?? 0,
      applicable: LEVELS.some(level => alone(level) !== 'none'),
      perLevel: { 1: alone(1), 2: alone(2), 3: alone(3) },
      open: LEVELS.flatMap(level => notMet(criterion, level, own, force)).filter(({ why }) => why === 'open'),
      blockedBy: next === undefined ? [] : notMet(criterion, next, own, force),
      upTo: { 1: upTo(1), 2: upTo(2), 3: upTo(3) },
    }
  })
  const count = (level: CriterionLevel) => {
    const results = criteria.filter(each => each.perLevel[level] !== 'none').map(each => each.upTo[level])
    const of = (result: LevelResult): number => results.filter(each => each === result).length
    return { of: results.length, met: of('met'), notMet: of('notMet'), open: of('open') }
  }
  const blocks = (level: CriterionLevel) =>
    officialCriteria(set).flatMap(criterion => notMet(criterion, level, answers[criterion.code] ?? {}, force))
  return {
    criteria: criteria.map(({ upTo: _upTo, ...rating }) => rating),
    counts: { 1: count(1), 2: count(2), 3: count(3) },
    blocks: { 1: blocks(1), 2: blocks(2), 3: blocks(3) },
  }
}
