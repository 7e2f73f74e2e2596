import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Period } from './period.ts'

type Row = Omit<Period, 'id'> & {
  readonly _id: string
  /** Until when one process has the freezing of figures in hand. */
  readonly lockingUntil?: Date
}

const text = { type: String, required: true } as const
const { Mixed } = Schema.Types
const schema = new Schema<Row>({
  _id: text,
  provinceId: text,
  year: text,
  kind: text,
  name: text,
  tableSet: text,
  asksReconciliation: { type: Boolean, required: true },
  unitClosing: text,
  schoolDue: text,
  unitDue: text,
  closing: text,
  provinceDue: text,
  ministryDue: text,
  state: text,
  machine: text,
  rev: { type: Number, required: true },
  dutiesMade: { type: Boolean, required: true },
  version: { type: Number, required: true },
  snapshotId: String,
  dispatch: Mixed,
  corrections: { type: [Mixed], required: true },
  lockingUntil: Date,
  outbox: { type: [Mixed], required: true },
})

const STALE = 'Kỳ báo cáo vừa được người khác cập nhật. Xin xem lại rồi làm lại bước này.'
/** Longest time that freezing the figures of a province may take. */
const LOCKING_MS = 5 * 60_000

export type PeriodChange = Partial<Omit<Period, 'id' | 'provinceId' | 'year' | 'kind' | 'rev' | 'outbox'>>

export type PeriodStore = ReturnType<typeof periodStore>

/** Reporting periods of the province: collection `periods`. */
export function periodStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'periods', schema, [
    { keys: { year: 1, closing: 1 } },
    { keys: { state: 1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  const find = async (id: string): Promise<Period | undefined> => {
    const row = await Rows.findById(id, LISTED).lean<Row>()
    return row ? fromRow(row) : undefined
  }

  const ofStates = async (states: readonly Period['state'][]): Promise<readonly Period[]> => {
    const rows = await Rows.find({ state: { $in: [...states] } }, LISTED).lean<Row[]>()
    return rows.map(fromRow)
  }
  const underWay = db.kept.keep({
    load: () => ofStates(['planned', 'open', 'locked', 'consolidated']),
    from: () => [{ collection: 'periods', fields: ['rev', 'dutiesMade'] }],
  })

  return {
    find,

    /** Periods that are planned and not yet signed, kept for a moment (decision 7): every page counts what they ask. */
    underWay: (): Promise<readonly Period[]> => underWay(''),

    /** `NotFound` when there is none. */
    async get(id: string): Promise<Period> {
      const period = await find(id)
      if (!period) throw new NotFound('Không tìm thấy kỳ báo cáo này.')
      return period
    },

    /** The periods of a year in the order of their closing days. */
    async ofYear(year: WorkingYear): Promise<readonly Period[]> {
      const rows = await Rows.find({ year }, LISTED).sort({ closing: 1 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    inState: (...states: readonly Period['state'][]): Promise<readonly Period[]> => ofStates(states),

    async add(period: Period): Promise<void> {
      const { id, ...row } = period
      try {
        await insertRow<Row>(db, Rows, { _id: id, ...row })
      } catch (error) {
        if (isDuplicateKey(error)) throw new InvalidInput({ kind: 'Năm học này đã có kỳ báo cáo đó.' })
        throw error
      }
      relay.soon(Rows, id)
    },

    /** A step, right only if nothing has happened to the period since `before` was read. */
    async step(before: Period, change: PeriodChange, entry: JournalEntry): Promise<Period> {
      await guardedUpdate<Row>(
        Rows,
        { _id: before.id, rev: before.rev },
        { $set: { ...change }, $inc: { rev: 1 }, $push: { outbox: entry } },
        STALE,
      )
      relay.soon(Rows, before.id)
      return { ...before, ...change, rev: before.rev + 1 }
    },

    /** Every duty stands: a derived fact, so no step of its own. */
    async dutiesStand(id: string): Promise<void> {
      await Rows.updateOne({ _id: id }, { $set: { dutiesMade: true } })
    },

    /** Takes the freezing of figures in hand for this process alone; false when another one has it. */
    async claimLocking({ id }: Period, now: Date): Promise<boolean> {
      const { matchedCount } = await Rows.updateOne(
        {
          _id: id,
          state: 'open',
          $or: [{ lockingUntil: { $exists: false } }, { lockingUntil: { $lte: now } }],
        },
        { $set: { lockingUntil: new Date(now.getTime() + LOCKING_MS) } },
      )
      return matchedCount === 1
    },
  }
}

const LISTED = { outbox: 0, lockingUntil: 0 } as const

const fromRow = ({ _id, ...row }: Row): Period => ({ ...row, id: _id, outbox: [] })
