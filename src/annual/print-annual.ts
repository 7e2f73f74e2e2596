import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { ancestorsOn } from '../organisations/index.ts'
import { renderDocx, renderPdf } from '../paper/index.ts'
import type { AnnualNeeds } from './annual-needs.ts'
import { annualId, newestVersion, newReport, type ReportPlace } from './annual-report.ts'
import { annualWorkbook } from './annual-sheets.ts'
import { keptPdf } from './freeze-annual.ts'
import { showReport, showVersion } from './shown-annual.ts'

export interface PrintedAnnual {
  readonly bytes: Buffer
  /** Number of the signed version whose bytes these are, or that a Word file or spreadsheet was made from. */
  readonly version?: number
}

/** For the terminal: the newest signed version where there is one, else a draft of what stands now. */
export const printAnnual =
  (needs: AnnualNeeds) =>
  async (place: ReportPlace, format: 'pdf' | 'docx' | 'xlsx', draft: boolean): Promise<PrintedAnnual> => {
    const tree = await needs.tree()
    if (!tree.has(place.unitId)) throw new NotFound(`Không có đơn vị “${place.unitId}”.`)
    const ancestors = ancestorsOn(tree, place.unitId, dayOf(needs.now())).map(unit => unit.id)
    const report = (await needs.reports.find(annualId(place))) ?? newReport(place, ancestors)
    const signed = draft ? undefined : newestVersion(report)
    const shown = signed
      ? await showVersion(needs)(report, signed)
      : await showReport(needs)({ report: { ...report, state: 'drafting' }, own: true })
    const named = signed ? { version: signed.version } : {}
    if (format === 'docx') return { bytes: await renderDocx(shown.doc), ...named }
    if (format === 'xlsx')
      return {
        bytes: await annualWorkbook({ tables: shown.tables, heading: `${shown.doc.meta.title}. ${shown.source}` }),
        ...named,
      }
    return signed
      ? { bytes: await keptPdf(needs.files, signed), ...named }
      : { bytes: Buffer.from((await renderPdf(shown.doc)).bytes) }
  }
