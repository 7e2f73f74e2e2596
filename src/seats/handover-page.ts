import { printDay, type Day } from '../kernel/dates.ts'
import { nameOn, type Unit } from '../organisations/index.ts'
import type { Handover, HandoverItem, OpenWork } from './handover.ts'
import type { OfficeSeat } from './office-seat.ts'

const unitCrumbs = (chain: readonly Unit[], day: Day) => {
  const [unit] = chain
  const href = `/don-vi/${encodeURIComponent(unit?.id ?? '')}`
  return [
    { label: unit ? nameOn(unit, day) : '', href },
    { label: 'Nhân sự', href: `${href}/nhan-su` },
  ]
}

export interface HandOverView {
  readonly chain: readonly Unit[]
  readonly seat: OfficeSeat
  readonly name: string
  readonly work: readonly OpenWork[]
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly note?: string }[]
  readonly search: string
  readonly day: Day
}

/** The dialog that passes a seat on: who takes it, from when, and which open work goes along. */
export function handOverPage({ chain, seat, name, work, candidates, search, day }: HandOverView) {
  const crumbs = unitCrumbs(chain, day)
  const href = `/don-vi/${encodeURIComponent(seat.unitId)}/ban-giao`
  return {
    breadcrumbs: crumbs,
    subtitle: `${name} – ${seat.post}`,
    action: href,
    search: { action: href, seatId: seat.id, typed: search },
    seatId: seat.id,
    day,
    people: candidates
      .filter(({ id }) => id !== seat.personId)
      .map(({ id, name: who, note }) => ({ value: id, label: note ? `${who} (${note})` : who })),
    work: work.filter(({ movable }) => movable).map(({ id, what }) => ({ value: id, label: what })),
    byHand: work.filter(({ movable }) => !movable).map(({ what, href: to }) => ({ text: what, href: to })),
    cancel: crumbs.at(-1)?.href,
  }
}

const STATES: Readonly<Record<HandoverItem['state'], { readonly label: string; readonly tone: string }>> = {
  waiting: { label: 'Đang chuyển', tone: 'blue' },
  moved: { label: 'Đã chuyển', tone: 'green' },
  left: { label: 'Cần làm tiếp', tone: 'orange' },
}

/** What a handover moved, and what is left with the reason. */
export const handoverDonePage = (
  chain: readonly Unit[],
  { fromPersonId, toPersonId, post, on, items }: Handover,
  names: ReadonlyMap<string, string>,
  day: Day,
) => ({
  breadcrumbs: unitCrumbs(chain, day),
  facts: [
    { term: 'Vị trí', text: post },
    { term: 'Người bàn giao', text: names.get(fromPersonId) ?? fromPersonId },
    { term: 'Người nhận', text: names.get(toPersonId) ?? toPersonId },
    { term: 'Nhận từ ngày', text: printDay(on) },
  ],
  head: ['Việc', 'Kết quả'],
  rows: items.map(({ what, href, state, why }) => [
    { text: what, ...(href !== undefined && state === 'left' && { href }) },
    { badge: STATES[state], ...(why !== undefined && { note: why }) },
  ]),
})
