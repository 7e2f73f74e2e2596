import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { MANAGING_ROLES } from '../kernel/actor.ts'
import { page, redirect, spreadsheet, type Request, type Route } from '../http/route.ts'
import { FieldMessages, formFields, revisionFrom, type FormFields } from '../organisations/index.ts'
import { writeWorkbook } from '../sheet-files/index.ts'
import type { FigureScreenNeeds } from './figure-access.ts'
import { parseNumber } from './figure-input.ts'
import { keepReserve } from './keep-reserve.ts'
import { reconciledUnit } from './reconciled-unit.ts'
import { reconciledRowPage } from './reconciled-row-page.ts'
import { nextCheck, reconciledUnitPage, RESERVED } from './reconciled-unit-page.ts'
import { decisionFrom, neededDecisionFrom } from './reconciliation-input.ts'
import type { Assigned, AssigningDecision } from './reconciliation.ts'
import { sumTables } from './sum-table.ts'
import { verifySeveral } from './verify-several.ts'

/** The unit asked for, chosen in the top bar, or worked at; not found for people without an office. */
export function askedUnit({ query, unitId, actor }: Request): string {
  const asked = query['don-vi']
  if (asked !== undefined) return asked
  const offices = actor.seats.filter(({ role }) => MANAGING_ROLES.includes(role)).map(seat => seat.unitId)
  const found = offices.find(id => id === unitId) ?? offices[0] ?? actor.actingFor?.[0]?.unitId
  if (found === undefined) throw new NotFound('unit to compare')
  return found
}

export const unitAddress = (path: string, unitId: string, year: string): string =>
  `${path}?${new URLSearchParams({ 'don-vi': unitId, nam: year }).toString()}`

/** Reads the form of a reserve; numbers count only with the decision that assigned them to the unit (process § 7.3). */
function reserveFrom(fields: FormFields): { readonly values: Assigned; readonly decision?: AssigningDecision } {
  const messages = new FieldMessages()
  const values = RESERVED.flatMap(key => {
    const value = parseNumber(fields.text(`reserve.${key}`))
    if (value === null) return []
    if (value !== undefined && Number.isInteger(value)) return [{ key, value }]
    messages.add(`reserve.${key}`, 'Xin nhập một số nguyên, ví dụ 12.')
    return []
  })
  const isKept = RESERVED.some(key => fields.text(`reserve.${key}`) !== '')
  const decision = (isKept ? neededDecisionFrom : decisionFrom)('reserve.decision', fields, messages)
  messages.refuseIfAny()
  return { values, ...(decision && { decision }) }
}

/** The sums of a managing unit, its reserve, and the check of several schools at once. */
export const reconciledUnitRoutes = (needs: FigureScreenNeeds): readonly Route[] => {
  const [gather, keep, verify] = [reconciledUnit(needs), keepReserve(needs), verifySeveral(needs)]

  return [
    {
      method: 'get',
      path: '/doi-sanh',
      access: 'signedIn',
      handle: async request => {
        const unit = await gather(request.actor, askedUnit(request), request.year)
        return page('figures/unit', 'Đối sánh số liệu của các trường', reconciledUnitPage(unit))
      },
    },
    {
      method: 'get',
      path: '/doi-sanh/dong',
      access: 'signedIn',
      handle: async request => {
        const unit = await gather(request.actor, askedUnit(request), request.year)
        const model = reconciledRowPage(unit, request.query['dong'] ?? 'classes.total')
        return page('figures/unit-row', 'Số giao và hiện có của từng trường', model)
      },
    },
    {
      method: 'get',
      path: '/doi-sanh/tong-hop.xlsx',
      access: 'signedIn',
      handle: async request => {
        const unit = await gather(request.actor, askedUnit(request), request.year)
        const bytes = await writeWorkbook(sumTables(unit))
        return spreadsheet(bytes, `Tong-hop-doi-sanh-${unit.unit.id}-${request.year}.xlsx`)
      },
    },
    {
      method: 'post',
      path: '/doi-sanh/xac-nhan',
      access: 'signedIn',
      handle: async request => {
        const { actor, year, body, flash } = request
        const unitId = askedUnit(request)
        const chosen = new Set(formFields(body).list('school'))
        if (chosen.size === 0)
          throw new InvalidInput({ school: 'Xin chọn ít nhất một trường.' }, 'Xin chọn ít nhất một trường.')
        const { own } = await gather(actor, unitId, year)
        const asked = own.filter(({ line }) => chosen.has(line.school.id))
        const checks = asked.map(({ line, target }) => ({ id: line.school.id, type: nextCheck(actor, line, target) }))
        const results = await Promise.all(
          (['verify', 'provinceVerify'] as const).map(type =>
            verify(
              actor,
              checks.filter(check => check.type === type).map(({ id }) => id),
              year,
              type,
            ),
          ),
        )
        const done = results.flatMap(result => result.done)
        if (done.length > 0) flash('success', `Đã xác nhận khớp ${done.length} trường.`)
        const names = new Map(own.map(({ line }) => [line.school.id, line.school.names.at(-1)?.name ?? line.school.id]))
        for (const { schoolId, message } of results.flatMap(result => result.refused))
          flash('warning', `${names.get(schoolId) ?? schoolId}: ${message}`)
        const idle = checks.filter(({ type }) => type === undefined).length
        if (idle > 0) flash('warning', `${idle} trường không ở bước chờ xác nhận khớp.`)
        return redirect(unitAddress('/doi-sanh', unitId, year))
      },
    },
    {
      method: 'post',
      path: '/doi-sanh/du-phong',
      access: 'signedIn',
      handle: async request => {
        const { actor, year, body, flash } = request
        const unitId = askedUnit(request)
        const fields = formFields(body)
        await keep(actor, { unitId, year, seenRev: revisionFrom(fields) }, reserveFrom(fields))
        flash('success', 'Đã lưu chỉ tiêu dự phòng.')
        return redirect(`${unitAddress('/doi-sanh', unitId, year)}#du-phong`)
      },
    },
  ]
}
