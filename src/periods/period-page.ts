import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { isPossible, unmetOf } from '../kernel/step.ts'
import { compareVietnamese, printNumber, printShare } from '../kernel/words.ts'
import type { Snapshot } from '../rollups/index.ts'
import { dutyHref, isSettled } from './duty.ts'
import { dutyStepsFor } from './duty-page.ts'
import { dutiesOnPage, dutyListModel, inListOrder, listHref, type DutyQuery } from './duty-list.ts'
import { countsOf, owes, type SeenDuty } from './owing.ts'
import { isRunning, periodHref, TABLE_SET_NAMES, type Period } from './period.ts'
import { PERIOD_STATES, periodConditions, periodLife, type PeriodEvent, type PeriodFacts } from './period-machine.ts'
import type { SignedReport } from './period-needs.ts'
import { mayOnDuty, mayOnPeriod } from './period-policy.ts'
import { goneWords, planFields } from './periods-page.ts'
import { DAY_FIELDS, DAY_NAMES } from './proposed-days.ts'

export interface PeriodView {
  readonly period: Period
  readonly facts: PeriodFacts
  readonly today: Day
  /** The units that this person sees, before tabs and pages. */
  readonly duties: readonly SeenDuty[]
  readonly query: DutyQuery
  /** Name of the unit whose units are listed; absent when the person sees none. */
  readonly of?: { readonly id: string; readonly name: string }
  /** The duty of the unit that the page is about, or of the person's own unit. */
  readonly own?: SeenDuty
  readonly names: ReadonlyMap<string, string>
  readonly snapshots: readonly Snapshot[]
  /** For the Sở: its own report of the period. */
  readonly report?: SignedReport
  readonly history: readonly JournalEntry[]
}

/** Most units that the form of a correction offers; the list's filters lead to any other. */
const UNITS_OFFERED = 200

type Offered = Exclude<PeriodEvent['type'], 'lockFigures'>

const OFFERED: readonly Offered[] = ['open', 'consolidate', 'sign', 'publish', 'correct']

/** Steps of a period that both the machine and the policy allow this person now. */
export const periodStepsFor = (actor: Actor, period: Period, facts: PeriodFacts): readonly Offered[] =>
  OFFERED.filter(type => mayOnPeriod[type](actor, period) && isPossible(periodLife, period.state, facts, type))

const SLUGS: Readonly<Record<Offered, string>> = {
  open: 'mo',
  consolidate: 'tong-hop',
  sign: 'ky',
  publish: 'cong-bo',
  correct: 'dinh-chinh',
}

