import { dayOf, type Clock } from '../kernel/dates.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import { fitsPassword } from './password-hash.ts'
import type { PeopleStore } from './people-store.ts'
import { isOpen, usernameKey } from './person.ts'
import type { SignInLimits } from './sign-in-limits.ts'

export interface SignInNeeds {
  readonly people: Pick<PeopleStore, 'accountNamed'>
  readonly limits: Pick<SignInLimits, 'begin' | 'failed' | 'succeeded'>
  readonly now?: Clock
}

/**
 * Resolves with the person's id. An unknown name, a wrong password, a locked or closed account and an invitation not yet
 * taken up get the same answer in the same
 * time; after five wrong tries the name rests for a quarter of an hour (`TooManyTries`).
 */
export const checkCredentials =
  ({ people, limits, now = () => new Date() }: SignInNeeds) =>
  async (typedUsername: string, password: string, ip: string): Promise<string> => {
    const username = usernameKey(typedUsername)
    if (username === '' || password === '')
      throw new InvalidInput({
        ...(username === '' ? { username: 'Xin nhập tên đăng nhập.' } : {}),
        ...(password === '' ? { password: 'Xin nhập mật khẩu.' } : {}),
      })
    // Longer texts are no passwords of ours and would only keep the hashing busy.
    const given = password.slice(0, 1000)
    const key = username.slice(0, 100)
    await limits.begin(key, ip)
    const account = await people.accountNamed(key)
    const fits = await fitsPassword(account?.hash, given)
    if (!account || !fits || !isOpen(account, dayOf(now()))) {
      await limits.failed(ip)
      throw new InvalidInput({ password: 'Tên đăng nhập hoặc mật khẩu chưa đúng.' }, 'Xin kiểm tra lại rồi đăng nhập.')
    }
    await limits.succeeded(key)
    return account.personId
  }
