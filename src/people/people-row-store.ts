import { Schema } from 'mongoose'
import { entryBy, OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import type { Where } from '../kernel/rules.ts'
import { searchKey } from '../kernel/words.ts'
import { defineCollection, guardedUpdate } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { LinkPurpose } from './access-link.ts'
import type { Account, Person } from './person.ts'

export interface Credential {
  readonly hash?: string
  readonly mustChange: boolean
  readonly epoch: number
}

/** The one link with which a password may be set; the link itself is known to its receiver alone. */
export interface KeptLink {
  readonly hash: string
  readonly purpose: LinkPurpose
  readonly until: Date
}

/** A confirmed second factor: the shared secret (sealed, see `secretSeal`), the last 30-second step that was used, and hashes of recovery codes. */
export interface Factor {
  readonly secret: string
  readonly lastStep: number
  readonly recovery: readonly string[]
}

/** The person at the common sign-on, kept when it was used first. */
export interface Subject {
  readonly issuer: string
  readonly subject: string
}

export type Row = Omit<Person, 'id'> & {
  readonly _id: string
  readonly sortKey: string
  /** Unaccented words of the name and the user name, searched by their beginnings. */
  readonly words: readonly string[]
  readonly credential?: Credential
  readonly link?: KeptLink
  readonly factor?: Factor
  readonly oidc?: Subject
  readonly outbox: readonly JournalEntry[]
}

const { Mixed } = Schema.Types
const text = { type: String, required: true } as const
const credentialSchema = new Schema<Credential>(
  { hash: String, mustChange: { type: Boolean, required: true }, epoch: { type: Number, required: true } },
  { _id: false },
)
const linkSchema = new Schema<KeptLink>(
  { hash: text, purpose: text, until: { type: Date, required: true } },
  { _id: false },
)
const factorSchema = new Schema<Factor>(
  { secret: text, lastStep: { type: Number, required: true }, recovery: { type: [String], required: true } },
  { _id: false },
)
const schema = new Schema<Row>({
  _id: text,
  name: text,
  unitId: text,
  username: String,
  email: String,
  phone: String,
  active: { type: Boolean, required: true },
  closedFrom: String,
  waiting: Boolean,
  rev: { type: Number, required: true },
  sortKey: text,
  words: { type: [String], required: true },
  credential: credentialSchema,
  link: linkSchema,
  factor: factorSchema,
  oidc: new Schema<Subject>({ issuer: text, subject: text }, { _id: false }),
  outbox: { type: [Mixed], required: true },
})

const uniqueWhereSet = (field: string) =>
  ({ unique: true, partialFilterExpression: { [field]: { $exists: true } } }) as const

const indexes = [
  { keys: { username: 1 }, options: uniqueWhereSet('username') },
  { keys: { sortKey: 1 } },
  { keys: { unitId: 1, sortKey: 1 } },
  { keys: { words: 1 } },
  { keys: { email: 1 }, options: { sparse: true } },
  { keys: { 'link.hash': 1 }, options: uniqueWhereSet('link.hash') },
  { keys: { 'oidc.issuer': 1, 'oidc.subject': 1 }, options: uniqueWhereSet('oidc.subject') },
  OUTBOX_INDEX,
] as const

/** Everything that may be listed or shown: nothing of how somebody signs in, no outbox. */
export const LISTED = { credential: 0, link: 0, factor: 0, oidc: 0, outbox: 0, words: 0, sortKey: 0 } as const

export const ACCOUNT = {
  username: 1,
  name: 1,
  unitId: 1,
  active: 1,
  closedFrom: 1,
  credential: 1,
  'factor.lastStep': 1,
  rev: 1,
} as const

export const fromRow = (row: Row): Person => ({
  id: row._id,
  name: row.name,
  unitId: row.unitId,
  active: row.active,
  rev: row.rev,
  ...(row.username === undefined ? {} : { username: row.username }),
  ...(row.email === undefined ? {} : { email: row.email }),
  ...(row.phone === undefined ? {} : { phone: row.phone }),
  ...(row.closedFrom === undefined ? {} : { closedFrom: row.closedFrom }),
  ...(row.waiting === undefined ? {} : { waiting: row.waiting }),
})

export const accountFrom = (row: Row | null): Account | undefined =>
  row?.credential && row.username !== undefined
    ? {
        personId: row._id,
        username: row.username,
        name: row.name,
        unitId: row.unitId,
        active: row.active,
        ...(row.closedFrom === undefined ? {} : { closedFrom: row.closedFrom }),
        rev: row.rev,
        hasSecondFactor: row.factor !== undefined,
        ...row.credential,
      }
    : undefined

export const wordsOf = (name: string, username: string | undefined): readonly string[] => [
  ...new Set([...searchKey(name).split(' '), ...(username === undefined ? [] : [username])]),
]

/** Who changed an account, when and why; written into the outbox in the same write. */
export interface Change {
  readonly actor: Actor
  readonly at: Date
  readonly event: string
  readonly reason?: string
}

export const entryFor = (id: string, unitId: string, rev: number, { actor, at, event, reason }: Change): JournalEntry =>
  entryBy(actor, at, {
    id: `person:${id}:${rev}`,
    unitId,
    subject: { kind: 'person', id },
    event,
    ...(reason === undefined ? {} : { reason }),
  })

export type PeopleRows = ReturnType<typeof peopleRows>

/** The collection `people` and the one way in which a document of it changes: guarded by its revision, with its entry. */
export function peopleRows(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'people', schema, indexes)
  relay.watch(Rows)
  return {
    Rows,
    /** `also` narrows the filter to what the decision rests on beside the revision. */
    change: async (
      { id, unitId, rev: before }: Pick<Person, 'id' | 'unitId' | 'rev'>,
      { set = {}, unset = [], also = {} }: { set?: Where; unset?: readonly string[]; also?: Where },
      by: Change,
    ): Promise<void> => {
      const rev = before + 1
      const removed = Object.fromEntries(unset.map(field => [field, 1 as const]))
      await guardedUpdate(
        Rows,
        { _id: id, rev: before, ...also },
        {
          $set: { ...set, rev },
          ...(unset.length > 0 && { $unset: removed }),
          $push: { outbox: entryFor(id, unitId, rev, by) },
        },
        'Tài khoản này vừa được người khác sửa.',
      )
      relay.soon(Rows, id)
    },
    delivered: (id: string): void => relay.soon(Rows, id),
  }
}
