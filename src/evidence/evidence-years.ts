import { fiveYearsTo, workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import type { Evidence, EvidenceEntry } from './evidence.ts'

/** The school year that an entry proves something about: the one given, else the one in which its day falls. */
export const yearOf = (entry: Pick<EvidenceEntry, 'schoolYear' | 'date'>): WorkingYear | undefined =>
  entry.schoolYear ?? (entry.date === undefined ? undefined : workingYearOf(entry.date))

/** Entries, oldest school year first; those without a year last. */
export const entriesByYear = (item: Pick<Evidence, 'entries'>): readonly EvidenceEntry[] =>
  item.entries.toSorted((one, other) => (yearOf(one) ?? '9').localeCompare(yearOf(other) ?? '9'))

const HOLDS_NOTHING: readonly string[] = ['expected', 'missing', 'rejected', 'withdrawn', 'disposed']

/** Whether the item proves something now: found, not refused, not withdrawn. */
export const standsForProof = (item: Pick<Evidence, 'state'>): boolean => !HOLDS_NOTHING.includes(item.state)

export interface MatrixRow {
  readonly criterion: string
  /** Number of items with an entry of that school year, oldest year first. */
  readonly perYear: readonly number[]
}

/** Criterion × the five school years up to the assessed one; a 0 is a hole that somebody has to fill. */
export function matrixOf(
  criteria: readonly { readonly code: string }[],
  items: readonly Evidence[],
  year: WorkingYear,
): { readonly years: readonly WorkingYear[]; readonly rows: readonly MatrixRow[] } {
  const years = fiveYearsTo(year)
  return {
    years,
    rows: criteria.map(({ code }) => {
      const here = items.filter(item => item.criterion === code && standsForProof(item))
      return {
        criterion: code,
        perYear: years.map(each => here.filter(item => item.entries.some(entry => yearOf(entry) === each)).length),
      }
    }),
  }
}
