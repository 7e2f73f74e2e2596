import { fiveYearsTo, type WorkingYear } from '../kernel/working-year.ts'
import type { FigureStore } from './figure-store.ts'
import { fiveYearsOf, isLocked, type FigureYear, type FiveYears } from './figure-year.ts'
import { RECONCILIATION_STATE_NAMES } from './reconciliation-machine.ts'
import { isConfirmed, type ReconciliationState } from './reconciliation.ts'

/** Five school years of a school side by side, oldest first, ending with this one. */
export const figuresFor =
  (store: FigureStore) =>
  async (schoolId: string, year: WorkingYear): Promise<FiveYears> =>
    fiveYearsOf(schoolId, year, await store.ofYears(schoolId, fiveYearsTo(year)))

/** The states that those who wait for the reconciliation tell apart: what the Sở has verified is verified. */
export type ReconciliationMark = Exclude<ReconciliationState, 'provinceVerified'> | 'none'

const markOf = (figures: FigureYear | undefined): ReconciliationMark => {
  const state = figures?.reconciliation?.state ?? 'none'
  return state === 'provinceVerified' ? 'verified' : state
}

/** What the adoption of a report asks about the figures (process § 14.1). */
export interface FiguresStanding {
  /** All five years are locked for this assessment. */
  readonly locked: boolean
  readonly reconciliation: ReconciliationMark
}

export const figuresStanding =
  (store: FigureStore) =>
  async (schoolId: string, year: WorkingYear, assessmentId: string): Promise<FiguresStanding> => {
    const { sheets } = await figuresFor(store)(schoolId, year)
    return {
      locked: sheets.every(sheet => isLocked(sheet) && sheet.lockedFor.includes(assessmentId)),
      reconciliation: markOf(sheets.at(-1)),
    }
  }

export interface ReconciliationStanding {
  readonly state: ReconciliationMark
  /** Confirmed by the head or further: nothing unexplained, so a report or a duty may be sent. */
  readonly done: boolean
  readonly label: string
  readonly href: string
}

/** Where a school's reconciliation of one year stands; what a duty of a reporting period asks before it is sent. */
export const reconciliationStanding =
  (store: FigureStore) =>
  async (schoolId: string, year: WorkingYear): Promise<ReconciliationStanding> => {
    const state = markOf(await store.of(schoolId, year))
    return {
      state,
      done: isConfirmed(state),
      label: state === 'none' ? 'Chưa lập phiếu đối sánh' : RECONCILIATION_STATE_NAMES[state],
      href: `/so-lieu/doi-sanh?${new URLSearchParams({ truong: schoolId, nam: year }).toString()}`,
    }
  }
