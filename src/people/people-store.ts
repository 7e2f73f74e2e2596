import { Schema, type QueryFilter } from 'mongoose'
import { entryBy, OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import type { Where } from '../kernel/rules.ts'
import { searchKey } from '../kernel/words.ts'
import { defineCollection, guardedUpdate, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { personSortKey } from './name-order.ts'
import type { Account, Person } from './person.ts'

interface Credential {
  readonly hash: string
  readonly mustChange: boolean
  readonly epoch: number
}

type Row = Omit<Person, 'id'> & {
  readonly _id: string
  readonly sortKey: string
  /** Unaccented words of the name and the user name, searched by their beginnings. */
  readonly words: readonly string[]
  readonly credential?: Credential
  readonly outbox: readonly JournalEntry[]
}

const { Mixed } = Schema.Types
const schema = new Schema<Row>({
  _id: { type: String, required: true },
  name: { type: String, required: true },
  unitId: { type: String, required: true },
  username: String,
  email: String,
  phone: String,
  active: { type: Boolean, required: true },
  rev: { type: Number, required: true },
  sortKey: { type: String, required: true },
  words: { type: [String], required: true },
  credential: new Schema<Credential>(
    {
      hash: { type: String, required: true },
      mustChange: { type: Boolean, required: true },
      epoch: { type: Number, required: true },
    },
    { _id: false },
  ),
  outbox: { type: [Mixed], required: true },
})

const indexes = [
  { keys: { username: 1 }, options: { unique: true, partialFilterExpression: { username: { $exists: true } } } },
  { keys: { sortKey: 1 } },
  { keys: { unitId: 1, sortKey: 1 } },
  { keys: { words: 1 } },
  OUTBOX_INDEX,
] as const

/** Everything that may be listed or shown: no credential, no outbox. */
const LISTED = { credential: 0, outbox: 0, words: 0, sortKey: 0 } as const

const fromRow = ({ _id, name, unitId, username, email, phone, active, rev }: Row): Person => ({
  id: _id,
  name,
  unitId,
  active,
  rev,
  ...(username === undefined ? {} : { username }),
  ...(email === undefined ? {} : { email }),
  ...(phone === undefined ? {} : { phone }),
})

const accountFrom = (row: Row | null): Account | undefined =>
  row?.credential && row.username !== undefined
    ? { personId: row._id, username: row.username, name: row.name, active: row.active, rev: row.rev, ...row.credential }
    : undefined

const wordsOf = (name: string, username: string | undefined): readonly string[] => [
  ...new Set([...searchKey(name).split(' '), ...(username === undefined ? [] : [username])]),
]

/** Who changed an account, when and why; written into the outbox in the same write. */
export interface Change {
  readonly actor: Actor
  readonly at: Date
  readonly event: string
  readonly reason?: string
}

const entryFor = (id: string, unitId: string, rev: number, { actor, at, event, reason }: Change): JournalEntry =>
  entryBy(actor, at, {
    id: `person:${id}:${rev}`,
    unitId,
    subject: { kind: 'person', id },
    event,
    ...(reason === undefined ? {} : { reason }),
  })

export type PeopleStore = ReturnType<typeof peopleStore>

/** People and how they sign in: collection `people`. */
export function peopleStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'people', schema, indexes)
  relay.watch(Rows)

  async function change(person: Person, fields: Where, by: Change): Promise<void> {
    const { id } = person
    const rev = person.rev + 1
    await guardedUpdate(
      Rows,
      { _id: id, rev: person.rev },
      { $set: { ...fields, rev }, $push: { outbox: entryFor(id, person.unitId, rev, by) } },
      'Tài khoản này vừa được người khác sửa.',
    )
    relay.soon(Rows, id)
  }

  const find = async (id: string): Promise<Person | undefined> => {
    const row = await Rows.findById(id, LISTED).lean<Row>()
    return row ? fromRow(row) : undefined
  }

  return {
    find,

    async get(id: string): Promise<Person> {
      const person = await find(id)
      if (!person) throw new NotFound(`person ${id}`)
      return person
    },

    /** Names by id; ids that nobody has are left out. */
    async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const rows = await Rows.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean<Row[]>()
      return new Map(rows.map(row => [row._id, row.name]))
    },

    async accountOf(id: string): Promise<Account | undefined> {
      return accountFrom(await Rows.findById(id, ACCOUNT).lean<Row>())
    },

    async accountNamed(username: string): Promise<Account | undefined> {
      return accountFrom(await Rows.findOne({ username }, ACCOUNT).lean<Row>())
    },

    /** Writes a new person; a password hash makes an account of it. Refuses a user name that is taken. */
    async add(
      person: Omit<Person, 'rev' | 'active'>,
      hash: string | undefined,
      mustChange: boolean,
      by: Change,
    ): Promise<Person> {
      const { id, ...fields } = person
      try {
        await insertRow(db, Rows, {
          _id: id,
          ...fields,
          active: true,
          rev: 1,
          sortKey: personSortKey(person.name),
          words: wordsOf(person.name, person.username),
          ...(hash === undefined ? {} : { credential: { hash, mustChange, epoch: 1 } }),
          outbox: [entryFor(id, person.unitId, 1, by)],
        })
      } catch (error) {
        if (isDuplicateKey(error)) throw new InvalidInput({ username: 'Tên đăng nhập này đã có người dùng.' })
        throw error
      }
      relay.soon(Rows, id)
      return { ...person, active: true, rev: 1 }
    },

    /** Replaces the password and ends all sessions that began with the old one. */
    async setPassword(person: Person, account: Account, hash: string, mustChange: boolean, by: Change): Promise<void> {
      await change(person, { credential: { hash, mustChange, epoch: account.epoch + 1 } }, by)
    },

    /** Ends every session of the person. */
    async endSessions(person: Person, account: Account, by: Change): Promise<void> {
      await change(person, { 'credential.epoch': account.epoch + 1 }, by)
    },

    async setActive(person: Person, active: boolean, by: Change): Promise<void> {
      await change(person, { active }, by)
    },

    /** People whose names or user names have words beginning with all words typed; at most `limit`, unordered. */
    async search(scope: Where, typed: string, limit: number): Promise<readonly Person[]> {
      const beginnings = searchKey(typed)
        .split(' ')
        .filter(word => word !== '')
        .map(word => ({ words: new RegExp(`^${word.replace(/[^\p{L}\p{N}_-]/gu, '\\$&')}`) }))
      // The scope is a policy's filter on stored fields.
      const filter = { $and: [scope, ...beginnings] } as QueryFilter<Row>
      const rows = await Rows.find(filter, LISTED).limit(limit).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** One page of people in Vietnamese order. */
    async list(scope: Where, skip: number, limit: number): Promise<readonly Person[]> {
      // The scope is a policy's filter on stored fields.
      const rows = await Rows.find(scope as QueryFilter<Row>, LISTED)
        .sort({ sortKey: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Row[]>()
      return rows.map(fromRow)
    },
  }
}

const ACCOUNT = { username: 1, name: 1, active: 1, credential: 1, rev: 1 } as const
