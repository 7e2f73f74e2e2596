import { page, redirect, type Route } from '../http/route.ts'
import { DELEGATED_DUTIES } from '../kernel/actor.ts'
import { dayOf, dayFrom, parseDay } from '../kernel/dates.ts'
import { formFields, FieldMessages } from './form-fields.ts'
import { grantDelegation, stepDelegation, type DelegationNeeds, type Grant } from './delegate.ts'
import { delegationsPage } from './delegation-page.ts'

const BASE = '/uy-quyen'

function grantFrom(body: unknown): Grant {
  const fields = formFields(body)
  const messages = new FieldMessages()
  const day = (name: string, asked: string): string => {
    const found = parseDay(fields.text(name))
    if (!found) messages.add(name, asked)
    return found ?? ''
  }
  const grant: Grant = {
    unitId: fields.text('unitId'),
    byUnitId: fields.text('byUnitId'),
    duties: DELEGATED_DUTIES.filter(duty => fields.list('duties').includes(duty)),
    from: day('from', 'Xin nhập ngày bắt đầu.'),
    to: day('to', 'Xin nhập ngày kết thúc: ủy quyền luôn có thời hạn.'),
    decision: { number: fields.text('number').slice(0, 60), day: day('decidedOn', 'Xin nhập ngày của quyết định.') },
  }
  if (grant.unitId === '') messages.add('unitId', 'Xin chọn đơn vị được làm thay.')
  if (grant.byUnitId === '') messages.add('byUnitId', 'Xin chọn đơn vị làm thay.')
  if (grant.decision.number === '') messages.add('number', 'Xin nhập số quyết định.')
  messages.refuseIfAny()
  return grant
}

/** Which unit acts for which: everybody sees it, the lead of the Sở decides. */
export const delegationRoutes = (needs: DelegationNeeds): readonly Route[] => [
  {
    method: 'get',
    path: BASE,
    access: 'signedIn',
    handle: async ({ actor }) => {
      const [all, tree] = await Promise.all([needs.delegations.all(), needs.units.tree()])
      return page('organisations/delegations', 'Ủy quyền', delegationsPage(actor, all, tree, dayOf(needs.now())))
    },
  },
  {
    method: 'post',
    path: BASE,
    access: 'signedIn',
    handle: async ({ actor, body, flash }) => {
      await grantDelegation(needs)(actor, grantFrom(body))
      flash('success', 'Đã ghi ủy quyền.')
      return redirect(BASE)
    },
  },
  {
    method: 'post',
    path: `${BASE}/:unit/:id/ket-thuc`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const lastDay = dayFrom('lastDay', formFields(body).text('lastDay'))
      await stepDelegation(needs)(actor, params['unit'] ?? '', params['id'] ?? '', { type: 'end', lastDay })
      flash('success', 'Đã rút ngắn thời hạn ủy quyền.')
      return redirect(BASE)
    },
  },
  {
    method: 'post',
    path: `${BASE}/:unit/:id/thu-hoi`,
    access: 'signedIn',
    handle: async ({ actor, params, body, flash }) => {
      const reason = formFields(body).text('reason')
      await stepDelegation(needs)(actor, params['unit'] ?? '', params['id'] ?? '', { type: 'revoke', reason })
      flash('success', 'Đã thu hồi ủy quyền.')
      return redirect(BASE)
    },
  },
]
