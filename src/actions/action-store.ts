import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Action } from './action.ts'

type Row = Omit<Action, 'id'> & { readonly _id: string }

const text = { type: String, required: true } as const
const schema = new Schema<Row>(
  {
    _id: text,
    assessmentId: text,
    schoolId: text,
    year: text,
    code: text,
    line: text,
    words: { type: Schema.Types.Mixed, required: true },
    state: text,
    machine: text,
    rev: { type: Number, required: true },
    extendedTo: String,
    progress: { type: [Schema.Types.Mixed], required: true },
    done: Schema.Types.Mixed,
    droppedBecause: String,
    carried: Schema.Types.Mixed,
    cameFrom: String,
    outbox: { type: [Schema.Types.Mixed], required: true },
  },
  { _id: false },
)

/** Fields that a step may change. */
export type ActionChange = Partial<
  Pick<Action, 'state' | 'extendedTo' | 'progress' | 'done' | 'droppedBecause' | 'carried'>
>

const STALE = 'Việc này vừa được người khác cập nhật. Xin xem lại rồi làm lại bước này.'

export type ActionStore = ReturnType<typeof actionStore>

/** What has happened to improvement actions (`actions`): one document each, from the first step on. */
export function actionStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'actions', schema, [
    { keys: { assessmentId: 1 } },
    { keys: { schoolId: 1, 'carried.to': 1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  return {
    async ofAssessment(assessmentId: string): Promise<readonly Action[]> {
      const rows = await Rows.find({ assessmentId }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Actions of earlier years that go on in this one. */
    async carriedInto(schoolId: string, year: WorkingYear): Promise<readonly Action[]> {
      const rows = await Rows.find({ schoolId, 'carried.to': year }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** A step, right only if nothing has happened to the action since `before` was read; its first step writes it down. */
    async step(before: Action, change: ActionChange, entry: JournalEntry): Promise<Action> {
      const after: Action = { ...before, ...change, rev: before.rev + 1, outbox: [entry] }
      if (before.rev === 0) {
        const { id, ...row } = after
        try {
          await insertRow<Row>(db, Rows, { _id: id, ...row })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE)
          throw error
        }
      } else
        await guardedUpdate<Row>(
          Rows,
          { _id: before.id, rev: before.rev },
          { $set: { ...change, words: before.words }, $inc: { rev: 1 }, $push: { outbox: entry } },
          STALE,
        )
      relay.soon(Rows, before.id)
      return after
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): Action => ({ ...rest, id: _id, outbox: rest.outbox ?? [] })
