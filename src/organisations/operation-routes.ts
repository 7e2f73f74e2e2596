import { readFile } from 'node:fs/promises'
import { page, redirect, type Request, type Route } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { addDays, dayOf, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite } from '../kernel/refusals.ts'
import { writeWorkbook } from '../sheet-files/index.ts'
import { formFields, revisionFrom } from './form-fields.ts'
import { operationFormPage } from './operation-form-page.ts'
import { operationFrom, operationSlug, placingFrom, type OperationSlug } from './operation-input.ts'
import type { Operation } from './operation.ts'
import { MOST_LINES, operationHref, operationPage, operationsPage, placingPage } from './operation-page.ts'
import { mayOperate, WHO_PLANS_OPERATIONS } from './operation-policy.ts'
import {
  beginApplying,
  beginUndoing,
  checkOperation,
  discardOperation,
  editOperation,
  factsOf,
  planChecked,
  undoFacts,
  type OperationNeeds,
} from './operate.ts'
import { followOperation } from './operation-progress.ts'
import { runningStep } from './operation-step-routes.ts'
import { placesFor, placingOf, toBePlaced } from './plan-changes.ts'
import { previewOf } from './preview.ts'
import type { Unit } from './unit.ts'
import { parentIdOn, type UnitTree } from './unit-tree.ts'
import { placingSheet, readPlacing } from './unit-sheets.ts'

export interface OperationRouteNeeds extends OperationNeeds {
  readonly report: (error: unknown) => void
  readonly history: (subject: { readonly kind: string; readonly id: string }) => Promise<readonly JournalEntry[]>
  /** What else hangs on units that change from a day on (assessments, posts), a sentence each; kept below this feature. */
  readonly touches: (change: {
    readonly unitIds: readonly string[]
    readonly ending: readonly string[]
    readonly from: Day
  }) => Promise<readonly string[]>
}

const BASE = '/sap-xep-don-vi'

/** The Sở whose units this person may arrange; undefined for everybody else. */
export const provinceToArrange = (actor: Actor): string | undefined =>
  actor.seats.map(seat => seat.unitId).find(provinceId => mayOperate.plan(actor, { provinceId }))

/** The same, refusing everybody else. */
export function demandProvince(actor: Actor): string {
  const provinceId = provinceToArrange(actor)
  if (provinceId === undefined) throw new Forbidden('Không được sắp xếp đơn vị.', WHO_PLANS_OPERATIONS)
  return provinceId
}

/** Everybody may see what was decided; plans are for those who draw them up. */
function mustRead(actor: Actor, operation: Operation): void {
  const decided = operation.state === 'applied' || operation.state === 'undone'
  if (!decided && !mayOperate.plan(actor, operation)) throw new NotFound(`operation ${operation.id}`)
}

