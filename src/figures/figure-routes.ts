import { dayOf, type Day } from '../kernel/dates.ts'
import { fiveYearsTo, parseWorkingYear } from '../kernel/working-year.ts'
import { page, redirect, type Answer, type Request, type Route } from '../http/route.ts'
import { formFields, revisionFrom, schoolsUnder, type School } from '../organisations/index.ts'
import { addressOf, askedSchool } from './asked-school.ts'
import { placeFor, type FigureScreenNeeds } from './figure-access.ts'
import { cellsFrom } from './figure-input.ts'
import { mayFigure } from './figure-policy.ts'
import { figuresFor } from './figures-reader.ts'
import { figuresPage } from './figures-page.ts'
import { questionFrom, schoolPicker } from './school-picker.ts'
import { reconciledUnitRoutes } from './reconciled-unit-routes.ts'
import { reconciliationRoutes } from './reconciliation-routes.ts'
import { saveFigures } from './save-figures.ts'
import { sheetRoutesOfFigures } from './figure-sheet-routes.ts'

/** Statistics of Phần I and their reconciliation with what was assigned. */
export const figureRoutes = (needs: FigureScreenNeeds): readonly Route[] => {
  const { figures, units, now } = needs
  const save = saveFigures(needs)
  const schoolIdOf = askedSchool(units)
  const today = (): Day => dayOf(now())

  async function chooseSchool({ actor, year, query }: Request): Promise<Answer> {
    const [tree, day] = [await units.tree(), today()]
    const offices = actor.seats.map(seat => seat.unitId)
    const schools: readonly School[] = [...new Set(offices)].flatMap(id => schoolsUnder(tree, id, day))
    const question = questionFrom(query)
    return page('figures/schools', 'Chọn trường', schoolPicker({ tree, schools, year, day, question }))
  }

  return [
    {
      method: 'get',
      path: '/so-lieu',
      access: 'signedIn',
      handle: async request => {
        const { actor, year, query } = request
        const schoolId = await schoolIdOf(request)
        if (schoolId === undefined) return chooseSchool(request)
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
    ...reconciliationRoutes(needs),
    ...reconciledUnitRoutes(needs),
    ...sheetRoutesOfFigures(needs),
  ]
}