/** One period: its days, how far the units are, what this person can do with it now. */
export function periodPage(actor: Actor, view: PeriodView) {
  const { period, facts, today, duties, query, of, names } = view
  const href = periodHref(period.id)
  const offered = periodStepsFor(actor, period, facts)
  const step = (type: Offered) =>
    offered.includes(type) ? { action: `${href}/${SLUGS[type]}`, label: periodLife.eventNames[type] } : undefined
  const settled = duties.filter(isSettled).length
  const onPage = dutiesOnPage(duties, query, today)
  const may = (right: 'accept' | 'return' | 'excuse' | 'remind'): boolean =>
    isRunning(period) && onPage.some(duty => (right !== 'remind' || owes(duty)) && mayOnDuty[right](actor, duty))
  return {
    breadcrumbs: [
      { label: 'Kỳ báo cáo', href: `/ky-bao-cao?nam=${period.year}` },
      ...(of && query.unitId !== undefined ? [{ label: period.name, href }] : []),
    ],
    subtitle: of ? `${of.name} – năm học ${period.year}` : `Năm học ${period.year}`,
    actions: actionsOf(view),
    badge: PERIOD_STATES[period.state],
    facts: [
      { term: 'Nội dung', text: TABLE_SET_NAMES[period.tableSet] },
      ...DAY_FIELDS.map(field => ({ term: DAY_NAMES[field], text: printDay(period[field]) })),
      {
        term: 'Đối sánh số liệu',
        text: period.asksReconciliation ? 'Phải được hiệu trưởng xác nhận trước khi gửi' : 'Không bắt buộc',
      },
      ...(period.dispatch
        ? [
            {
              term: 'Báo cáo gửi Bộ',
              text: `Số ${period.dispatch.number}, ngày ${printDay(period.dispatch.date)}`,
              ...(view.report && { href: view.report.href }),
            },
          ]
        : []),
    ],
    snapshots: snapshotLines(view),
    editable:
      period.state === 'planned' && mayOnPeriod.plan(actor, period)
        ? { ...planFields(period, `${href}/sua`), revision: period.rev }
        : undefined,
    steps: {
      open: step('open') && {
        ...step('open'),
        confirm: `Mở kỳ báo cáo? ${printNumber(facts.obliged)} đơn vị sẽ nhận nhiệm vụ báo cáo và thông báo. Sau khi mở không sửa được các ngày.`,
        obliged: printNumber(facts.obliged),
        unmet: unmetOf(periodConditions, facts, { type: 'open' }),
      },
      consolidate: step('consolidate') && { ...step('consolidate'), unmet: facts.waiting },
      sign: step('sign') &&
        view.report && {
          ...step('sign'),
          report: view.report.href,
          signed: view.report.signed && `Số ${view.report.signed.number}, ngày ${printDay(view.report.signed.date)}`,
        },
      publish: step('publish') && { ...step('publish'), confirm: 'Công bố kết quả của kỳ báo cáo?' },
      correct: step('correct') && {
        ...step('correct'),
        units: inListOrder(duties, today)
          .slice(0, UNITS_OFFERED)
          .toSorted((a, b) => compareVietnamese(a.name, b.name))
          .map(({ unitId, name }) => ({ value: unitId, label: name })),
      },
    },
    progress:
      of && duties.length > 0
        ? {
            label: 'Đơn vị đã được chấp nhận hoặc không phải báo cáo',
            value: settled,
            max: duties.length,
            note: `${settled}/${duties.length} đơn vị (${printShare(settled, duties.length)})${goneWords(countsOf(duties, today).gone)}`,
            tone: settled === duties.length ? 'green' : 'blue',
          }
        : undefined,
    list:
      of && duties.length > 0
        ? {
            ...dutyListModel(duties, {
              periodId: period.id,
              query,
              today,
              names,
              mayExcuse: duty => dutyStepsFor(actor, period, duty).includes('excuse'),
            }),
            mayAct: may('accept') || may('remind') || may('excuse'),
            several: {
              accept: may('accept') ? `${href}/chap-nhan` : '',
              remind: may('remind') ? `${href}/nhac` : '',
              return: may('return') ? `${href}/tra-lai` : '',
              excuse: may('excuse') ? `${href}/khong-phai-bao-cao` : '',
            },
          }
        : undefined,
    history: view.history.map(entry => ({
      when: printInstant(entry.at),
      what: EVENT_WORDS[entry.event] ?? entry.event,
      who: entry.by.name,
      ...(entry.reason !== undefined && { detail: entry.reason }),
    })),
  }
}

/** Links beside the heading: the own report, the list as a spreadsheet. */
function actionsOf({ period, own, of, query, duties }: PeriodView) {
  // The list as it is filtered on the screen, all of its pages.
  const asked = listHref(period.id, query).split('?')[1] ?? ''
  return [
    ...(of && duties.length > 0
      ? [
          {
            label: 'Tải danh sách (XLSX)',
            href: `${periodHref(period.id)}/danh-sach.xlsx${asked === '' ? '' : `?${asked}`}`,
            icon: 'download',
          },
        ]
      : []),
    ...(own ? [{ label: 'Báo cáo của đơn vị', href: dutyHref(own), icon: 'file', primary: true }] : []),
  ]
}

/** Versions of the frozen figures, the one in force marked; each says why it was made. */
function snapshotLines({ period, snapshots, names }: PeriodView) {
  return snapshots.map(({ id, hash, at, schools, version, correction }) => ({
    badge:
      id === period.snapshotId
        ? { label: 'Đang dùng', tone: 'green' }
        : period.corrections.some(each => each.version > version)
          ? { label: 'Được giữ lại', tone: 'grey' }
          : { label: 'Không có hiệu lực', tone: 'grey' },
    facts: [
      { term: 'Mã bản chốt', text: id },
      { term: 'Lập lúc', text: printInstant(at) },
      { term: 'Số trường', text: String(schools) },
      { term: 'SHA-256', text: hash },
      ...(correction
        ? [
            { term: 'Lý do đính chính', text: correction.reason },
            { term: 'Đơn vị', text: correction.unitIds.map(unit => names.get(unit) ?? unit).join('; ') },
          ]
        : []),
    ],
  }))
}

const EVENT_WORDS: Readonly<Record<string, string>> = {
  plan: 'Lập kỳ báo cáo',
  changePlan: 'Sửa kế hoạch của kỳ',
  ...periodLife.eventNames,
}
