import { dayOf } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { page, redirect, spreadsheet, type Route } from '../http/route.ts'
import { formFields, revisionFrom } from '../organisations/index.ts'
import { writeWorkbook } from '../sheet-files/index.ts'
import { addressOf, askedSchool } from './asked-school.ts'
import { attachScan, LARGEST_SCAN, openScan } from './attach-scan.ts'
import { rowsFor } from './compared-rows.ts'
import { placeFor, type FigureScreenNeeds } from './figure-access.ts'
import { formTable } from './form-table.ts'
import { formOnPaper } from './form-on-paper.ts'
import { saveReconciliation, stepReconciliation } from './reconcile.ts'
import { reconciliationFrom } from './reconciliation-input.ts'
import type { ReconciliationEvent } from './reconciliation-machine.ts'
import { reconciliationPage } from './reconciliation-page.ts'
import { isDecisionKind, type DecisionKind } from './reconciliation.ts'

const PATH = '/so-lieu/doi-sanh'

/** The event that an address names, with the reason that was posted; undefined for a word that is no event. */
function eventFrom(type: string, reason: string): ReconciliationEvent | undefined {
  if (type === 'explain' || type === 'confirm' || type === 'verify' || type === 'provinceVerify') return { type }
  return type === 'dispute' || type === 'redraft' ? { type, reason } : undefined
}

function kindFrom(text: string | undefined): DecisionKind {
  if (text === undefined || !isDecisionKind(text)) throw new NotFound(`decision ${text}`)
  return text
}

/** The form of one school: assigned beside current, its steps, scans, and the form as a file. */
export const reconciliationRoutes = (needs: FigureScreenNeeds): readonly Route[] => {
  const { figures, now, norms } = needs
  const [keep, step, attach, open] = [
    saveReconciliation(needs),
    stepReconciliation(needs),
    attachScan(needs),
    openScan(needs),
  ]
  const schoolOf = askedSchool(needs.units)

  /** The form as it stands, for a file. */
  async function standing({ actor, year, query }: Parameters<Route['handle']>[0]) {
    const schoolId = query['truong'] ?? ''
    const place = await placeFor(needs, actor, schoolId, year)
    const [sheet, norm, tree] = await Promise.all([
      figures.of(schoolId, year),
      norms(schoolId, year),
      needs.units.tree(),
    ])
    return { school: place.school, figures: sheet, norms: norm, tree, day: dayOf(now()) }
  }

  return [
    {
      method: 'get',
      path: PATH,
      access: 'signedIn',
      handle: async request => {
        const { actor, year } = request
        const schoolId = await schoolOf(request)
        if (schoolId === undefined) return redirect(`/doi-sanh?nam=${year}`)
        const place = await placeFor(needs, actor, schoolId, year)
        const [sheet, norm] = await Promise.all([figures.of(schoolId, year), norms(schoolId, year)])
        const view = { actor, place, figures: sheet, year, day: dayOf(now()), norms: norm }
        return page('figures/reconciliation', 'Đối sánh số liệu giao và hiện có', reconciliationPage(view))
      },
    },
    {
      method: 'post',
      path: PATH,
      access: 'signedIn',
      handle: async ({ actor, year, query, body, flash }) => {
        const schoolId = query['truong'] ?? ''
        const { school } = await placeFor(needs, actor, schoolId, year)
        const fields = formFields(body)
        const draft = reconciliationFrom(fields, rowsFor(school.school.levels))
        await keep(actor, { schoolId, year, seenRev: revisionFrom(fields) }, draft)
        flash('success', 'Đã lưu phiếu đối sánh.')
        return redirect(addressOf(PATH, schoolId, year))
      },
    },
    {
      method: 'get',
      path: `${PATH}/phieu.xlsx`,
      access: 'signedIn',
      handle: async request => {
        const form = await standing(request)
        return spreadsheet(await writeWorkbook([formTable(form)]), `Doi-sanh-${form.school.id}-${request.year}.xlsx`)
      },
    },
    {
      method: 'get',
      path: `${PATH}/phieu.pdf`,
      access: 'signedIn',
      handle: async request => {
        const form = await standing(request)
        const { bytes } = await needs.draw(formOnPaper(form))
        const name = `Doi-sanh-${form.school.id}-${request.year}.pdf`
        return { kind: 'file', body: bytes, mime: 'application/pdf', name, inline: true }
      },
    },
    {
      method: 'post',
      path: `${PATH}/quet/:kind`,
      access: 'signedIn',
      upload: { maxBytes: LARGEST_SCAN, maxFiles: 1 },
      handle: async ({ actor, year, query, params, files, flash }) => {
        const schoolId = query['truong'] ?? ''
        const kind = kindFrom(params['kind'])
        await attach(actor, { schoolId, year, kind }, files[0])
        flash('success', 'Đã đính kèm bản quét quyết định.')
        return redirect(`${addressOf(PATH, schoolId, year)}#quet-${kind}`)
      },
    },
    {
      method: 'get',
      path: `${PATH}/quet/:kind`,
      access: 'signedIn',
      handle: async ({ actor, year, query, params }) => {
        const place = { schoolId: query['truong'] ?? '', year, kind: kindFrom(params['kind']) }
        const { scan, path } = await open(actor, place)
        return { kind: 'file', body: { path }, mime: scan.mime, name: scan.name, inline: true, etag: scan.sha256 }
      },
    },
    {
      method: 'post',
      path: `${PATH}/:event`,
      access: 'signedIn',
      handle: async ({ actor, year, query, params, body, flash }) => {
        const schoolId = query['truong'] ?? ''
        const fields = formFields(body)
        const event = eventFrom(params['event'] ?? '', fields.text('reason'))
        if (!event) throw new NotFound(`step ${params['event']}`)
        await step(actor, { schoolId, year, seenRev: revisionFrom(fields) }, event)
        flash('success', 'Đã ghi bước đối sánh.')
        return redirect(addressOf(PATH, schoolId, year))
      },
    },
  ]
}
