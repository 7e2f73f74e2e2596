import { page, redirect, spreadsheet, type Request, type Route } from '../http/route.ts'
import { textField } from '../http/fields.ts'
import { Forbidden, InvalidInput } from '../kernel/refusals.ts'
import {
  linesToApply,
  mustBeConfirmed,
  dryRunPage,
  readRows,
  uploadPage,
  writeWorkbook,
  type ImportForm,
  type UploadShelf,
} from '../sheet-files/index.ts'
import { TREE_COLUMNS, TREE_SHEET, criteriaWorkbook } from './criteria-sheet.ts'
import { demand, openForWriting, replacePart, setOn } from './edit-tree.ts'
import { carryOut, partTable, planPart } from './part-sheet.ts'
import { isProvinces } from './tree-draft.ts'
import { deskHref, nodeHref, openDesk, type Desk, type DeskSet } from './tree-desk.ts'
import type { TreeRouteNeeds } from './tree-routes.ts'

export interface TreeSheetNeeds extends TreeRouteNeeds {
  readonly shelf: UploadShelf
}

const EDITOR = '/cay-nam-hoc/:unitId/:setId'
const UPLOAD = { maxBytes: 10 * 1024 * 1024, maxFiles: 1 }

/** The draft of a set as a spreadsheet, and a spreadsheet as the draft: looked at first, then confirmed. */
export function treeSheetRoutes(needs: TreeSheetNeeds): Route[] {
  const opened = async ({ actor, params, year }: Request): Promise<{ readonly desk: Desk; readonly one: DeskSet }> => {
    const desk = await openDesk(needs)(actor, params['unitId'] ?? '', year)
    return { desk, one: setOn(desk, params['setId'] ?? '') }
  }
  const writing = async ({ actor, params, year }: Request): Promise<{ readonly desk: Desk; readonly one: DeskSet }> => {
    const desk = await openForWriting(needs, actor, { unitId: params['unitId'] ?? '', year })
    demand(desk, actor, 'addNodes')
    return { desk, one: setOn(desk, params['setId'] ?? '') }
  }
  const addressOf = ({ draft }: Desk, { base }: DeskSet, tail: string): string =>
    `/cay-nam-hoc/${draft.unitId}/${base.set.id}/${tail}?nam=${draft.year}`
  const formOf = (desk: Desk, one: DeskSet): ImportForm => ({
    what: 'cây tiêu chí',
    action: addressOf(desk, one, 'nhap'),
    template: addressOf(desk, one, 'bang-tinh.xlsx'),
    otherTemplates: [{ label: 'Cả bộ gốc, để lưu trữ', href: addressOf(desk, one, 'bo-goc.xlsx') }],
    breadcrumbs: [
      { label: 'Bộ tiêu chí', href: `/tieu-chi?nam=${desk.draft.year}` },
      { label: `Cây năm học ${desk.draft.year}`, href: deskHref(desk.draft) },
      { label: one.base.set.title, href: nodeHref(desk.draft, one.base.set.id) },
    ],
    back: nodeHref(desk.draft, one.base.set.id),
    advice: [
      'Tải tệp về, sửa tại chỗ, thêm dòng cho nút mới, dán câu chữ chính thức vào cột “Nguyên văn”.',
      'Dòng bị xóa khỏi tệp không làm mất nút: muốn bỏ thì xóa hoặc thôi dùng trên màn hình.',
      'Tệp đúng thành bản soạn; chưa có gì áp dụng cho đến khi ban hành.',
    ],
  })
  const planOf = async (one: DeskSet, token: string) =>
    planPart(await readRows(await needs.shelf.bytesOf(token), TREE_COLUMNS, { sheet: TREE_SHEET }), one)

  return [
    {
      method: 'get',
      path: `${EDITOR}/bang-tinh.xlsx`,
      access: 'signedIn',
      handle: async request => {
        const { desk, one } = await opened(request)
        return spreadsheet(await writeWorkbook([partTable(one)]), `${one.base.set.id}-${desk.draft.year}.xlsx`)
      },
    },
    {
      method: 'get',
      path: `${EDITOR}/bo-goc.xlsx`,
      access: 'signedIn',
      handle: async request => {
        const { one } = await opened(request)
        return spreadsheet(await criteriaWorkbook(one.base.set), `${one.base.set.id}.xlsx`)
      },
    },
    {
      method: 'get',
      path: `${EDITOR}/nhap`,
      access: 'signedIn',
      handle: async request => {
        const { desk, one } = await writing(request)
        const token = request.query['tep']
        const form = formOf(desk, one)
        if (token === undefined) return page('sheet-files/import', 'Nhập cây tiêu chí từ bảng tính', uploadPage(form))
        const confirm = addressOf(desk, one, 'xac-nhan')
        const plan = await planOf(one, token)
        return page('sheet-files/import', 'Nhập cây tiêu chí từ bảng tính', dryRunPage({ form, confirm, token, plan }))
      },
    },
    {
      method: 'post',
      path: `${EDITOR}/nhap`,
      access: 'signedIn',
      upload: UPLOAD,
      handle: async request => {
        const { desk, one } = await writing(request)
        const [file] = request.files
        if (!file || file.size === 0) throw new InvalidInput({ file: 'Xin chọn tệp Excel (.xlsx).' })
        const token = await needs.shelf.keep(file, needs.now())
        return redirect(`${addressOf(desk, one, 'nhap')}&tep=${token}`)
      },
    },
    {
      method: 'post',
      path: `${EDITOR}/xac-nhan`,
      access: 'signedIn',
      handle: async request => {
        const { actor, body, flash } = request
        const { desk, one } = await writing(request)
        const plan = await planOf(one, textField(body, 'token'))
        mustBeConfirmed(plan, textField(body, 'mark'))
        const { part, base } = carryOut(plan, one, desk.draft.year)
        if (base && !isProvinces(desk.place))
          throw new Forbidden('Chỉ Sở dán nguyên văn của bộ tiêu chí; đơn vị xin để trống cột “Nguyên văn”.', 'Sở')
        if (base) await needs.sets.insertOnce(base, needs.now())
        const place = { unitId: desk.draft.unitId, year: desk.draft.year }
        const swap = base && { from: one.base.hash, to: base.hash }
        await replacePart(needs)(actor, place, { part, seenRev: desk.draft.rev, ...(swap && { swap }) })
        flash('success', `Đã đưa ${linesToApply(plan).length} thay đổi vào bản soạn.`)
        return redirect(nodeHref(desk.draft, one.base.set.id))
      },
    },
  ]
}
