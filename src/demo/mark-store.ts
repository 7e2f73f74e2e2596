import { Schema } from 'mongoose'
import { defineCollection, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'

interface Row {
  _id: string
  readonly day: string
  readonly done: readonly string[]
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  day: { type: String, required: true },
  done: { type: [String], required: true },
})

const ID = 'province'

export type Marks = ReturnType<typeof marks>

/** Which parts of the demonstration have been told to the end, and the day that the story was begun on: collection `demo`. */
export function marks(db: Database) {
  const Rows = defineCollection<Row>(db, 'demo', schema)

  return {
    /** The day of the story and the parts done; a story that has not begun begins on `today`. */
    async begin(today: string): Promise<{ readonly day: string; readonly done: ReadonlySet<string> }> {
      try {
        await Rows.create({ _id: ID, day: today, done: [] })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
      const row = await Rows.findById(ID).lean<Row>()
      return { day: row?.day ?? today, done: new Set(row?.done) }
    },

    async done(part: string): Promise<void> {
      await Rows.updateOne({ _id: ID }, { $addToSet: { done: part } })
    },
  }
}

/** Whether the demonstration has been begun in this database, whole or not. */
export const demoBegun = async (db: Database): Promise<boolean> =>
  (await db.connection.collection('demo').countDocuments({}, { limit: 1 })) > 0
