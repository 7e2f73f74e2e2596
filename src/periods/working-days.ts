import { addDays, addWorkingDays, type Day } from '../kernel/dates.ts'

const isWorkingDay = (day: Day, holidays: ReadonlySet<Day>): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

/** The day itself, or the next working day: when a due day falls on a day off (process § 7.1). */
export function workingDayFrom(day: Day, holidays: ReadonlySet<Day>): Day {
  let at = day
  while (!isWorkingDay(at, holidays)) at = addDays(at, 1)
  return at
}

/** The day `count` working days after `day`, or before it when `count` is negative. */
export function shiftWorkingDays(day: Day, count: number, holidays: ReadonlySet<Day>): Day {
  if (count >= 0) return addWorkingDays(day, count, holidays)
  let left = -count
  let at = day
  while (left > 0) {
    at = addDays(at, -1)
    if (isWorkingDay(at, holidays)) left--
  }
  return at
}
