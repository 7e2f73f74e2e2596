import { Schema } from 'mongoose'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import { InvalidInput } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { entryOf, type By } from './step-entry.ts'
import type { Year } from './year.ts'

type Row = Omit<Year, 'id'> & { readonly _id: WorkingYear; readonly outbox: readonly JournalEntry[] }

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  state: { type: String, required: true, enum: ['open', 'closed'] },
  closingDay: { type: String, required: true },
  holidays: { type: [String], required: true },
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const fromRow = ({ _id, state, closingDay, holidays, rev }: Row): Year => ({
  id: _id,
  state,
  closingDay,
  holidays,
  rev,
})

const KEPT_MS = 10_000

export type YearStore = ReturnType<typeof yearStore>

/** Working years of the province: collection `years`. `provinceId` of a write names the Sở whose journal takes it. */
export function yearStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'years', schema, [OUTBOX_INDEX])
  relay.watch(Rows)
  let cached: { readonly years: readonly Year[]; readonly at: number } | undefined

  return {
    /**
     * Newest first. Every page names the years, so they are kept in memory until a write here, at most ten seconds:
     * decisions ask `find`.
     */
    async all(now: () => number = Date.now): Promise<readonly Year[]> {
      if (cached && now() - cached.at < KEPT_MS) return cached.years
      const rows = await Rows.find({}, { outbox: 0 }, { sort: { _id: -1 } }).lean<Row[]>()
      cached = { years: rows.map(fromRow), at: now() }
      return cached.years
    },

    async find(id: WorkingYear): Promise<Year | undefined> {
      const row = await Rows.findById(id).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    async open(year: Omit<Year, 'rev' | 'state'>, provinceId: string, by: By): Promise<Year> {
      const { id, closingDay, holidays } = year
      const entry = entryOf(by, 1, { unitId: provinceId, year: id, subject: { kind: 'year', id }, event: 'openYear' })
      try {
        await Rows.create({ _id: id, state: 'open', closingDay, holidays, rev: 1, outbox: [entry] })
      } catch (error) {
        if (isDuplicateKey(error)) throw new InvalidInput({ year: `Năm học ${id} đã được mở.` })
        throw error
      }
      cached = undefined
      relay.soon(Rows, id)
      return { ...year, state: 'open', rev: 1 }
    },

    /** Closes, reopens, or changes closing day and holidays of a year. */
    async change(before: Year, change: Partial<Omit<Year, 'id' | 'rev'>>, provinceId: string, by: By): Promise<Year> {
      const rev = before.rev + 1
      const entry = entryOf(by, rev, {
        unitId: provinceId,
        year: before.id,
        subject: { kind: 'year', id: before.id },
        event: change.state === 'closed' ? 'closeYear' : change.state === 'open' ? 'reopenYear' : 'changeYear',
        from: before.state,
        to: change.state ?? before.state,
        facts: { ...change },
      })
      await guardedUpdate(
        Rows,
        { _id: before.id, rev: before.rev },
        { $set: { ...change, rev }, $push: { outbox: entry } },
        `Năm học ${before.id} vừa được người khác sửa.`,
      )
      cached = undefined
      relay.soon(Rows, before.id)
      return { ...before, ...change, rev }
    },
  }
}
