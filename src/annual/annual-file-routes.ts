import { page, pdf, spreadsheet, type Answer, type Request, type Route } from '../http/route.ts'
import { DOCX_MIME, type Doc } from '../paper/index.ts'
import { drawingOf, keepingDrawer, workingCopyOf } from '../reports/index.ts'
import { placeFrom } from './annual-input.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import { annualHref, annualId, PERIOD_NAMES, type ReportPlace } from './annual-report.ts'
import { BASE } from './annual-address.ts'
import { annualWorkbook } from './annual-sheets.ts'
import { keptPdf } from './freeze-annual.ts'
import { openReport } from './open-annual.ts'
import { showReport, showVersion, versionNamed, type Shown } from './shown-annual.ts'

/** `bao-cao-nam-xa-an.2025-2026-cuoi-nam`: what a file is called when it is saved. */
const nameOf = (place: ReportPlace, version?: number): string =>
  `bao-cao-nam-${annualId(place)}${version === undefined ? '' : `-v${version}`}`

/** The files of a report: PDF, Word and spreadsheet of what stands now, and of each signed version. */
export function annualFileRoutes(needs: AnnualNeeds): Route[] {
  const drawer = keepingDrawer(needs.draw)

  const current = async ({ actor, params }: Request): Promise<{ shown: Shown; place: ReportPlace }> => {
    const place = placeFrom(params)
    return { shown: await showReport(needs)(await openReport(needs)(actor, place)), place }
  }

  const signed = async ({ actor, params }: Request): Promise<{ shown: Shown; place: ReportPlace; sha256: string }> => {
    const place = placeFrom(params)
    const open = await openReport(needs)(actor, place)
    const version = versionNamed(open, params['version'] ?? '')
    return { shown: await showVersion(needs)(open.report, version), place, sha256: version.sha256 }
  }

  const inWord = async (doc: Doc, name: string): Promise<Answer> => ({
    kind: 'file',
    body: await needs.drawWord(doc),
    mime: DOCX_MIME,
    name: `${name}.docx`,
  })

  const inSheets = async ({ doc, tables, source }: Shown, name: string): Promise<Answer> =>
    spreadsheet(await annualWorkbook({ tables, heading: `${doc.meta.title}. ${source}` }), `${name}.xlsx`)

  return [
    {
      method: 'get',
      path: `${BASE}/bao-cao.pdf`,
      access: 'signedIn',
      handle: async request => {
        const { shown, place } = await current(request)
        const bytes = shown.version ? await keptPdf(needs.files, shown.version) : (await drawer(shown.doc)).bytes
        return pdf(bytes, `${nameOf(place, shown.version?.version)}.pdf`)
      },
    },
    {
      method: 'get',
      path: `${BASE}/bao-cao.docx`,
      access: 'signedIn',
      handle: async request => {
        const { shown, place } = await current(request)
        return inWord(shown.version ? workingCopyOf(shown.doc) : shown.doc, nameOf(place, shown.version?.version))
      },
    },
    {
      method: 'get',
      path: `${BASE}/bao-cao.xlsx`,
      access: 'signedIn',
      handle: async request => {
        const { shown, place } = await current(request)
        return inSheets(shown, nameOf(place, shown.version?.version))
      },
    },
    {
      method: 'get',
      path: `${BASE}/lap-ban-in`,
      access: 'signedIn',
      handle: async request => {
        const place = placeFrom(request.params)
        await openReport(needs)(request.actor, place)
        const base = annualHref(place)
        return page('reports/progress', 'Báo cáo năm: lập bản in', {
          breadcrumbs: [
            { label: 'Báo cáo năm', href: `/bao-cao-nam?nam=${place.year}` },
            { label: `${PERIOD_NAMES[place.period]} ${place.year}`, href: base },
          ],
          progress: `${base}/tien-do`,
          pdf: `${base}/bao-cao.pdf`,
          back: base,
          backLabel: 'Về báo cáo năm',
        })
      },
    },
    {
      method: 'get',
      path: `${BASE}/tien-do`,
      access: 'signedIn',
      handle: async request => {
        const { shown, place } = await current(request)
        const source = drawingOf(drawer, () => Promise.resolve(shown.doc), `${annualHref(place)}/bao-cao.pdf`)
        return { kind: 'events', source }
      },
    },
    {
      method: 'get',
      path: `${BASE}/phien-ban/:version.pdf`,
      access: 'signedIn',
      handle: async request => {
        const { place, sha256 } = await signed(request)
        return pdf(await keptPdf(needs.files, { sha256 }), `${nameOf(place)}-v${request.params['version']}.pdf`)
      },
    },
    {
      method: 'get',
      path: `${BASE}/phien-ban/:version.docx`,
      access: 'signedIn',
      handle: async request => {
        const { shown, place } = await signed(request)
        return inWord(workingCopyOf(shown.doc), nameOf(place, shown.version?.version))
      },
    },
    {
      method: 'get',
      path: `${BASE}/phien-ban/:version.xlsx`,
      access: 'signedIn',
      handle: async request => {
        const { shown, place } = await signed(request)
        return inSheets(shown, nameOf(place, shown.version?.version))
      },
    },
  ]
}
