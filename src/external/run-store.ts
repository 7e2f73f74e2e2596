import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { Where } from '../kernel/rules.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Run } from './run.ts'
import type { RunState } from './run-machine.ts'

type Row = Omit<Run, 'id'> & { readonly _id: string }

const { Mixed } = Schema.Types
const text = { type: String, required: true } as const
const schema = new Schema<Row>(
  {
    _id: text,
    schoolId: text,
    year: text,
    assessmentId: text,
    ancestors: { type: [String], required: true },
    underProvince: { type: Boolean, required: true },
    state: text,
    machine: text,
    rev: { type: Number, required: true },
    asked: { type: Mixed, required: true },
    selfLevel: { type: Number, required: true },
    letter: { type: Mixed, required: true },
    registeredOn: text,
    completions: { type: [Mixed], required: true },
    forwardedOn: String,
    acceptedOn: String,
    team: Mixed,
    found: Mixed,
    ended: Mixed,
    outbox: { type: [Mixed], required: true },
  },
  { _id: false },
)

/** Fields that a step may change. */
export type RunChange = Partial<
  Pick<Run, 'state' | 'completions' | 'forwardedOn' | 'acceptedOn' | 'team' | 'found' | 'ended'>
>

const STALE = 'Hồ sơ đánh giá ngoài này vừa được người khác cập nhật. Xin xem lại rồi làm lại bước này.'

export type RunStore = ReturnType<typeof runStore>

/** External assessments (`externalRuns`): one document each. */
export function runStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'externalRuns', schema, [
    { keys: { schoolId: 1, year: -1 } },
    { keys: { state: 1, year: -1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  const found = async (query: Where, limit: number): Promise<readonly Run[]> => {
    const rows = await Rows.find(query, { outbox: 0 }).sort({ registeredOn: 1 }).limit(limit).lean<Row[]>()
    return rows.map(fromRow)
  }
  const kept = db.kept.keep({
    load: key => found(...(JSON.parse(key) as Parameters<typeof found>)), // a key is what was asked for, see below
    from: () => [{ collection: 'externalRuns', fields: ['rev'] }],
  })
  const keptRuns = (...asked: Parameters<typeof found>) => kept(JSON.stringify(asked))

  return {
    async find(id: string): Promise<Run | undefined> {
      const row = await Rows.findById(id, { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    async ofSchools(schoolIds: readonly string[]): Promise<readonly Run[]> {
      const rows = await Rows.find({ schoolId: { $in: [...schoolIds] } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /**
     * Runs in these states that the condition lets somebody see, the oldest registrations first; kept for a moment, because
     * every page counts them (decision 7).
     */
    waiting: (where: Where, states: readonly RunState[], limit: number): Promise<readonly Run[]> =>
      keptRuns({ $and: [where, { state: { $in: states } }] }, limit),

    /** Runs of these years whose team has reported, as far as the condition lets somebody see them; kept as well. */
    reportedIn: (where: Where, years: readonly WorkingYear[]): Promise<readonly Run[]> =>
      keptRuns({ $and: [where, { state: 'reported', year: { $in: years } }] }, 0),

    /** Writes a new registration; somebody who registers the same school at the same moment is refused. */
    async register(run: Run, entry: JournalEntry): Promise<void> {
      const { id, ...row } = run
      try {
        await insertRow<Row>(db, Rows, { _id: id, ...row, outbox: [entry] })
      } catch (error) {
        if (isDuplicateKey(error)) throw new StaleWrite('Trường vừa được đăng ký đánh giá ngoài.')
        throw error
      }
      relay.soon(Rows, id)
    },

    async step(before: Run, change: RunChange, entry: JournalEntry): Promise<void> {
      await guardedUpdate<Row>(
        Rows,
        { _id: before.id, rev: before.rev },
        {
          $set: { ...change, rev: before.rev + 1 },
          ...(change.state === 'teamFormed' && before.state === 'reported' && { $unset: { found: 1 } }),
          $push: { outbox: entry },
        },
        STALE,
      )
      relay.soon(Rows, before.id)
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): Run => ({ ...rest, id: _id, outbox: rest.outbox ?? [] })
