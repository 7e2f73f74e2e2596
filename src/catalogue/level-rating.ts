import type { Answers, Criterion, CriteriaSet, Standard, Verdict } from './criteria-set.ts'
import {
  CRITERION_LEVELS,
  clauseKey,
  criterionKey,
  demandAt,
  indicatorKey,
  localCriteria,
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
export const rateCriterion = (criterion: Criterion, answers: Answers, force: InForce): CriterionRating =>
  judge(criterion, answers, force).rating

/** A rated criterion with what is not met at each of its levels. */
interface Judged {
  readonly rating: CriterionRating
  /** What it reached at each level, lower levels counted in; `none` where it has no demands of its own. */
  readonly reached: Readonly<Record<CriterionLevel, LevelResult>>
  readonly blocks: Readonly<Record<CriterionLevel, readonly IndicatorBlock[]>>
}

function judge(criterion: Criterion, answers: Answers, force: InForce): Judged {
  const asked = askedCodes(criterion, force)
  const results: Record<CriterionLevel, LevelResult> = { 1: 'none', 2: 'none', 3: 'none' }
  const blocks: Record<CriterionLevel, IndicatorBlock[]> = { 1: [], 2: [], 3: [] }
  const open: IndicatorBlock[] = []
  let applicable = false
  let level: CriterionRating['level'] = 0
  let failing: CriterionLevel | undefined
  for (const at of CRITERION_LEVELS) {
    results[at] = judgeLevel({ code: criterion.code, level: at, asked: asked[at], answers: answers[at] }, blocks[at])
    if (results[at] === 'none') continue
    applicable = true
    for (const block of blocks[at]) if (block.why === 'open') open.push(block)
    if (failing !== undefined) continue
    if (results[at] === 'met') level = at
    else failing = at
  }
  const blockedBy = failing === undefined ? [] : blocks[failing]
  const reached = byLevel(at => (results[at] === 'none' ? 'none' : upTo(results, at)))
  return { rating: { code: criterion.code, level, applicable, perLevel: results, open, blockedBy }, reached, blocks }
}

/** The result of one level by itself; what is not met is added to `blocks`. */
function judgeLevel(
  {
    code,
    level,
    asked,
    answers,
  }: {
    readonly code: string
    readonly level: CriterionLevel
    readonly asked: readonly string[]
    readonly answers: Answers[string] | undefined
  },
  blocks: IndicatorBlock[],
): LevelResult {
  let result: LevelResult = 'none'
  for (const indicator of asked) {
    const verdict = answers?.[indicator]
    if (verdict === 'notApplicable') continue
    if (result === 'none') result = 'met'
    if (verdict === 'met') continue
    const why = verdict ?? 'open'
    blocks.push({ criterion: code, level, indicator, why })
    if (result !== 'notMet') result = why
  }
  return result
}

/** Rates one standard; its level follows the same rule as the school's, over its own official criteria. */
export const rateStandard = (standard: Standard, answers: AnswersByCriterion, force: InForce): StandardRating =>
  judgeStandard(standard, criterion => judge(criterion, answers[criterion.code] ?? {}, force)).rating

type JudgedOf = (criterion: Criterion) => Judged

function judgeStandard(
  standard: Standard,
  judgedOf: JudgedOf,
): { readonly rating: StandardRating; readonly judged: readonly Judged[] } {
  const judged = standard.criteria.filter(criterion => !criterion.local).map(judgedOf)
  const criteria = judged.map(each => each.rating)
  const counts = countLevels(judged)
  return { rating: { code: standard.code, level: levelFrom(counts), counts, criteria }, judged }
}

/** Rates a school from its answers alone: no points, no averages (Điều 6; process § 4). Local nodes change nothing in it. */
export const rateSchool = (
  set: CriteriaSet,
  answers: AnswersByCriterion,
  clauseAnswers: ClauseAnswers,
  force: InForce,
): SchoolRating =>
  ratingFrom(set, criterion => judge(criterion, answers[criterion.code] ?? {}, force), clauseAnswers, force)

/**
 * `rateSchool` for many schools: a criterion that was answered with the very same object before is not judged again, so
 * that nobody may change answers that were rated.
 */
export function raterOfMany(
  set: CriteriaSet,
  force: InForce,
): (answersTo: (code: string) => Answers | undefined, clauseAnswers: ClauseAnswers) => SchoolRating {
  const known = new Map<Criterion, Map<Answers, Judged>>()
  const judgedOf = (criterion: Criterion, answers: Answers): Judged => {
    let ofCriterion = known.get(criterion)
    if (!ofCriterion || ofCriterion.size >= MOST_JUDGED) known.set(criterion, (ofCriterion = new Map()))
    let judged = ofCriterion.get(answers)
    if (!judged) ofCriterion.set(answers, (judged = judge(criterion, answers, force)))
    return judged
  }
  return (answersTo, clauseAnswers) =>
    ratingFrom(set, criterion => judgedOf(criterion, answersTo(criterion.code) ?? NO_ANSWERS), clauseAnswers, force)
}

const NO_ANSWERS: Answers = {}
/** Answers remembered of one criterion. */
const MOST_JUDGED = 2_000

function ratingFrom(set: CriteriaSet, judgedOf: JudgedOf, clauseAnswers: ClauseAnswers, force: InForce): SchoolRating {
  const standards = set.standards.filter(standard => !standard.local).map(standard => judgeStandard(standard, judgedOf))
  const judged = standards.flatMap(standard => standard.judged)
  const criteria = judged.map(each => each.rating)
  const counts = countLevels(judged)
  const levelFour = rateClauses(set, clauseAnswers, force)
  const reached = levelFrom(counts)
  return {
    level: reached === 3 && levelFour.result === 'met' ? 4 : reached,
    standards: standards.map(standard => standard.rating),
    criteria,
    local: localCriteria(set).map(criterion => judgedOf(criterion).rating),
    counts,
    blocks: byLevel(level => blocksAt(judged, level)),
    levelFour,
  }
}

/** A loop, because `flatMap` over thousands of mostly empty lists takes longer than judging. */
function blocksAt(judged: readonly Judged[], level: CriterionLevel): readonly IndicatorBlock[] {
  const all: IndicatorBlock[] = []
  for (const { blocks } of judged) for (const block of blocks[level]) all.push(block)
  return all
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

type AskedCodes = Readonly<Record<CriterionLevel, readonly string[]>>

const askedCodesKept = new WeakMap<InForce, WeakMap<Criterion, AskedCodes>>()

/** Indicators that a year asks of a criterion, by level: the same for every school, so computed once for thousands of them. */
function askedCodes(criterion: Criterion, force: InForce): AskedCodes {
  const ofForce = askedCodesKept.get(force) ?? new WeakMap<Criterion, AskedCodes>()
  askedCodesKept.set(force, ofForce)
  const known = ofForce.get(criterion)
  if (known) return known
  const isDropped = force.dropped.has(criterionKey(criterion.code))
  const codes = byLevel(level =>
    (isDropped ? [] : (demandAt(criterion, level)?.indicators ?? []))
      .filter(({ local }) => !local || criterion.local)
      .map(({ code }) => code)
      .filter(code => !force.dropped.has(indicatorKey(criterion.code, String(level), code))),
  )
  ofForce.set(criterion, codes)
  return codes
}

function resultOf(answers: readonly Answer[]): LevelResult {
  if (answers.length === 0) return 'none'
  if (answers.includes('notMet')) return 'notMet'
  return answers.includes('open') ? 'open' : 'met'
}

function countLevels(judged: readonly Judged[]): LevelCounts {
  return byLevel(level => {
    const counts = { of: 0, met: 0, notMet: 0, open: 0 }
    for (const { reached } of judged) {
      const result = reached[level]
      if (result === 'none') continue
      counts.of += 1
      counts[result] += 1
    }
    return counts
  })
}

/** The result of a level together with every lower one: the worst of them. */
function upTo(perLevel: CriterionRating['perLevel'], level: CriterionLevel): 'met' | 'notMet' | 'open' {
  let worst: 'met' | 'open' = 'met'
  for (const at of CRITERION_LEVELS) {
    if (at > level) break
    if (perLevel[at] === 'notMet') return 'notMet'
    if (perLevel[at] === 'open') worst = 'open'
  }
  return worst
}

/** A level that nothing at all is asked at cannot be claimed. */
function levelFrom(counts: LevelCounts): 0 | CriterionLevel {
  const failing = CRITERION_LEVELS.find(level => counts[level].of === 0 || counts[level].met < counts[level].of)
  return CRITERION_LEVELS.filter(level => failing === undefined || level < failing).at(-1) ?? 0
}

const byLevel = <T>(make: (level: CriterionLevel) => T): Readonly<Record<CriterionLevel, T>> => ({
  1: make(1),
  2: make(2),
  3: make(3),
})
