import type { AssessmentForSums } from '../assessments/index.ts'
import {
  inForce,
  rateSchool,
  type Answers,
  type CriteriaSet,
  type CriterionRating,
  type InForce,
  type SchoolRating,
} from '../catalogue/index.ts'
import { gradesOf, type FigureForSums } from '../figures/index.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import type { AssessmentFact, SchoolRow } from './school-row.ts'
import { layoutOf, type SetLayout } from './set-layout.ts'

/** The assessment's part of kept facts: levels and verdicts in the order of the set's layout, a letter each. */
export interface KeptAssessment extends Omit<AssessmentFact, 'criteria'> {
  /** Units that managed the school when the assessment was opened: they may read it once it is sent. */
  readonly ancestors: readonly string[]
  /** Standards, then criteria: `0`–`3`, `-` while answers are missing, `x` where nothing is asked. */
  readonly levels: string
  /** Indicators and clauses: `m` met, `n` not met, `-` not answered, `x` not asked. */
  readonly verdicts: string
}

/** What one school's year comes to by its decided documents alone: nothing of the tree, nothing of the day. */
export interface SchoolFacts {
  /** `<schoolId>.<year>`, as the documents that it is computed from. */
  readonly id: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly assessment?: KeptAssessment
  readonly reconciliation?: NonNullable<SchoolRow['reconciliation']>
  readonly figures?: NonNullable<SchoolRow['figures']>
}

/** One version of a set, ready for many schools. */
export interface SetForSums {
  readonly set: CriteriaSet
  readonly layout: SetLayout
  /** What the set asks in this assessment's year as it was switched then; computed once for all schools alike. */
  readonly forceOf: (assessment: Pick<AssessmentForSums, 'year' | 'set' | 'schoolKind'>) => InForce
}

/** Prepares a version for rating thousands of schools. */
export function setForSums(hash: string, set: CriteriaSet): SetForSums {
  const known = new Map<string, InForce>()
  return {
    set,
    layout: layoutOf(hash, set),
    forceOf: ({ year, set: { switches }, schoolKind }) => {
      const key = JSON.stringify([year, schoolKind, switches])
      const force = known.get(key) ?? inForce(set, year, switches, schoolKind)
      known.set(key, force)
      return force
    },
  }
}

/** The fact of one assessment, its levels computed from the answers and the pinned set. */
export function keptAssessmentOf(assessment: AssessmentForSums, { set, layout, forceOf }: SetForSums): KeptAssessment {
  const decisions = assessment.criteria
  const answers = new Map(decisions.map(decision => [decision.code, decision.answers]))
  const force = forceOf(assessment)
  const clauses = Object.fromEntries(
    set.levelFour.flatMap(({ code }) => {
      const verdict = answers.get(code)?.['4']?.['a']
      return verdict ? [[code, verdict] as const] : []
    }),
  )
  const rating = rateSchool(set, Object.fromEntries(answers), clauses, force)
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
    verdicts: verdictsOf(layout, answers, force),
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

const verdictsOf = (layout: SetLayout, answers: ReadonlyMap<string, Answers>, force: InForce): string =>
  layout.asked
    .map(({ criterion, level, indicator, nodeKeys }) => {
      if (nodeKeys.some(key => force.dropped.has(key))) return 'x'
      const verdict = answers.get(criterion)?.[level]?.[indicator]
      return verdict === undefined ? '-' : VERDICT_LETTERS[verdict]
    })
    .join('')

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

/** Levels by criterion code, for the row that others read; criteria without complete answers are absent. */
export const criteriaOf = (kept: KeptAssessment, layout: SetLayout): AssessmentFact['criteria'] =>
  Object.fromEntries(
    layout.criteria.flatMap((code, at) => {
      const level = criterionLevel(kept.levels[layout.standards.length + at])
      return level === undefined ? [] : [[code, level] as const]
    }),
  )

const CRITERION_LEVEL: Readonly<Record<string, 0 | 1 | 2 | 3>> = { 0: 0, 1: 1, 2: 2, 3: 3 }

/** The level behind a letter of `KeptAssessment.levels`. */
export const criterionLevel = (letter: string | undefined): 0 | 1 | 2 | 3 | undefined =>
  letter === undefined ? undefined : CRITERION_LEVEL[letter]

const STAFF = ['head', 'deputies', 'teachers', 'support'].map(post => `staff.${post}.total`)

/** Classes, pupils and staff of the year; undefined until every grade and post of the school has its number. */
export function mainFigures(levels: readonly SchoolLevel[], year: FigureForSums): SchoolFacts['figures'] {
  if (year.rev === 0) return undefined
  const values = new Map(year.cells.map(({ key, value }) => [key, value]))
  const sum = (keys: readonly string[]): number | undefined =>
    keys.reduce<number | undefined>((total, key) => {
      const value = values.get(key)
      return total === undefined || typeof value !== 'number' ? undefined : total + value
    }, 0)
  const grades = gradesOf(levels)
  const classes = sum(grades.map(({ key }) => `classes.${key}`))
  const pupils = sum(grades.map(({ key }) => `pupils.${key}`))
  const staff = sum(STAFF)
  return classes === undefined || pupils === undefined || staff === undefined
    ? undefined
    : { rev: year.rev, classes, pupils, staff }
}

/** One school's year from its decided documents; each may be absent. */
export function schoolFactsOf(
  school: { readonly id: string; readonly levels: readonly SchoolLevel[] },
  year: WorkingYear,
  {
    assessment,
    set,
    figures,
  }: { readonly assessment?: AssessmentForSums; readonly set?: SetForSums; readonly figures?: FigureForSums },
): SchoolFacts {
  const main = figures && mainFigures(school.levels, figures)
  return {
    id: `${school.id}.${year}`,
    schoolId: school.id,
    year,
    ...(assessment && set && { assessment: keptAssessmentOf(assessment, set) }),
    ...(main && { figures: main }),
    ...(figures?.reconciliation && { reconciliation: { state: figures.reconciliation.state, rev: figures.rev } }),
  }
}
