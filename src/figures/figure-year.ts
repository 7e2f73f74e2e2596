import { fiveYearsTo, type WorkingYear } from '../kernel/working-year.ts'
import type { FigureValues } from './figure-table.ts'
import type { Reconciliation, Targets } from './reconciliation.ts'

/** One typed number and the revision of the document that brought it. */
export interface Cell {
  readonly key: string
  readonly value: number | null
  readonly rev: number
}

/** The numbers of one school in one school year; every assessment whose five years cover it reads this document. */
export interface FigureYear {
  /** `<schoolId>.<year>`. */
  readonly id: string
  readonly schoolId: string
  readonly year: WorkingYear
  readonly cells: readonly Cell[]
  /** 0 before anything was typed. */
  readonly rev: number
  /** Assessments whose adopted report stands on these numbers; while there is one, nothing changes. */
  readonly lockedFor: readonly string[]
  readonly reconciliation?: Reconciliation
  /** What the managing unit or the Sở assigned to the school for this year. */
  readonly targets?: Targets
}

export const figureYearId = (schoolId: string, year: WorkingYear): string => `${schoolId}.${year}`

export const blankYear = (schoolId: string, year: WorkingYear): FigureYear => ({
  id: figureYearId(schoolId, year),
  schoolId,
  year,
  cells: [],
  rev: 0,
  lockedFor: [],
})

export const isLocked = (figures: FigureYear): boolean => figures.lockedFor.length > 0

export const valuesOf = (figures: FigureYear): FigureValues =>
  Object.fromEntries(figures.cells.map(({ key, value }) => [key, value]))

/** Five school years side by side, oldest first, ending with the assessed one; years never typed are blank. */
export interface FiveYears {
  readonly schoolId: string
  readonly year: WorkingYear
  readonly sheets: readonly FigureYear[]
}

export const fiveYearsOf = (schoolId: string, year: WorkingYear, known: readonly FigureYear[]): FiveYears => ({
  schoolId,
  year,
  sheets: fiveYearsTo(year).map(each => known.find(sheet => sheet.year === each) ?? blankYear(schoolId, each)),
})

/** One number that a save changes. */
export interface Change {
  readonly key: string
  readonly from: number | null
  readonly to: number | null
}

/** What really changes when these numbers are saved. */
export function changesTo(figures: FigureYear, typed: FigureValues): readonly Change[] {
  const before = valuesOf(figures)
  return Object.entries(typed)
    .map(([key, to]) => ({ key, from: before[key] ?? null, to }))
    .filter(({ from, to }) => from !== to)
}

/** Changes whose cell somebody else changed after the person read revision `seenRev`: both cannot be right. */
export const conflictsOf = (figures: FigureYear, changes: readonly Change[], seenRev: number): readonly Change[] =>
  changes.filter(({ key }) => figures.cells.some(cell => cell.key === key && cell.rev > seenRev))

/** The cells after the changes, stamped with the revision that brings them. */
export function withChanges(figures: FigureYear, changes: readonly Change[], rev: number): readonly Cell[] {
  const changed = new Set(changes.map(({ key }) => key))
  return [
    ...figures.cells.filter(cell => !changed.has(cell.key)),
    ...changes.map(({ key, to }) => ({ key, value: to, rev })),
  ]
}
