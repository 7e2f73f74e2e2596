import { SEAT_NAMES } from '../kernel/actor.ts'
import { parseDay, printDay, printInstant } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { pagerOf } from '../kernel/pager.ts'
import { printNumber } from '../kernel/words.ts'
import type { Assessment } from './assessment.ts'
import { crumbsOf } from './assessment-tabs.ts'
import { eventName, stateName, type Tone } from './assessment-words.ts'
import { assessmentHref } from './links.ts'

export interface HistoryFilter {
  readonly event: string
  readonly person: string
  readonly pageNumber: number
}

const PER_PAGE = 50

export const historyFilter = (query: Readonly<Record<string, string>>): HistoryFilter => ({
  event: query['viec'] ?? '',
  person: query['nguoi'] ?? '',
  pageNumber: Math.max(1, Number.parseInt(query['trang'] ?? '1', 10) || 1),
})

/** The journal of one assessment, newest first: what was done, by whom, when and why. */
export function historyPage(
  assessment: Assessment,
  schoolName: string,
  entries: readonly JournalEntry[],
  filter: HistoryFilter,
) {
  const shown = entries.filter(
    entry =>
      (filter.event === '' || entry.event === filter.event) &&
      (filter.person === '' || entry.by.personId === filter.person),
  )
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE))
  const at = Math.min(filter.pageNumber, pages)
  const address = (pageNumber: number): string =>
    `${assessmentHref(assessment.id)}/nhat-ky?${new URLSearchParams({
      viec: filter.event,
      nguoi: filter.person,
      trang: String(pageNumber),
    }).toString()}`
  return {
    breadcrumbs: crumbsOf(assessment, schoolName),
    filter,
    address: `${assessmentHref(assessment.id)}/nhat-ky`,
    events: [...new Set(entries.map(entry => entry.event))].map(event => ({ value: event, label: eventName(event) })),
    people: [...new Map(entries.map(entry => [entry.by.personId, entry.by.name]))].map(([value, label]) => ({
      value,
      label,
    })),
    lines: historyLines(shown.slice((at - 1) * PER_PAGE, at * PER_PAGE)),
    pager: pagerOf(at, pages, address),
  }
}

export interface HistoryLine {
  readonly when: string
  readonly what: string
  readonly who: string
  readonly detail: string
  readonly tone: Tone
}

const TONES: Readonly<Record<string, Tone>> = {
  returnToAuthor: 'orange',
  returnToGroup: 'orange',
  markReturned: 'orange',
  reopenReview: 'orange',
  reopen: 'orange',
  reopenSheet: 'orange',
  recall: 'orange',
  cancel: 'red',
  agree: 'green',
  adopt: 'green',
  markAccepted: 'green',
}

/** Entries of the journal in Vietnamese words. */
export const historyLines = (entries: readonly JournalEntry[]): readonly HistoryLine[] =>
  entries.map(entry => ({
    when: printInstant(entry.at),
    what: whatOf(entry),
    who: whoOf(entry),
    detail: [changeOf(entry), entry.reason ? `Lý do: ${entry.reason}` : '', factsOf(entry)]
      .filter(words => words !== '')
      .join(' · '),
    tone: TONES[entry.event] ?? (entry.from === entry.to ? 'grey' : 'blue'),
  }))

const whatOf = ({ event, subject }: JournalEntry): string =>
  subject.part === undefined ? eventName(event) : `${eventName(event)} – tiêu chí ${subject.part}`

const whoOf = ({ by }: JournalEntry): string =>
  by.seats.length === 0 ? by.name : `${by.name} (${by.seats.map(seat => SEAT_NAMES[seat]).join(', ')})`

function changeOf({ from, to, subject, facts }: JournalEntry): string {
  const sheet = subject.part !== undefined
  const place = facts?.['indicator']
  const of = typeof place === 'string' ? `Chỉ báo ${place} Mức ${String(facts?.['level'])}: ` : ''
  if (to === undefined || from === to) return from !== undefined && to === undefined ? `${of}bỏ đánh giá` : ''
  return from === undefined
    ? `${of}${stateName(to, sheet)}`
    : `${of}${stateName(from, sheet)} → ${stateName(to, sheet)}`
}

/** Small facts of a step that a reader understands: numbers, days, votes, level. */
const FACTS: Readonly<Record<string, (value: unknown) => string>> = {
  number: value => `số ${text(value)}`,
  date: value => dayWords('ngày', value),
  on: value => dayWords('ngày', value),
  openedOn: value => dayWords('từ', value),
  endsOn: value => dayWords('đến', value),
  to: value => (parseDay(text(value)) === undefined ? '' : dayWords('đến', value)),
  members: value => `${printNumber(Number(value))} thành viên`,
  version: value => `lần ${text(value)}`,
  level: value => (typeof value === 'number' ? (value === 0 ? 'không đạt' : `Mức ${value}`) : ''),
  place: value => text(value),
  group: value => text(value),
  changes: value => (Array.isArray(value) ? value.map(text).join('; ') : ''),
  minutes: value => `biên bản: ${text(value)}`,
  votes: votesWords,
  criteria: value => (Array.isArray(value) && value.length > 0 ? `tiêu chí ${value.join(', ')}` : ''),
}

const factsOf = ({ facts = {} }: JournalEntry): string =>
  Object.entries(facts)
    .map(([key, value]) => FACTS[key]?.(value) ?? '')
    .filter(words => words !== '')
    .join(', ')

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

const dayWords = (before: string, value: unknown): string => {
  const day = parseDay(text(value))
  return day === undefined ? '' : `${before} ${printDay(day)}`
}

function votesWords(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('for' in value) || !('total' in value)) return ''
  return `${text(value.for)}/${text(value.total)} phiếu tán thành`
}
