import { Schema } from 'mongoose'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { chainHash, GENESIS, type ChainedEntry } from './chain.ts'

interface Row {
  _id: string
  unitId: string
  seq: number
  prev: string
  hash: string
  subject: { kind: string; id: string; part?: string }
  at: Date
  entry: Omit<JournalEntry, 'id' | 'unitId' | 'subject' | 'at'>
}

const schema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    unitId: { type: String, required: true },
    seq: { type: Number, required: true },
    prev: { type: String, required: true },
    hash: { type: String, required: true },
    subject: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    entry: { type: Schema.Types.Mixed, required: true },
  },
  { _id: false },
)

export type JournalStore = ReturnType<typeof journalStore>

/** The append-only journal: a chain per unit. Nothing here updates or deletes. */
export function journalStore(db: Database) {
  const Rows = defineCollection(db, 'journal', schema, [
    { keys: { unitId: 1, seq: 1 }, options: { unique: true } },
    { keys: { 'subject.kind': 1, 'subject.id': 1, at: -1 } },
    { keys: { unitId: 1, at: -1 } },
  ])
  return {
    /** Appends one entry to its unit's chain; an entry that is already there is left alone, so a retry is harmless. */
    async append(entry: JournalEntry): Promise<void> {
      for (;;) {
        const last = await Rows.findOne({ unitId: entry.unitId }, { seq: 1, hash: 1 }).sort({ seq: -1 }).lean()
        const prev = last?.hash ?? GENESIS
        const { id, unitId, subject, at, ...rest } = entry
        const row = {
          _id: id,
          unitId,
          subject,
          at,
          entry: rest,
          seq: (last?.seq ?? 0) + 1,
          prev,
          hash: chainHash(prev, entry),
        }
        try {
          await insertRow(db, Rows, row)
          return
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          if (await Rows.exists({ _id: id })) return
        }
      }
    },

    /** Newest first. */
    async of(subject: { kind: string; id: string }, limit = 200): Promise<readonly JournalEntry[]> {
      const rows = await Rows.find({ 'subject.kind': subject.kind, 'subject.id': subject.id })
        .sort({ at: -1 })
        .limit(limit)
        .lean()
      return rows.map(entryFrom)
    },

    /** The latest entries of a unit, newest first. */
    async latestOf(unitId: string, limit = 50): Promise<readonly JournalEntry[]> {
      const rows = await Rows.find({ unitId }).sort({ at: -1 }).limit(limit).lean()
      return rows.map(entryFrom)
    },

    unitIds: (): Promise<readonly string[]> => Rows.distinct('unitId'),

    async chainOf(unitId: string): Promise<readonly ChainedEntry[]> {
      const rows = await Rows.find({ unitId }).sort({ seq: 1 }).lean()
      return rows.map(row => ({ seq: row.seq, prev: row.prev, hash: row.hash, entry: entryFrom(row) }))
    },
  }
}

const entryFrom = (row: Row): JournalEntry => ({
  ...row.entry,
  id: row._id,
  unitId: row.unitId,
  subject: row.subject,
  at: row.at,
})
