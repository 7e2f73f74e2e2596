import { NOBODY, page, redirect, type Request, type Route } from '../http/route.ts'
import { placesAs, type Actor } from '../kernel/actor.ts'
import { NotFound } from '../kernel/refusals.ts'
import { shiftYear, type WorkingYear } from '../kernel/working-year.ts'
import { formFields } from '../organisations/index.ts'
import type { CriteriaSet } from './criteria-set.ts'
import { deskPage, type DeskSurroundings } from './desk-page.ts'
import type { DeskNeeds } from './desk-needs.ts'
import type { PartEdit } from './draft-edits.ts'
import { copyForward, decideFrame, editTree, setOn, type DeskPlace } from './edit-tree.ts'
import { editorPage } from './editor-page.ts'
import { publishTree } from './publish-tree.ts'
import { setPage } from './set-page.ts'
import { isProvinces } from './tree-draft.ts'
import { deskHref, nodeHref, openDesk, type Desk } from './tree-desk.ts'
import {
  addFrom,
  adviseFrom,
  frameFrom,
  moveFrom,
  removeFrom,
  restoreFrom,
  retireFrom,
  rewriteFrom,
  seenDraftFrom,
} from './tree-input.ts'
import { validIn, switchesOf, type YearTree } from './year-tree.ts'

export interface TreeRouteNeeds extends DeskNeeds {
  readonly unitName: (unitId: string) => Promise<string>
}

const BASE = '/cay-nam-hoc'

/** Each edit of the editor with its address, its reader and what is said when it is done. */
const EDITS: readonly {
  readonly path: string
  readonly from: (body: unknown) => PartEdit
  readonly done: string
}[] = [
  { path: 'them', from: addFrom, done: 'Đã thêm nút.' },
  { path: 'sua', from: rewriteFrom, done: 'Đã lưu nội dung.' },
  { path: 'chuyen', from: moveFrom, done: 'Đã chuyển chỗ.' },
  { path: 'xoa', from: removeFrom, done: 'Đã xóa nút khỏi bản soạn.' },
  { path: 'thoi-dung', from: retireFrom, done: 'Đã ghi thôi dùng; lịch sử của nút vẫn giữ.' },
  { path: 'dung-lai', from: restoreFrom, done: 'Nút được dùng lại.' },
  { path: 'huong-dan', from: adviseFrom, done: 'Đã lưu hướng dẫn.' },
]

