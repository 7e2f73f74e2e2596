import type { SeatRole } from '../kernel/actor.ts'
import { dayOf, printDay, type Clock } from '../kernel/dates.ts'
import { secondFactorNeed } from './account-rules.ts'
import type { AccountRulesStore } from './account-rules-store.ts'
import type { PeopleStore } from './people-store.ts'

export interface StepNeeds {
  readonly people: Pick<PeopleStore, 'accountOf'>
  readonly rules: Pick<AccountRulesStore, 'get'>
  /** The seats that the person holds today; seats live in a feature below. */
  readonly rolesOf: (personId: string) => Promise<readonly SeatRole[]>
  readonly now: Clock
}

/** What follows once the person is known: the second step, or being let in (perhaps only to set a second factor up). */
export type NextStep =
  | { readonly kind: 'secondStep'; readonly epoch: number }
  | { readonly kind: 'enter'; readonly mustSetUpSecondFactor: boolean; readonly announced?: string }

/** What comes after a right password, a used link or a common sign-on. */
export const stepAfterFirst =
  ({ people, rules, rolesOf, now }: StepNeeds) =>
  async (personId: string): Promise<NextStep> => {
    const account = await people.accountOf(personId)
    if (account?.hasSecondFactor) return { kind: 'secondStep', epoch: account.epoch }
    const inForce = await rules.get()
    const need = secondFactorNeed(inForce, await rolesOf(personId), dayOf(now()))
    if (need !== 'announced' || inForce.secondFactorFrom === undefined)
      return { kind: 'enter', mustSetUpSecondFactor: need === 'required' }
    const announced = `Từ ngày ${printDay(inForce.secondFactorFrom)}, tài khoản này phải có xác thực hai bước. Xin bật trong Hồ sơ cá nhân.`
    return { kind: 'enter', mustSetUpSecondFactor: false, announced }
  }
