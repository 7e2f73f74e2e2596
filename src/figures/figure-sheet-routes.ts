import { dayOf } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { page, redirect, spreadsheet, type ReceivedFile, type Request, type Route } from '../http/route.ts'
import { formFields } from '../organisations/index.ts'
import {
  dryRunPage,
  linesToApply,
  mustBeConfirmed,
  readRows,
  uploadPage,
  writeWorkbook,
  type ImportForm,
} from '../sheet-files/index.ts'
import { addressOf } from './asked-school.ts'
import { assignTargets } from './assign-targets.ts'
import { mustBeAllowed, placeFor, type FigureScreenNeeds } from './figure-access.ts'
import { FIGURE_COLUMNS, figureTable, planFigures, valuesIn } from './figure-sheet.ts'
import { reconciledUnit } from './reconciled-unit.ts'
import { askedUnit, unitAddress } from './reconciled-unit-routes.ts'
import { saveFigures } from './save-figures.ts'
import { planTargets, targetColumns, targetTable, wishOf } from './target-sheet.ts'
import { targetPlaces } from './target-places.ts'

/** Largest sheet taken, in bytes. */
const LARGEST_SHEET = 10 * 1024 * 1024
const UPLOAD = { maxBytes: LARGEST_SHEET, maxFiles: 1 }

function sheetIn(files: readonly ReceivedFile[]): ReceivedFile {
  const [file] = files
  if (!file || file.size === 0) throw new InvalidInput({ file: 'Xin chọn tệp Excel (.xlsx).' })
  return file
}

const withToken = (address: string, token: string): string =>
  `${address}&${new URLSearchParams({ tep: token }).toString()}`

