import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { fitsPassword, hashPassword } from './password-hash.ts'
import { passwordFault } from './password-rules.ts'
import type { PeopleStore } from './people-store.ts'

export interface OwnAccountNeeds {
  readonly people: Pick<PeopleStore, 'accountOf' | 'setPassword' | 'endSessions'>
  readonly now: Clock
}

export interface PasswordChange {
  readonly current: string
  readonly next: string
  readonly repeated: string
}

/** Replaces the own password; every session of the person ends with it, so the caller signs in anew. */
export const changePassword =
  ({ people, now }: OwnAccountNeeds) =>
  async (actor: Actor, { current, next, repeated }: PasswordChange): Promise<void> => {
    const account = await people.accountOf(actor.personId)
    if (!account) throw new NotFound(`account of ${actor.personId}`)
    const wrong: Record<string, string> = {}
    const fault = passwordFault(next, account.username)
    if (fault) wrong['next'] = fault
    else if (next.normalize('NFC') === current.normalize('NFC')) wrong['next'] = 'Mật khẩu mới phải khác mật khẩu cũ.'
    if (next.normalize('NFC') !== repeated.normalize('NFC')) wrong['repeated'] = 'Hai lần nhập chưa giống nhau.'
    if (!(await fitsPassword(account.hash, current))) wrong['current'] = 'Mật khẩu hiện tại chưa đúng.'
    if (Object.keys(wrong).length > 0) throw new InvalidInput(wrong)
    const change = { actor, at: now(), event: 'changePassword' }
    await people.setPassword(account, await hashPassword(next), false, change)
  }

/** Ends every session of the person, this one included. */
export const signOutEverywhere =
  ({ people, now }: OwnAccountNeeds) =>
  async (actor: Actor): Promise<void> => {
    const account = await people.accountOf(actor.personId)
    if (!account) throw new NotFound(`account of ${actor.personId}`)
    await people.endSessions(account, { actor, at: now(), event: 'signOutEverywhere' })
  }
