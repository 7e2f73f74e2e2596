import { setup } from 'xstate'
import type { Day } from '../kernel/dates.ts'
import type { LifeStep } from '../kernel/life-step.ts'
import { isFilled, need } from '../kernel/need.ts'
import { meets, type Conditions, type Stepping } from '../kernel/step.ts'

export type DelegationState = 'active' | 'ended' | 'revoked'

export type DelegationEvent =
  { readonly type: 'end'; readonly lastDay: Day } | { readonly type: 'revoke'; readonly reason: string }

export interface DelegationFacts {
  readonly from: Day
  readonly to: Day
  readonly today: Day
}

export const DELEGATION_VERSION = 'delegation@1'

const notYetOver = ({ to, today }: DelegationFacts) =>
  need(today <= to, 'over', 'Thời hạn ủy quyền đã hết, không còn gì để kết thúc.')

/** What each step of a delegation asks for. */
export const delegationConditions: Conditions<DelegationFacts, DelegationEvent> = {
  end: (facts, { lastDay }) => [
    ...notYetOver(facts),
    ...need(lastDay >= facts.today, 'lastDayPast', 'Ngày cuối phải từ hôm nay trở đi.'),
    ...need(lastDay >= facts.from, 'lastDayBeforeStart', 'Ngày cuối không được trước ngày bắt đầu.'),
    ...need(lastDay < facts.to, 'lastDayNotEarlier', 'Ngày cuối phải sớm hơn thời hạn đang ghi.'),
  ],
  revoke: (facts, { reason }) => [
    ...notYetOver(facts),
    ...need(isFilled(reason), 'reasonMissing', 'Cần ghi lý do thu hồi.'),
  ],
}

const met = meets(delegationConditions)

/** One delegation: in force between its days unless it is shortened or withdrawn. */
export const delegationMachine = setup({
  // XState takes its types from the shape of these values and never reads them.
  types: { context: {} as DelegationFacts, input: {} as DelegationFacts, events: {} as DelegationEvent },
  guards: { lastDayFits: met, reasonGiven: met },
}).createMachine({
  id: 'delegation',
  version: DELEGATION_VERSION,
  context: ({ input }) => input,
  initial: 'active',
  states: {
    active: {
      on: {
        end: { guard: 'lastDayFits', target: 'ended' },
        revoke: { guard: 'reasonGiven', target: 'revoked' },
      },
    },
    ended: {},
    revoked: {},
  },
})

/** The life of a delegation as data: the Sở's lead grants, shortens and withdraws. */
export const delegationSteps: readonly LifeStep<DelegationState, 'grant' | DelegationEvent['type'], never>[] = [
  { event: 'grant', to: 'active', who: ['provinceLead'], document: 'Quyết định ủy quyền' },
  { from: 'active', event: 'end', to: 'ended', who: ['provinceLead'] },
  { from: 'active', event: 'revoke', to: 'revoked', who: ['provinceLead'] },
]

export const delegationLife: Stepping<DelegationFacts, DelegationEvent> = {
  machine: delegationMachine,
  conditions: delegationConditions,
  stateNames: { active: 'Đang ủy quyền', ended: 'Đã kết thúc sớm', revoked: 'Đã thu hồi' },
  eventNames: { end: 'Kết thúc sớm', revoke: 'Thu hồi ủy quyền' },
}
