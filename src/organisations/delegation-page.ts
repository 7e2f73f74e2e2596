import { DELEGATED_DUTIES, type Actor } from '../kernel/actor.ts'
import { addDays, printDay, type Day } from '../kernel/dates.ts'
import { dayTree } from './day-tree.ts'
import { DUTY_NAMES, standingOn, type Delegation, type UnitDelegations } from './delegation.ts'
import { delegationLife } from './delegation-machine.ts'
import { mayDelegate } from './delegation-policy.ts'
import { unitTabs } from './operation-page.ts'
import { nameOn } from './unit.ts'
import { ancestorsOn, byNameOn, type UnitTree } from './unit-tree.ts'

const BASE = '/uy-quyen'

/** Every delegation, those in force first, with the steps and the form of who may grant. */
export function delegationsPage(actor: Actor, all: readonly UnitDelegations[], tree: UnitTree, today: Day) {
  const managing = dayTree(tree, today)
    .active.filter(unit => unit.kind !== 'school')
    .toSorted(byNameOn(today))
  const mayGrant = (unitId: string): boolean =>
    mayDelegate.grant(actor, { chain: [unitId, ...ancestorsOn(tree, unitId, today).map(unit => unit.id)] })
  const options = managing.map(unit => ({ value: unit.id, label: nameOn(unit, today) }))
  const own = options.filter(option => mayGrant(option.value))
  const name = (id: string): string => {
    const unit = tree.get(id)
    return unit ? nameOn(unit, today) : id
  }
  const live = (delegation: Delegation): boolean => delegation.state === 'active' && today <= delegation.to
  const cards = all
    .flatMap(({ unitId, delegations }) => delegations.map(delegation => ({ unitId, delegation })))
    .toSorted(
      (a, b) =>
        Number(live(b.delegation)) - Number(live(a.delegation)) || b.delegation.from.localeCompare(a.delegation.from),
    )
    .map(({ unitId, delegation }) => ({
      title: `${name(delegation.byUnitId)} làm thay ${name(unitId)}`,
      badge: standingOn(delegation, today),
      facts: [
        { term: 'Việc', text: delegation.duties.map(duty => DUTY_NAMES[duty]).join('; ') },
        { term: 'Thời hạn', text: `${printDay(delegation.from)} – ${printDay(delegation.to)}` },
        { term: 'Quyết định', text: `${delegation.decision.number} ngày ${printDay(delegation.decision.day)}` },
      ],
      ...(live(delegation) && mayGrant(unitId) && { steps: stepsOf(unitId, delegation, today) }),
    }))
  return {
    tabs: unitTabs(BASE),
    subtitle: 'Sở cho một cấp quản lý làm thay việc của cấp quản lý khác, có thời hạn',
    cards,
    ...(own.length > 0 && { form: { action: BASE, fields: fieldsOf(own, options, today) } }),
  }
}

const stepsOf = (unitId: string, { id, from }: Delegation, today: Day) => {
  const base = `${BASE}/${encodeURIComponent(unitId)}/${encodeURIComponent(id)}`
  return {
    end: {
      action: `${base}/ket-thuc`,
      label: delegationLife.eventNames.end,
      field: {
        name: 'lastDay',
        id: `ngay-cuoi-${id}`,
        label: 'Ngày cuối cùng',
        type: 'date',
        value: from > today ? from : today,
        required: true,
        action: `${base}/ket-thuc`,
      },
    },
    revoke: {
      action: `${base}/thu-hoi`,
      label: delegationLife.eventNames.revoke,
      tone: 'danger',
      icon: 'x',
      reason: { label: 'Lý do thu hồi' },
    },
  }
}

type Options = readonly { readonly value: string; readonly label: string }[]

const fieldsOf = (own: Options, all: Options, today: Day) => [
  {
    name: 'unitId',
    label: 'Đơn vị được làm thay',
    type: 'select',
    blank: 'Chọn đơn vị',
    value: '',
    required: true,
    options: own,
  },
  {
    name: 'byUnitId',
    label: 'Đơn vị làm thay',
    type: 'select',
    blank: 'Chọn đơn vị',
    value: '',
    required: true,
    options: all,
  },
  {
    name: 'duties',
    label: 'Việc được làm thay',
    type: 'checkboxes',
    value: [],
    options: DELEGATED_DUTIES.map(duty => ({ value: duty, label: DUTY_NAMES[duty] })),
  },
  { name: 'from', label: 'Từ ngày', type: 'date', value: today, required: true },
  { name: 'to', label: 'Đến hết ngày', type: 'date', value: addDays(today, 90), required: true },
  { name: 'number', label: 'Số quyết định', value: '', required: true, short: true },
  { name: 'decidedOn', label: 'Ngày quyết định', type: 'date', value: '', required: true },
]
