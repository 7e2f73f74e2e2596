import type { SchoolKind } from '../kernel/unit-kinds.ts'
import { compares } from './compare.ts'
import type { Criterion, CriteriaSet, Quota } from './criteria-set.ts'
import { criterionKey } from './criteria-tree.ts'
import { evaluate, parseFormula, type Formula } from './formula.ts'
import type { InForce } from './in-force.ts'

type Figures = Readonly<Record<string, number>>

/** A school as the quotas see it. */
export interface QuotaSchool {
  readonly kind: SchoolKind
  /** The school kinds taught in it; more than one in a multi-level school. */
  readonly gradeLevels: readonly SchoolKind[]
  readonly figures: Figures
  /** Figures of one school kind inside a multi-level school (pupils, computers). */
  readonly figuresByGradeLevel?: Readonly<Partial<Record<SchoolKind, Figures>>>
}

export type ComparisonResult = 'met' | 'notMet' | 'notComputable'

export interface Comparison {
  readonly quota: Quota
  readonly result: ComparisonResult
  readonly value?: number
  /** Names of the figures that are missing; empty when the denominator is zero. */
  readonly missing: readonly string[]
  /** How many more pieces of equipment are needed, rounded up; absent when met or when the formula does not tell. */
  readonly shortfall?: number
}

export interface QuotaCriterionRating {
  readonly code: string
  /** `notApplicable`: the chosen profile says nothing for this kind of school; it counts nowhere. */
  readonly result: ComparisonResult | 'notApplicable'
  readonly comparisons: readonly Comparison[]
}

export interface QuotaRating {
  readonly profile: string
  readonly criteria: readonly QuotaCriterionRating[]
  readonly of: number
  readonly met: number
  readonly notMet: number
  readonly notComputable: number
}

/** Compares a school's figures with one profile; a criterion is met when every comparison that concerns it holds. */
export function rateQuotas(set: CriteriaSet, profile: string, school: QuotaSchool, force: InForce): QuotaRating {
  const criteria = set.standards
    .flatMap(standard => standard.criteria)
    .filter(criterion => !criterion.local && !force.dropped.has(criterionKey(criterion.code)))
    .map(criterion => rateQuotaCriterion(set, criterion, profile, school))
  const count = (result: QuotaCriterionRating['result']): number =>
    criteria.filter(criterion => criterion.result === result).length
  return {
    profile,
    criteria,
    of: criteria.length - count('notApplicable'),
    met: count('met'),
    notMet: count('notMet'),
    notComputable: count('notComputable'),
  }
}

function rateQuotaCriterion(
  set: CriteriaSet,
  criterion: Criterion,
  profile: string,
  school: QuotaSchool,
): QuotaCriterionRating {
  const concerns = criterion.appliesTo === undefined || criterion.appliesTo.includes(school.kind)
  const comparisons = (concerns ? (criterion.quotas ?? []) : [])
    .filter(quota => quota.profile === profile)
    .flatMap(quota => {
      const figures = figuresFor(set, quota, school)
      return figures ? [compareQuota(quota, figures)] : []
    })
  return { code: criterion.code, result: together(comparisons.map(one => one.result)), comparisons }
}

/** A comparison that fails outweighs one that lacks figures. */
function together(results: readonly ComparisonResult[]): QuotaCriterionRating['result'] {
  if (results.length === 0) return 'notApplicable'
  if (results.includes('notMet')) return 'notMet'
  return results.includes('notComputable') ? 'notComputable' : 'met'
}

/** The figures of the grade level that a quota names, or of the whole school; undefined when it does not concern it. */
function figuresFor(set: CriteriaSet, quota: Quota, school: QuotaSchool): Figures | undefined {
  const wanted = quota.appliesTo?.['gradeLevel']
  if (wanted === undefined) return school.figures
  const level = school.gradeLevels.find(kind => kind === wanted)
  if (level === undefined) return undefined
  if (school.gradeLevels.length === 1) return { ...school.figures, ...school.figuresByGradeLevel?.[level] }
  const perLevel = new Set((set.statistics ?? []).filter(one => one.perGradeLevel).map(one => one.key))
  const shared = Object.fromEntries(Object.entries(school.figures).filter(([key]) => !perLevel.has(key)))
  return { ...shared, ...school.figuresByGradeLevel?.[level] }
}

function compareQuota(quota: Quota, figures: Figures): Comparison {
  const parsed = parseFormula(quota.formula)
  // The linter refuses a set with such a formula; a set that slipped through computes nothing.
  if (!parsed.ok) return { quota, result: 'notComputable', missing: [] }
  const outcome = evaluate(parsed.formula, figures)
  if (outcome.kind !== 'value') {
    return { quota, result: 'notComputable', missing: outcome.kind === 'missing' ? outcome.names : [] }
  }
  const { value } = outcome
  if (compares(value, quota.op, quota.value)) return { quota, result: 'met', value, missing: [] }
  const shortfall = shortfallOf(parsed.formula, quota, figures)
  return { quota, result: 'notMet', value, missing: [], ...(shortfall !== undefined && { shortfall }) }
}

/** For `pupils / computers <= n`: computers still needed; for `count >= n`: pieces still needed. */
function shortfallOf(formula: Formula, quota: Quota, figures: Figures): number | undefined {
  if (formula.kind === 'name' && quota.op === '>=') return Math.ceil(quota.value - (figures[formula.name] ?? 0))
  if (formula.kind !== 'binary' || formula.op !== '/' || quota.op !== '<=' || quota.value <= 0) return undefined
  if (formula.left.kind !== 'name' || formula.right.kind !== 'name') return undefined
  const needed = Math.ceil((figures[formula.left.name] ?? 0) / quota.value)
  return needed - (figures[formula.right.name] ?? 0)
}
