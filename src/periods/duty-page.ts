import { belongsToSchool } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { printDay, printInstant, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Unmet } from '../kernel/refusals.ts'
import { isPossible } from '../kernel/step.ts'
import { SCHOOL_KIND_NAMES } from '../kernel/unit-kinds.ts'
import { dutyHref, EXCUSE_SLUG, type Duty } from './duty.ts'
import { sentWords } from './duty-list.ts'
import { dutyLife, type DutyEvent } from './duty-machine.ts'
import { owes, type DutyCounts, type SeenDuty } from './owing.ts'
import { isRunning, periodHref, type Period } from './period.ts'
import type { SchoolStanding } from './period-needs.ts'
import { mayOnDuty } from './period-policy.ts'
import { dutyBadge, goneWords } from './periods-page.ts'

export interface DutyView {
  readonly period: Period
  readonly duty: SeenDuty
  readonly today: Day
  readonly parentName: string
  readonly lacks: readonly Unmet[]
  /** Only of schools. */
  readonly standing?: SchoolStanding
  /** Only of managing units. */
  readonly below?: DutyCounts
  readonly history: readonly JournalEntry[]
}

const EVENTS = [
  'start',
  'send',
  'accept',
  'return',
  'withdrawAcceptance',
  'excuse',
  'recallExcuse',
] as const satisfies readonly DutyEvent['type'][]

/** Steps of a duty that both the machine and the policy allow this person now. */
export const dutyStepsFor = (actor: Actor, period: Period, duty: Duty): readonly DutyEvent['type'][] =>
  isRunning(period)
    ? EVENTS.filter(
        type =>
          mayOnDuty[type](actor, duty) &&
          isPossible(dutyLife, duty.state, { running: true, frozen: false, aboveSent: false, lacks: [] }, type) &&
          (type !== 'withdrawAcceptance' || period.state === 'open'),
      )
    : []

const SLUGS: Readonly<Record<DutyEvent['type'], string>> = {
  start: 'bat-dau',
  send: 'gui',
  return: 'tra-lai',
  accept: 'chap-nhan',
  withdrawAcceptance: 'rut-chap-nhan',
  excuse: EXCUSE_SLUG,
  recallExcuse: 'bao-cao-lai',
}

/** One unit in one period: what it reports, what it lacks, and what this person can do with it now. */
export function dutyPage(actor: Actor, view: DutyView) {
  const { period, duty, today, parentName, lacks, standing, below } = view
  const href = dutyHref(duty)
  const offered = dutyStepsFor(actor, period, duty)
  const step = (type: DutyEvent['type']) =>
    offered.includes(type) ? { action: `${href}/${SLUGS[type]}`, label: dutyLife.eventNames[type] } : undefined
  return {
    breadcrumbs: [
      { label: 'Kỳ báo cáo', href: `/ky-bao-cao?nam=${period.year}` },
      { label: period.name, href: periodHref(period.id) },
    ],
    subtitle: duty.name,
    title: duty.name,
    badge: dutyBadge(duty, today),
    facts: [
      { term: 'Hạn gửi', text: printDay(duty.due) },
      {
        term: 'Loại đơn vị',
        text: duty.schoolKind === undefined ? 'Cấp quản lý trực tiếp' : SCHOOL_KIND_NAMES[duty.schoolKind],
      },
      { term: 'Gửi đến', text: parentName },
      ...(duty.sentAt ? [{ term: 'Gửi gần nhất', text: `${sentWords(duty)}, ${duty.sentBy ?? ''}` }] : []),
      ...(duty.returns > 0 ? [{ term: 'Số lần bị trả lại', text: String(duty.returns) }] : []),
      ...(duty.acceptedAt ? [{ term: 'Chấp nhận lúc', text: printInstant(duty.acceptedAt) }] : []),
      ...(duty.state === 'excused' && duty.excusedFor !== undefined
        ? [{ term: 'Lý do không phải báo cáo', text: duty.excusedFor }]
        : []),
      ...(duty.reminders.length > 0
        ? [{ term: 'Đã nhắc', text: duty.reminders.map(each => printDay(each.on)).join('; ') }]
        : []),
    ],
    ...(duty.state === 'inProgress' &&
      duty.returned && {
        returned: {
          reason: duty.returned.reason,
          who: `${duty.returned.by}, ${printInstant(duty.returned.at)}`,
        },
      }),
    ...(duty.state === 'sent' &&
      duty.acceptanceWithdrawn && {
        withdrawn: {
          reason: duty.acceptanceWithdrawn.reason,
          who: `${duty.acceptanceWithdrawn.by}, ${printInstant(duty.acceptanceWithdrawn.at)}`,
        },
      }),
    note: duty.note ?? '',
    content: standing ? contentOf(standing, belongsToSchool(actor, duty.unitId, duty.year)) : [],
    ...(below && {
      below: {
        href: `${periodHref(period.id)}?donvi=${encodeURIComponent(duty.unitId)}`,
        label: 'Xem các đơn vị trực thuộc',
        value: below.accepted + below.excused,
        max: below.all,
        note: `${below.accepted} đã chấp nhận, ${below.excused} không phải báo cáo, ${below.sent} chờ xem xét, ${below.due + below.inProgress} chưa gửi${goneWords(below.gone)}`,
      },
    }),
    gone: duty.gone ?? '',
    lacks: owes(duty) || offered.includes('accept') ? lacks : [],
    lacksHead: offered.includes('accept') ? 'Trước khi chấp nhận' : 'Trước khi gửi',
    steps: {
      start: step('start'),
      send: step('send'),
      accept: step('accept'),
      return: step('return'),
      withdrawAcceptance: step('withdrawAcceptance'),
      excuse: step('excuse'),
      recallExcuse: step('recallExcuse'),
    },
    history: view.history.map(entry => ({
      when: printInstant(entry.at),
      what: isEvent(entry.event) ? dutyLife.eventNames[entry.event] : 'Theo cây đơn vị của ngày chốt số liệu',
      who: entry.by.name,
      ...(entry.reason !== undefined && { detail: entry.reason }),
    })),
  }
}

const isEvent = (event: string): event is DutyEvent['type'] => event in dutyLife.eventNames

/** What the school has to show: where its self-assessment, its reconciliation and its figures stand. */
const contentOf = ({ assessment, reconciliation, figures }: SchoolStanding, isOwn: boolean) => [
  assessment
    ? {
        term: 'Tự đánh giá',
        ...(assessment.sent || isOwn
          ? {
              text:
                assessment.level === undefined
                  ? 'Xem'
                  : `Xem (${assessment.level === 0 ? 'không đạt' : `Mức ${assessment.level}`})`,
              href: assessment.href,
            }
          : { text: 'Xem được khi trường đã gửi báo cáo' }),
        badge: { label: assessment.state, tone: assessment.tone },
      }
    : { term: 'Tự đánh giá', text: 'Chưa mở đợt tự đánh giá của năm học này' },
  {
    term: 'Đối sánh số liệu',
    text: 'Xem',
    href: reconciliation.href,
    badge: { label: reconciliation.label, tone: reconciliation.done ? 'green' : 'orange' },
  },
  {
    term: 'Số liệu của năm học',
    text: 'Xem',
    href: figures.href,
    badge: figures.entered ? { label: 'Đã nhập', tone: 'green' } : { label: 'Chưa nhập', tone: 'orange' },
  },
]
