import type { Actor } from '../kernel/actor.ts'
import { dayOf, parseDay } from '../kernel/dates.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { page, redirect, type Route } from '../http/route.ts'
import { formFields, type Unit } from '../organisations/index.ts'
import { appoint, checkAppointment, endSeat, targetOf } from './appoint.ts'
import type { HandOverNeeds } from './hand-over.ts'
import { handoverRoutes } from './handover-routes.ts'
import { appointmentFrom, endFrom } from './seat-input.ts'
import { maySeat } from './seat-policy.ts'
import { dutiesPage, staffPage } from './seats-page.ts'

export interface SeatRouteNeeds extends HandOverNeeds {
  /** People who can be appointed: those of the unit, and whom the search finds. */
  readonly candidatesFor: (
    unitId: string,
    search: string,
  ) => Promise<readonly { readonly id: string; readonly name: string; readonly note?: string }[]>
  /** Enters a new person with an account; the link to it is shown once. Refuses whoever may not create accounts there. */
  readonly createPerson: (
    actor: Actor,
    person: { readonly name: string; readonly username: string; readonly unitId: string },
  ) => Promise<{
    readonly id: string
    readonly name: string
    readonly username: string
    readonly link: string
    /** The link as a QR code: a data address. */
    readonly picture: string
  }>
}

/** People in posts of a unit, and what each seat may do. */
export const seatRoutes = (needs: SeatRouteNeeds): readonly Route[] => {
  const { units, seats, now } = needs
  const [add, end] = [appoint(needs), endSeat(needs)]

  const chainFor = async (actor: Actor, unitId: string): Promise<readonly Unit[]> => {
    const chain = await units.chainOf(unitId, dayOf(now()))
    if (chain.length === 0 || !maySeat.read(actor, targetOf(chain, 'staff'))) throw new NotFound(`unit ${unitId}`)
    return chain
  }

  return [
    ...handoverRoutes(needs),
    {
      method: 'get',
      path: '/don-vi/:id/nhan-su',
      access: 'signedIn',
      handle: async ({ actor, params, query }) => {
        const unitId = params['id'] ?? ''
        const chain = await chainFor(actor, unitId)
        const { seats: list, handovers } = await seats.ofUnit(unitId)
        const search = query['tim'] ?? ''
        const view = {
          actor,
          chain,
          day: parseDay(query['ngay'] ?? '') ?? dayOf(now()),
          seats: list,
          handovers,
          names: await needs.namesOf([...new Set(list.map(seat => seat.personId))]),
          candidates: await needs.candidatesFor(unitId, search),
          search,
        }
        return page('seats/staff', 'Nhân sự', staffPage(view))
      },
    },
    {
      method: 'post',
      path: '/don-vi/:id/nhan-su',
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const unitId = params['id'] ?? ''
        const { appointee, seat, reason } = appointmentFrom(formFields(body))
        const href = `/don-vi/${encodeURIComponent(unitId)}/nhan-su`
        if (appointee.kind === 'known') {
          // Whoever may not appoint here is told that first, and learns nothing of who is known elsewhere.
          await checkAppointment(needs)(actor, unitId, { ...seat, personId: appointee.personId })
          if (!(await needs.namesOf([appointee.personId])).has(appointee.personId))
            throw new InvalidInput({ personId: 'Không có người này.' })
          await add(actor, unitId, { ...seat, personId: appointee.personId }, reason)
          flash('success', 'Đã thêm nhân sự.')
          return redirect(href)
        }
        const { name, username } = appointee
        // Nobody is entered for a post that cannot be given.
        await checkAppointment(needs)(actor, unitId, { ...seat, personId: '' })
        const person = await needs.createPerson(actor, { name, username, unitId })
        await add(actor, unitId, { ...seat, personId: person.id }, reason)
        return page('seats/created', 'Đã tạo tài khoản', { ...person, href })
      },
    },
    {
      method: 'post',
      path: '/don-vi/:id/nhan-su/thoi-giu',
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const unitId = params['id'] ?? ''
        const fields = formFields(body)
        const { to, reason } = endFrom(fields)
        await end(actor, unitId, fields.text('seatId'), to, reason)
        flash('success', 'Đã ghi ngày thôi giữ vị trí.')
        return redirect(`/don-vi/${encodeURIComponent(unitId)}/nhan-su`)
      },
    },
    {
      method: 'get',
      path: '/quyen-va-nhiem-vu',
      access: 'signedIn',
      handle: ({ actor }) => page('seats/duties', 'Quyền và nhiệm vụ', dutiesPage(actor)),
    },
  ]
}
