/** A school year, written `2025-2026`; it runs from 1 August of the first year to 31 July of the second. */
export type WorkingYear = string & { readonly __workingYear: true }

/** The working year in a text, or undefined when the text is none: two consecutive years joined by a hyphen. */
export function parseWorkingYear(text: string): WorkingYear | undefined {
  const found = /^(20\d\d)-(20\d\d)$/.exec(text.trim())
  // Checked by the pattern and the line below: this is the only place that makes a WorkingYear.
  return found && Number(found[2]) === Number(found[1]) + 1 ? (text.trim() as WorkingYear) : undefined
}

/** A working year known to be well formed (constants, stored values); throws otherwise. */
export function workingYear(text: string): WorkingYear {
  const year = parseWorkingYear(text)
  if (!year) throw new Error(`not a working year: ${text}`)
  return year
}

export const firstCalendarYear = (year: WorkingYear): number => Number(year.slice(0, 4))

export const workingYearFrom = (first: number): WorkingYear => workingYear(`${first}-${first + 1}`)

export const shiftYear = (year: WorkingYear, by: number): WorkingYear => workingYearFrom(firstCalendarYear(year) + by)

/** The five school years that evidence and figures span, oldest first, ending with the assessed one (Điều 5 and the columns of the report's forms). */
export const fiveYearsTo = (year: WorkingYear): readonly WorkingYear[] =>
  [-4, -3, -2, -1, 0].map(by => shiftYear(year, by))

/** The working year that a Vietnamese calendar day (`yyyy-mm-dd`) falls in; it turns on 1 August. */
export function workingYearOf(day: string): WorkingYear {
  const year = Number(day.slice(0, 4))
  return workingYearFrom(Number(day.slice(5, 7)) >= 8 ? year : year - 1)
}
