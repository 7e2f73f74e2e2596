import { readFile } from 'node:fs/promises'
import { fieldsOf, textField } from '../http/fields.ts'
import { page, redirect, spreadsheet, type Request, type Route } from '../http/route.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { writeWorkbook, type UploadShelf } from '../sheet-files/index.ts'
import type { CriteriaUpload } from './upload-criteria.ts'
import { mappingFromSheet, mappingFromYaml, mappingTable, mappingYaml } from './mapping-file.ts'
import { mappingRowsFrom, pairFrom, revisionFrom } from './mapping-input.ts'
import type { Mappings } from './mapping-desk.ts'
import { mappingHref, mappingPage, MAPPINGS, mappingsPage, UPLOAD_SET, uploadSetPage } from './mapping-page.ts'
import type { MappingRow } from './mapping.ts'

export interface MappingScreenNeeds {
  readonly mappings: Mappings
  readonly upload: CriteriaUpload
  readonly shelf: UploadShelf
  readonly now: () => Date
}

const ONE = `${MAPPINGS}/:from/:to`
const FILE = { maxBytes: 4 * 1024 * 1024, maxFiles: 1 } as const

const fileIn = ({ files }: Request) => {
  const [file] = files
  if (!file || file.size === 0) throw new InvalidInput({ file: 'Xin chọn tệp.' })
  return file
}

/** Bringing in a changed circular, and the mapping of its criteria: the Sở decides, everybody signed in may read. */
export const mappingRoutes = ({ mappings, upload, shelf, now }: MappingScreenNeeds): Route[] => [
  {
    method: 'get',
    path: UPLOAD_SET,
    access: 'signedIn',
    handle: async ({ actor }) => {
      await upload.demand(actor)
      return page('catalogue/upload', 'Tải bộ tiêu chí lên', uploadSetPage())
    },
  },
  {
    method: 'post',
    path: UPLOAD_SET,
    access: 'signedIn',
    upload: FILE,
    handle: async request => {
      const file = fileIn(request)
      const trial = await upload.tryFile(request.actor, file.path)
      const token = await shelf.keep(file, now())
      return page('catalogue/upload', 'Tải bộ tiêu chí lên', uploadSetPage({ ...trial, token }))
    },
  },
  {
    method: 'post',
    path: `${UPLOAD_SET}/xac-nhan`,
    access: 'signedIn',
    handle: async ({ actor, body, flash }) => {
      await upload.demand(actor)
      const { set, hash } = await upload.take(actor, await shelf.bytesOf(textField(body, 'token')))
      flash(
        'success',
        `Đã nhập ${set.instrument}, phiên bản ${hash.slice(0, 8)}. Phiên bản có hiệu lực với các trường khi Sở ban hành cho năm học.`,
      )
      return redirect(MAPPINGS)
    },
  },
  {
    method: 'get',
    path: MAPPINGS,
    access: 'signedIn',
    handle: async ({ actor }) => {
      const [versions, desks, edit, mayImport] = await Promise.all([
        mappings.versions(),
        mappings.desks(),
        mappings.mayEdit(actor),
        mappings.mayImport(actor),
      ])
      const may = { edit, import: mayImport }
      return page('catalogue/mappings', 'Chuyển đổi bộ tiêu chí', mappingsPage(versions, desks, may))
    },
  },
  {
    method: 'post',
    path: MAPPINGS,
    access: 'signedIn',
    handle: ({ body }) => {
      const { fromHash, toHash } = pairFrom(fieldsOf(body))
      return redirect(mappingHref(fromHash, toHash))
    },
  },
  {
    method: 'get',
    path: ONE,
    access: 'signedIn',
    handle: async ({ actor, params }) => {
      const { fromHash, toHash } = pairFrom(params)
      const model = mappingPage(await mappings.open(fromHash, toHash), await mappings.mayEdit(actor))
      return page('catalogue/mapping', 'Bảng chuyển đổi bộ tiêu chí', model)
    },
  },
  {
    method: 'post',
    path: ONE,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const pair = pairFrom(params)
      await mappings.saveDraft(actor, pair, mappingRowsFrom(body), revisionFrom(body))
      flash('success', 'Đã lưu bảng chuyển đổi. Bảng có hiệu lực khi được chốt.')
      return redirect(mappingHref(pair.fromHash, pair.toHash))
    },
  },
  {
    method: 'post',
    path: `${ONE}/chot`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const pair = pairFrom(params)
      const { hash } = await mappings.choose(actor, pair, revisionFrom(body))
      flash('success', `Đã chốt bảng chuyển đổi ${hash.slice(0, 12)}.`)
      return redirect(mappingHref(pair.fromHash, pair.toHash))
    },
  },
  {
    method: 'get',
    path: `${ONE}/bang.xlsx`,
    access: 'signedIn',
    handle: async ({ params }) => {
      const { fromHash, toHash } = pairFrom(params)
      const { from, to, rows } = await mappings.open(fromHash, toHash)
      return spreadsheet(await writeWorkbook([mappingTable(from.set, to.set, rows)]), 'Chuyen-doi-bo-tieu-chi.xlsx')
    },
  },
  {
    method: 'get',
    path: `${ONE}/bang.yaml`,
    access: 'signedIn',
    handle: async ({ params }) => {
      const { fromHash, toHash } = pairFrom(params)
      const { rows } = await mappings.open(fromHash, toHash)
      return {
        kind: 'file',
        body: Buffer.from(mappingYaml(rows)),
        mime: 'application/yaml',
        name: 'chuyen-doi-bo-tieu-chi.yaml',
      }
    },
  },
  {
    method: 'post',
    path: `${ONE}/nap`,
    access: 'signedIn',
    upload: FILE,
    handle: async request => {
      const { actor, params, flash } = request
      const pair = pairFrom(params)
      const rows = await rowsIn(await readFile(fileIn(request).path))
      await mappings.saveDraft(actor, pair, rows)
      flash('success', `Đã nạp ${rows.length} dòng. Xem lại rồi chốt bảng.`)
      return redirect(mappingHref(pair.fromHash, pair.toHash))
    },
  },
]

/** A spreadsheet is a ZIP archive; everything else is read as YAML. */
const rowsIn = (bytes: Buffer): Promise<readonly MappingRow[]> | readonly MappingRow[] =>
  bytes.subarray(0, 2).toString('latin1') === 'PK' ? mappingFromSheet(bytes) : mappingFromYaml(bytes.toString('utf8'))
