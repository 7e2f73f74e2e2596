import type { Day } from '../kernel/dates.ts'
import { workingYearOf, type WorkingYear } from '../kernel/working-year.ts'

/** A working year of the whole province: the Sở opens it and closes it. */
export interface Year {
  readonly id: WorkingYear
  readonly state: 'open' | 'closed'
  /** The day whose tree the year's reports follow (process § 8, consequence 2). */
  readonly closingDay: Day
  /** Public holidays, sorted; working days are Monday to Friday without these. */
  readonly holidays: readonly Day[]
  readonly rev: number
}

/** The year shown when nobody chose one: the one of today while it is open, else the newest; undefined when there is none. */
export function defaultYear(years: readonly Year[], today: Day): Year | undefined {
  const current = years.find(year => year.id === workingYearOf(today) && year.state === 'open')
  return current ?? years.toSorted((a, b) => b.id.localeCompare(a.id))[0]
}

/** The last day of the year, 31 July of its second calendar year. */
export const lastDayOf = (year: WorkingYear): Day => `${year.slice(5)}-07-31`

/** The first day of the year, 1 August. */
export const firstDayOf = (year: WorkingYear): Day => `${year.slice(0, 4)}-08-01`

/** The day on which the tree is read for a year's screens: today inside the year, else its closing day. */
export const treeDayOf = (year: Year, today: Day): Day => (workingYearOf(today) === year.id ? today : year.closingDay)

/** The school year that begins in September counts the data of its whole span: closing day 31 May by default (process § 7.1). */
export const usualClosingDay = (year: WorkingYear): Day => `${year.slice(5)}-05-31`
