import type { AssessmentForSums } from '../assessments/index.ts'
import {
  inForce,
  raterOfMany,
  type Answers,
  type CriteriaSet,
  type CriterionRating,
  type InForce,
  type SchoolRating,
} from '../catalogue/index.ts'
import { groupBy } from '../kernel/group-by.ts'
import type { AssessmentFact } from './school-row.ts'
import { layoutOf, type Asked, type SetLayout } from './set-layout.ts'

/** The assessment's part of kept facts: levels and verdicts in the order of the set's layout, a letter each. */
export interface KeptAssessment extends Omit<AssessmentFact, 'criteria'> {
  /** Units that managed the school when the assessment was opened: they may read it once it is sent. */
  readonly ancestors: readonly string[]
  /** Standards, then criteria: `0`–`3`, `-` while answers are missing, `x` where nothing is asked. */
  readonly levels: string
  /** Indicators and clauses: `m` met, `n` not met, `-` not answered, `x` not asked. */
  readonly verdicts: string
}

/** One version of a set, ready for many schools. */
export interface SetForSums {
  readonly set: CriteriaSet
  readonly layout: SetLayout
  /** How assessments of this year and kind, with changes switched so, are rated: computed once for all of them. */
  readonly raterOf: (assessment: Pick<AssessmentForSums, 'year' | 'set' | 'schoolKind'>) => Rater
}

interface Rater {
  readonly rate: ReturnType<typeof raterOfMany>
  /** The letters of `KeptAssessment.verdicts`, from answers by code. */
  readonly verdictsOf: (answers: ReadonlyMap<string, Answers>) => string
}

/** Prepares a version for rating thousands of schools. */
export function setForSums(hash: string, set: CriteriaSet): SetForSums {
  const known = new Map<string, Rater>()
  const layout = layoutOf(hash, set)
  return {
    set,
    layout,
    raterOf: ({ year, set: { switches }, schoolKind }) => {
      const key = JSON.stringify([year, schoolKind, switches])
      const before = known.get(key)
      if (before) return before
      const force = inForce(set, year, switches, schoolKind)
      const rater = { rate: raterOfMany(set, force), verdictsOf: verdictsBy(layout, force) }
      known.set(key, rater)
      return rater
    },
  }
}

/** The fact of one assessment, its levels computed from the answers and the pinned set. */
export function keptAssessmentOf(assessment: AssessmentForSums, { set, raterOf }: SetForSums): KeptAssessment {
  const decisions = assessment.criteria
  const answers = new Map(decisions.map(decision => [decision.code, decision.answers]))
  const { rate, verdictsOf } = raterOf(assessment)
  const clauses = Object.fromEntries(
    set.levelFour.flatMap(({ code }) => {
      const verdict = answers.get(code)?.['4']?.['a']
      return verdict ? [[code, verdict] as const] : []
    }),
  )
  const rating = rate(code => answers.get(code), clauses)
  const complete = rating.criteria.every(criterion => criterion.open.length === 0)
  const last = assessment.submissions.findLast(each => each.recalledOn === undefined)
  const council = assessment.councilVersions.at(-1)?.decision
  const { plan, report } = assessment
  return {
    id: assessment.id,
    rev: assessment.rev,
    state: assessment.state,
    setId: assessment.set.id,
    setHash: assessment.set.hash,
    ...(complete && { level: rating.level }),
    ancestors: assessment.ancestors,
    levels: levelsOf(rating),
    verdicts: verdictsOf(answers),
    blockedBy: blockersOf(rating, assessment.aimsAtLevelFour),
    ...(council && { council }),
    ...(plan.approvedOn !== undefined && { planOn: plan.approvedOn }),
    sheets: {
      agreed: decisions.filter(({ state }) => state === 'agreed' || state === 'frozen').length,
      all: decisions.length,
    },
    ...(report.adopted && { adoptedOn: report.adopted.on }),
    ...(report.published && { publishedOn: report.published.on }),
    ...(last && { sentOn: last.on }),
    ...(last?.acceptedOn !== undefined && { acceptedOn: last.acceptedOn }),
    returns: assessment.submissions.filter(each => each.returned !== undefined).length,
  }
}

const levelLetter = ({ applicable, open, level }: CriterionRating): string =>
  !applicable ? 'x' : open.length > 0 ? '-' : String(level)

const levelsOf = (rating: SchoolRating): string =>
  [
    ...rating.standards.map(({ criteria, level }) =>
      criteria.every(each => !each.applicable) ? 'x' : criteria.some(each => each.open.length > 0) ? '-' : level,
    ),
    ...rating.criteria.map(levelLetter),
  ].join('')

const VERDICT_LETTERS = { met: 'm', notMet: 'n', notApplicable: 'x' } as const

/** Criteria that were answered with the very same object have the same letters. */
function verdictsBy(layout: SetLayout, force: InForce): Rater['verdictsOf'] {
  const groups = [...groupBy(layout.asked, ({ criterion }) => criterion)].map(([criterion, asked]) => {
    const letters = asked.map(each => ({ ...each, isDropped: each.nodeKeys.some(key => force.dropped.has(key)) }))
    return { criterion, letters, known: new WeakMap<Answers, string>() }
  })
  return answers =>
    groups
      .map(({ criterion, letters, known }) => {
        const given = answers.get(criterion) ?? NO_ANSWERS
        const before = known.get(given)
        if (before !== undefined) return before
        const verdicts = letters.map(each => letterOf(each, given)).join('')
        known.set(given, verdicts)
        return verdicts
      })
      .join('')
}

const NO_ANSWERS: Answers = {}

const letterOf = (
  { level, indicator, isDropped }: Pick<Asked, 'level' | 'indicator'> & { readonly isDropped: boolean },
  answers: Answers,
): string => {
  const verdict = answers[level]?.[indicator]
  return isDropped ? 'x' : verdict === undefined ? '-' : VERDICT_LETTERS[verdict]
}

/** What is answered “không đạt” and so keeps the school from its next level; clauses only for a school that aims at Mức 4. */
function blockersOf(rating: SchoolRating, aimsAtLevelFour: boolean): readonly string[] {
  if (rating.level === 4) return []
  if (rating.level === 3) {
    return aimsAtLevelFour
      ? rating.levelFour.blocks.filter(block => block.why === 'notMet').map(block => block.clause)
      : []
  }
  const next = rating.level === 0 ? 1 : rating.level === 1 ? 2 : 3
  return rating.blocks[next]
    .filter(block => block.why === 'notMet')
    .map(block => `${block.criterion}.${block.level}.${block.indicator}`)
}