/** The desk of year trees and the editor of each set; every form works without script. */
export function treeRoutes(needs: TreeRouteNeeds): Route[] {
  const deskOf = ({ actor, params, year }: Request): Promise<Desk> =>
    openDesk(needs)(actor, params['unitId'] ?? '', year)
  const placeOf = ({ params }: Request, year: WorkingYear): DeskPlace => ({ unitId: params['unitId'] ?? '', year })

  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: ({ actor, unitId, year }) => redirect(`${BASE}/${ownUnit(actor, unitId)}?nam=${year}`),
    },
    {
      method: 'get',
      path: `${BASE}/:unitId`,
      access: 'signedIn',
      handle: async request => {
        const desk = await deskOf(request)
        return page(
          'catalogue/desk',
          'Cây tiêu chí của năm học',
          deskPage(request.actor, desk, await around(needs, desk)),
        )
      },
    },
    {
      method: 'post',
      path: `${BASE}/:unitId/khung`,
      access: 'signedIn',
      handle: async request => {
        const { year, rev } = seenDraftFrom(request.body)
        const draft = await decideFrame(needs)(request.actor, placeOf(request, year), frameFrom(request.body), rev)
        request.flash('success', 'Đã lưu khung của năm học.')
        return redirect(deskHref(draft))
      },
    },
    {
      method: 'post',
      path: `${BASE}/:unitId/chep`,
      access: 'signedIn',
      handle: async request => {
        const { year, rev } = seenDraftFrom(request.body)
        const draft = await copyForward(needs)(request.actor, placeOf(request, year), rev)
        request.flash('success', 'Đã chép bản soạn của năm học trước. Xin xem phần khác nhau rồi ban hành.')
        return redirect(deskHref(draft))
      },
    },
    {
      method: 'post',
      path: `${BASE}/:unitId/ban-hanh`,
      access: 'signedIn',
      handle: async request => {
        const { year, rev } = seenDraftFrom(request.body)
        const place = placeOf(request, year)
        const note = formFields(request.body).text('note')
        const tree = await publishTree(needs)(request.actor, place, { rev, note })
        request.flash('success', `Đã ban hành phiên bản ${tree.versions?.at(-1)?.number ?? 1} của cây năm học ${year}.`)
        return redirect(deskHref(place))
      },
    },
    {
      method: 'get',
      path: `${BASE}/:unitId/:setId`,
      access: 'signedIn',
      handle: async request => {
        const desk = await deskOf(request)
        const one = setOn(desk, request.params['setId'] ?? '')
        return page(
          'catalogue/editor',
          one.base.set.title,
          editorPage(request.actor, desk, one, request.query['nut'] ?? ''),
        )
      },
    },
    {
      method: 'get',
      path: `${BASE}/:unitId/:setId/xem-truoc`,
      access: 'signedIn',
      handle: async request => {
        const desk = await deskOf(request)
        const { effective } = setOn(desk, request.params['setId'] ?? '')
        const switches = switchesOf(desk.provinceTree, effective.set.id)
        const model = setPage(NOBODY, previewTree(desk), { version: effective, switches }, '')
        const back = { label: 'Bản soạn', href: nodeHref(desk.draft, effective.set.id) }
        return page('catalogue/set', effective.set.title, { ...model, breadcrumbs: [back], preview: true })
      },
    },
    ...EDITS.map(({ path, from, done }): Route => ({
      method: 'post',
      path: `${BASE}/:unitId/:setId/${path}`,
      access: 'signedIn',
      handle: async request => {
        const { year } = seenDraftFrom(request.body)
        const place = placeOf(request, year)
        const setId = request.params['setId'] ?? ''
        const at = await editTree(needs)(request.actor, place, setId, from(request.body))
        request.flash('success', done)
        return redirect(nodeHref(place, setId, at))
      },
    })),
  ]
}

/** The unit whose desk this person opens: the one chosen in the top bar, or the first office held. */
function ownUnit(actor: Actor, chosen: string | undefined): string {
  const offices = placesAs(actor, 'provinceLead', 'provinceOfficer', 'middleLead', 'middleOfficer').map(
    one => one.unitId,
  )
  const own = offices.find(unitId => unitId === chosen) ?? offices[0]
  if (own === undefined) throw new NotFound('year tree of nobody')
  return own
}

/** The year's tree as it would be, so that the preview shows the version as the one in use. */
const previewTree = ({ provinceTree, sets }: Desk): YearTree => ({
  ...provinceTree,
  sets: sets.map(({ base, effective }) => ({
    setId: base.set.id,
    hash: effective.hash,
    rating: base.set.rating,
    schoolKinds: base.set.schoolKinds,
  })),
})

async function around(needs: TreeRouteNeeds, { draft, place, tree, provinceTree }: Desk): Promise<DeskSurroundings> {
  const { unitId, provinceId } = place
  const lastYear = shiftYear(draft.year, -1)
  const [before, lastDraft] = await Promise.all([
    needs.trees.findOfUnit(unitId, provinceId, lastYear),
    needs.drafts.find(unitId, lastYear),
  ])
  const setsOf = async (of: YearTree): Promise<ReadonlyMap<string, CriteriaSet>> => {
    const versions = await Promise.all(of.sets.map(one => needs.sets.get(one.hash)))
    return new Map(versions.map(({ set }) => [set.id, set]))
  }
  return {
    unitName: await needs.unitName(unitId),
    choices: isProvinces(place) ? (await needs.sets.imported()).filter(({ set }) => validIn(set, draft.year)) : [],
    hasLastDraft: lastDraft !== undefined,
    lastYear: await setsOf(before),
    // A unit that has published nothing yet adds to what the Sở has in force.
    inForce: await setsOf(tree.rev > 0 ? tree : provinceTree),
  }
}
