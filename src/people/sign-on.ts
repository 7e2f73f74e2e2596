import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock } from '../kernel/dates.ts'
import { Forbidden } from '../kernel/refusals.ts'
import type { PeopleStore } from './people-store.ts'
import { WHO_LOOKS_AFTER_ACCOUNTS } from './people-policy.ts'
import { emailKey, isOpen, type Account } from './person.ts'
import type { SignedOn } from './sign-on-door.ts'

export interface SignOnNeeds {
  readonly people: Pick<PeopleStore, 'accountOfSubject' | 'unlinkedWithEmail' | 'linkSubject'>
  readonly now: Clock
}

const STRANGER =
  'Cổng định danh đã xác nhận, nhưng chưa có tài khoản nào ở đây mang địa chỉ thư đó. Tài khoản do người phụ trách của đơn vị tạo; hệ thống không tự mở tài khoản.'

/**
 * The account of somebody who signed on at the provider: the one tied to that subject, else the only one with the
 * verified address, which is tied to the subject from then on. Nobody is entered by signing on; strangers, locked and
 * closed accounts get the same refusal.
 */
export const accountSignedOn =
  ({ people, now }: SignOnNeeds) =>
  async (who: SignedOn): Promise<string> => {
    const known = await people.accountOfSubject(who)
    const account = known ?? (await accountByEmail({ people, now }, who))
    if (!account || !isOpen(account, dayOf(now()))) throw new Forbidden(STRANGER, WHO_LOOKS_AFTER_ACCOUNTS)
    return account.personId
  }

async function accountByEmail(
  { people, now }: SignOnNeeds,
  { issuer, subject, verifiedEmail }: SignedOn,
): Promise<Account | undefined> {
  if (verifiedEmail === undefined) return undefined
  const [account, other] = await people.unlinkedWithEmail(emailKey(verifiedEmail))
  if (!account || other || !isOpen(account, dayOf(now()))) return undefined
  const actor: Actor = { personId: account.personId, name: account.name, seats: [] }
  await people.linkSubject(account, { issuer, subject }, { actor, at: now(), event: 'linkSignOn' })
  return account
}
