import { fiveYearsTo, type WorkingYear } from '../kernel/working-year.ts'
import type { FigureStore } from './figure-store.ts'
import { fiveYearsOf, isLocked, type FiveYears } from './figure-year.ts'
import type { ReconciliationState } from './reconciliation.ts'

/** Five school years of a school side by side, oldest first, ending with this one. */
export const figuresFor =
  (store: FigureStore) =>
  async (schoolId: string, year: WorkingYear): Promise<FiveYears> =>
    fiveYearsOf(schoolId, year, await store.ofYears(schoolId, fiveYearsTo(year)))

/** What the adoption of a report asks about the figures (process § 14.1). */
export interface FiguresStanding {
  /** All five years are locked for this assessment. */
  readonly locked: boolean
  readonly reconciliation: ReconciliationState | 'none'
}

export const figuresStanding =
  (store: FigureStore) =>
  async (schoolId: string, year: WorkingYear, assessmentId: string): Promise<FiguresStanding> => {
    const { sheets } = await figuresFor(store)(schoolId, year)
    return {
      locked: sheets.every(sheet => isLocked(sheet) && sheet.lockedFor.includes(assessmentId)),
      reconciliation: sheets.at(-1)?.reconciliation?.state ?? 'none',
    }
  }
