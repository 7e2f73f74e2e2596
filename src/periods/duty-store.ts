import { Schema, type QueryFilter } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { searchKey } from '../kernel/words.ts'
import type { Duty, Reminder } from './duty.ts'
import type { DutyState } from './duty-machine.ts'

type Row = Omit<Duty, 'id'> & { readonly _id: string; readonly searchText: string }

const text = { type: String, required: true } as const
const { Mixed } = Schema.Types
const schema = new Schema<Row>({
  _id: text,
  periodId: text,
  year: text,
  unitId: text,
  unitKind: text,
  schoolKind: String,
  name: text,
  searchText: text,
  parentId: text,
  ancestors: { type: [String], required: true },
  due: text,
  state: text,
  machine: text,
  rev: { type: Number, required: true },
  note: String,
  sentAt: Date,
  sentBy: String,
  returns: { type: Number, required: true },
  returned: Mixed,
  acceptedAt: Date,
  acceptanceWithdrawn: Mixed,
  excusedFor: String,
  excuseRecalled: Mixed,
  reminders: { type: [Mixed], required: true },
  untold: { type: [Mixed], required: true },
  outbox: { type: [Mixed], required: true },
})

const STALE = 'Báo cáo của đơn vị vừa được người khác cập nhật. Xin xem lại rồi làm lại bước này.'
const ONE_WRITE = 500

export type DutyChange = Partial<
  Pick<
    Duty,
    | 'state'
    | 'note'
    | 'sentAt'
    | 'sentBy'
    | 'returns'
    | 'returned'
    | 'acceptedAt'
    | 'acceptanceWithdrawn'
    | 'excusedFor'
    | 'excuseRecalled'
    | 'parentId'
    | 'ancestors'
    | 'name'
  >
>

/** Which duties of a period a list shows; `parentId` the direct children of a unit, `under` everything below it. */
export interface DutyFilter {
  readonly periodId: string
  readonly parentId?: string
  readonly under?: string
  readonly states?: readonly DutyState[]
  readonly schoolKind?: string
  /** Due before this day. */
  readonly dueBefore?: Day
  readonly search?: string
}

export type DutyStore = ReturnType<typeof dutyStore>

/** What each unit owes in each period: collection `duties`. */
export function dutyStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'duties', schema, [
    { keys: { periodId: 1, parentId: 1 } },
    { keys: { periodId: 1, ancestors: 1 } },
    { keys: { periodId: 1, state: 1 } },
    { keys: { unitId: 1 } },
    { keys: { 'untold.event': 1 }, options: { sparse: true } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  return {
    async find(id: string): Promise<Duty | undefined> {
      const row = await Rows.findById(id, LISTED).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** In no order: lists of one province are sorted by name in the app. */
    async list(filter: DutyFilter): Promise<readonly Duty[]> {
      const rows = await Rows.find(queryOf(filter), LISTED).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** The first few duties in any order, and how many there are. */
    async some(filter: DutyFilter, limit: number): Promise<{ readonly some: readonly Duty[]; readonly all: number }> {
      const query = queryOf(filter)
      const [rows, all] = await Promise.all([
        Rows.find(query, LISTED).limit(limit).lean<Row[]>(),
        Rows.countDocuments(query),
      ])
      return { some: rows.map(fromRow), all }
    },

    async ofUnits(unitIds: readonly string[]): Promise<readonly Duty[]> {
      const rows = await Rows.find({ unitId: { $in: [...unitIds] } }, LISTED).lean<Row[]>()
      return rows.map(fromRow)
    },

    async idsOf(periodId: string): Promise<ReadonlySet<string>> {
      const rows = await Rows.find({ periodId }, { _id: 1 }).lean<Row[]>()
      return new Set(rows.map(row => row._id))
    },

    /** Writes duties that do not stand yet; those that do are left alone. */
    async addMissing(duties: readonly Duty[]): Promise<void> {
      const rows = duties.map(({ id, ...row }): Row => ({ _id: id, ...row, searchText: searchKey(row.name) }))
      for (let from = 0; from < rows.length; from += ONE_WRITE) {
        try {
          // Plain rows past mongoose's documents, as in `insertRow`; unordered, so that known ones stop no new ones.
          await Rows.collection.insertMany(rows.slice(from, from + ONE_WRITE) as never[], {
            ordered: false,
            writeConcern: db.durable,
          })
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
        }
      }
    },

    /** A step, right only if nothing has happened to the duty since `before` was read; people are told of it afterwards. */
    async step(before: Duty, change: DutyChange, entry: JournalEntry, tell?: Duty['untold'][number]): Promise<Duty> {
      const loses = change.acceptanceWithdrawn !== undefined
      await guardedUpdate<Row>(
        Rows,
        { _id: before.id, rev: before.rev },
        {
          $set: { ...change, ...(change.name !== undefined && { searchText: searchKey(change.name) }) },
          ...(loses && { $unset: { acceptedAt: 1 } }),
          $inc: { rev: 1 },
          $push: { outbox: entry, ...(tell && { untold: tell }) },
        },
        STALE,
      )
      relay.soon(Rows, before.id)
      const { acceptedAt, ...kept } = before
      const stays = !loses && acceptedAt !== undefined ? { acceptedAt } : {}
      return { ...kept, ...stays, ...change, rev: before.rev + 1, untold: [...before.untold, ...(tell ? [tell] : [])] }
    },

    /** Duties with something to tell, at most `limit`. */
    async untold(limit: number): Promise<readonly Duty[]> {
      const rows = await Rows.find({ 'untold.event': { $exists: true } }, LISTED)
        .limit(limit)
        .lean<Row[]>()
      return rows.map(fromRow)
    },

    async told({ id }: Duty, { rev }: Duty['untold'][number]): Promise<void> {
      await Rows.updateOne({ _id: id }, { $pull: { untold: { rev } } })
    },

    /** Notes that somebody was reminded; no step, so the revision stays. */
    async reminded(id: string, reminder: Reminder): Promise<void> {
      await Rows.updateOne({ _id: id }, { $push: { reminders: reminder } })
    },
  }
}

const LISTED = { outbox: 0, searchText: 0 } as const

function queryOf({ periodId, parentId, under, states, schoolKind, dueBefore, search }: DutyFilter): QueryFilter<Row> {
  const words = searchKey(search ?? '')
    .replaceAll(/[^\p{L}\p{N} ]/gu, ' ')
    .trim()
  const filter = {
    periodId,
    ...(parentId !== undefined && { parentId }),
    ...(under !== undefined && { ancestors: under }),
    ...(states && { state: { $in: [...states] } }),
    ...(schoolKind !== undefined && { schoolKind }),
    ...(dueBefore !== undefined && { due: { $lt: dueBefore } }),
    ...(words !== '' && { searchText: new RegExp(words) }),
  }
  // Every key is a field of the row; the optional ones are left out where they are not asked.
  return filter as QueryFilter<Row>
}

const fromRow = ({ _id, ...row }: Row): Duty => ({ ...row, id: _id, outbox: [], untold: row.untold ?? [] })
