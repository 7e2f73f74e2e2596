import { Schema } from 'mongoose'
import { defineCollection } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'

/** Somebody whose page of a sheet is open now. */
export interface Present {
  readonly personId: string
  readonly name: string
  /** Key of the part whose field is in use; absent when only reading. */
  readonly part?: string
}

interface Row {
  _id: string
  sheet: string
  personId: string
  name: string
  part: string
  at: Date
}

const schema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    sheet: { type: String, required: true },
    personId: { type: String, required: true },
    name: { type: String, required: true },
    part: { type: String, default: '' },
    at: { type: Date, required: true },
  },
  { _id: false },
)

/** A page reports every 15 seconds; three silent turns and the person counts as gone. */
const PRESENT_MS = 45_000

export type PresenceStore = ReturnType<typeof presenceStore>

/** The collection `presence`: one row per person and sheet, overwritten at each report; nothing is decided from it. */
export function presenceStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'presence', schema, [{ keys: { sheet: 1, at: 1 } }])
  return {
    /** Notes that this person has the sheet open, and gives everybody else who has. */
    async report(sheet: string, { personId, name, part }: Present, at: Date): Promise<readonly Present[]> {
      await Rows.updateOne(
        { _id: `${sheet}:${personId}` },
        { $set: { sheet, personId, name, part: part ?? '', at } },
        { upsert: true },
      )
      const rows = await Rows.find({ sheet, at: { $gte: new Date(at.getTime() - PRESENT_MS) } })
        .sort({ at: 1 })
        .lean<Row[]>()
      return rows
        .filter(row => row.personId !== personId)
        .map(row => ({ personId: row.personId, name: row.name, ...(row.part !== '' && { part: row.part }) }))
    },
  }
}
