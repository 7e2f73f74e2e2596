import type { Actor } from '../kernel/actor.ts'
import { Forbidden, NotFound } from '../kernel/refusals.ts'
import { dayOf, parseDay, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { page, redirect, type Route } from '../http/route.ts'
import { changeProfile, unitTarget, type UnitNeeds } from './change-profile.ts'
import { formFields, revisionFrom } from './form-fields.ts'
import { profileFrom } from './profile-input.ts'
import { isSchool, nameOn, type Unit } from './unit.ts'
import { profilePage } from './profile-page.ts'
import { provinceToArrange } from './operation-routes.ts'
import type { OperationStore } from './operation-store.ts'
import { unitPage, unitsPage } from './unit-page.ts'
import { mayUnit, WHO_CHANGES_PROFILE } from './unit-policy.ts'

export interface UnitRouteNeeds extends UnitNeeds {
  /** How many people hold a post in the unit on the day; posts are kept below this feature. */
  readonly staffCount: (unitId: string, day: Day) => Promise<number>
  /** Whether the person may open the list of posts; `chain` is the unit with all that manages it, the unit first. */
  readonly maySeeStaff: (actor: Actor, chain: readonly Unit[]) => boolean
  readonly operations: OperationStore
  /** The journal of a unit, for those who arrange units. */
  readonly history: (subject: { readonly kind: string; readonly id: string }) => Promise<readonly JournalEntry[]>
}

/** Units: the tree on a day, one unit, and the profile that a school keeps of itself. */
export const unitRoutes = (needs: UnitRouteNeeds): readonly Route[] => {
  const { units, now } = needs
  const pageIn = (text: string | undefined): number => Number(/^\d{1,4}$/.exec(text ?? '')?.[0] ?? 1)
  const dayIn = (text: string | undefined): Day => parseDay(text ?? '') ?? dayOf(now())
  const change = changeProfile(needs)

  return [
    {
      method: 'get',
      path: '/don-vi',
      access: 'signedIn',
      handle: async ({ actor, query }) => {
        const asked = {
          day: dayIn(query['ngay']),
          search: query['tim'] ?? '',
          kind: query['loai'] ?? '',
          page: pageIn(query['trang']),
        }
        const mayArrange = provinceToArrange(actor) !== undefined
        return page('organisations/units', 'Đơn vị', unitsPage(await units.tree(), asked, mayArrange))
      },
    },
    {
      method: 'get',
      path: '/don-vi/:id',
      access: 'signedIn',
      handle: async ({ actor, params, query }) => {
        const unit = await units.get(params['id'] ?? '')
        const day = dayIn(query['ngay'])
        const chain = await units.chainOf(unit.id, dayOf(now()))
        const mayArrange = provinceToArrange(actor) !== undefined
        const view = {
          unit,
          tree: await units.tree(),
          day,
          page: pageIn(query['trang']),
          mayArrange,
          operations: (await needs.operations.ofUnit(unit.id)).filter(each => each.state === 'applied' || mayArrange),
          history: mayArrange ? await needs.history({ kind: 'unit', id: unit.id }) : [],
          staff: await needs.staffCount(unit.id, day),
          maySeeStaff: needs.maySeeStaff(actor, chain),
          mayChangeProfile: mayUnit.changeProfile(actor, unitTarget(unit, chain)),
        }
        return page('organisations/unit', nameOn(unit, day), unitPage(view))
      },
    },
    {
      method: 'get',
      path: '/don-vi/:id/ho-so',
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const chain = await units.chainOf(params['id'] ?? '', dayOf(now()))
        const unit = chain[0]
        if (!unit || !isSchool(unit)) throw new NotFound('school')
        if (!mayUnit.changeProfile(actor, unitTarget(unit, chain)))
          throw new Forbidden('Không được sửa hồ sơ của trường này.', WHO_CHANGES_PROFILE)
        return page('organisations/profile', 'Hồ sơ trường', profilePage(unit, dayOf(now())))
      },
    },
    {
      method: 'post',
      path: '/don-vi/:id/ho-so',
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const id = params['id'] ?? ''
        const profile = profileFrom(body, Number(dayOf(now()).slice(0, 4)))
        await change(actor, id, profile, revisionFrom(formFields(body)))
        flash('success', 'Đã lưu hồ sơ trường.')
        return redirect(`/don-vi/${encodeURIComponent(id)}`)
      },
    },
  ]
}
