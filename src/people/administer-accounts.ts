import { randomUUID } from 'node:crypto'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock, type Day } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused, type Unmet } from '../kernel/refusals.ts'
import { linkEnd, newToken, tokenHash, type LinkPurpose } from './access-link.ts'
import { hashPassword } from './password-hash.ts'
import { administersAll, may, reachesNoFurther, WHO_LOOKS_AFTER_ACCOUNTS, type AccountStep } from './people-policy.ts'
import type { PeopleStore } from './people-store.ts'
import { isOpen, type Account, type Person } from './person.ts'

export interface AccountNeeds {
  readonly people: PeopleStore
  /** Units in which the person holds any seat, past or present; seats live in a feature below, so app hands this in. */
  readonly unitsOf: (personId: string) => Promise<readonly string[]>
  readonly unitExists: (unitId: string) => Promise<boolean>
  /** The person runs a unit today; a deputy who stands in for days must not get hold of the principal's account. */
  readonly headsAUnit: (personId: string) => Promise<boolean>
  /** What waits for this person, each with the screen on which somebody else can take it over. */
  readonly openWork: (personId: string) => Promise<readonly Unmet[]>
  readonly now: Clock
}

export type NewPerson = Pick<Person, 'name' | 'unitId' | 'email' | 'phone'> & { readonly username: string }

/** A person together with the token of a link that is shown this once and kept nowhere. */
export interface WithLink {
  readonly person: Person
  readonly purpose: LinkPurpose
  readonly token: string
  readonly until: Date
  /** Whether a password that was there still lets in until the link is used. */
  readonly oldPassword: 'counts' | 'ended' | 'none'
}

/** Creates a person with an account and an invitation: a link of seven days with which they set their password. */
export const createPerson =
  ({ people, unitExists, now }: AccountNeeds) =>
  async (actor: Actor, wanted: NewPerson): Promise<WithLink> => {
    const id = randomUUID()
    if (!may.create(actor, { id, unitId: wanted.unitId }))
      throw new Forbidden('Chỉ tạo được tài khoản cho người của đơn vị mình phụ trách.', WHO_LOOKS_AFTER_ACCOUNTS)
    if (!(await unitExists(wanted.unitId))) throw new InvalidInput({ unitId: 'Không có đơn vị mang mã này.' })
    const person = await people.invite({ id, ...wanted }, { actor, at: now(), event: 'createPerson' })
    return linkFor({ people, now }, actor, person)
  }

/** Gives an invitation again, or a link to a new password for somebody who forgot theirs; older links are void. */
export const giveLink =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string): Promise<WithLink> => {
    const person = await personFor(needs, actor, personId, 'giveLink')
    if (!isOpen(person, dayOf(needs.now()))) throw new StepRefused('Tài khoản đang khóa hoặc đã đóng.')
    return linkFor(needs, actor, person)
  }

/** Ends a password that others may know, with every session, and gives the link to a new one in the same write. */
export const revokePassword =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string): Promise<WithLink> => {
    const person = await personFor(needs, actor, personId, 'giveLink')
    const account = await accountOf(needs, personId)
    if (!isOpen(person, dayOf(needs.now()))) throw new StepRefused('Tài khoản đang khóa hoặc đã đóng.')
    if (account.hash === undefined) throw new StepRefused('Tài khoản này không có mật khẩu nào để hủy.')
    const { token, link } = newLink('reset', needs.now())
    await needs.people.revokePassword(account, link, { actor, at: needs.now(), event: 'revokePassword' })
    return { person, purpose: link.purpose, token, until: link.until, oldPassword: 'ended' }
  }

function newLink(purpose: LinkPurpose, now: Date) {
  const token = newToken()
  return { token, link: { hash: tokenHash(token), purpose, until: linkEnd(now) } }
}

async function linkFor(
  { people, now }: Pick<AccountNeeds, 'people' | 'now'>,
  actor: Actor,
  person: Person,
): Promise<WithLink> {
  const purpose: LinkPurpose = person.waiting ? 'invitation' : 'reset'
  const { token, link } = newLink(purpose, now())
  const event = person.waiting ? 'invite' : 'resetPassword'
  const account = await accountOf({ people }, person.id)
  await people.giveLink(account, link, { actor, at: now(), event })
  return { person, purpose, token, until: link.until, oldPassword: account.hash === undefined ? 'none' : 'counts' }
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

export interface Leaving {
  /** First day on which the account is closed. */
  readonly from: Day
  readonly reason: string
  /** Whoever closes the account has seen what is still open and lets it wait for a successor. */
  readonly openWorkSeen: boolean
}

/** Closes the account of somebody who leaves, from a day on; what they wrote keeps their name. */
export const leave =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string, { from, reason, openWorkSeen }: Leaving): Promise<Person> => {
    const person = await personFor(needs, actor, personId, 'leave')
    if (personId === actor.personId) throw new StepRefused('Không thể tự đóng tài khoản của mình.')
    if (reason === '') throw new InvalidInput({ reason: 'Xin ghi lý do, ví dụ: nghỉ hưu, chuyển công tác.' })
    const waiting = await needs.openWork(personId)
    if (waiting.length > 0 && !openWorkSeen)
      throw new StepRefused(`${person.name} còn việc chưa bàn giao. Hãy bàn giao, hoặc xác nhận đã xem.`, waiting)
    await needs.people.setClosed(person, from, { actor, at: needs.now(), event: 'leave', reason })
    return person
  }

