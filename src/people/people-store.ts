import type { QueryFilter } from 'mongoose'
import type { Relay } from '../journal/index.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import type { Where } from '../kernel/rules.ts'
import { searchKey } from '../kernel/words.ts'
import { insertRow, insertRows, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { accountStore } from './account-store.ts'
import { personSortKey } from './name-order.ts'
import { entryFor, fromRow, LISTED, peopleRows, wordsOf, type Change, type Row } from './people-row-store.ts'
import type { Person } from './person.ts'

export type { Change } from './people-row-store.ts'

export type PeopleStore = ReturnType<typeof peopleStore>

type Entered = Omit<Person, 'rev' | 'active' | 'waiting' | 'closedFrom'>

/** People and how they sign in: collection `people`. */
export function peopleStore(db: Database, relay: Relay) {
  const rows = peopleRows(db, relay)
  const { Rows, change } = rows

  const find = async (id: string): Promise<Person | undefined> => {
    const row = await Rows.findById(id, LISTED).lean<Row>()
    return row ? fromRow(row) : undefined
  }

  const rowFor = ({ id, ...fields }: Entered, credential: Partial<Row>, by: Change): Row => ({
    _id: id,
    ...fields,
    active: true,
    rev: 1,
    sortKey: personSortKey(fields.name),
    words: wordsOf(fields.name, fields.username),
    ...credential,
    outbox: [entryFor(id, fields.unitId, 1, by)],
  })

  const insert = async (row: Row): Promise<Person> => {
    try {
      await insertRow(db, Rows, row)
    } catch (error) {
      if (isDuplicateKey(error)) throw new InvalidInput({ username: 'Tên đăng nhập này đã có người dùng.' })
      throw error
    }
    relay.soon(Rows, row._id)
    return fromRow(row)
  }

  return {
    ...accountStore(rows),
    find,

    async get(id: string): Promise<Person> {
      const person = await find(id)
      if (!person) throw new NotFound(`person ${id}`)
      return person
    },

    /** Names by id; ids that nobody has are left out. */
    async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const found = await Rows.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean<Row[]>()
      return new Map(found.map(row => [row._id, row.name]))
    },

    /** Writes a new person; a password hash makes an account of it. Refuses a user name that is taken. */
    add: (person: Entered, hash: string | undefined, mustChange: boolean, by: Change): Promise<Person> =>
      insert(rowFor(person, hash === undefined ? {} : { credential: { hash, mustChange, epoch: 1 } }, by)),

    /** Writes a new person whose password is still to be set. Refuses a user name that is taken. */
    invite: (person: Entered, by: Change): Promise<Person> => insert(rowFor(person, INVITED, by)),

    /** The user names of the list that somebody has. */
    async takenUsernames(usernames: readonly string[]): Promise<ReadonlyMap<string, Person>> {
      const found = await Rows.find({ username: { $in: [...usernames] } }, LISTED).lean<Row[]>()
      return new Map(found.map(row => [row.username ?? '', fromRow(row)]))
    },

    /**
     * Enters many invited people; whose user name came to be taken meanwhile is left out. Gives those entered. The first
     * of each unit carries one journal entry that names all of them: an entry each would keep the journal busy for minutes.
     */
    async inviteMany(people: readonly Entered[], by: Change): Promise<readonly string[]> {
      const carriers = new Map<string, string>()
      for (const { id, unitId } of people) if (!carriers.has(unitId)) carriers.set(unitId, id)
      const entered = people.map(person => {
        const made = rowFor(person, INVITED, by)
        if (carriers.get(person.unitId) !== person.id) return { ...made, outbox: [] }
        const personIds = people.filter(({ unitId }) => unitId === person.unitId).map(({ id }) => id)
        return { ...made, outbox: made.outbox.map(entry => ({ ...entry, facts: { personIds } })) }
      })
      const there = await insertRows(db, Rows, entered)
      for (const id of carriers.values()) relay.soon(Rows, id)
      return there.map(row => row._id)
    },

    /** Writes a line into the person's journal that changes nothing else. */
    note: (person: Person, by: Change): Promise<void> => change(person, {}, by),

    async setContact(person: Person, contact: Pick<Person, 'email' | 'phone'>, by: Change): Promise<void> {
      const entries = (['email', 'phone'] as const).map(field => [field, contact[field]] as const)
      const set = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
      const unset = entries.filter(([, value]) => value === undefined).map(([field]) => field)
      await change(person, { set, unset }, by)
    },

    /** People whose names or user names have words beginning with all words typed; at most `limit`, unordered. */
    async search(scope: Where, typed: string, limit: number): Promise<readonly Person[]> {
      const beginnings = searchKey(typed)
        .split(' ')
        .filter(word => word !== '')
        .map(word => ({ words: new RegExp(`^${word.replace(/[^\p{L}\p{N}_-]/gu, '\\$&')}`) }))
      // The scope is a policy's filter on stored fields.
      const filter = { $and: [scope, ...beginnings] } as QueryFilter<Row>
      const found = await Rows.find(filter, LISTED).limit(limit).lean<Row[]>()
      return found.map(fromRow)
    },

    /** One page of people in Vietnamese order. */
    async list(scope: Where, skip: number, limit: number): Promise<readonly Person[]> {
      // The scope is a policy's filter on stored fields.
      const found = await Rows.find(scope as QueryFilter<Row>, LISTED)
        .sort({ sortKey: 1 })
        .skip(skip)
        .limit(limit)
        .lean<Row[]>()
      return found.map(fromRow)
    },
  }
}

const INVITED: Pick<Row, 'waiting' | 'credential'> = { waiting: true, credential: { mustChange: false, epoch: 1 } }
