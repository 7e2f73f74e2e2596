import { dayOf, parseDay } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { parseWorkingYear, type WorkingYear } from '../kernel/working-year.ts'
import { page, redirect, type Route } from '../http/route.ts'
import { changeYear, mayChangeYears, openYear, type YearDays, type YearNeeds } from './change-year.ts'
import { FieldMessages, formFields, revisionFrom, type FormFields } from './form-fields.ts'
import type { Year } from './year.ts'
import { yearsPage } from './years-page.ts'

/** Reads closing day and holidays, a day a line. */
function daysFrom(fields: FormFields): YearDays {
  const messages = new FieldMessages()
  const closingDay = parseDay(fields.text('closingDay'))
  if (!closingDay) messages.add('closingDay', 'Ngày phải có dạng ngày/tháng/năm, ví dụ 31/05/2026.')
  const lines = fields
    .text('holidays')
    .split(/[\n;,]/)
    .map(line => line.trim())
  const holidays = lines.filter(line => line !== '').map(line => parseDay(line))
  if (holidays.includes(undefined)) messages.add('holidays', 'Mỗi dòng một ngày nghỉ, ví dụ 01/01/2026.')
  messages.refuseIfAny()
  const known = holidays.filter(day => day !== undefined)
  return { closingDay: closingDay ?? '', holidays: [...new Set(known)].toSorted() }
}

/** Working years: who may see the list is everybody, who opens and closes is the Sở. */
export const yearRoutes = (needs: YearNeeds): readonly Route[] => {
  const [open, change, mayChange] = [openYear(needs), changeYear(needs), mayChangeYears(needs)]
  const yearIn = (text: string | undefined): WorkingYear => {
    const year = parseWorkingYear(text ?? '')
    if (!year) throw new NotFound(`year ${text}`)
    return year
  }
  const stateRoute = (path: string, state: Year['state'], done: string): Route => ({
    method: 'post',
    path,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const fields = formFields(body)
      const id = yearIn(params['year'])
      await change(actor, id, { state }, { seenRev: revisionFrom(fields), reason: fields.text('reason') })
      flash('success', `${done} ${id}.`)
      return redirect('/nam-hoc')
    },
  })

  return [
    {
      method: 'get',
      path: '/nam-hoc',
      access: 'signedIn',
      handle: async ({ actor }) =>
        page(
          'organisations/years',
          'Năm học',
          yearsPage(await needs.years.all(), dayOf(needs.now()), await mayChange(actor)),
        ),
    },
    {
      // `POST /nam-hoc` is the picker of the top bar.
      method: 'post',
      path: '/nam-hoc/moi',
      access: 'signedIn',
      handle: async ({ actor, body, flash }) => {
        const fields = formFields(body)
        const year = await open(actor, yearIn(fields.text('year')), daysFrom(fields))
        flash('success', `Đã mở năm học ${year.id}.`)
        return redirect('/nam-hoc')
      },
    },
    {
      method: 'post',
      path: '/nam-hoc/:year',
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const fields = formFields(body)
        const id = yearIn(params['year'])
        await change(actor, id, daysFrom(fields), { seenRev: revisionFrom(fields) })
        flash('success', `Đã lưu năm học ${id}.`)
        return redirect('/nam-hoc')
      },
    },
    stateRoute('/nam-hoc/:year/dong', 'closed', 'Đã đóng năm học'),
    stateRoute('/nam-hoc/:year/mo-lai', 'open', 'Đã mở lại năm học'),
  ]
}
