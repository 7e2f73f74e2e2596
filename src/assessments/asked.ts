import {
  clauseKey,
  criterionKey,
  criterionOf,
  indicatorKey,
  inForce,
  rateSchool,
  type Advice,
  type CriteriaSet,
  type InForce,
  type SchoolRating,
} from '../catalogue/index.ts'
import { answersOf, isLevelFour, levelFourAnswers, type Assessment } from './assessment.ts'

/** One thing that a sheet asks: an indicator of a level, or the clause itself on a sheet of Mức 4. */
export interface AskedIndicator {
  readonly level: string
  readonly code: string
  readonly lettered: boolean
  readonly gist: string
  readonly cite: string
  readonly unverified: boolean
  /** Added by the Sở or a managing unit for the year: asked, counted in no level. */
  readonly local?: true
  /** False when a change took it away for this year; it is shown with `whyNot` and asks for no answer. */
  readonly applicable: boolean
  readonly whyNot?: string
}

/** What stands over a sheet: the criterion, or the clause of Điều 22. */
export interface AskedSheet {
  readonly code: string
  readonly title: string
  readonly standard: { readonly code: string; readonly title: string }
  readonly indicators: readonly AskedIndicator[]
  readonly typicalEvidence: readonly string[]
  readonly local?: true
  /** What the year's tree says beside the criterion. */
  readonly advice?: Advice
}

const forces = new WeakMap<CriteriaSet, Map<string, InForce>>()
const MOST_FORCES = 200

/**
 * What the pinned set asks in this assessment's year, as it was switched when the assessment was opened. Every save of a
 * text asks, and few answers differ, so they are kept with their set.
 */
export function forceOf({ year, schoolKind, set: { switches } }: Assessment, set: CriteriaSet): InForce {
  const ofSet = forces.get(set) ?? new Map<string, InForce>()
  forces.set(set, ofSet)
  const key = JSON.stringify([year, schoolKind, switches])
  const known = ofSet.get(key)
  if (known) return known
  const force = inForce(set, year, switches, schoolKind)
  if (ofSet.size >= MOST_FORCES) ofSet.clear()
  ofSet.set(key, force)
  return force
}

/** The level of the school and of each criterion, computed from the answers; never stored before adoption (law 2). */
export const ratingOf = (assessment: Assessment, set: CriteriaSet): SchoolRating =>
  rateSchool(set, answersOf(assessment), levelFourAnswers(assessment), forceOf(assessment, set))

const asked = new WeakMap<InForce, WeakMap<CriteriaSet, Map<string, AskedSheet>>>()

/** Undefined when the pinned set has no such criterion or clause. Kept like what is in force. */
export function askedBy(set: CriteriaSet, code: string, force: InForce): AskedSheet | undefined {
  const ofForce = asked.get(force) ?? new WeakMap<CriteriaSet, Map<string, AskedSheet>>()
  asked.set(force, ofForce)
  const ofSet = ofForce.get(set) ?? new Map<string, AskedSheet>()
  ofForce.set(set, ofSet)
  const known = ofSet.get(code)
  if (known) return known
  const sheet = isLevelFour(code) ? askedByClause(set, code, force) : askedByCriterion(set, code, force)
  if (sheet) ofSet.set(code, sheet)
  return sheet
}

function askedByClause(set: CriteriaSet, code: string, force: InForce): AskedSheet | undefined {
  const clause = set.levelFour.find(each => each.code === code)
  return (
    clause && {
      code,
      title: clause.gist,
      standard: { code: '22', title: 'Tiêu chí Mức 4' },
      indicators: [
        {
          level: '4',
          code: 'a',
          lettered: false,
          gist: clause.gist,
          cite: clause.cite,
          unverified: clause.verification === 'unverified',
          ...standing(force, clauseKey(code)),
        },
      ],
      typicalEvidence: [],
    }
  )
}

function askedByCriterion(set: CriteriaSet, code: string, force: InForce): AskedSheet | undefined {
  const criterion = criterionOf(set, code)
  const standard = set.standards.find(each => each.criteria.some(one => one.code === code))
  return (
    criterion &&
    standard && {
      code,
      title: criterion.title,
      standard: { code: standard.code, title: standard.title },
      indicators: criterion.levels.flatMap(demand =>
        demand.indicators.map(indicator => ({
          level: demand.level,
          code: indicator.code,
          lettered: indicator.lettered,
          gist: indicator.official ?? indicator.gist,
          cite: indicator.cite,
          unverified: demand.verification === 'unverified' && !indicator.local,
          ...(indicator.local && { local: indicator.local }),
          ...standing(force, criterionKey(code), indicatorKey(code, demand.level, indicator.code)),
        })),
      ),
      typicalEvidence: criterion.typicalEvidence,
      ...(criterion.local && { local: criterion.local }),
      ...(hasAdvice(criterion) && { advice: criterion }),
    }
  )
}

const hasAdvice = ({ guidance, goodEvidence, requiredEvidence, due }: Advice): boolean =>
  [guidance, goodEvidence, requiredEvidence, due].some(each => each !== undefined)

function standing(force: InForce, ...keys: readonly string[]): { applicable: boolean; whyNot?: string } {
  const dropped = keys.map(key => force.dropped.get(key)).find(each => each !== undefined)
  if (!dropped) return { applicable: true }
  return {
    applicable: false,
    whyNot: dropped.change ? `Không áp dụng theo ${dropped.change.instrument}` : 'Không áp dụng cho loại trường này',
  }
}
