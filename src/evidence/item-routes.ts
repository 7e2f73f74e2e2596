import type { JournalEntry } from '../kernel/journal-entry.ts'
import { redirect, page, type Request, type Route } from '../http/route.ts'
import { isPreviewable } from './accepted-kinds.ts'
import { assignCode, moveBox } from './assign-code.ts'
import { declareMissing, reject, verify, withdraw } from './check-evidence.ts'
import { collectExpected } from './collect.ts'
import { dispose } from './dispose.ts'
import { addEntry, confirmCarried, editDetails, editEntry, removeFile } from './edit-evidence.ts'
import { hrefOf, labelOf } from './evidence-facts.ts'
import {
  boxFrom,
  checkFrom,
  collectFrom,
  detailsFrom,
  disposalFrom,
  entryFrom,
  hashFrom,
  reasonFrom,
} from './evidence-input.ts'
import { itemFor, surroundingsOf, type EvidenceNeeds } from './evidence-needs.ts'
import { evidencePage } from './evidence-page.ts'
import { told, UPLOAD } from './evidence-routes.ts'
import type { Evidence } from './evidence.ts'
import { openFile } from './open-file.ts'
import { replaceFile } from './replace-file.ts'

export interface ItemNeeds extends EvidenceNeeds {
  /** Journal entries of a subject, newest first. */
  readonly history: (subject: { kind: string; id: string }) => Promise<readonly JournalEntry[]>
}

/** The screens and steps of one item of evidence, and its files. */
export function itemRoutes(needs: ItemNeeds): Route[] {
  const idOf = (request: Request): string => request.params['id'] ?? ''
  const dossierOf = async (request: Request) => (await itemFor(needs, request.actor, idOf(request), 'read')).dossier

  /** A step by a form on the item's page: done, said, and back to the page. */
  const step = (
    path: string,
    done: (item: Evidence) => string,
    act: (request: Request) => Promise<Evidence>,
    more: Pick<Route, 'upload'> = {},
  ): Route => ({
    method: 'post',
    path: `/minh-chung/:id/${path}`,
    access: 'signedIn',
    ...more,
    handle: async request => {
      const item = await act(request)
      request.flash('success', done(item))
      return redirect(hrefOf(item))
    },
  })

  return [
    {
      method: 'get',
      path: '/minh-chung/:id',
      access: 'signedIn',
      handle: async request => {
        const { item, dossier } = await itemFor(needs, request.actor, idOf(request), 'read')
        const [around, history] = await Promise.all([
          surroundingsOf(needs, dossier),
          needs.history({ kind: 'evidence', id: item.id }),
        ])
        const now = around.items.find(each => each.id === item.id) ?? item
        return page('evidence/item', `${labelOf(now)} ${now.name}`, evidencePage(request.actor, now, around, history))
      },
    },
    {
      method: 'get',
      path: '/minh-chung/:id/tep/:sha256',
      access: 'signedIn',
      handle: async request => {
        const sha256 = request.params['sha256'] ?? ''
        const { file, path } = await openFile(needs)(request.actor, idOf(request), sha256)
        const inline = isPreviewable(file.mime) && request.query['tai'] !== '1'
        return { kind: 'file', body: { path }, mime: file.mime, name: file.name, inline, etag: sha256 }
      },
    },
    {
      method: 'post',
      path: '/minh-chung/:id/thu-thap',
      access: 'signedIn',
      upload: UPLOAD,
      handle: async request => {
        const { actor, body, files } = request
        const dossier = await dossierOf(request)
        const input = collectFrom(body, dossier)
        const collected = await collectExpected(needs)(actor, idOf(request), { input, files })
        told(request, collected)
        return redirect(hrefOf(collected.item))
      },
    },
    step(
      'sua',
      () => 'Đã lưu thông tin minh chứng.',
      async request =>
        editDetails(needs)(request.actor, idOf(request), detailsFrom(request.body, await dossierOf(request))),
    ),
    step(
      'muc',
      () => 'Đã thêm năm học.',
      ({ actor, params, body, files }) => addEntry(needs)(actor, params['id'] ?? '', entryFrom(body), files),
      { upload: UPLOAD },
    ),
    step(
      'muc/:entry',
      () => 'Đã lưu.',
      ({ actor, params, body, files }) =>
        editEntry(needs)(actor, params['id'] ?? '', params['entry'] ?? '', entryFrom(body), files),
      { upload: UPLOAD },
    ),
    step(
      'go-tep',
      () => 'Đã gỡ tệp.',
      request => removeFile(needs)(request.actor, idOf(request), hashFrom(request.body)),
    ),
    step(
      'xem-lai',
      () => 'Đã xác nhận minh chứng kế thừa vẫn dùng được.',
      request => confirmCarried(needs)(request.actor, idOf(request)),
    ),
    step(
      'kiem-tra',
      () => 'Đã xác nhận kiểm tra.',
      request => verify(needs)(request.actor, idOf(request), checkFrom(request.body)),
    ),
    step(
      'khong-nhan',
      () => 'Đã ghi nhận không nhận minh chứng.',
      request => reject(needs)(request.actor, idOf(request), reasonFrom(request.body)),
    ),
    step(
      'khong-tim-duoc',
      () => 'Đã ghi nhận không tìm được minh chứng.',
      request => declareMissing(needs)(request.actor, idOf(request), reasonFrom(request.body)),
    ),
    step(
      'cap-ma',
      item => `Đã cấp mã ${labelOf(item)}.`,
      request => assignCode(needs)(request.actor, idOf(request), boxFrom(request.body)),
    ),
    step(
      'chuyen-hop',
      item => `Đã chuyển hộp; mã mới ${labelOf(item)}. Nhớ in lại nhãn hộp.`,
      request => moveBox(needs)(request.actor, idOf(request), boxFrom(request.body) ?? 0),
    ),
    step(
      'thay-tep',
      () => 'Đã thay tệp; bản cũ được giữ lại.',
      ({ actor, params, body, files }) =>
        replaceFile(needs)(actor, params['id'] ?? '', {
          old: hashFrom(body),
          received: files,
          reason: reasonFrom(body),
        }),
      { upload: UPLOAD },
    ),
    step(
      'rut',
      item => `Đã rút minh chứng ${labelOf(item)}.`,
      request => withdraw(needs)(request.actor, idOf(request), reasonFrom(request.body)),
    ),
    step(
      'tieu-huy',
      () => 'Đã ghi nhận tiêu hủy. Thông tin và mã băm của tệp được giữ lại.',
      request => dispose(needs)(request.actor, idOf(request), disposalFrom(request.body)),
    ),
  ]
}
