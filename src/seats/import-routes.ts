import { page, redirect, spreadsheet, type Route } from '../http/route.ts'
import { placesAs, type Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, InvalidInput } from '../kernel/refusals.ts'
import { formFields } from '../organisations/index.ts'
import { dryRunPage, uploadPage, writeWorkbook, type ImportForm } from '../sheet-files/index.ts'
import { beginImport, followImport, openImport, type ImportJobNeeds } from './import-job.ts'
import { importJobPage } from './import-job-page.ts'
import { planOfPeople } from './import-people.ts'
import { peopleTemplate } from './people-sheet.ts'
import { WHO_APPOINTS } from './seat-policy.ts'

const PAGE = '/quan-tri/nhap-nhan-su'
const JOBS = `${PAGE}/viec`
const TITLE = 'Nhập nhân sự từ bảng tính'
const CRUMBS = [{ label: 'Quản trị' }, { label: 'Tài khoản', href: '/quan-tri/tai-khoan' }]
const UPLOAD = { maxBytes: 20 * 1024 * 1024, maxFiles: 1 }

const FORM: ImportForm = {
  what: 'nhân sự',
  action: PAGE,
  template: `${PAGE}/mau.xlsx`,
  breadcrumbs: CRUMBS,
  back: '/quan-tri/tai-khoan',
  advice: [
    'Mỗi dòng một vị trí. Người mới được tạo tài khoản và chờ đặt mật khẩu; liên kết mời tạo sau ở trang Tài khoản.',
    'Người đã có giữ nguyên thông tin, chỉ thêm vị trí còn thiếu. Nhập lại cùng tệp không tạo người hay vị trí trùng.',
  ],
}

function requireAppointer(actor: Actor): void {
  if (placesAs(actor, 'head', 'itAdmin').length === 0) throw new Forbidden('Không được nhập nhân sự.', WHO_APPOINTS)
}

/** People and their posts from a spreadsheet: choose, look at what it would do, confirm, follow. */
export function importRoutes(needs: ImportJobNeeds): readonly Route[] {
  const [plan, begin] = [planOfPeople(needs), beginImport(needs)]
  return [
    {
      method: 'get',
      path: PAGE,
      access: 'signedIn',
      handle: async ({ actor, query }) => {
        requireAppointer(actor)
        const token = query['tep']
        if (token === undefined) return page('sheet-files/import', TITLE, uploadPage(FORM))
        const planned = await plan(actor, token)
        const model = dryRunPage({ form: FORM, confirm: `${PAGE}/xac-nhan`, token, plan: planned })
        return page('sheet-files/import', TITLE, model)
      },
    },
    {
      method: 'get',
      path: `${PAGE}/mau.xlsx`,
      access: 'signedIn',
      handle: async ({ actor }) => {
        requireAppointer(actor)
        const tree = await needs.units.tree()
        const own = placesAs(actor, 'head').flatMap(({ unitId }) => tree.get(unitId) ?? [])
        return spreadsheet(await writeWorkbook([peopleTemplate(own, dayOf(needs.now()))]), 'Nhan-su.xlsx')
      },
    },
    {
      method: 'post',
      path: PAGE,
      access: 'signedIn',
      upload: UPLOAD,
      handle: async ({ actor, files }) => {
        requireAppointer(actor)
        const [file] = files
        if (!file || file.size === 0) throw new InvalidInput({ file: 'Xin chọn tệp Excel (.xlsx).' })
        return redirect(`${PAGE}?tep=${await needs.shelf.keep(file, needs.now())}`)
      },
    },
    {
      method: 'post',
      path: `${PAGE}/xac-nhan`,
      access: 'signedIn',
      handle: async ({ actor, body }) => {
        requireAppointer(actor)
        const fields = formFields(body)
        const { id } = await begin(actor, fields.text('token'), fields.text('mark'))
        return redirect(`${JOBS}/${id}`)
      },
    },
    {
      method: 'get',
      path: `${JOBS}/:job`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const job = await openImport(needs, actor, params['job'] ?? '')
        return page('seats/import-job', TITLE, {
          breadcrumbs: [...CRUMBS, { label: TITLE, href: PAGE }],
          ...importJobPage(job, `${JOBS}/${job.id}`, PAGE),
        })
      },
    },
    {
      method: 'get',
      path: `${JOBS}/:job/tien-do`,
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const { id } = await openImport(needs, actor, params['job'] ?? '')
        return { kind: 'events', source: followImport(needs, id, `${JOBS}/${id}`) }
      },
    },
  ]
}
