import { compareTexts } from '../assessments/index.ts'
import { textField } from '../http/fields.ts'
import { json, page, redirect, type Request, type Route } from '../http/route.ts'
import { printInstant } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, StaleWrite } from '../kernel/refusals.ts'
import { BASE } from './annual-address.ts'
import { moneyFrom, placeFrom, planFrom, targetsFrom, textFrom } from './annual-input.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import { annualHref, type AnnualReport } from './annual-report.ts'
import { deskPage } from './desk-page.ts'
import { gatherFacts } from './gather-annual.ts'
import { openForWriting } from './open-annual.ts'
import { changeTyped, writeText } from './write-annual.ts'

const PART = `${BASE}/phan/:part`

/** A text as the page's script reads it. */
const partModel = (report: AnnualReport, key: string) => {
  const stored = report.texts[key]
  return {
    rev: stored?.rev ?? 0,
    text: stored?.text ?? '',
    by: stored?.by ?? '',
    at: stored ? printInstant(stored.at) : '',
    cited: [],
  }
}

/** Where a unit writes its report: texts that save themselves, targets, next year's plan, money. */
export function annualDeskRoutes(needs: AnnualNeeds): Route[] {
  const own = ({ actor, params }: Request): Promise<AnnualReport> => openForWriting(needs)(actor, placeFrom(params))
  const partOf = ({ params }: Request): string => params['part'] ?? ''
  const backTo = (request: Request, anchor: string) =>
    redirect(`${annualHref(placeFrom(request.params))}/soan#${anchor}`)

  return [
    {
      method: 'get',
      path: `${BASE}/soan`,
      access: 'signedIn',
      handle: async request => {
        const report = await own(request)
        const { facts, snapshotId } = await gatherFacts(needs)(report)
        const model = deskPage(request.actor, report, facts, snapshotId === undefined)
        return page('annual/desk', 'Soạn báo cáo năm', model)
      },
    },
    {
      method: 'get',
      path: PART,
      access: 'signedIn',
      handle: async request => json(partModel(await own(request), partOf(request))),
    },
    {
      method: 'put',
      path: PART,
      access: 'signedIn',
      handle: async request => {
        const written = textFrom(request.body)
        try {
          const saved = await writeText(needs)(request.actor, placeFrom(request.params), partOf(request), written)
          return json({ ...saved, at: printInstant(saved.at), cited: [] })
        } catch (error) {
          if (!(error instanceof StaleWrite)) throw error
          const current = partModel(await own(request), partOf(request))
          const conflict = { status: 409, code: 'staleWrite', message: error.message }
          return json({ error: conflict, current, pieces: compareTexts(current.text, written.text) }, 409)
        }
      },
    },
    {
      method: 'post',
      path: PART,
      access: 'signedIn',
      handle: async request => {
        await writeText(needs)(request.actor, placeFrom(request.params), partOf(request), textFrom(request.body))
        request.flash('success', 'Đã lưu.')
        return backTo(request, `phan-${partOf(request)}`)
      },
    },
    {
      /** Compares a text kept on the person's machine with what stands here now; writes nothing. */
      method: 'post',
      path: `${PART}/so-sanh`,
      access: 'signedIn',
      handle: async request => {
        const current = partModel(await own(request), partOf(request))
        return json({ current, pieces: compareTexts(current.text, textField(request.body, 'text')) })
      },
    },
    {
      method: 'post',
      path: `${BASE}/chi-tieu`,
      access: 'signedIn',
      handle: async request => {
        const { facts } = await gatherFacts(needs)(await own(request))
        if (!facts.unit.isProvince) throw new Forbidden('Chỉ tiêu của năm do Sở đặt.', 'Sở')
        const targets = targetsFrom(request.body)
        const place = placeFrom(request.params)
        await changeTyped(needs)(request.actor, place, typed => ({ ...typed, targets }), 'changeTargets')
        request.flash('success', 'Đã lưu chỉ tiêu.')
        return backTo(request, 'chi-tieu')
      },
    },
    {
      method: 'post',
      path: `${BASE}/ke-hoach`,
      access: 'signedIn',
      handle: async request => {
        const place = placeFrom(request.params)
        const { rows } = await needs.figures(place.unitId, place.year, place.period)
        const plan = planFrom(request.body, new Set(rows.map(row => row.schoolId)))
        await changeTyped(needs)(
          request.actor,
          place,
          typed => ({
            ...typed,
            plans: [...typed.plans.filter(each => each.schoolId !== plan.schoolId || each.kind !== plan.kind), plan],
          }),
          'changePlans',
        )
        request.flash('success', 'Đã thêm vào kế hoạch năm học tới.')
        return backTo(request, 'ke-hoach')
      },
    },
    {
      method: 'post',
      path: `${BASE}/ke-hoach/bo`,
      access: 'signedIn',
      handle: async request => {
        const at = Number(textField(request.body, 'at'))
        if (!Number.isInteger(at)) throw new InvalidInput({ at: 'Xin chọn dòng cần bỏ.' })
        await changeTyped(needs)(
          request.actor,
          placeFrom(request.params),
          typed => ({ ...typed, plans: typed.plans.filter((_, index) => index !== at) }),
          'changePlans',
        )
        return backTo(request, 'ke-hoach')
      },
    },
    {
      method: 'post',
      path: `${BASE}/kinh-phi`,
      access: 'signedIn',
      handle: async request => {
        const money = moneyFrom(request.body)
        await changeTyped(needs)(
          request.actor,
          placeFrom(request.params),
          ({ targets, plans }) => ({ targets, plans, ...money }),
          'changeBudget',
        )
        request.flash('success', 'Đã lưu kinh phí và đội ngũ.')
        return backTo(request, 'kinh-phi')
      },
    },
  ]
}
