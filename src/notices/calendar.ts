import { createHash, randomBytes } from 'node:crypto'
import { addDays, type Day } from '../kernel/dates.ts'

/** A deadline of one person, a whole day. */
export interface CalendarDeadline {
  readonly id: string
  readonly day: Day
  readonly title: string
  readonly href: string
}

export const newCalendarToken = (): string => randomBytes(24).toString('base64url')

/** What is kept of a secret address. */
export const calendarTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The deadlines as an iCalendar file (RFC 5545), each reminded of a day before; same deadlines, same bytes. */
export async function calendarFile(
  deadlines: readonly CalendarDeadline[],
  baseUrl: string,
  stamp: Date,
): Promise<string> {
  const { default: ical, ICalAlarmType } = await import('ical-generator')
  const calendar = ical({
    name: 'Hạn kiểm định chất lượng giáo dục',
    prodId: { company: 'kiem-dinh', product: 'kiem-dinh', language: 'VI' },
    ttl: 3600 * 6,
  })
  for (const { id, day, title, href } of deadlines.toSorted((a, b) => a.day.localeCompare(b.day))) {
    const event = calendar.createEvent({
      id: `${id}@kiem-dinh`,
      start: new Date(`${day}T00:00:00Z`),
      end: new Date(`${addDays(day, 1)}T00:00:00Z`),
      allDay: true,
      timezone: 'UTC',
      stamp,
      summary: title,
      url: baseUrl + href,
    })
    event.createAlarm({ type: ICalAlarmType.display, trigger: 86_400, description: title })
  }
  return calendar.toString()
}
