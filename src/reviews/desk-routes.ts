import { page, redirect, type Request, type Route } from '../http/route.ts'
import { Forbidden } from '../kernel/refusals.ts'
import { dayOf } from '../kernel/dates.ts'
import { MANAGING_ROLES, type Actor } from '../kernel/actor.ts'
import { assignMany } from './assign.ts'
import { DESK_PAGE, deskFilter, deskPage, whereOf } from './desk-page.ts'
import type { ReviewNeeds } from './needs.ts'
import { assignmentFrom } from './review-input.ts'
import { mayOnReview } from './review-policy.ts'

const isReviewer = (actor: Actor): boolean => actor.seats.some(({ role }) => MANAGING_ROLES.includes(role))

/** The desk of a managing unit: its queue, who has how much of it, and giving work out. */
export function deskRoutes(needs: ReviewNeeds): Route[] {
  const show = async ({ actor, query, year }: Request) => {
    if (!isReviewer(actor))
      throw new Forbidden('Mục này dành cho cơ quan quản lý các trường.', 'công chức, lãnh đạo của cơ quan quản lý')
    const today = dayOf(needs.assessment.now())
    const filter = deskFilter(query)
    const right = filter.scope === 'minh' ? mayOnReview.begin : mayOnReview.read
    const where = right.where(actor)
    const skip = (filter.pageNumber - 1) * DESK_PAGE
    const [{ reviews, total }, counts, loads, officers] = await Promise.all([
      needs.reviews.list(year, [where, ...whereOf(filter)], { skip, limit: DESK_PAGE }),
      needs.reviews.countStates(year, where),
      needs.reviews.loads(year, where, today),
      officersUnder(needs, actor),
    ])
    const names = await needs.unitNames(reviews.flatMap(({ schoolId, handlerId }) => [schoolId, handlerId]))
    const model = deskPage({ filter, year, reviews, total, counts, loads, names, officers, today })
    return page('reviews/desk', 'Xem xét báo cáo', model)
  }
  return [
    { method: 'get', path: '/xem-xet', access: 'signedIn', handle: show },
    {
      method: 'post',
      path: '/xem-xet/phan-cong',
      access: 'signedIn',
      handle: async ({ actor, body, year, flash }) => {
        const { ids, officer } = assignmentFrom(body)
        const count = await assignMany(needs)(actor, ids, officer)
        flash('success', `Đã phân công ${count} hồ sơ.`)
        return redirect(`/xem-xet?nam=${year}`)
      },
    },
  ]
}

/** Officers of the units that this person leads. */
async function officersUnder(needs: ReviewNeeds, actor: Actor) {
  const led = actor.seats.filter(({ role }) => role === 'middleLead' || role === 'provinceLead')
  const units = [...new Set(led.map(({ unitId }) => unitId))]
  return (await Promise.all(units.map(unitId => needs.officersOf(unitId)))).flat()
}
