import type { AssessmentForSums } from '../assessments/index.ts'
import { comparedFactOf, gradesOf, type FigureForSums } from '../figures/index.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { SchoolLevel } from '../organisations/index.ts'
import { keptAssessmentOf, type KeptAssessment, type SetForSums } from './kept-assessment.ts'
import type { AssessmentFact, SchoolRow } from './school-row.ts'
import type { SetLayout } from './set-layout.ts'

/** What one school's year comes to by its decided documents alone: nothing of the tree, nothing of the day. */
export interface SchoolFacts {
  /** `<schoolId>.<year>`, as the documents that it is computed from. */
  readonly id: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly assessment?: KeptAssessment
  readonly reconciliation?: NonNullable<SchoolRow['reconciliation']>
  readonly figures?: NonNullable<SchoolRow['figures']>
  readonly compared?: NonNullable<SchoolRow['compared']>
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
  school: { readonly id: string; readonly levels: readonly SchoolLevel[]; readonly campuses: number },
  year: WorkingYear,
  {
    assessment,
    set,
    figures,
  }: { readonly assessment?: AssessmentForSums; readonly set?: SetForSums; readonly figures?: FigureForSums },
): SchoolFacts {
  const main = figures && mainFigures(school.levels, figures)
  const compared = figures && comparedFactOf(school, figures)
  return {
    id: `${school.id}.${year}`,
    schoolId: school.id,
    year,
    ...(assessment && set && { assessment: keptAssessmentOf(assessment, set) }),
    ...(main && { figures: main }),
    ...(compared && { compared }),
    ...(figures?.reconciliation && { reconciliation: { state: figures.reconciliation.state, rev: figures.rev } }),
  }
}
