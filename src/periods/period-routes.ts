import { page, redirect, type Request, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { printNumber } from '../kernel/words.ts'
import { formFields, revisionFrom } from '../organisations/index.ts'
import { dutyQueryFrom } from './duty-list.ts'
import { dutyPage } from './duty-page.ts'
import { dutySheet } from './duty-sheet.ts'
import { DUTY_STEPS, kindFrom, PERIOD_STEPS, planFrom, STEPS_OF_SEVERAL, unitsFrom } from './period-input.ts'
import { periodHref } from './period.ts'
import type { PeriodNeeds } from './period-needs.ts'
import { periodPage } from './period-page.ts'
import { readDuty, readDutyList, readPeriod, readPeriods } from './period-read.ts'
import { periodsPage } from './periods-page.ts'
import { changePlan, planPeriod } from './plan-period.ts'
import { remindNow } from './remind-now.ts'
import { stepDuties, stepDuty, type StepsOfSeveral } from './step-duty.ts'
import { recordSigned, stepPeriod } from './step-period.ts'

const BASE = '/ky-bao-cao'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Reporting periods: the list of a year, one period with its units, one unit in it, and every step of both. */
export function periodRoutes(needs: PeriodNeeds): Route[] {
  const view = ({ actor, params, query, unitId }: Request) =>
    readPeriod(needs, actor, params['id'] ?? '', dutyQueryFrom(query), unitId)
  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async ({ actor, year, unitId }) =>
        page('periods/list', 'Kỳ báo cáo', periodsPage(await readPeriods(needs, actor, year, unitId))),
    },
    {
      method: 'post',
      path: `${BASE}/lap/:kind`,
      access: 'signedIn',
      handle: async ({ actor, year, params, body, flash }) => {
        const period = await planPeriod(needs)(actor, year, kindFrom(params), planFrom(body))
        flash('success', `Đã lập kỳ “${period.name}”. Xem lại các ngày rồi mở kỳ.`)
        return redirect(periodHref(period.id))
      },
    },
    {
      method: 'get',
      path: `${BASE}/:id`,
      access: 'signedIn',
      handle: async request => {
        const model = await view(request)
        return page('periods/period', model.period.name, periodPage(request.actor, model))
      },
    },
    {
      method: 'get',
      path: `${BASE}/:id/danh-sach.xlsx`,
      access: 'signedIn',
      handle: async ({ actor, params, query, unitId }) => {
        const list = await readDutyList(needs, actor, params['id'] ?? '', dutyQueryFrom(query), unitId)
        const body = await dutySheet(list, dayOf(needs.now()))
        return { kind: 'file', body, mime: XLSX, name: `${list.period.id}-don-vi.xlsx` }
      },
    },
    {
      method: 'post',
      path: `${BASE}/:id/sua`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const period = await changePlan(needs)(
          actor,
          params['id'] ?? '',
          planFrom(body),
          revisionFrom(formFields(body)),
        )
        flash('success', 'Đã lưu kỳ báo cáo.')
        return redirect(periodHref(period.id))
      },
    },
    ...Object.entries(PERIOD_STEPS).map(([slug, { read, said }]): Route => ({
      method: 'post',
      path: `${BASE}/:id/${slug}`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const period = await stepPeriod(needs)(actor, params['id'] ?? '', read(body))
        flash('success', said)
        return redirect(periodHref(period.id))
      },
    })),
    {
      method: 'post',
      path: `${BASE}/:id/ky`,
      access: 'signedIn',
      handle: async ({ actor, params, flash }) => {
        const period = await recordSigned(needs)(actor, params['id'] ?? '')
        flash('success', 'Đã ghi nhận báo cáo gửi Bộ.')
        return redirect(periodHref(period.id))
      },
    },
    ...dutyRoutes(needs),
  ]
}

/** One unit in a period, and steps of several units at once. */
function dutyRoutes(needs: PeriodNeeds): Route[] {
  return [
    ...Object.entries(STEPS_OF_SEVERAL).map(([slug, { read, said }]): Route => ({
      method: 'post',
      path: `${BASE}/:id/${slug}`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const id = params['id'] ?? ''
        const went = await stepDuties(needs)(actor, id, unitsFrom(body), read(body))
        if (went.done > 0) flash('success', `${said}: ${went.done} đơn vị.`)
        if (went.refused.length > 0) flash('warning', refusedWords(went))
        return redirect(backTo(body, id))
      },
    })),
    {
      method: 'post',
      path: `${BASE}/:id/nhac`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const id = params['id'] ?? ''
        const count = await remindNow(needs)(actor, id, unitsFrom(body))
        flash(
          count > 0 ? 'success' : 'warning',
          count > 0
            ? `Đã nhắc ${printNumber(count)} đơn vị.`
            : 'Các đơn vị đã chọn đã gửi báo cáo, không còn thuộc diện báo cáo hoặc đã được nhắc trong hôm nay.',
        )
        return redirect(backTo(body, id))
      },
    },
    {
      method: 'get',
      path: `${BASE}/:id/don-vi/:unitId`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const view = await readDuty(needs, actor, params['id'] ?? '', params['unitId'] ?? '')
        return page('periods/duty', view.period.name, dutyPage(actor, view))
      },
    },
    ...Object.entries(DUTY_STEPS).map(([slug, { read, said }]): Route => ({
      method: 'post',
      path: `${BASE}/:id/don-vi/:unitId/${slug}`,
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const [id = '', unitId = ''] = [params['id'], params['unitId']]
        await stepDuty(needs)(actor, id, unitId, read(body))
        flash('success', said)
        return redirect(`${periodHref(id)}/don-vi/${encodeURIComponent(unitId)}`)
      },
    })),
  ]
}

/** Back to the list as it was filtered, when it is a list of this very period. */
function backTo(body: unknown, id: string): string {
  const from = formFields(body).text('_page')
  return from === periodHref(id) || from.startsWith(`${periodHref(id)}?`) ? from : periodHref(id)
}

const refusedWords = ({ refused }: StepsOfSeveral): string =>
  `${refused.length} đơn vị chưa làm được: ${refused.map(({ name, message }) => `${name} (${message})`).join('; ')}`
