import { InvalidInput } from './refusals.ts'

/** A calendar day in Việt Nam, `yyyy-mm-dd`; days compare as strings. */
export type Day = string

export type Clock = () => Date

/** The Vietnamese calendar day of an instant (UTC+7, no daylight saving). */
export const dayOf = (instant: Date): Day => new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)

/** `05/02/2026`, the printed form of a day. */
export const printDay = (day: Day): string => day.split('-').toReversed().join('/')

/** `ngày 05 tháng 02 năm 2026`: days below 10 and months 1, 2 take a leading 0 (NĐ 30/2020, Phụ lục I). */
export function printDayInWords(day: Day): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `ngày ${date} tháng ${Number(month) <= 2 ? month : String(Number(month))} năm ${year}`
}

/** `09:41 ngày 05/02/2026`, Vietnamese time. */
export function printInstant(instant: Date): string {
  const local = new Date(instant.getTime() + 7 * 3_600_000).toISOString()
  return `${local.slice(11, 16)} ngày ${printDay(local.slice(0, 10))}`
}

/** Reads `dd/mm/yyyy` or `yyyy-mm-dd`; undefined for anything else and for days that do not exist. */
export function parseDay(text: string): Day | undefined {
  const vi = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text.trim())
  const day = vi ? `${vi[3]}-${vi[2]?.padStart(2, '0')}-${vi[1]?.padStart(2, '0')}` : text.trim()
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const instant = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== day ? undefined : day
}

/** The day typed into `field`; refuses with a message at that field. */
export function dayFrom(field: string, text: unknown): Day {
  const day = typeof text === 'string' ? parseDay(text) : undefined
  if (!day) throw new InvalidInput({ [field]: 'Ngày phải có dạng ngày/tháng/năm, ví dụ 05/09/2025.' })
  return day
}

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** The day `count` working days after `day`: Monday to Friday minus the listed public holidays (process § 15). */
export function addWorkingDays(day: Day, count: number, holidays: ReadonlySet<Day> = new Set()): Day {
  let left = count
  let at = day
  while (left > 0) {
    at = addDays(at, 1)
    const weekday = new Date(`${at}T00:00:00Z`).getUTCDay()
    if (weekday !== 0 && weekday !== 6 && !holidays.has(at)) left--
  }
  return at
}
