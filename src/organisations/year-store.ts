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

export type YearStore = ReturnType<typeof yearStore>

/** Working years of the province: collection `years`. `provinceId` of a write names the Sở whose journal takes it. */
export function yearStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'years', schema, [OUTBOX_INDEX])
  relay.watch(Rows)
  const kept = db.kept.keep({
    load: async () => (await Rows.find({}, { outbox: 0 }, { sort: { _id: -1 } }).lean<Row[]>()).map(fromRow),
    from: () => [{ collection: 'years' }],
  })

  return {
    /** Newest first, kept for a moment, because every page names the years (decision 7): decisions ask `find`. */
    all: (): Promise<readonly Year[]> => kept(''),

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
      relay.soon(Rows, before.id)
      return { ...before, ...change, rev }
    },
  }
}
