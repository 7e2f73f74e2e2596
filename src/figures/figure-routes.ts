import { dayOf, type Day } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { fiveYearsTo, parseWorkingYear } from '../kernel/working-year.ts'
import { page, redirect, type Answer, type Request, type Route } from '../http/route.ts'
import { formFields, isSchool, revisionFrom, schoolsUnder, type School } from '../organisations/index.ts'
import { placeFor, type FigureNeeds } from './figure-access.ts'
import { cellsFrom } from './figure-input.ts'
import { mayFigure } from './figure-policy.ts'
import { figuresFor } from './figures-reader.ts'
import { figuresPage, schoolsPage } from './figures-page.ts'
import { saveReconciliation, stepReconciliation } from './reconcile.ts'
import { reconciliationFrom } from './reconciliation-input.ts'
import type { ReconciliationEvent } from './reconciliation-machine.ts'
import { reconciliationPage } from './reconciliation-page.ts'
import { rowsFor } from './reconciliation.ts'
import { saveFigures } from './save-figures.ts'

const addressOf = (path: string, schoolId: string, year: string, more: Readonly<Record<string, string>> = {}): string =>
  `${path}?${new URLSearchParams({ truong: schoolId, nam: year, ...more }).toString()}`

/** The event that an address names, with the reason that was posted; undefined for a word that is no event. */
function eventFrom(type: string, reason: string): ReconciliationEvent | undefined {
  if (type === 'explain' || type === 'confirm' || type === 'verify') return { type }
  return type === 'dispute' || type === 'redraft' ? { type, reason } : undefined
}

/** Statistics of Phần I and their reconciliation with what was assigned. */
export const figureRoutes = (needs: FigureNeeds): readonly Route[] => {
  const { figures, units, now } = needs
  const [save, keep, step] = [saveFigures(needs), saveReconciliation(needs), stepReconciliation(needs)]
  const today = (): Day => dayOf(now())

  /** The school asked for, chosen in the top bar, or worked at; undefined for people of offices who chose none. */
  async function schoolIdOf({ query, unitId, actor }: Request): Promise<string | undefined> {
    if (query['truong'] !== undefined) return query['truong']
    const places = [...(unitId === undefined ? [] : [unitId]), ...actor.seats.map(seat => seat.unitId)]
    for (const id of new Set(places)) {
      const unit = await units.find(id)
      if (unit && isSchool(unit)) return id
    }
    return undefined
  }

  async function chooseSchool({ actor, year }: Request, path: string): Promise<Answer> {
    const [tree, day] = [await units.tree(), today()]
    const offices = actor.seats.map(seat => seat.unitId)
    const schools: readonly School[] = [...new Set(offices)].flatMap(id => schoolsUnder(tree, id, day))
    return page('figures/schools', 'Chọn trường', schoolsPage(schools, path, year, day))
  }

  return [
    {
      method: 'get',
      path: '/so-lieu',
      access: 'signedIn',
      handle: async request => {
        const { actor, year, query } = request
        const schoolId = await schoolIdOf(request)
        if (schoolId === undefined) return chooseSchool(request, '/so-lieu')
        const { school, target } = await placeFor(needs, actor, schoolId, year)
        const wanted = parseWorkingYear(query['cot'] ?? '')
        const view = {
          school,
          figures: await figuresFor(figures)(schoolId, year),
          column: wanted && fiveYearsTo(year).includes(wanted) ? wanted : year,
          mayEdit: mayFigure.edit(actor, target),
          day: today(),
        }
        return page('figures/figures', 'Số liệu Phần I', figuresPage(view))
      },
    },
    {
      method: 'post',
      path: '/so-lieu',
      access: 'signedIn',
      handle: async request => {
        const { actor, year, query, body, flash } = request
        const schoolId = query['truong'] ?? ''
        const column = parseWorkingYear(query['cot'] ?? '') ?? year
        const seenRev = revisionFrom(formFields(body))
        await save(actor, { schoolId, forYear: year, year: column, typed: cellsFrom(body), seenRev })
        flash('success', `Đã lưu số liệu năm học ${column}.`)
        return redirect(
          `${addressOf('/so-lieu', schoolId, year, { cot: column })}#${encodeURIComponent(query['bang'] ?? '')}`,
        )
      },
    },
    {
      method: 'get',
      path: '/so-lieu/doi-sanh',
      access: 'signedIn',
      handle: async request => {
        const { actor, year } = request
        const schoolId = await schoolIdOf(request)
        if (schoolId === undefined) return chooseSchool(request, '/so-lieu/doi-sanh')
        const place = await placeFor(needs, actor, schoolId, year)
        const view = { actor, place, figures: await figures.of(schoolId, year), year, day: today() }
        return page('figures/reconciliation', 'Đối sánh số liệu giao và hiện có', reconciliationPage(view))
      },
    },
    {
      method: 'post',
      path: '/so-lieu/doi-sanh',
      access: 'signedIn',
      handle: async ({ actor, year, query, body, flash }) => {
        const schoolId = query['truong'] ?? ''
        const { school } = await placeFor(needs, actor, schoolId, year)
        const fields = formFields(body)
        const keys = rowsFor(school.school.levels).flatMap(row => (row.of === undefined ? [row.key] : []))
        await keep(actor, { schoolId, year, seenRev: revisionFrom(fields) }, reconciliationFrom(fields, keys))
        flash('success', 'Đã lưu phiếu đối sánh.')
        return redirect(addressOf('/so-lieu/doi-sanh', schoolId, year))
      },
    },
    {
      method: 'post',
      path: '/so-lieu/doi-sanh/:event',
      access: 'signedIn',
      handle: async ({ actor, year, query, params, body, flash }) => {
        const schoolId = query['truong'] ?? ''
        const fields = formFields(body)
        const event = eventFrom(params['event'] ?? '', fields.text('reason'))
        if (!event) throw new NotFound(`step ${params['event']}`)
        await step(actor, { schoolId, year, seenRev: revisionFrom(fields) }, event)
        flash('success', 'Đã ghi bước đối sánh.')
        return redirect(addressOf('/so-lieu/doi-sanh', schoolId, year))
      },
    },
  ]
}
