import { daysBetween, printDay, type Day } from '../kernel/dates.ts'
import { need } from '../kernel/need.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { firstCalendarYear, type WorkingYear } from '../kernel/working-year.ts'
import type { PeriodDays, PeriodKind, PeriodPlan } from './period.ts'
import { shiftWorkingDays, workingDayFrom } from './working-days.ts'

/** The settings of process § 15 that a period is proposed from, days without a year as `mm-dd`. */
export interface PeriodSettings {
  readonly unitClosing: string
  readonly unitDue: string
  readonly closing: string
  readonly ministryDue: string
  /** Working days before the middle level's closing by which schools send. */
  readonly schoolDueDays: number
  /** Working days before the ministry's day by which the Sở's tables stand. */
  readonly provinceDueDays: number
}

/** August to December lie in the first calendar year of a school year. */
const inYear = (year: WorkingYear, monthDay: string): Day =>
  `${monthDay >= '08-01' ? firstCalendarYear(year) : firstCalendarYear(year) + 1}-${monthDay}`

/** The days of a period as the settings have them; a due day that is a day off moves to the next working day. */
export function proposedDays(year: WorkingYear, settings: PeriodSettings, holidays: ReadonlySet<Day>): PeriodDays {
  const unitClosing = inYear(year, settings.unitClosing)
  const ministryDue = workingDayFrom(inYear(year, settings.ministryDue), holidays)
  const unitDue = workingDayFrom(inYear(year, settings.unitDue), holidays)
  const provinceDue = shiftWorkingDays(ministryDue, -settings.provinceDueDays, holidays)
  // The Sở puts together what its units may send to the end of their due day: not before the next working day.
  const afterUnits = shiftWorkingDays(unitDue, 1, holidays)
  return {
    unitClosing,
    schoolDue: shiftWorkingDays(unitClosing, -settings.schoolDueDays, holidays),
    unitDue,
    closing: inYear(year, settings.closing),
    provinceDue: afterUnits > provinceDue && afterUnits <= ministryDue ? afterUnits : provinceDue,
    ministryDue,
  }
}

/** What the Sở is offered to begin with; everything may be changed until the period is opened. */
export const proposedPlan = (year: WorkingYear, kind: PeriodKind, days: PeriodDays): PeriodPlan => ({
  ...days,
  name: `${kind === 'start' ? 'Báo cáo đầu năm học' : 'Báo cáo cuối năm học'} ${year}`,
  tableSet: kind === 'start' ? 'figures' : 'accreditation',
  asksReconciliation: true,
})

export const DAY_NAMES: Readonly<Record<keyof PeriodDays, string>> = {
  unitClosing: 'Ngày chốt số liệu ở cấp quản lý trực tiếp',
  schoolDue: 'Hạn trường gửi',
  unitDue: 'Hạn cấp quản lý trực tiếp gửi Sở',
  closing: 'Ngày Sở chốt số liệu',
  provinceDue: 'Hạn Sở hoàn thành tổng hợp',
  ministryDue: 'Hạn Sở báo cáo Bộ',
}

/** In the order in which a form asks for them. */
export const DAY_FIELDS = [
  'unitClosing',
  'schoolDue',
  'unitDue',
  'closing',
  'provinceDue',
  'ministryDue',
] as const satisfies readonly (keyof PeriodDays)[]

/** Pairs that must not come in the other order. */
const ORDER: readonly (readonly [keyof PeriodDays, keyof PeriodDays])[] = [
  ['unitClosing', 'closing'],
  ['schoolDue', 'unitDue'],
  ['unitClosing', 'unitDue'],
  ['closing', 'provinceDue'],
  ['unitDue', 'provinceDue'],
  ['provinceDue', 'ministryDue'],
]

/** Longest time from the first to the last day of a period, in days: a wrong year is typed easily. */
const LONGEST = 200

/** Every day of a period from its first to its last. */
const spanOf = (days: PeriodDays): readonly [Day, Day] => {
  const all = DAY_FIELDS.map(field => days[field]).toSorted()
  return [all[0] ?? '', all.at(-1) ?? '']
}

/** A period of another school year by mistake, and one that runs while another one does: both are said at the closing day. */
export function placeFaults(
  year: WorkingYear,
  plan: PeriodDays,
  others: readonly (PeriodDays & { readonly name: string })[],
): readonly Unmet[] {
  const from = firstCalendarYear(year)
  const [earliest, latest] = [`${from}-07-01`, `${from + 1}-08-31`]
  const [first, last] = spanOf(plan)
  return [
    ...need(
      earliest <= plan.closing && plan.closing <= latest,
      'outsideYear.closing',
      `${DAY_NAMES.closing} (${printDay(plan.closing)}) không thuộc năm học ${year}: chọn ngày từ ${printDay(earliest)} đến ${printDay(latest)}.`,
    ),
    ...others.flatMap(other => {
      const [begins, ends] = spanOf(other)
      return need(
        last < begins || ends < first,
        'overlap.closing',
        `Các ngày của kỳ (${printDay(first)} – ${printDay(last)}) chồng lên kỳ “${other.name}” (${printDay(begins)} – ${printDay(ends)}).`,
      )
    }),
  ]
}

/** Days that contradict each other, one sentence per pair. */
export function dayFaults(days: PeriodDays): readonly Unmet[] {
  const [first, last] = spanOf(days)
  return [
    ...ORDER.flatMap(([early, late]) =>
      need(
        days[early] <= days[late],
        `order.${early}.${late}`,
        `${DAY_NAMES[early]} (${printDay(days[early])}) không được sau ${DAY_NAMES[late].toLocaleLowerCase('vi')} (${printDay(days[late])}).`,
      ),
    ),
    ...need(
      daysBetween(first, last) <= LONGEST,
      'daysFarApart',
      `Các ngày của kỳ cách nhau quá ${LONGEST} ngày, xin xem lại năm.`,
    ),
  ]
}
