import type { Answers, Criterion, CriteriaSet, Standard, Verdict } from './criteria-set.ts'
import {
  CRITERION_LEVELS,
  clauseKey,
  criterionKey,
  demandAt,
  indicatorKey,
  localCriteria,
  officialCriteria,
  type CriterionLevel,
} from './criteria-tree.ts'
import type { InForce } from './in-force.ts'

/** `none`: nothing is asked at this level, so it holds nobody back. */
export type LevelResult = 'met' | 'notMet' | 'open' | 'none'

export interface IndicatorBlock {
  readonly criterion: string
  readonly level: CriterionLevel
  readonly indicator: string
  readonly why: 'notMet' | 'open'
}

export interface CriterionRating {
  readonly code: string
  /** Highest level reached; 0 is không đạt or not yet answered (see `perLevel`). */
  readonly level: 0 | CriterionLevel
  /** False when nothing of the criterion is asked this year: it counts nowhere. */
  readonly applicable: boolean
  /** The demands of each level by themselves, lower levels not counted in. */
  readonly perLevel: Readonly<Record<CriterionLevel, LevelResult>>
  /** Indicators that are asked and not answered. */
  readonly open: readonly IndicatorBlock[]
  /** What stands between this criterion and its next level. */
  readonly blockedBy: readonly IndicatorBlock[]
}

/** Criteria by what they reached at one level, lower levels counted in; `of` are those with own demands at that level. */
export interface LevelCount {
  readonly of: number
  readonly met: number
  readonly notMet: number
  readonly open: number
}
export type LevelCounts = Readonly<Record<CriterionLevel, LevelCount>>

export interface StandardRating {
  readonly code: string
  readonly level: 0 | CriterionLevel
  readonly counts: LevelCounts
  readonly criteria: readonly CriterionRating[]
}

export interface ClauseBlock {
  readonly clause: string
  readonly why: 'notMet' | 'open'
}

export interface SchoolRating {
  /** 0 is không đạt. Mức 4 = Mức 3 and every clause (Điều 22). */
  readonly level: 0 | CriterionLevel | 4
  readonly standards: readonly StandardRating[]
  readonly criteria: readonly CriterionRating[]
  /** Criteria that a year's tree added, each rated by itself: they count in nothing above. */
  readonly local: readonly CriterionRating[]
  readonly counts: LevelCounts
  /** Indicators that keep the school from each level, that level's own demands only. */
  readonly blocks: Readonly<Record<CriterionLevel, readonly IndicatorBlock[]>>
  readonly levelFour: { readonly result: LevelResult; readonly blocks: readonly ClauseBlock[] }
}

/** Answers of a school by criterion code; a criterion without an entry is not answered. */
export type AnswersByCriterion = Readonly<Record<string, Answers>>

/** Answers to the clauses of the fourth level by clause code. */
export type ClauseAnswers = Readonly<Record<string, Verdict>>

/**
 * Rates one criterion: it reaches Mức n when its demands of Mức n and of every lower level are all met (Điều 2, Điều 6
 * khoản 2). An indicator that is repealed for the year or marked notApplicable is not asked; a missing answer is not met.
 * A local indicator of an official criterion is not counted.
 */
export function rateCriterion(criterion: Criterion, answers: Answers, force: InForce): CriterionRating {
  const perLevel = byLevel(level => askedAt(criterion, level, answers, force))
  const results = byLevel(level => resultOf(perLevel[level].map(item => item.answer)))
  const blocksAt = byLevel(level =>
    perLevel[level].flatMap(({ indicator, answer }) =>
      answer === 'met' ? [] : [{ criterion: criterion.code, level, indicator, why: answer }],
    ),
  )
  const own = CRITERION_LEVELS.filter(level => results[level] !== 'none')
  const failing = own.find(level => results[level] !== 'met')
  const level = own.filter(at => failing === undefined || at < failing).at(-1) ?? 0
  return {
    code: criterion.code,
    level,
    applicable: own.length > 0,
    perLevel: results,
    open: CRITERION_LEVELS.flatMap(at => blocksAt[at]).filter(block => block.why === 'open'),
    blockedBy: failing === undefined ? [] : blocksAt[failing],
  }
}

/** Rates one standard; its level follows the same rule as the school's, over its own official criteria. */
export function rateStandard(standard: Standard, answers: AnswersByCriterion, force: InForce): StandardRating {
  const official = standard.criteria.filter(criterion => !criterion.local)
  const criteria = official.map(criterion => rateCriterion(criterion, answers[criterion.code] ?? {}, force))
  const counts = countLevels(criteria)
  return { code: standard.code, level: levelFrom(counts), counts, criteria }
}

