import { page, redirect, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { formFields } from '../organisations/index.ts'
import { delegateHead } from './delegate-head.ts'
import { leftOf } from './handover.ts'
import { handOver, seatToHandOver, type HandOverNeeds } from './hand-over.ts'
import { handOverPage, handoverDonePage } from './handover-page.ts'
import { delegationFrom, handOverFrom } from './seat-input.ts'

export interface HandoverRouteNeeds extends HandOverNeeds {
  /** People who can be given a seat of the unit: those of the unit, and whom the search finds. */
  readonly candidatesFor: (
    unitId: string,
    search: string,
  ) => Promise<readonly { readonly id: string; readonly name: string; readonly note?: string }[]>
}

/** Handing a seat over with its open work, and standing in for the head. */
export function handoverRoutes(needs: HandoverRouteNeeds): readonly Route[] {
  const [give, delegate, seatOf] = [handOver(needs), delegateHead(needs), seatToHandOver(needs)]
  const staffHref = (unitId: string): string => `/don-vi/${encodeURIComponent(unitId)}/nhan-su`
  return [
    {
      method: 'get',
      path: '/don-vi/:id/ban-giao',
      access: 'signedIn',
      handle: async ({ actor, params, query }) => {
        const unitId = params['id'] ?? ''
        const { chain, seat } = await seatOf(actor, unitId, query['vitri'] ?? '')
        const search = query['tim'] ?? ''
        const [names, work, candidates] = await Promise.all([
          needs.namesOf([seat.personId]),
          needs.openWorkOf(seat.personId, unitId),
          needs.candidatesFor(unitId, search),
        ])
        const name = names.get(seat.personId) ?? seat.personId
        const model = { chain, seat, name, work, candidates, search, day: dayOf(needs.now()) }
        return page('seats/hand-over', 'Bàn giao vị trí', handOverPage(model))
      },
    },
    {
      method: 'post',
      path: '/don-vi/:id/ban-giao',
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const unitId = params['id'] ?? ''
        const done = await give(actor, unitId, handOverFrom(formFields(body)))
        const left = leftOf(done).length
        flash(
          left === 0 ? 'success' : 'warning',
          left === 0 ? 'Đã bàn giao.' : `Đã bàn giao vị trí; còn ${left} việc cần làm tiếp.`,
        )
        return redirect(`/don-vi/${encodeURIComponent(unitId)}/ban-giao/${done.id}`)
      },
    },
    {
      method: 'get',
      path: '/don-vi/:id/ban-giao/:handover',
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const unitId = params['id'] ?? ''
        const { handovers, seats } = await needs.seats.ofUnit(unitId)
        const found = handovers.find(each => each.id === params['handover'])
        const seat = seats.find(each => each.personId === found?.fromPersonId)
        if (!found || !seat) throw new NotFound(`handover ${params['handover'] ?? ''}`)
        const { chain } = await seatOf(actor, unitId, seat.id)
        const names = await needs.namesOf([found.fromPersonId, found.toPersonId])
        return page('seats/handed-over', 'Biên bản bàn giao', handoverDonePage(chain, found, names, dayOf(needs.now())))
      },
    },
    {
      method: 'post',
      path: '/don-vi/:id/uy-quyen',
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const unitId = params['id'] ?? ''
        await delegate(actor, unitId, delegationFrom(formFields(body)))
        flash('success', 'Đã ghi ủy quyền phụ trách.')
        return redirect(staffHref(unitId))
      },
    },
  ]
}
