import { printDay, type Day } from '../kernel/dates.ts'
import { printNumber, printShare } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { dutyHref } from './duty.ts'
import { DUTY_STATES } from './duty-machine.ts'
import { isLateDuty, type DutyCounts, type SeenDuty } from './owing.ts'
import { KIND_NAMES, periodHref, TABLE_SET_NAMES, type Period, type PeriodKind, type PeriodPlan } from './period.ts'
import { PERIOD_STATES } from './period-machine.ts'
import { DAY_FIELDS, DAY_NAMES } from './proposed-days.ts'

/** One period as a person meets it: the own duty in it, or the units below. */
export interface PeriodLine {
  readonly period: Period
  readonly own?: SeenDuty
  readonly below?: DutyCounts
}

export interface PeriodsView {
  readonly year: WorkingYear
  readonly today: Day
  readonly lines: readonly PeriodLine[]
  /** Only for those who plan. */
  readonly proposed: readonly (PeriodPlan & { readonly kind: PeriodKind })[]
}

/** Badge of a duty on a day: a late one and one of a unit that owes nothing any more say so in words. */
export function dutyBadge(duty: SeenDuty, today: Day) {
  if (duty.gone !== undefined) return { label: NO_LONGER_OWED, tone: 'grey' }
  return isLateDuty(duty, today)
    ? { label: `${DUTY_STATES[duty.state].label}, quá hạn`, tone: 'red' }
    : DUTY_STATES[duty.state]
}

/** What lists and badges call the report of a unit that owes none any more and was not excused yet. */
export const NO_LONGER_OWED = 'Không còn thuộc diện'

/** How many units owe nothing any more, as the end of a sentence; empty when none does. */
export const goneWords = (gone: number): string =>
  gone === 0 ? '' : `; ${printNumber(gone)} không còn thuộc diện báo cáo`

/** The fields of a plan's form. */
export const planFields = (plan: PeriodPlan, action: string) => ({
  action,
  name: plan.name,
  tableSet: plan.tableSet,
  tableSets: Object.entries(TABLE_SET_NAMES).map(([value, label]) => ({ value, label })),
  asksReconciliation: plan.asksReconciliation,
  days: DAY_FIELDS.map(field => ({ name: field, label: DAY_NAMES[field], value: plan[field] })),
})

/** The periods of a year; for the Sở with those that can be planned. */
export function periodsPage({ year, today, lines, proposed }: PeriodsView) {
  return {
    subtitle: `Năm học ${year}`,
    periods: lines.map(({ period, own, below }) => ({
      title: period.name,
      href: periodHref(period.id),
      badge: PERIOD_STATES[period.state],
      facts: [
        { term: 'Nội dung', text: TABLE_SET_NAMES[period.tableSet] },
        { term: 'Ngày Sở chốt số liệu', text: printDay(period.closing) },
        ...(own
          ? [
              { term: 'Hạn gửi của đơn vị', text: printDay(own.due) },
              { term: 'Báo cáo của đơn vị', text: 'Mở', href: dutyHref(own), badge: dutyBadge(own, today) },
            ]
          : [
              { term: 'Hạn Sở hoàn thành tổng hợp', text: printDay(period.provinceDue) },
              { term: 'Hạn báo cáo Bộ', text: printDay(period.ministryDue) },
            ]),
        ...(below && below.all > 0
          ? [
              {
                term: 'Đơn vị trực thuộc',
                text: `${below.accepted + below.excused}/${below.all} đã xong (${printShare(below.accepted + below.excused, below.all)} số đơn vị)${goneWords(below.gone)}`,
                href: periodHref(period.id),
                ...(below.late > 0 && { badge: { label: `${below.late} quá hạn`, tone: 'red' } }),
              },
            ]
          : []),
      ],
    })),
    proposed: proposed.map(plan => ({
      title: `Lập kỳ báo cáo: ${KIND_NAMES[plan.kind].toLocaleLowerCase('vi')}`,
      kind: plan.kind,
      ...planFields(plan, `/ky-bao-cao/lap/${plan.kind}`),
    })),
    nothing: {
      title: 'Chưa có kỳ báo cáo nào',
      text: 'Kỳ báo cáo hiện ở đây khi Sở mở.',
    },
  }
}
