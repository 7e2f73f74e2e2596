import { randomUUID } from 'node:crypto'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused } from '../kernel/refusals.ts'
import { hashPassword } from './password-hash.ts'
import { temporaryPassword } from './temporary-password.ts'
import { may, reachesNoFurther, WHO_LOOKS_AFTER_ACCOUNTS } from './people-policy.ts'
import type { PeopleStore } from './people-store.ts'
import type { Person } from './person.ts'

export interface AccountNeeds {
  readonly people: PeopleStore
  /** Units in which the person holds any seat, past or present; seats live in a feature below, so app hands this in. */
  readonly unitsOf: (personId: string) => Promise<readonly string[]>
  readonly unitExists: (unitId: string) => Promise<boolean>
  readonly now: Clock
}

export type NewPerson = Pick<Person, 'name' | 'unitId' | 'email' | 'phone'> & { readonly username: string }

/** A person together with a password that is shown this once and kept nowhere. */
export interface WithTemporaryPassword {
  readonly person: Person
  readonly password: string
}

/** Creates a person with an account and a temporary password that must be replaced at the first sign-in. */
export const createPerson =
  ({ people, unitExists, now }: AccountNeeds) =>
  async (actor: Actor, wanted: NewPerson): Promise<WithTemporaryPassword> => {
    const id = randomUUID()
    if (!may.create(actor, { id, unitId: wanted.unitId }))
      throw new Forbidden('Chỉ tạo được tài khoản cho người của đơn vị mình phụ trách.', WHO_LOOKS_AFTER_ACCOUNTS)
    if (!(await unitExists(wanted.unitId))) throw new InvalidInput({ unitId: 'Không có đơn vị mang mã này.' })
    const password = temporaryPassword()
    const change = { actor, at: now(), event: 'createPerson' }
    const person = await people.add({ id, ...wanted }, await hashPassword(password), true, change)
    return { person, password }
  }

/** Gives a new temporary password and ends all sessions; for somebody who forgot theirs. */
export const resetPassword =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string): Promise<WithTemporaryPassword> => {
    const person = await personFor(needs, actor, personId, 'resetPassword')
    const account = await needs.people.accountOf(personId)
    if (!account) throw new StepRefused('Người này chưa có tài khoản đăng nhập.')
    const password = temporaryPassword()
    const change = { actor, at: needs.now(), event: 'resetPassword' }
    await needs.people.setPassword(person, account, await hashPassword(password), true, change)
    return { person, password }
  }

/** Locks somebody out at once, with a reason, or lets them in again. */
export const setLocked =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string, locked: boolean, reason: string): Promise<Person> => {
    const person = await personFor(needs, actor, personId, locked ? 'lock' : 'unlock')
    if (locked && personId === actor.personId) throw new StepRefused('Không thể tự khóa tài khoản của mình.')
    if (person.active !== locked) throw new StepRefused(locked ? 'Tài khoản đã khoá.' : 'Tài khoản đang hoạt động.')
    if (locked && reason === '') throw new InvalidInput({ reason: 'Xin ghi lý do khóa tài khoản.' })
    const change = { actor, at: needs.now(), event: locked ? 'lockAccount' : 'unlockAccount' }
    await needs.people.setActive(person, !locked, reason === '' ? change : { ...change, reason })
    return person
  }

async function personFor(
  { people, unitsOf }: AccountNeeds,
  actor: Actor,
  personId: string,
  step: 'resetPassword' | 'lock' | 'unlock',
): Promise<Person> {
  const person = await people.get(personId)
  if (!may.read(actor, person)) throw new NotFound(`person ${personId}`)
  if (!may[step](actor, person) || !reachesNoFurther(actor, await unitsOf(personId)))
    throw new Forbidden(
      'Người này còn giữ nhiệm vụ ở đơn vị khác nên tài khoản do cấp Sở quản lý.',
      WHO_LOOKS_AFTER_ACCOUNTS,
    )
  return person
}

/**
 * Creates a person without asking who wants it: only for the installer and the demonstration data, which run at the
 * machine itself. `mustChange: false` lets a known demonstration password stand.
 */
export const unprotectedCreatePerson =
  ({ people, now }: Pick<AccountNeeds, 'people' | 'now'>) =>
  async (
    actor: Actor,
    wanted: NewPerson & { readonly id?: string },
    password: string,
    { mustChange }: { readonly mustChange: boolean },
  ): Promise<Person> => {
    const change = { actor, at: now(), event: 'createPerson' }
    const person = { ...wanted, id: wanted.id ?? randomUUID() }
    return people.add(person, await hashPassword(password), mustChange, change)
  }
