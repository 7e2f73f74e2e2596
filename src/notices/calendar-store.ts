import { Schema } from 'mongoose'
import { defineCollection } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'

interface Row {
  /** The person: one calendar address each. */
  readonly _id: string
  readonly tokenHash: string
  readonly madeAt: Date
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  tokenHash: { type: String, required: true },
  madeAt: { type: Date, required: true },
})

export type CalendarStore = ReturnType<typeof calendarStore>

/** Secret addresses of personal calendars: collection `calendars`. Only the hash of a secret is kept. */
export function calendarStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'calendars', schema, [{ keys: { tokenHash: 1 }, options: { unique: true } }])
  return {
    async madeAt(personId: string): Promise<Date | undefined> {
      return (await Rows.findById(personId).lean<Row>())?.madeAt
    },
    async personWith(tokenHash: string): Promise<string | undefined> {
      return (await Rows.findOne({ tokenHash }).lean<Row>())?._id
    },
    /** Gives the person a new address; the one before stops working. */
    async replace(personId: string, tokenHash: string, madeAt: Date): Promise<void> {
      await Rows.updateOne({ _id: personId }, { $set: { tokenHash, madeAt } }, { upsert: true })
    },
    async revoke(personId: string): Promise<void> {
      await Rows.deleteOne({ _id: personId })
    },
  }
}
