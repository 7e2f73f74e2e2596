import { NOBODY, page, redirect, type Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { NotFound } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { reasonFrom, seenYearFrom } from './catalogue-input.ts'
import { PUBLISH_ACTION, cataloguePage, setHref } from './catalogue-page.ts'
import type { Catalogue } from './catalogue.ts'
import { SWITCH_WORDS, setPage } from './set-page.ts'

/** Screens of the criteria sets: everybody signed in reads, the Sở publishes and decides. */
export function catalogueRoutes(catalogue: Catalogue): Route[] {
  // In a closed year nobody decides anything, so nobody is offered anything.
  const deciding = async (actor: Actor, year: WorkingYear): Promise<Actor> =>
    (await catalogue.isClosed(year)) ? NOBODY : actor
  return [
    {
      method: 'get',
      path: '/tieu-chi',
      access: 'signedIn',
      handle: async ({ actor, year }) =>
        page(
          'catalogue/list',
          'Bộ tiêu chí',
          cataloguePage(await deciding(actor, year), await catalogue.treeOf(year), await catalogue.setsOf(year)),
        ),
    },
    {
      method: 'post',
      path: PUBLISH_ACTION,
      access: 'signedIn',
      handle: async ({ actor, body, flash }) => {
        const { year, seenRev } = seenYearFrom(body)
        const tree = await catalogue.publishForYear(actor, year, { seenRev })
        flash('success', `Đã ban hành ${tree.sets.length} bộ cho năm học ${year}.`)
        return redirect(`/tieu-chi?nam=${year}`)
      },
    },
    {
      method: 'get',
      path: '/tieu-chi/:setId',
      access: 'signedIn',
      handle: async ({ actor, params, query, year }) => {
        const published = (await catalogue.setsOf(year)).find(one => one.version.set.id === params['setId'])
        const pinned = query['phien-ban']
        const found = pinned === undefined ? published : await catalogue.versionIn(year, pinned)
        if (!found || found.version.set.id !== params['setId'])
          throw new NotFound(`Năm học ${year} không dùng bộ tiêu chí này.`)
        // Decisions are about the version in use; an older one is only read.
        const reader = found.version.hash === published?.version.hash ? await deciding(actor, year) : NOBODY
        const model = setPage(reader, await catalogue.treeOf(year), found, tidy(query['tim'] ?? ''))
        return page('catalogue/set', found.version.set.title, model)
      },
    },
    ...(['on', 'off'] as const).map((state): Route => ({
      method: 'post',
      path: `/tieu-chi/:setId/thay-doi/:changeId/${SWITCH_WORDS[state]}`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const { year, seenRev } = seenYearFrom(body)
        const { setId = '', changeId = '' } = params
        await catalogue.switchChange(actor, { year, setId, changeId, state, reason: reasonFrom(body), seenRev })
        flash('success', state === 'on' ? 'Đã áp dụng thay đổi.' : 'Đã ghi: không áp dụng thay đổi.')
        return redirect(`${setHref(setId, year)}#quyet-dinh`)
      },
    })),
  ]
}
