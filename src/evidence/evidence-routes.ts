import { textField } from '../http/fields.ts'
import { json, page, redirect, type Request, type Route } from '../http/route.ts'
import { Forbidden } from '../kernel/refusals.ts'
import { boardFilter, boardHref, boardPage, mayAdd } from './board-page.ts'
import { cataloguePage } from './catalogue-page.ts'
import { collect, collectMany, twinWarning, type Collected } from './collect.ts'
import { labelOf } from './evidence-facts.ts'
import { bulkFrom, collectFrom, forecastFrom, idFrom, quickFrom, requestFrom } from './evidence-input.ts'
import { evidenceOf, surroundingsOf, type EvidenceNeeds } from './evidence-needs.ts'
import { demand } from './evidence-policy.ts'
import { pick } from './evidence-search.ts'
import { forecast } from './forecast.ts'
import { newPage } from './new-page.ts'
import { renumber } from './renumber.ts'

/** Room above the limit of 50 MB, so that a somewhat larger file is refused in words at its field. */
export const UPLOAD = { maxBytes: 64 * 1024 * 1024, maxFiles: 20 } as const

const WHO_ADDS = 'thành viên nhóm công tác phụ trách tiêu chí hoặc nhóm thư ký'

/** The screens of all evidence of one assessment: board, new item, many files at once, catalogue, search. */
export function evidenceRoutes(needs: EvidenceNeeds): Route[] {
  const dossierFor = async ({ actor, params }: Request) => {
    const dossier = await needs.dossiers.get(params['id'] ?? '')
    demand('read', actor, { dossier })
    return dossier
  }
  const base = '/danh-gia/:id/minh-chung'
  return [
    {
      method: 'get',
      path: base,
      access: 'signedIn',
      handle: async request => {
        const around = await surroundingsOf(needs, await dossierFor(request))
        return page('evidence/board', 'Minh chứng', boardPage(request.actor, around, boardFilter(request.query)))
      },
    },
    {
      method: 'get',
      path: `${base}/moi`,
      access: 'signedIn',
      handle: async request => {
        const dossier = await dossierFor(request)
        if (!mayAdd(request.actor, dossier))
          throw new Forbidden('Nhiệm vụ đang giữ không gồm việc thêm minh chứng.', WHO_ADDS)
        return page('evidence/new', 'Thêm minh chứng', newPage(request.actor, dossier, request.query))
      },
    },
    {
      method: 'get',
      path: `${base}/danh-muc`,
      access: 'signedIn',
      handle: async request => {
        const around = await surroundingsOf(needs, await dossierFor(request))
        return page('evidence/catalogue', 'Danh mục mã minh chứng', cataloguePage(around))
      },
    },
    {
      method: 'get',
      path: `${base}/tim`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await dossierFor(request)
        const criterion = request.query['tieuchi']
        const items = await evidenceOf(needs, id)
        return json(pick(items, { question: request.query['q'] ?? '', ...(criterion ? { criterion } : {}) }))
      },
    },
    {
      method: 'post',
      path: base,
      access: 'signedIn',
      upload: UPLOAD,
      handle: async request => {
        const { actor, body, files } = request
        const dossier = await dossierFor(request)
        const requestOfTeam = requestFrom(body)
        const collected = await collect(needs)(actor, dossier.id, {
          input: collectFrom(body, dossier),
          files,
          ...(requestOfTeam === undefined ? {} : { requestOfTeam }),
        })
        told(request, collected)
        return redirect(`/minh-chung/${collected.item.id}`)
      },
    },
    {
      method: 'post',
      path: `${base}/du-kien`,
      access: 'signedIn',
      handle: async request => {
        const dossier = await dossierFor(request)
        const item = await forecast(needs)(request.actor, dossier.id, forecastFrom(request.body, dossier))
        request.flash('success', `Đã ghi minh chứng dự kiến ${labelOf(item)}.`)
        return redirect(`${boardHref(dossier.id)}?tieuchi=${item.criterion}`)
      },
    },
    {
      method: 'post',
      path: `${base}/nhieu-tep`,
      access: 'signedIn',
      upload: UPLOAD,
      handle: async request => {
        const { actor, body, files } = request
        const dossier = await dossierFor(request)
        const given = idFrom(body)
        const input = bulkFrom(body, dossier, files.length)
        const outcome = await collectMany(needs)(actor, dossier.id, {
          ...input,
          files,
          ...(given ? { id: given } : {}),
        })
        if (textField(body, 'answer') === 'json')
          return json({
            collected: outcome.collected.map(({ item, twins }) => ({
              id: item.id,
              label: labelOf(item),
              name: item.name,
              href: `/minh-chung/${item.id}`,
              ...(twins.length > 0 ? { warning: twinWarning(twins) } : {}),
            })),
            refused: outcome.refused,
          })
        if (outcome.collected.length > 0)
          request.flash(
            'success',
            `Đã thêm ${outcome.collected.length} minh chứng: ${outcome.collected.map(each => labelOf(each.item)).join(', ')}.`,
          )
        for (const { twins } of outcome.collected) if (twins.length > 0) request.flash('warning', twinWarning(twins))
        for (const { reason } of outcome.refused) request.flash('error', reason)
        return redirect(`${boardHref(dossier.id)}?tieuchi=${input.criterion}`)
      },
    },
    {
      method: 'post',
      path: `${base}/nhanh`,
      access: 'signedIn',
      upload: UPLOAD,
      handle: async request => {
        const { actor, body, files } = request
        const dossier = await dossierFor(request)
        const given = idFrom(body)
        const input = quickFrom(body, dossier)
        const { item, twins } = await collect(needs)(actor, dossier.id, {
          input,
          files,
          ...(given ? { id: given } : {}),
        })
        return json(
          { id: item.id, label: labelOf(item), ...(twins.length > 0 ? { warning: twinWarning(twins) } : {}) },
          201,
        )
      },
    },
    {
      method: 'post',
      path: `${base}/danh-lai-ma`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await dossierFor(request)
        const mapping = await renumber(needs)(request.actor, id)
        const moved = mapping.filter(each => each.to !== undefined).length
        request.flash('success', `Đã đánh lại mã: ${moved} minh chứng có mã mới, các phiếu dẫn theo mã mới.`)
        return redirect(`${boardHref(id)}/danh-muc`)
      },
    },
  ]
}

/** What a person is told after bringing something: the running number, and which items look the same. */
export function told(request: Request, { item, twins }: Collected): void {
  request.flash('success', `Đã ghi nhận minh chứng ${labelOf(item)}.`)
  if (twins.length > 0) request.flash('warning', twinWarning(twins))
}
