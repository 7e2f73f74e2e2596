import type { Account, Person } from './person.ts'
import {
  ACCOUNT,
  accountFrom,
  fromRow,
  LISTED,
  type Change,
  type Factor,
  type KeptLink,
  type PeopleRows,
  type Row,
  type Subject,
} from './people-row-store.ts'

/** How people sign in: the part of collection `people` that no list ever shows. */
export function accountStore({ Rows, change, delivered }: PeopleRows) {
  const asPerson = ({ personId, unitId, rev }: Account) => ({ id: personId, unitId, rev })

  return {
    async accountOf(id: string): Promise<Account | undefined> {
      return accountFrom(await Rows.findById(id, ACCOUNT).lean<Row>())
    },

    async accountNamed(username: string): Promise<Account | undefined> {
      return accountFrom(await Rows.findOne({ username }, ACCOUNT).lean<Row>())
    },

    /** Replaces the password, takes back any link and ends all sessions that began with the old one. */
    async setPassword(account: Account, hash: string, mustChange: boolean, by: Change): Promise<void> {
      const credential = { hash, mustChange, epoch: account.epoch + 1 }
      await change(asPerson(account), { set: { credential }, unset: ['link', 'waiting'] }, by)
    },

    /** Ends every session of the person. */
    async endSessions(account: Account, by: Change): Promise<void> {
      await change(asPerson(account), { set: { 'credential.epoch': account.epoch + 1 } }, by)
    },

    /** Locks or lets in again; either ends all sessions, so that none wakes up with the account. */
    async setActive(person: Person, active: boolean, by: Change): Promise<void> {
      await change(person, { set: { active } }, by)
    },

    /** Closes the account from a day on, or opens it again. */
    async setClosed(person: Person, closedFrom: string | undefined, by: Change): Promise<void> {
      await change(
        person,
        closedFrom === undefined ? { unset: ['closedFrom'] } : { set: { closedFrom }, unset: ['link'] },
        by,
      )
    },

    /** Gives a link, which takes the place of any other. The old password stays until the link is used. */
    async giveLink(account: Account, link: KeptLink, by: Change): Promise<void> {
      await change(asPerson(account), { set: { link } }, by)
    },

    /** Takes the password away at once, ends every session and gives the link with which a new one is set. */
    async revokePassword(account: Account, link: KeptLink, by: Change): Promise<void> {
      const set = { link, 'credential.epoch': account.epoch + 1 }
      await change(asPerson(account), { set, unset: ['credential.hash'] }, by)
    },

    /** The account that a link belongs to, with its end; whether it still counts is asked by the use case. */
    async withLink(hash: string): Promise<{ readonly account: Account; readonly link: KeptLink } | undefined> {
      const row = await Rows.findOne({ 'link.hash': hash }, { ...ACCOUNT, link: 1 }).lean<Row>()
      const account = accountFrom(row)
      return account && row?.link && { account, link: row.link }
    },

    /** Sets the password that a link allows and uses the link up in the same write: of two at once, one is stale. */
    async useLink(account: Account, linkHash: string, hash: string, by: Change): Promise<void> {
      const credential = { hash, mustChange: false, epoch: account.epoch + 1 }
      const also = { 'link.hash': linkHash }
      await change(asPerson(account), { set: { credential }, unset: ['link', 'waiting'], also }, by)
    },

    async factorOf(id: string): Promise<Factor | undefined> {
      return (await Rows.findById(id, { factor: 1 }).lean<Row>())?.factor
    },

    /** Every kept secret of a second factor as it stands in the database. */
    async *factorSecrets(): AsyncGenerator<{ readonly personId: string; readonly secret: string }> {
      for await (const row of Rows.find({ factor: { $exists: true } }, { 'factor.secret': 1 })
        .lean<Row[]>()
        .cursor())
        if (row.factor) yield { personId: row._id, secret: row.factor.secret }
    },

    /** Puts the same secret down in another writing; false when it is no longer the one that was read. */
    async replaceSecret(id: string, before: string, after: string): Promise<boolean> {
      const { modifiedCount } = await Rows.updateOne(
        { _id: id, 'factor.secret': before },
        { $set: { 'factor.secret': after } },
      )
      return modifiedCount === 1
    },

    async setFactor(account: Account, factor: Factor, by: Change): Promise<void> {
      await change(asPerson(account), { set: { factor } }, by)
    },

    async removeFactor(account: Account, by: Change): Promise<void> {
      await change(asPerson(account), { unset: ['factor'] }, by)
    },

    /** Takes a step of the clock for this person; false when it or a later one was taken: a code works once. */
    async takeStep(id: string, step: number): Promise<boolean> {
      const { modifiedCount } = await Rows.updateOne(
        { _id: id, 'factor.lastStep': { $lt: step } },
        { $set: { 'factor.lastStep': step } },
      )
      return modifiedCount === 1
    },

    /** Uses one recovery code up. A code that is not (or no longer) there is a StaleWrite. */
    async takeRecoveryCode(account: Account, codes: readonly string[], used: string, by: Change): Promise<void> {
      const recovery = codes.filter(code => code !== used)
      await change(asPerson(account), { set: { 'factor.recovery': recovery }, also: { 'factor.recovery': used } }, by)
    },

    async accountOfSubject({ issuer, subject }: Subject): Promise<Account | undefined> {
      return accountFrom(await Rows.findOne({ 'oidc.issuer': issuer, 'oidc.subject': subject }, ACCOUNT).lean<Row>())
    },

    /** Accounts with this address that no subject is tied to yet, at most two: with two it is not clear whose it is. */
    async unlinkedWithEmail(email: string): Promise<readonly Account[]> {
      const rows = await Rows.find({ email, oidc: { $exists: false } }, ACCOUNT)
        .limit(2)
        .lean<Row[]>()
      return rows.flatMap(row => accountFrom(row) ?? [])
    },

    async linkSubject(account: Account, oidc: Subject, by: Change): Promise<void> {
      await change(asPerson(account), { set: { oidc }, also: { oidc: { $exists: false } } }, by)
    },

    async subjectOf(id: string): Promise<Subject | undefined> {
      return (await Rows.findById(id, { oidc: 1 }).lean<Row>())?.oidc
    },

    async unlinkSubject(person: Person, by: Change): Promise<void> {
      await change(person, { unset: ['oidc'] }, by)
    },

    /** Which of these people could sign in today: they have a password, are not locked and have not left. */
    async withPassword(ids: readonly string[]): Promise<readonly Person[]> {
      const filter = { _id: { $in: [...ids] }, active: true, 'credential.hash': { $exists: true } }
      return (await Rows.find(filter, LISTED).lean<Row[]>()).map(fromRow)
    },

    delivered,
  }
}