/** Numbers that come by sheet: assigned ones of many schools, and the figures of one school. */
export const sheetRoutesOfFigures = (needs: FigureScreenNeeds): readonly Route[] => {
  const { shelf, figures, now } = needs
  const [gather, places, assign, save] = [
    reconciledUnit(needs),
    targetPlaces(needs),
    assignTargets(needs),
    saveFigures(needs),
  ]

  async function targetPlan({ actor, year }: Request, unitId: string, token: string) {
    const table = await readRows(await shelf.bytesOf(token), targetColumns())
    return planTargets(table, await places(actor, unitId, year), { unitId, day: dayOf(now()) })
  }

  const targetForm = (request: Request): ImportForm => {
    const unitId = askedUnit(request)
    return {
      what: 'số giao cho các trường',
      action: unitAddress('/doi-sanh/giao', unitId, request.year),
      template: unitAddress('/doi-sanh/giao/mau.xlsx', unitId, request.year),
      otherTemplates: [
        {
          label: 'Mẫu có từng vị trí việc làm',
          href: `${unitAddress('/doi-sanh/giao/mau.xlsx', unitId, request.year)}&vi-tri=1`,
        },
      ],
      breadcrumbs: [{ label: 'Đối sánh các trường', href: unitAddress('/doi-sanh', unitId, request.year) }],
      back: unitAddress('/doi-sanh', unitId, request.year),
      advice: [
        'Tải mẫu: mỗi trường một dòng, có sẵn số đã giao.',
        'Điền số giao cùng số, ngày, cơ quan ban hành của quyết định.',
        'Tải tệp lên, xem trước, rồi xác nhận. Nhập lại cùng tệp không tạo số trùng.',
      ],
    }
  }

  const figureForm = (schoolId: string, year: string): ImportForm => ({
    what: 'số liệu của trường',
    action: addressOf('/so-lieu/nhap', schoolId, year),
    template: addressOf('/so-lieu/mau.xlsx', schoolId, year),
    breadcrumbs: [{ label: 'Số liệu', href: addressOf('/so-lieu', schoolId, year) }],
    back: addressOf('/so-lieu', schoolId, year),
    advice: ['Tải mẫu có sẵn số đang có, điền cột “Số liệu”, rồi tải lên.'],
  })

  /** The school whose figures come by sheet, for somebody who may type them. */
  async function typedAt({ actor, year, query }: Request) {
    const schoolId = query['truong'] ?? ''
    const { school, target } = await placeFor(needs, actor, schoolId, year)
    mustBeAllowed(actor, 'edit', target, 'Không được nhập số liệu của trường.')
    return { schoolId, school, sheet: await figures.of(schoolId, year) }
  }

  async function figurePlan(request: Request, token: string) {
    const { school, sheet } = await typedAt(request)
    return planFigures(await readRows(await shelf.bytesOf(token), FIGURE_COLUMNS), school, sheet)
  }

  return [
    {
      method: 'get',
      path: '/doi-sanh/giao',
      access: 'signedIn',
      handle: async request => {
        const form = targetForm(request)
        const unitId = askedUnit(request)
        const token = request.query['tep']
        await gather(request.actor, unitId, request.year)
        const title = 'Giao số liệu cho các trường'
        if (token === undefined) return page('sheet-files/import', title, uploadPage(form))
        const plan = await targetPlan(request, unitId, token)
        const confirm = unitAddress('/doi-sanh/giao/xac-nhan', unitId, request.year)
        return page('sheet-files/import', title, dryRunPage({ form, confirm, token, plan }))
      },
    },
    {
      method: 'get',
      path: '/doi-sanh/giao/mau.xlsx',
      access: 'signedIn',
      handle: async request => {
        const unitId = askedUnit(request)
        const found = await places(request.actor, unitId, request.year)
        const schools = [...found.values()].filter(({ mayAssign }) => mayAssign)
        const byPosition = request.query['vi-tri'] !== undefined
        const table = targetTable({ schools, year: request.year, day: dayOf(now()), byPosition })
        return spreadsheet(await writeWorkbook([table]), `Giao-so-lieu-${unitId}-${request.year}.xlsx`)
      },
    },
    {
      method: 'post',
      path: '/doi-sanh/giao',
      access: 'signedIn',
      upload: UPLOAD,
      handle: async request => {
        const unitId = askedUnit(request)
        await places(request.actor, unitId, request.year)
        const token = await shelf.keep(sheetIn(request.files), now())
        return redirect(withToken(unitAddress('/doi-sanh/giao', unitId, request.year), token))
      },
    },
    {
      method: 'post',
      path: '/doi-sanh/giao/xac-nhan',
      access: 'signedIn',
      handle: async request => {
        const { actor, year, body, flash } = request
        const unitId = askedUnit(request)
        const fields = formFields(body)
        const plan = await targetPlan(request, unitId, fields.text('token'))
        mustBeConfirmed(plan, fields.text('mark'))
        const found = await places(actor, unitId, year)
        const lines = linesToApply(plan)
        for (const { row } of lines) {
          const place = found.get(String(row.values['schoolId']))
          if (place)
            await assign(actor, { ...wishOf(row.values, place.school), schoolId: place.school.id, year, unitId })
        }
        flash('success', `Đã giao số liệu cho ${lines.length} trường.`)
        return redirect(unitAddress('/doi-sanh', unitId, year))
      },
    },
    {
      method: 'get',
      path: '/so-lieu/nhap',
      access: 'signedIn',
      handle: async request => {
        const { schoolId } = await typedAt(request)
        const form = figureForm(schoolId, request.year)
        const token = request.query['tep']
        const title = `Nhập số liệu năm học ${request.year}`
        if (token === undefined) return page('sheet-files/import', title, uploadPage(form))
        const plan = await figurePlan(request, token)
        const confirm = addressOf('/so-lieu/nhap/xac-nhan', schoolId, request.year)
        return page('sheet-files/import', title, dryRunPage({ form, confirm, token, plan }))
      },
    },
    {
      method: 'get',
      path: '/so-lieu/mau.xlsx',
      access: 'signedIn',
      handle: async request => {
        const { school, sheet } = await typedAt(request)
        const bytes = await writeWorkbook([figureTable(school, sheet, dayOf(now()))])
        return spreadsheet(bytes, `So-lieu-${school.id}-${request.year}.xlsx`)
      },
    },
    {
      method: 'post',
      path: '/so-lieu/nhap',
      access: 'signedIn',
      upload: UPLOAD,
      handle: async request => {
        const { schoolId } = await typedAt(request)
        const token = await shelf.keep(sheetIn(request.files), now())
        return redirect(withToken(addressOf('/so-lieu/nhap', schoolId, request.year), token))
      },
    },
    {
      method: 'post',
      path: '/so-lieu/nhap/xac-nhan',
      access: 'signedIn',
      handle: async request => {
        const { actor, year, body, flash } = request
        const { schoolId, sheet } = await typedAt(request)
        const fields = formFields(body)
        const plan = await figurePlan(request, fields.text('token'))
        mustBeConfirmed(plan, fields.text('mark'))
        const lines = linesToApply(plan)
        const typed = valuesIn(lines.map(({ row }) => row.values))
        await save(actor, { schoolId, forYear: year, year, typed, seenRev: sheet.rev })
        flash('success', `Đã nhập ${lines.length} số liệu năm học ${year}.`)
        return redirect(addressOf('/so-lieu', schoolId, year))
      },
    },
  ]
}
