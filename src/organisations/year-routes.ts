import { parseDay, printDay, dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { parseWorkingYear, shiftYear, workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import { page, redirect, type Route } from '../http/route.ts'
import { changeYear, mayChangeYears, openYear, type YearDays, type YearNeeds } from './change-year.ts'
import { FieldMessages, formFields, revisionFrom, type FormFields } from './form-fields.ts'
import { usualClosingDay, type Year } from './year.ts'

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

/** The next year that is not there yet, from today's on. */
function nextYear(years: readonly Year[], today: string): WorkingYear {
  let candidate = workingYearOf(today)
  while (years.some(year => year.id === candidate)) candidate = shiftYear(candidate, 1)
  return candidate
}

const fieldsFor = (action: string, closingDay: string, holidays: readonly string[]) => [
  {
    name: 'closingDay',
    id: `${action}-ngay-chot`,
    label: 'Ngày chốt',
    type: 'date',
    value: closingDay,
    required: true,
    hint: 'Báo cáo của năm học theo cây đơn vị của ngày này.',
    action,
  },
  {
    name: 'holidays',
    id: `${action}-ngay-nghi`,
    label: 'Ngày nghỉ lễ',
    type: 'textarea',
    rows: 4,
    value: holidays.map(printDay).join('\n'),
    hint: 'Mỗi dòng một ngày; dùng để tính ngày làm việc.',
    action,
  },
]

function yearsPage(years: readonly Year[], today: string, mayChange: boolean) {
  const next = nextYear(years, today)
  return {
    subtitle: 'Sở mở và đóng năm học cho toàn tỉnh',
    mayChange,
    open: {
      title: `Mở năm học ${next}`,
      action: '/nam-hoc',
      hidden: { year: next },
      fields: fieldsFor('/nam-hoc', usualClosingDay(next), []),
    },
    years: years.map(({ id, state, closingDay, holidays, rev }) => ({
      id,
      badge: state === 'open' ? { label: 'Đang mở', tone: 'green' } : { label: 'Đã đóng', tone: 'grey' },
      facts: [
        { term: 'Ngày chốt', text: printDay(closingDay) },
        { term: 'Ngày nghỉ lễ', text: holidays.map(printDay).join(', ') || 'Chưa ghi' },
      ],
      action: `/nam-hoc/${id}`,
      revision: rev,
      fields: fieldsFor(`/nam-hoc/${id}`, closingDay, holidays),
      step: {
        action: `/nam-hoc/${id}/${state === 'open' ? 'dong' : 'mo-lai'}`,
        label: state === 'open' ? 'Đóng năm học' : 'Mở lại năm học',
        tone: state === 'open' ? 'danger' : 'secondary',
        hidden: { revision: rev },
        reason: {},
      },
    })),
  }
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
      method: 'post',
      path: '/nam-hoc',
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
