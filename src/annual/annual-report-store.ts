import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { Where } from '../kernel/rules.ts'
import { defineCollection, guardedUpdate, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { AnnualReport, WrittenText } from './annual-report.ts'

type Row = Omit<AnnualReport, 'id'> & { readonly _id: string }

const text = { type: String, required: true } as const
const { Mixed } = Schema.Types
const schema = new Schema<Row>(
  {
    _id: text,
    unitId: text,
    year: text,
    period: text,
    ancestors: { type: [String], required: true },
    state: text,
    machine: text,
    rev: { type: Number, required: true },
    texts: { type: Mixed, required: true },
    typed: { type: Mixed, required: true },
    versions: { type: [Mixed], required: true },
    everSent: { type: Boolean, required: true },
    correcting: String,
    outbox: { type: [Mixed], required: true },
  },
  { _id: false },
)

const STALE = 'Báo cáo vừa được người khác cập nhật. Xin xem lại rồi làm lại bước này.'
const STALE_TEXT = 'Phần này vừa được người khác lưu.'

/** Fields that a step may change; `null` takes a field away. */
export type AnnualChange = Partial<Pick<AnnualReport, 'state' | 'versions' | 'everSent' | 'typed'>> & {
  readonly correcting?: string | null
}

export type AnnualReportStore = ReturnType<typeof annualReportStore>

/** Annual reports (`annualReports`): one document per unit and reporting period, from the first word on. */
export function annualReportStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'annualReports', schema, [
    { keys: { unitId: 1, year: 1 } },
    { keys: { year: 1, _id: 1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  const find = async (id: string): Promise<AnnualReport | undefined> => {
    const row = await Rows.findById(id, { outbox: 0 }).lean<Row>()
    return row ? fromRow(row) : undefined
  }

  /** The document is there before its first change; two who begin at once begin the same one. */
  const ensure = async (fresh: AnnualReport): Promise<void> => {
    if (fresh.rev > 0) return
    const { id, ...row } = fresh
    try {
      await insertRow<Row>(db, Rows, { _id: id, ...row, rev: 1 })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
  }

  return {
    find,

    /** Reports of a year that a filter lets through, by unit. */
    async ofYear(year: string, where: Where): Promise<readonly AnnualReport[]> {
      const rows = await Rows.find({ $and: [{ year }, where] }, { outbox: 0, texts: 0 })
        .sort({ _id: 1 })
        .lean<Row[]>()
      return rows.map(row => fromRow({ ...row, texts: {} }))
    },

    /**
     * One text, right only if it still is what was read (`base`, 0: nothing yet) and the report is still being drafted.
     * Texts of other parts are not touched, so that several people write at once.
     */
    async writeText(report: AnnualReport, key: string, base: number, written: WrittenText): Promise<void> {
      await ensure(report)
      const unchanged = base === 0 ? { [`texts.${key}`]: { $exists: false } } : { [`texts.${key}.rev`]: base }
      await guardedUpdate<Row>(
        Rows,
        { _id: report.id, state: 'drafting', ...unchanged },
        // A step that was decided on the texts before this one must not go through.
        { $set: { [`texts.${key}`]: written }, $inc: { rev: 1 } },
        STALE_TEXT,
      )
    },

    /** A step or a change of what is typed, guarded by the revision that it was decided on. */
    async step(before: AnnualReport, change: AnnualChange, entry: JournalEntry): Promise<AnnualReport> {
      await ensure(before)
      const { correcting, ...set } = change
      await guardedUpdate<Row>(
        Rows,
        { _id: before.id, rev: Math.max(1, before.rev), state: before.state },
        {
          $set: { ...set, ...(typeof correcting === 'string' && { correcting }) },
          ...(correcting === null && { $unset: { correcting: 1 } }),
          $inc: { rev: 1 },
          $push: { outbox: entry },
        },
        STALE,
      )
      relay.soon(Rows, before.id)
      const after = await find(before.id)
      if (!after) throw new StaleWrite(STALE)
      return after
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): AnnualReport => ({ ...rest, id: _id, outbox: rest.outbox ?? [] })
