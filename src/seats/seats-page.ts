import type { Actor } from '../kernel/actor.ts'
import { printDay, type Day } from '../kernel/dates.ts'
import { nameOn, type Unit } from '../organisations/index.ts'
import { rolesOf, targetOf } from './appoint.ts'
import { mayDelegateHead, standInCandidates } from './delegate-head.ts'
import { leftOf, type Handover } from './handover.ts'
import { BODIES, POST_KINDS, type OfficeSeat, type PostKind } from './office-seat.ts'
import { maySeat } from './seat-policy.ts'
import { staffFrom } from './seat-reader.ts'
import { BODY_NAMES, DUTIES, POST_KIND_NAMES, ROLE_NAMES } from './seat-words.ts'

export interface StaffView {
  readonly actor: Actor
  /** The unit and everything above it. */
  readonly chain: readonly Unit[]
  readonly day: Day
  readonly seats: readonly OfficeSeat[]
  readonly handovers: readonly Handover[]
  readonly names: ReadonlyMap<string, string>
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly note?: string }[]
  readonly search: string
}

const seatHref = (unitId: string): string => `/don-vi/${encodeURIComponent(unitId)}/nhan-su`

const SCHOOL_POSTS: readonly PostKind[] = POST_KINDS.filter(kind => kind !== 'officer')

/** People of a unit on a day, those who have left, and the forms that this person may use. */
export function staffPage({ actor, chain, day, seats, handovers, names, candidates, search }: StaffView) {
  const unit = chain[0]
  const unitId = unit?.id ?? ''
  const current = seats.filter(seat => seat.from <= day && (seat.to === undefined || day <= seat.to))
  const others = seats.filter(seat => !current.includes(seat)).toSorted((a, b) => b.from.localeCompare(a.from))
  const roles = unit ? rolesOf(unit).filter(role => maySeat.appoint(actor, targetOf(chain, role))) : []
  const nameOf = (seat: OfficeSeat): string => names.get(seat.personId) ?? seat.personId
  const endable = staffFrom(current, names)
    .flatMap(member => member.seats)
    .filter(seat => (seat.standsIn === undefined ? seat.to === undefined : true))
    .filter(seat => maySeat[seat.standsIn === undefined ? 'end' : 'delegate'](actor, targetOf(chain, seat.role)))
  const endableRoles = unit ? rolesOf(unit).filter(role => maySeat.end(actor, targetOf(chain, role))) : []
  return {
    breadcrumbs: [
      { label: 'Đơn vị', href: '/don-vi' },
      { label: unit ? nameOn(unit, day) : '', href: `/don-vi/${encodeURIComponent(unitId)}` },
    ],
    subtitle: `Vào ngày ${printDay(day)}`,
    actions: [{ label: 'Quyền và nhiệm vụ', href: '/quyen-va-nhiem-vu', icon: 'info' }],
    day,
    href: seatHref(unitId),
    head: ['Họ và tên', 'Chức vụ', 'Vai trò trong hệ thống', 'Đại diện cho', 'Thời gian'],
    rows: staffFrom(current, names).map(member => [
      member.name,
      member.post,
      [...new Set(member.seats.map(roleWords))].join('; '),
      member.represents.map(body => BODY_NAMES[body]).join('; ') || '–',
      member.seats.map(printSpan).join('; '),
    ]),
    past: {
      head: ['Họ và tên', 'Chức vụ', 'Thời gian'],
      rows: others.map(seat => [nameOf(seat), seat.post, printSpan(seat)]),
    },
    ends: endable.map(seat => ({
      value: seat.id,
      label: `${nameOf(seat)} – ${seat.post}`,
    })),
    handOvers: endable
      .filter(seat => seat.standsIn === undefined && maySeat.appoint(actor, targetOf(chain, seat.role)))
      .map(seat => ({ value: seat.id, label: `${nameOf(seat)} – ${seat.post}` })),
    handOverHref: `/don-vi/${encodeURIComponent(unitId)}/ban-giao`,
    handed: handovers
      .toReversed()
      .filter(handover =>
        seats.some(seat => seat.personId === handover.fromPersonId && endableRoles.includes(seat.role)),
      )
      .slice(0, 10)
      .map(handover => [
        { text: printDay(handover.on), href: `/don-vi/${encodeURIComponent(unitId)}/ban-giao/${handover.id}` },
        handover.post,
        names.get(handover.fromPersonId) ?? handover.fromPersonId,
        names.get(handover.toPersonId) ?? handover.toPersonId,
        leftOf(handover).length === 0
          ? { badge: { label: 'Đã xong', tone: 'green' } }
          : { badge: { label: `Còn ${leftOf(handover).length} việc`, tone: 'orange' } },
      ]),
    delegation:
      unit?.kind === 'school' && mayDelegateHead(actor, chain, seats, day)
        ? {
            action: `/don-vi/${encodeURIComponent(unitId)}/uy-quyen`,
            people: standInCandidates({ seats }, day).map(seat => ({
              value: seat.personId,
              label: `${nameOf(seat)} – ${seat.post}`,
            })),
          }
        : undefined,
    search,
    form:
      roles.length === 0
        ? undefined
        : {
            action: seatHref(unitId),
            people: candidates.map(({ id, name, note }) => ({ value: id, label: note ? `${name} (${note})` : name })),
            role: roles.includes('staff') ? 'staff' : roles[0],
            postKind: unit?.kind === 'school' ? (roles.includes('staff') ? 'teacher' : 'principal') : 'officer',
            roles: roles.map(role => ({ value: role, label: ROLE_NAMES[role] })),
            postKinds: (unit?.kind === 'school' ? SCHOOL_POSTS : (['officer'] as const)).map(kind => ({
              value: kind,
              label: POST_KIND_NAMES[kind],
            })),
            bodies: unit?.kind === 'school' ? BODIES.map(body => ({ value: body, label: BODY_NAMES[body] })) : [],
          },
  }
}

const roleWords = ({ role, standsIn }: OfficeSeat): string =>
  standsIn === undefined ? ROLE_NAMES[role] : `Phụ trách trường theo ủy quyền (${standsIn})`

const printSpan = ({ from, to }: OfficeSeat): string =>
  to === undefined ? `từ ${printDay(from)}` : `${printDay(from)} – ${printDay(to)}`

/** What every seat is there for; those of the reader are marked. */
export const dutiesPage = (actor: Actor) => ({
  subtitle: 'Quyền đi theo vị trí mà một người giữ ở một đơn vị, trong một năm học',
  seats: DUTIES.map(({ role, holder, duties, limits }) => ({
    name: ROLE_NAMES[role],
    holder,
    duties,
    limits,
    mine: actor.seats.some(seat => seat.role === role),
  })),
})