/** Decisions about units: drawing up, preview, placing, carrying out, undoing. */
export const operationRoutes = (needs: OperationRouteNeeds): readonly Route[] => {
  const { units, operations, now } = needs

  const aboutUnit = (tree: UnitTree, slug: OperationSlug, id: string | undefined): Unit | undefined => {
    const unit = tree.get(id ?? '')
    if (!unit && slug !== 'them' && slug !== 'hai-cap') throw new NotFound(`unit ${id}`)
    return unit
  }
  const slugIn = ({ params }: Request): OperationSlug => {
    const slug = operationSlug(params['viec'])
    if (!slug) throw new NotFound(`operation ${params['viec']}`)
    return slug
  }
  const opened = async ({ actor, params }: Request): Promise<Operation> => {
    const operation = await operations.get(params['id'] ?? '')
    mustRead(actor, operation)
    return operation
  }
  /** The operation as the form was drawn from it. */
  const seen = async (request: Request): Promise<Operation> => {
    const operation = await opened(request)
    if (operation.rev !== revisionFrom(formFields(request.body)))
      throw new StaleWrite('Bản sắp xếp này vừa được người khác sửa.')
    return operation
  }
  const step = (
    slug: string,
    said: string,
    take: (actor: Actor, operation: Operation, reason: string) => Promise<Operation>,
  ): Route => ({
    method: 'post',
    path: `${BASE}/:id/${slug}`,
    access: 'signedIn',
    handle: async request => {
      const { id } = await take(request.actor, await seen(request), formFields(request.body).text('reason'))
      request.flash('success', said)
      return redirect(operationHref(id))
    },
  })

  return [
    {
      method: 'get',
      path: BASE,
      access: 'signedIn',
      handle: async ({ actor }) => {
        const provinceId = provinceToArrange(actor)
        const known = [...(await units.tree()).values()]
        const provinces = known.filter(unit => unit.kind === 'province')
        const all = await operations.ofProvinces(provinces.map(unit => unit.id))
        const shown = all.filter(
          each => each.state === 'applied' || (provinceId !== undefined && each.provinceId === provinceId),
        )
        const hasDistricts = known.some(unit => unit.kind === 'district' && unit.to === undefined)
        return page(
          'organisations/operations',
          'Sắp xếp đơn vị',
          operationsPage(actor, shown, { provinceId, hasDistricts }),
        )
      },
    },
    {
      method: 'get',
      path: `${BASE}/moi/:viec`,
      access: 'signedIn',
      handle: async request => {
        demandProvince(request.actor)
        const slug = slugIn(request)
        const tree = await units.tree()
        const unit = aboutUnit(tree, slug, request.query['don-vi'])
        const model = operationFormPage({ slug, tree, today: dayOf(now()), unit })
        return page('organisations/operation-form', model.heading, model)
      },
    },
    {
      method: 'post',
      path: `${BASE}/moi/:viec`,
      access: 'signedIn',
      handle: async request => {
        const { actor, body, query, flash } = request
        const provinceId = demandProvince(actor)
        const slug = slugIn(request)
        const tree = await units.treeNow()
        const unit = aboutUnit(tree, slug, query['don-vi'])
        const operation = await planChecked(needs)(actor, operationFrom(slug, body, tree, { provinceId, unit }))
        flash('success', 'Đã soạn. Xin xem trước các thay đổi rồi mới thực hiện.')
        return redirect(operationHref(operation.id))
      },
    },
    {
      method: 'get',
      path: `${BASE}/:id`,
      access: 'signedIn',
      handle: async request => {
        const operation = await opened(request)
        const { actor } = request
        const [tree, turn, history] = await Promise.all([
          units.treeNow(),
          operations.lastTurn(),
          needs.history({ kind: 'unitOperation', id: operation.id }),
        ])
        const open = operation.state === 'planned' || operation.state === 'previewed'
        const preview = open ? previewOf(operation, tree) : undefined
        const decided = open ? undefined : await operations.firstChangesOf(operation.id, MOST_LINES)
        const facts = preview
          ? factsOf(needs, operation, preview, turn)
          : operation.state === 'applied' && dayOf(now()) < operation.from
            ? await undoFacts(needs, operation, tree)
            : factsOf(needs, operation, { after: tree, changes: [], faults: [], unplaced: [], touched: [] }, turn)
        const touches = preview
          ? await needs.touches({
              unitIds: preview.touched,
              ending: preview.changes.flatMap(change => (change.kind === 'close' ? [change.unitId] : [])),
              from: operation.from,
            })
          : []
        const model = operationPage(actor, {
          operation,
          tree,
          preview,
          facts,
          decided,
          touches,
          history,
        })
        return page('organisations/operation', operation.title, model)
      },
    },
    step('kiem-tra', 'Đã kiểm tra: cây đơn vị vẫn đúng sau thay đổi này.', checkOperation(needs)),
    runningStep(`${BASE}/:id/thuc-hien`, 'Đã thực hiện.', seen, beginApplying(needs), needs),
    runningStep(`${BASE}/:id/huy`, 'Đã hủy; mọi đơn vị trở lại như trước.', seen, beginUndoing(needs), needs),
    {
      method: 'get',
      path: `${BASE}/:id/tien-do`,
      access: 'signedIn',
      handle: async request => {
        const { id } = await opened(request)
        const { units: total } = await operations.firstChangesOf(id, 1)
        return { kind: 'events', source: followOperation(needs, id, total) }
      },
    },
    step('bo', 'Đã bỏ bản soạn.', discardOperation(needs)),
    {
      method: 'get',
      path: `${BASE}/:id/xep-cho`,
      access: 'signedIn',
      handle: async request => {
        const operation = await opened(request)
        if (!('placing' in operation.draft)) throw new NotFound('placing')
        const tree = await units.treeNow()
        const model = placingPage(operation, tree, {
          unitId: request.query['tu'] ?? '',
          places: placesFor(operation, tree),
        })
        return page('organisations/placing', 'Chọn cấp quản lý mới', model)
      },
    },
    {
      method: 'post',
      path: `${BASE}/:id/xep-cho`,
      access: 'signedIn',
      handle: async request => {
        const operation = await seen(request)
        const unitId = request.query['tu'] ?? ''
        const { draft, from } = operation
        if (!('placing' in draft)) throw new NotFound('placing')
        const own = toBePlaced(operation, await units.treeNow())
          .filter(unit => parentIdOn(unit, addDays(from, -1)) === unitId)
          .map(unit => unit.id)
        const others = Object.fromEntries(Object.entries(draft.placing).filter(([id]) => !own.includes(id)))
        const placing = { ...others, ...placingFrom(request.body, own) }
        await editOperation(needs)(request.actor, operation, { draft: { ...draft, placing } })
        request.flash('success', 'Đã lưu cấp quản lý mới.')
        return redirect(operationHref(operation.id))
      },
    },
    {
      method: 'get',
      path: `${BASE}/:id/mau.xlsx`,
      access: 'signedIn',
      handle: async request => {
        const operation = await opened(request)
        const bytes = await writeWorkbook([placingSheet(operation, await units.treeNow())])
        return { kind: 'file', body: bytes, mime: XLSX, name: 'cap-quan-ly-moi.xlsx' }
      },
    },
    {
      method: 'post',
      path: `${BASE}/:id/nhap`,
      access: 'signedIn',
      upload: { maxBytes: MAX_BYTES, maxFiles: 1 },
      handle: async request => {
        const operation = await seen(request)
        const { draft } = operation
        if (!('placing' in draft)) throw new NotFound('placing')
        const { bytes } = await uploaded(request)
        const { faults, placing } = await readPlacing(bytes, operation, await units.treeNow())
        if (faults.length > 0)
          throw new InvalidInput({ file: faultSentence(faults) }, 'Bảng tính còn ô chưa đúng, chưa có gì được lưu.')
        await editOperation(needs)(request.actor, operation, {
          draft: { ...draft, placing: { ...placingOf(draft), ...placing } },
        })
        request.flash('success', `Đã nhận cấp quản lý mới của ${Object.keys(placing).length} đơn vị.`)
        return redirect(operationHref(operation.id))
      },
    },
  ]
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const MAX_BYTES = 8_000_000

/** The file that came with the form. */
export async function uploaded({ files: [file] }: Request): Promise<{ readonly bytes: Buffer; readonly name: string }> {
  if (!file) throw new InvalidInput({ file: 'Xin chọn tệp bảng tính (.xlsx).' })
  return { bytes: await readFile(file.path), name: file.name }
}

/** The first faults of a file in one message. */
export const faultSentence = (faults: readonly { readonly cell: string; readonly message: string }[]): string =>
  [
    ...faults.slice(0, 8).map(({ cell, message }) => (cell === '' ? message : `Ô ${cell}: ${message}`)),
    ...(faults.length > 8 ? [`Còn ${faults.length - 8} ô khác.`] : []),
  ].join(' ')
