import { inBand } from './compare.ts'
import type { Band, Criterion, CriteriaSet, PointsDemand, Standard } from './criteria-set.ts'
import { criterionKey } from './criteria-tree.ts'
import type { InForce } from './in-force.ts'

/** What a school gave one criterion: a mandatory condition's verdict, points by item, or points of the whole. */
export interface PointsAnswer {
  readonly mandatory?: 'met' | 'notMet'
  readonly items?: Readonly<Record<string, number>>
  readonly score?: number
}

/** Why no level is claimed: points are missing, the bands are not known to us, or no band holds the score. */
export type NoLevel = 'open' | 'bandsUnknown' | 'noBand'

export type PointsLevel =
  { readonly level: string; readonly verified: boolean } | { readonly level: null; readonly why: NoLevel }

export interface PointsCriterionRating {
  readonly code: string
  readonly kind: PointsDemand['kind']
  /** Points so far, each part held within 0 and its maximum; what is not scored counts 0. */
  readonly score: number
  readonly max: number
  readonly maxVerified: boolean
  /** Codes of the items, or of the criterion itself, that have no answer yet. */
  readonly open: readonly string[]
  /** Mandatory conditions only. */
  readonly mandatory?: 'met' | 'notMet' | 'open'
  readonly rated: PointsLevel
}

export interface PointsStandardRating {
  readonly code: string
  readonly score: number
  readonly max: number
  readonly rated: PointsLevel
  /** Mandatory conditions that are not met or not answered. */
  readonly missingMandatory: readonly string[]
  /** True when a missing condition keeps the standard at its lowest level; else it is only shown. */
  readonly heldAtLowest: boolean
  readonly criteria: readonly PointsCriterionRating[]
}

export interface PointsRating {
  readonly standards: readonly PointsStandardRating[]
  /** The lower of the standards' levels, for places that need one word; a convention of ours, not of the decision. */
  readonly lowest: PointsLevel
}

/** Rates a points set: sums per standard, then the band of the sum. A missing answer claims no level. */
export function ratePoints(
  set: CriteriaSet,
  answers: Readonly<Record<string, PointsAnswer>>,
  force: InForce,
): PointsRating {
  const official = set.standards.filter(standard => !standard.local)
  const standards = official.map(standard => rateStandardPoints(set, standard, answers, force))
  return { standards, lowest: lowestOf(standards.map(standard => standard.rated)) }
}

function rateStandardPoints(
  set: CriteriaSet,
  standard: Standard,
  answers: Readonly<Record<string, PointsAnswer>>,
  force: InForce,
): PointsStandardRating {
  const criteria = standard.criteria
    .filter(criterion => !criterion.local && !force.dropped.has(criterionKey(criterion.code)))
    .flatMap(criterion => rateCriterionPoints(criterion, answers[criterion.code] ?? {}))
  const score = sum(criteria.map(criterion => criterion.score))
  const missingMandatory = criteria
    .filter(criterion => criterion.kind === 'mandatory' && criterion.mandatory !== 'met')
    .map(criterion => criterion.code)
  const rules = set.pointsRules
  const heldAtLowest = missingMandatory.length > 0 && rules?.mandatory?.effect === 'holdAtLowest'
  const open = criteria.some(criterion => criterion.open.length > 0)
  const verified = rules?.verification === 'confirmed'
  const rated: PointsLevel = open
    ? { level: null, why: 'open' }
    : heldAtLowest
      ? { level: levelNames(rules?.levels ?? {})[0] ?? '1', verified: rules?.mandatory?.verification === 'confirmed' }
      : levelByBands(rules?.levels ?? {}, score, verified)
  return {
    code: standard.code,
    score,
    max: standard.maxPoints ?? rules?.totalPerStandard ?? 0,
    rated,
    missingMandatory,
    heldAtLowest,
    criteria,
  }
}

function rateCriterionPoints(criterion: Criterion, answer: PointsAnswer): readonly PointsCriterionRating[] {
  const demand = criterion.points
  if (!demand) return []
  const { code } = criterion
  const common = { code, kind: demand.kind, max: demand.max, maxVerified: demand.maxVerification === 'confirmed' }
  if (demand.kind === 'mandatory') {
    const mandatory = answer.mandatory ?? 'open'
    const open = mandatory === 'open' ? [code] : []
    return [{ ...common, score: 0, open, mandatory, rated: { level: null, why: 'noBand' } }]
  }
  const parts =
    demand.items.length > 0
      ? demand.items.map(item => ({ code: item.code, max: item.max, given: answer.items?.[item.code] }))
      : [{ code, max: demand.max, given: answer.score }]
  const score = sum(parts.map(part => Math.min(part.max, Math.max(0, part.given ?? 0))))
  const open = parts.filter(part => part.given === undefined).map(part => part.code)
  const rated: PointsLevel =
    open.length > 0
      ? { level: null, why: 'open' }
      : levelByBands(demand.bands, score, demand.bandsVerification === 'confirmed')
  return [{ ...common, score, open, rated }]
}

function levelByBands(bands: Readonly<Record<string, Band | null>>, score: number, verified: boolean): PointsLevel {
  if (Object.keys(bands).length === 0 || Object.values(bands).includes(null))
    return { level: null, why: 'bandsUnknown' }
  const level = levelNames(bands).find(name => {
    const band = bands[name]
    return band !== undefined && band !== null && inBand(score, band)
  })
  return level === undefined ? { level: null, why: 'noBand' } : { level, verified }
}

function lowestOf(rated: readonly PointsLevel[]): PointsLevel {
  const missing = rated.find(one => one.level === null)
  if (missing) return missing
  const levels = rated.flatMap(one => (one.level === null ? [] : [one]))
  const lowest = levels.toSorted((a, b) => Number(a.level) - Number(b.level))[0]
  return lowest ? { level: lowest.level, verified: false } : { level: null, why: 'open' }
}

const levelNames = (bands: Readonly<Record<string, Band | null>>): readonly string[] =>
  Object.keys(bands).toSorted((a, b) => Number(a) - Number(b))

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
