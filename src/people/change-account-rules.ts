import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { Forbidden, StaleWrite } from '../kernel/refusals.ts'
import type { AccountRules } from './account-rules.ts'
import type { AccountRulesStore } from './account-rules-store.ts'
import { administersAll, WHO_LOOKS_AFTER_ACCOUNTS } from './people-policy.ts'

export interface RulesNeeds {
  readonly rules: AccountRulesStore
  readonly now: Clock
}

/** Says which seats must have a second factor, and from when; decided on the revision that the form was drawn from. */
export const changeAccountRules =
  ({ rules, now }: RulesNeeds) =>
  async (actor: Actor, next: AccountRules): Promise<void> => {
    if (!administersAll(actor))
      throw new Forbidden('Quy định về tài khoản do nhóm quản trị đặt.', WHO_LOOKS_AFTER_ACCOUNTS)
    if ((await rules.get()).rev !== next.rev) throw new StaleWrite('Quy định về tài khoản vừa được người khác sửa.')
    const unitId = actor.seats.find(seat => seat.role === 'itAdmin')?.unitId ?? ''
    const entry = entryBy(actor, now(), {
      id: `accountRules:accounts:${next.rev + 1}`,
      unitId,
      subject: { kind: 'accountRules', id: 'accounts' },
      event: 'changeAccountRules',
      facts: { secondFactorRoles: next.secondFactorRoles, secondFactorFrom: next.secondFactorFrom ?? '' },
    })
    await rules.save(next, entry)
  }
