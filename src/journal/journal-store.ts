import { Schema } from 'mongoose'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { defineCollection, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { chainHash, GENESIS, type ChainedEntry } from './chain.ts'

/** The last link of a unit's chain. */
type ChainEnd = Pick<ChainedEntry, 'seq' | 'hash'>

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
  /** Where the chains of these units end; a unit without entries is missing. */
  const endsOf = async (unitIds: readonly string[]): Promise<Map<string, ChainEnd>> => {
    const ends = await Rows.aggregate<ChainEnd & { readonly _id: string }>([
      { $match: { unitId: { $in: [...unitIds] } } },
      { $sort: { unitId: 1, seq: 1 } },
      { $group: { _id: '$unitId', seq: { $last: '$seq' }, hash: { $last: '$hash' } } },
    ])
    return new Map(ends.map(({ _id, seq, hash }) => [_id, { seq, hash }]))
  }

  return {
    /**
     * Appends entries to the chains of their units in the order given; those that are already there are left alone, so a
     * retry is harmless. Nothing is written behind an entry that could not be: whoever was faster in a unit's chain, or
     * with an entry, stops the command there, and the rest is chained again behind what stands then.
     */
    async append(entries: readonly JournalEntry[]): Promise<void> {
      let left = entries
      while (left.length > 0) {
        const rows = chained(left, await endsOf([...new Set(left.map(({ unitId }) => unitId))]))
        try {
          // Ordered: a link must never be written when the one before it was not.
          await Rows.collection.insertMany(rows as never, { ordered: true, writeConcern: db.durable })
          return
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          const there = await Rows.find({ _id: { $in: left.map(({ id }) => id) } }, { _id: 1 }).lean()
          const known = new Set(there.map(({ _id }) => _id))
          left = left.filter(({ id }) => !known.has(id))
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

/** Rows of new entries behind the ends of their chains. */
function chained(entries: readonly JournalEntry[], ends: Map<string, ChainEnd>): readonly Row[] {
  return entries.map(entry => {
    const { id, unitId, subject, at, ...rest } = entry
    const { seq: before, hash: prev } = ends.get(unitId) ?? { seq: 0, hash: GENESIS }
    const end = { seq: before + 1, hash: chainHash(prev, entry) }
    ends.set(unitId, end)
    return { _id: id, unitId, subject, at, entry: rest, prev, ...end }
  })
}

const entryFrom = (row: Row): JournalEntry => ({
  ...row.entry,
  id: row._id,
  unitId: row.unitId,
  subject: row.subject,
  at: row.at,
})
