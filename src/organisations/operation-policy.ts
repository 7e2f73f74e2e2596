import { placesAs, type SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import { operationSteps, type OperationEvent } from './operation-machine.ts'

/** Operations belong to the Sở whose units they change. */
export interface OperationTarget {
  readonly provinceId: string
}

const atTheProvince =
  (roles: readonly SeatRole[]): Condition =>
  actor => ({ provinceId: { $in: placesAs(actor, ...roles).map(place => place.unitId) } })

const seatsFor = (event: OperationEvent['type'] | 'plan'): readonly Condition[] => [
  atTheProvince([...new Set(operationSteps.filter(step => step.event === event).flatMap(step => step.who))]),
]

/** Who may take which step of a decision about units; clusters are kept by those who may plan. */
export const mayOperate = rulesFor<OperationTarget>(target => target)<OperationEvent['type'] | 'plan' | 'keepClusters'>(
  {
    plan: seatsFor('plan'),
    edit: seatsFor('edit'),
    preview: seatsFor('preview'),
    apply: seatsFor('apply'),
    undo: seatsFor('undo'),
    discard: seatsFor('discard'),
    keepClusters: seatsFor('plan'),
  },
)

export const WHO_PLANS_OPERATIONS = 'Quản trị hệ thống, chuyên viên hoặc lãnh đạo Sở'
export const WHO_APPLIES_OPERATIONS = 'Quản trị hệ thống hoặc lãnh đạo Sở'