/** Rates a school from its answers alone: no points, no averages (Điều 6; process § 4). Local nodes change nothing in it. */
export function rateSchool(
  set: CriteriaSet,
  answers: AnswersByCriterion,
  clauseAnswers: ClauseAnswers,
  force: InForce,
): SchoolRating {
  const standards = set.standards
    .filter(standard => !standard.local)
    .map(standard => rateStandard(standard, answers, force))
  const criteria = standards.flatMap(standard => standard.criteria)
  const counts = countLevels(criteria)
  const levelFour = rateClauses(set, clauseAnswers, force)
  const reached = levelFrom(counts)
  return {
    level: reached === 3 && levelFour.result === 'met' ? 4 : reached,
    standards,
    criteria,
    local: localCriteria(set).map(criterion => rateCriterion(criterion, answers[criterion.code] ?? {}, force)),
    counts,
    blocks: blocksOf(set, answers, force),
    levelFour,
  }
}

function rateClauses(set: CriteriaSet, answers: ClauseAnswers, force: InForce): SchoolRating['levelFour'] {
  const asked = set.levelFour.flatMap(clause => {
    const verdict = answers[clause.code]
    if (force.dropped.has(clauseKey(clause.code)) || verdict === 'notApplicable') return []
    return [{ clause: clause.code, answer: verdict ?? ('open' as const) }]
  })
  return {
    result: resultOf(asked.map(item => item.answer)),
    blocks: asked.flatMap(({ clause, answer }) => (answer === 'met' ? [] : [{ clause, why: answer }])),
  }
}

type Answer = 'met' | 'notMet' | 'open'

function askedAt(
  criterion: Criterion,
  level: CriterionLevel,
  answers: Answers,
  force: InForce,
): readonly { readonly indicator: string; readonly answer: Answer }[] {
  if (force.dropped.has(criterionKey(criterion.code))) return []
  return (demandAt(criterion, level)?.indicators ?? []).flatMap(({ code, local }) => {
    if (local && !criterion.local) return []
    const verdict = answers[level]?.[code]
    if (force.dropped.has(indicatorKey(criterion.code, String(level), code)) || verdict === 'notApplicable') return []
    return [{ indicator: code, answer: verdict ?? 'open' }]
  })
}

function resultOf(answers: readonly Answer[]): LevelResult {
  if (answers.length === 0) return 'none'
  if (answers.includes('notMet')) return 'notMet'
  return answers.includes('open') ? 'open' : 'met'
}

function countLevels(ratings: readonly CriterionRating[]): LevelCounts {
  return byLevel(level => {
    const asked = ratings.filter(rating => rating.perLevel[level] !== 'none').map(rating => upTo(rating, level))
    const count = (result: LevelResult): number => asked.filter(one => one === result).length
    return { of: asked.length, met: count('met'), notMet: count('notMet'), open: count('open') }
  })
}

/** The result of a level together with every lower one: the worst of them. */
function upTo(rating: CriterionRating, level: CriterionLevel): LevelResult {
  const results = CRITERION_LEVELS.filter(at => at <= level).map(at => rating.perLevel[at])
  return results.includes('notMet') ? 'notMet' : results.includes('open') ? 'open' : 'met'
}

/** A level that nothing at all is asked at cannot be claimed. */
function levelFrom(counts: LevelCounts): 0 | CriterionLevel {
  const failing = CRITERION_LEVELS.find(level => counts[level].of === 0 || counts[level].met < counts[level].of)
  return CRITERION_LEVELS.filter(level => failing === undefined || level < failing).at(-1) ?? 0
}

function blocksOf(set: CriteriaSet, answers: AnswersByCriterion, force: InForce): SchoolRating['blocks'] {
  const criteria = officialCriteria(set)
  return byLevel(level =>
    criteria.flatMap(criterion =>
      askedAt(criterion, level, answers[criterion.code] ?? {}, force).flatMap(({ indicator, answer }) =>
        answer === 'met' ? [] : [{ criterion: criterion.code, level, indicator, why: answer }],
      ),
    ),
  )
}

const byLevel = <T>(make: (level: CriterionLevel) => T): Readonly<Record<CriterionLevel, T>> => ({
  1: make(1),
  2: make(2),
  3: make(3),
})
