import { Schema } from 'mongoose'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'

/** A confirmed import of people: how far it is, and how it ended. Counts are rows, people and posts written so far. */
export interface ImportJob {
  readonly id: string
  readonly token: string
  readonly by: { readonly personId: string; readonly name: string }
  readonly at: Date
  readonly state: 'running' | 'done' | 'stopped'
  /** Rows that change something. */
  readonly rows: number
  readonly people: number
  readonly seats: number
  /** Why it stopped, a Vietnamese sentence. */
  readonly why?: string
}

type Row = Omit<ImportJob, 'id'> & { readonly _id: string }

const text = { type: String, required: true } as const
const count = { type: Number, required: true } as const
const schema = new Schema<Row>({
  _id: text,
  token: text,
  by: { type: new Schema({ personId: text, name: text }, { _id: false }), required: true },
  at: { type: Date, required: true },
  state: text,
  rows: count,
  people: count,
  seats: count,
  why: String,
})

export type ImportJobStore = ReturnType<typeof importJobStore>

/** Imports of people that were confirmed: collection `peopleImports`. */
export function importJobStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'peopleImports', schema, [{ keys: { state: 1 } }])
  return {
    async find(id: string): Promise<ImportJob | undefined> {
      const row = await Rows.findById(id).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** Writes a new job; false when the same one was begun before. */
    async begin({ id, ...fields }: ImportJob): Promise<boolean> {
      try {
        await insertRow<Row>(db, Rows, { _id: id, ...fields })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },

    /** Adds what was written since. */
    async advance(id: string, { people, seats }: Pick<ImportJob, 'people' | 'seats'>): Promise<void> {
      await Rows.updateOne({ _id: id }, { $inc: { people, seats } })
    },

    async end(id: string, state: 'done' | 'stopped', why?: string): Promise<void> {
      await Rows.updateOne({ _id: id }, { $set: { state, ...(why !== undefined && { why }) } })
    },

    async running(): Promise<readonly ImportJob[]> {
      return (await Rows.find({ state: 'running' }).sort({ at: 1 }).lean<Row[]>()).map(fromRow)
    },
  }
}

const fromRow = ({ _id, ...fields }: Row): ImportJob => ({ id: _id, ...fields })
