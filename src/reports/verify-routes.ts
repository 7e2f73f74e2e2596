import { textField } from '../http/fields.ts'
import { page, redirect, type Answer, type Route } from '../http/route.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import type { ReportNeeds, Verified } from './report-needs.ts'
import { verifyPage } from './verify-page.ts'
import { verifyByHash, verifyFile } from './verify.ts'

const answer = (found?: Verified): Answer => page('reports/verify', 'Xác minh văn bản', verifyPage(found))

/** The page behind the QR code: open to everybody, without signing in. */
export const verifyRoutes = (needs: Pick<ReportNeeds, 'papers' | 'assessment' | 'elsewhere'>): Route[] => [
  {
    method: 'get',
    path: '/xac-minh',
    access: 'anyone',
    handle: async ({ query }) => {
      const typed = query['ma']?.trim() ?? ''
      return typed === '' ? answer() : redirect(`/xac-minh/${encodeURIComponent(typed)}`)
    },
  },
  {
    method: 'get',
    path: '/xac-minh/:hash',
    access: 'anyone',
    handle: async ({ params }) => answer(await verifyByHash(needs)(params['hash'] ?? '')),
  },
  {
    method: 'post',
    path: '/xac-minh',
    access: 'anyone',
    upload: { maxBytes: 50 * 1024 * 1024, maxFiles: 1 },
    handle: async ({ files, body }) => {
      const [file] = files
      if (file) return answer(await verifyFile(needs)(file.path))
      const typed = textField(body, 'ma').trim()
      if (typed === '') throw new InvalidInput({ tep: 'Xin chọn tệp PDF cần kiểm tra.' })
      return redirect(`/xac-minh/${encodeURIComponent(typed)}`)
    },
  },
]
