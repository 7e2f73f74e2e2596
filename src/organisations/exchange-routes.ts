import { page, redirect, type Route } from '../http/route.ts'
import { dayOf, parseDay } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { uploadPage, writeWorkbook } from '../sheet-files/index.ts'
import {
  faultSentence,
  demandProvince,
  MAX_BYTES,
  uploaded,
  XLSX,
  type OperationRouteNeeds,
} from './operation-routes.ts'
import { operationHref } from './operation-page.ts'
import { planChecked } from './operate.ts'
import { readUnits, unitsSheet } from './unit-sheets.ts'

const UPLOAD = '/sap-xep-don-vi/nhap'

/** The tree of a day as a spreadsheet, and units from one: what a file would do is an operation to look at first. */
export const exchangeRoutes = (needs: OperationRouteNeeds): readonly Route[] => [
  {
    method: 'get',
    path: '/don-vi/xuat.xlsx',
    access: 'signedIn',
    handle: async ({ query }) => {
      const day = parseDay(query['ngay'] ?? '') ?? dayOf(needs.now())
      const bytes = await writeWorkbook([unitsSheet(await needs.units.tree(), day)])
      return { kind: 'file', body: bytes, mime: XLSX, name: `don-vi-${day}.xlsx` }
    },
  },
  {
    method: 'get',
    path: UPLOAD,
    access: 'signedIn',
    handle: ({ actor }) => {
      demandProvince(actor)
      const model = uploadPage({
        what: 'đơn vị',
        action: UPLOAD,
        template: '/don-vi/xuat.xlsx',
        breadcrumbs: [
          { label: 'Đơn vị', href: '/don-vi' },
          { label: 'Sắp xếp đơn vị', href: '/sap-xep-don-vi' },
        ],
        back: '/sap-xep-don-vi',
        advice: [
          'Mẫu tải về có sẵn các đơn vị hiện nay: sửa tại chỗ, thêm dòng cho đơn vị mới.',
          'Đơn vị được nhận ra bằng mã; gửi lại cùng tệp không sinh đơn vị trùng.',
          'Tệp đúng sẽ thành một bản sắp xếp để xem trước; chưa có gì thay đổi.',
        ],
      })
      return page('sheet-files/import', 'Nhập đơn vị từ bảng tính', model)
    },
  },
  {
    method: 'post',
    path: UPLOAD,
    access: 'signedIn',
    upload: { maxBytes: MAX_BYTES, maxFiles: 1 },
    handle: async request => {
      const { actor, flash } = request
      const provinceId = demandProvince(actor)
      const { bytes, name } = await uploaded(request)
      const { changes, faults, from } = await readUnits(bytes, await needs.units.treeNow())
      if (faults.length > 0)
        throw new InvalidInput({ file: faultSentence(faults) }, 'Bảng tính còn ô chưa đúng, chưa có gì được nhận.')
      if (changes.length === 0)
        throw new InvalidInput({ file: 'Các đơn vị đã đúng như bảng tính, không có gì để đổi.' })
      const operation = await planChecked(needs)(actor, {
        provinceId,
        draft: { kind: 'import', changes, fileName: tidy(name) },
        from: from ?? dayOf(needs.now()),
        decision: '',
        reason: `Nhập từ bảng tính ${tidy(name)}`,
      })
      flash('success', `Đã đọc ${changes.length} thay đổi. Xin xem trước rồi mới thực hiện.`)
      return redirect(operationHref(operation.id))
    },
  },
]
