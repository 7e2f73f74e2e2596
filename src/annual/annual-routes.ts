import { page, redirect, type Request, type Route } from '../http/route.ts'
import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { renderHtml } from '../paper/index.ts'
import { BASE } from './annual-address.ts'
import { placeFrom, reasonFrom, signingFrom } from './annual-input.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import type { AnnualEvent } from './annual-machine.ts'
import { annualPage } from './annual-page.ts'
import { annualHref, type ReportPlace } from './annual-report.ts'
import { schoolsOf, cellAt } from './annual-table.ts'
import { annualDeskRoutes } from './annual-desk-routes.ts'
import { annualFileRoutes } from './annual-file-routes.ts'
import { findingsOf } from './consistency.ts'
import { drillPage, schoolPage } from './drill-page.ts'
import { listPage, listedPlaces } from './list-page.ts'
import { openReport } from './open-annual.ts'
import { letterOf, showReport } from './shown-annual.ts'
import { stepAnnual, stepFacts } from './step-annual.ts'
import { nameOn } from '../organisations/index.ts'

/** The annual reports of units and of the Sở: lists, the report on screen, the schools behind each figure, its steps. */
export function annualRoutes(needs: AnnualNeeds): Route[] {
  const unitNames = async (): Promise<(unitId: string) => string> => {
    const [tree, today] = [await needs.tree(), dayOf(needs.now())]
    return id => {
      const unit = tree.get(id)
      return unit ? nameOn(unit, today) : id
    }
  }

  const known = async (request: Request) => {
    const open = await openReport(needs)(request.actor, placeFrom(request.params))
    const [shown, unitName] = await Promise.all([showReport(needs)(open), unitNames()])
    return { open, shown, unitName }
  }

  return [
    {
      method: 'get',
      path: '/bao-cao-nam',
      access: 'signedIn',
      handle: async ({ actor, year, unitId }) => {
        const found = await listedPlaces(needs)(actor, year, needs.unitInForce(actor, unitId))
        return page('annual/list', 'Báo cáo năm', listPage(found, year, await unitNames()))
      },
    },
    {
      method: 'get',
      path: '/bao-cao-nam/:unit/:year',
      access: 'signedIn',
      handle: ({ params }) => redirect(annualHref(placeFrom({ ...params, ky: 'cuoi-nam' }))),
    },
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async request => {
        const { open, shown, unitName } = await known(request)
        const names = new Map(shown.rows.map(row => [row.schoolId, row.name]))
        const model = annualPage({
          actor: request.actor,
          report: open.report,
          own: open.own,
          unitName: unitName(open.report.unitId),
          html: renderHtml(letterOf(shown.doc)),
          tables: shown.tables,
          source: shown.source,
          today: dayOf(needs.now()),
          ...(shown.version && { shown: shown.version }),
          ...(open.own && {
            draft: shown.gathered
              ? {
                  facts: stepFacts(open.report, shown.gathered, needs.now()),
                  findings: findingsOf(shown.gathered.facts, shown.tables),
                }
              : {
                  facts: { missingTexts: [], blocking: [], period: [], frozen: true, today: dayOf(needs.now()) },
                  findings: [],
                },
          }),
          schoolName: id => names.get(id) ?? id,
        })
        return page('annual/report', 'Báo cáo năm', model)
      },
    },
    {
      method: 'get',
      path: `${BASE}/o/:table/:row/:column`,
      access: 'signedIn',
      handle: async request => {
        const { open, shown, unitName } = await known(request)
        const { table: id = '', row: rowKey = '', column: columnId = '' } = request.params
        const table = shown.tables.find(each => each.id === id)
        const cell = table && cellAt(table, rowKey, columnId)
        if (!table || !cell) throw new NotFound('Báo cáo không có ô số liệu này.')
        const model = drillPage({ report: open.report, ...shown, unitName }, table, {
          rowKey,
          columnId,
          cell,
          schools: schoolsOf(cell),
        })
        return page(
          'annual/schools',
          model.schools.length === 0 && model.units.length > 0 ? 'Danh sách đơn vị' : 'Danh sách trường',
          model,
        )
      },
    },
    {
      method: 'get',
      path: `${BASE}/truong/:school`,
      access: 'signedIn',
      handle: async request => {
        const { open, shown, unitName } = await known(request)
        const row = shown.rows.find(each => each.schoolId === request.params['school'])
        if (!row) throw new NotFound('Báo cáo không có trường này.')
        const titleOf = row.assessment ? await needs.criterionTitle(row.assessment.setHash) : (code: string) => code
        const model = schoolPage({ report: open.report, ...shown, unitName }, row, (_hash, code) => titleOf(code))
        return page('annual/school', row.name, model)
      },
    },
    ...stepRoutes(needs),
    ...annualFileRoutes(needs),
    ...annualDeskRoutes(needs),
  ]
}

const SAID: Readonly<Record<AnnualEvent['type'], string>> = {
  propose: 'Đã trình lãnh đạo ký.',
  giveBack: 'Đã trả lại để sửa.',
  sign: 'Đã ký. Báo cáo được giữ nguyên từ lúc này.',
  send: 'Đã gửi báo cáo lên cấp trên.',
  revise: 'Bắt đầu phiên bản mới; phiên bản đã ký vẫn được giữ.',
}

const STEPS: Readonly<Record<string, (body: unknown) => AnnualEvent>> = {
  trinh: () => ({ type: 'propose' }),
  'tra-lai': body => ({ type: 'giveBack', reason: reasonFrom(body) }),
  ky: signingFrom,
  gui: () => ({ type: 'send' }),
  'sua-doi': body => ({ type: 'revise', reason: reasonFrom(body) }),
}

const stepRoutes = (needs: AnnualNeeds): Route[] =>
  Object.entries(STEPS).map(([slug, read]) => ({
    method: 'post',
    path: `${BASE}/${slug}`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const place: ReportPlace = placeFrom(params)
      const event = read(body)
      await stepAnnual(needs)(actor, place, event)
      flash('success', SAID[event.type])
      return redirect(annualHref(place))
    },
  }))