/** Opens the account of somebody who came back, or whose leave was entered by mistake. */
export const comeBack =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string): Promise<Person> => {
    const person = await personFor(needs, actor, personId, 'comeBack')
    if (person.closedFrom === undefined) throw new StepRefused('Tài khoản này chưa đóng.')
    await needs.people.setClosed(person, undefined, { actor, at: needs.now(), event: 'comeBack' })
    return person
  }

/** Ends every session of somebody else, for a lost or stolen device. */
export const endSessionsOf =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string): Promise<Person> => {
    const person = await personFor(needs, actor, personId, 'endSessions')
    const change = { actor, at: needs.now(), event: 'endSessions' }
    await needs.people.endSessions(await accountOf(needs, personId), change)
    return person
  }

/** Takes a lost second factor away, so that a new one can be set up at the next sign-in; ends all sessions first. */
export const removeSecondFactor =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string, reason: string): Promise<Person> => {
    const person = await personFor(needs, actor, personId, 'removeSecondFactor')
    const account = await accountOf(needs, personId)
    if (!account.hasSecondFactor) throw new StepRefused('Người này chưa bật xác thực hai bước.')
    if (reason === '') throw new InvalidInput({ reason: 'Xin ghi lý do, ví dụ: mất điện thoại.' })
    await needs.people.removeFactor(account, { actor, at: needs.now(), event: 'removeSecondFactor', reason })
    return person
  }

/** Forgets who the person is at the common sign-on; the next sign-in there links anew by the e-mail address. */
export const unlinkSignOn =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string): Promise<Person> => {
    const person = await personFor(needs, actor, personId, 'unlinkSignOn')
    if (!(await needs.people.subjectOf(personId))) throw new StepRefused('Tài khoản này chưa liên kết đăng nhập chung.')
    await needs.people.unlinkSubject(person, { actor, at: needs.now(), event: 'unlinkSignOn' })
    return person
  }

export type Contact = Pick<Person, 'email' | 'phone'>

/** Corrects how somebody is reached. */
export const correctContact =
  (needs: AccountNeeds) =>
  async (actor: Actor, personId: string, contact: Contact): Promise<Person> => {
    const person = await personFor(needs, actor, personId, 'correctContact')
    await needs.people.setContact(person, contact, { actor, at: needs.now(), event: 'correctContact' })
    return person
  }

/** Why an account of the own unit is out of the actor's reach; undefined when it is not. */
export const outOfReach =
  ({ unitsOf, headsAUnit }: Pick<AccountNeeds, 'unitsOf' | 'headsAUnit'>) =>
  async (actor: Actor, personId: string): Promise<string | undefined> => {
    if (!reachesNoFurther(actor, await unitsOf(personId)))
      return 'Người này còn giữ nhiệm vụ ở đơn vị khác nên tài khoản do cấp Sở quản lý.'
    if (!administersAll(actor) && personId !== actor.personId && (await headsAUnit(personId)))
      return 'Tài khoản của người đứng đầu đơn vị do cấp Sở quản lý.'
    return undefined
  }

/** The person, when the actor may take this step with the account; refuses in words else. */
export async function personFor(
  { people, unitsOf, headsAUnit }: Pick<AccountNeeds, 'people' | 'unitsOf' | 'headsAUnit'>,
  actor: Actor,
  personId: string,
  step: AccountStep,
): Promise<Person> {
  const person = await people.get(personId)
  if (!may.read(actor, person)) throw new NotFound(`person ${personId}`)
  if (!may[step](actor, person)) throw new Forbidden('Việc này do cấp Sở thực hiện.', WHO_LOOKS_AFTER_ACCOUNTS)
  const why = await outOfReach({ unitsOf, headsAUnit })(actor, personId)
  if (why !== undefined) throw new Forbidden(why, WHO_LOOKS_AFTER_ACCOUNTS)
  return person
}

async function accountOf({ people }: Pick<AccountNeeds, 'people'>, personId: string): Promise<Account> {
  const account = await people.accountOf(personId)
  if (!account) throw new StepRefused('Người này chưa có tài khoản đăng nhập.')
  return account
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
