import { page, redirect, spreadsheet, type Request, type Route } from '../http/route.ts'
import { MANAGING_ROLES, placesAs, type Actor } from '../kernel/actor.ts'
import { dayOf, printDay } from '../kernel/dates.ts'
import { Forbidden } from '../kernel/refusals.ts'
import { activeOn, ancestorsOn, byNameOn, nameOn, type Unit } from '../organisations/index.ts'
import { row, writeWorkbook } from '../sheet-files/index.ts'
import { focalFrom } from './focal-input.ts'
import {
  DIRECTORY,
  directoryPage,
  focalHref,
  focalLines,
  kindNameOf,
  unitFocalPage,
  type FocalLine,
} from './focal-page.ts'
import { mayFocal } from './focal-policy.ts'
import { chainForReading, nameFocalPerson, type FocalNeeds } from './name-focal-person.ts'

/** Focal persons: the unit's own, and the directory of the offices above. */
export function focalRoutes(needs: FocalNeeds): readonly Route[] {
  const { units, focals, now } = needs
  const name = nameFocalPerson(needs)

  const isOffice = (actor: Actor): boolean => placesAs(actor, ...MANAGING_ROLES, 'itAdmin').length > 0

  /** Units whose focal person this office may see, by name, and the lines of those that fit the filter. */
  const directory = async ({ actor, query }: Request) => {
    const [tree, day] = [await units.tree(), dayOf(now())]
    const seen: readonly Unit[] = [...tree.values()]
      .filter(unit => activeOn(unit, day))
      .filter(unit => {
        const chain = [unit.id, ...ancestorsOn(tree, unit.id, day).map(above => above.id)]
        return mayFocal.read(actor, { unitId: unit.id, chain })
      })
      .toSorted(byNameOn(day))
    const named = await focals.ofUnits(seen.map(unit => unit.id))
    const filter = {
      typed: (query['q'] ?? '').trim(),
      kind: query['loai'] ?? '',
      missingOnly: query['thieu'] === '1',
    }
    return { seen, day, filter, lines: focalLines(seen, named, tree, day, filter) }
  }

  return [
    {
      method: 'get',
      path: DIRECTORY,
      access: 'signedIn',
      handle: async request => {
        const { actor, query } = request
        const [own] = actor.seats
        if (!isOffice(actor)) {
          if (!own) throw new Forbidden('Danh bạ đầu mối dành cho người có nhiệm vụ ở một đơn vị.')
          return redirect(focalHref(request.unitId ?? own.unitId))
        }
        const { seen, day, filter, lines } = await directory(request)
        const pageNumber = Math.max(1, Math.trunc(Number(query['trang'])) || 1)
        return page('people/focal-directory', 'Danh bạ đầu mối', {
          ...directoryPage({ lines, filter, kinds: seen, pageNumber, day }),
          wide: true,
        })
      },
    },
    {
      method: 'get',
      path: `${DIRECTORY}/xuat`,
      access: 'signedIn',
      handle: async request => {
        const { day, lines } = await directory(request)
        const table = {
          name: 'Đầu mối',
          title: ['Danh bạ đầu mối công tác kiểm định chất lượng giáo dục', `Ngày ${printDay(day)}`],
          columns: ['Đơn vị', 'Loại', 'Cấp quản lý', 'Họ và tên', 'Chức vụ', 'Điện thoại', 'Thư điện tử'].map(
            (head, at) => ({ head, width: at === 0 || at === 2 ? 36 : 22 }),
          ),
          rows: lines.map(({ unit, managedBy, focal }: FocalLine) =>
            row(
              nameOn(unit, day),
              kindNameOf(unit),
              managedBy,
              focal?.name ?? 'Chưa có',
              focal?.post ?? '',
              focal?.phone ?? '',
              focal?.email ?? '',
            ),
          ),
          landscape: true,
        }
        return spreadsheet(await writeWorkbook([table]), 'dau-moi.xlsx')
      },
    },
    {
      method: 'get',
      path: '/don-vi/:id/dau-moi',
      access: 'signedIn',
      handle: async ({ actor, params }) => {
        const chain = await chainForReading(needs, actor, params['id'] ?? '')
        const named = await focals.ofUnits(chain.slice(0, 2).map(unit => unit.id))
        const model = unitFocalPage(actor, chain, named, dayOf(now()))
        return page('people/focal', 'Đầu mối công tác kiểm định', model)
      },
    },
    {
      method: 'post',
      path: '/don-vi/:id/dau-moi',
      access: 'signedIn',
      handle: async ({ actor, params, body, flash }) => {
        const unitId = params['id'] ?? ''
        await name(actor, unitId, focalFrom(body))
        flash('success', 'Đã lưu đầu mối của đơn vị.')
        return redirect(focalHref(unitId))
      },
    },
  ]
}
