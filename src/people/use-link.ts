import { dayOf, type Clock } from '../kernel/dates.ts'
import { InvalidInput, Refusal } from '../kernel/refusals.ts'
import { tokenHash } from './access-link.ts'
import type { Actor } from '../kernel/actor.ts'
import { hashPassword } from './password-hash.ts'
import { passwordFault } from './password-rules.ts'
import type { PeopleStore } from './people-store.ts'
import type { KeptLink } from './people-row-store.ts'
import { isOpen, type Account } from './person.ts'

export interface LinkNeeds {
  readonly people: Pick<PeopleStore, 'withLink' | 'useLink'>
  readonly now: Clock
}

/** The link does not count (any more); the same words for every reason. */
export class LinkDead extends Refusal {
  readonly status = 410
}

const DEAD =
  'Liên kết này đã dùng, đã hết hạn hoặc đã được thay bằng liên kết mới. Xin người phụ trách tài khoản gửi lại.'

/** Whose link it is; an unknown, used, replaced or expired one, and one of a closed account, are the same LinkDead. */
export const openLink =
  ({ people, now }: LinkNeeds) =>
  async (token: string): Promise<{ readonly account: Account; readonly link: KeptLink }> => {
    const found = token === '' ? undefined : await people.withLink(tokenHash(token))
    if (!found || found.link.until <= now() || !isOpen(found.account, dayOf(now()))) throw new LinkDead(DEAD)
    return found
  }

/** Sets the password and uses the link up; every session of the person ends. Of two at once, one is a StaleWrite. */
export const useLink =
  (needs: LinkNeeds) =>
  async (token: string, { next, repeated }: { readonly next: string; readonly repeated: string }): Promise<Account> => {
    const { account } = await openLink(needs)(token)
    const wrong: Record<string, string> = {}
    const fault = passwordFault(next, account.username)
    if (fault) wrong['next'] = fault
    if (next.normalize('NFC') !== repeated.normalize('NFC')) wrong['repeated'] = 'Hai lần nhập chưa giống nhau.'
    if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
    const actor: Actor = { personId: account.personId, name: account.name, seats: [] }
    const change = { actor, at: needs.now(), event: 'setPasswordByLink' }
    await needs.people.useLink(account, tokenHash(token), await hashPassword(next), change)
    return account
  }
