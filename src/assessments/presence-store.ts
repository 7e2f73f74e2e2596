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
/** A page that is loaded again and again is not written each time. */
const SAME_MS = 10_000
const REPORTS_KEPT = 5_000

export type PresenceStore = ReturnType<typeof presenceStore>

/** The collection `presence`: one row per person and sheet, overwritten at each report; nothing is decided from it. */
export function presenceStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'presence', schema, [{ keys: { sheet: 1, at: 1 } }])
  const lately = new Map<string, { readonly part: string; readonly at: number }>()
  // Rows are named by sheet and person; the list of a sheet is dropped by name when one of them is written here.
  const listOf = (sheet: string) => ({ collection: 'presence', id: sheet })
  const rowsOf = db.kept.keep({
    load: sheet => Rows.find({ sheet }).sort({ at: 1 }).lean<Row[]>().exec(),
    from: sheet => [listOf(sheet)],
  })

  const write = async (sheet: string, { personId, name, part = '' }: Present, at: Date): Promise<void> => {
    const _id = `${sheet}:${personId}`
    const last = lately.get(_id)
    if (last?.part === part && Math.abs(at.getTime() - last.at) < SAME_MS) return
    lately.delete(_id)
    lately.set(_id, { part, at: at.getTime() })
    if (lately.size > REPORTS_KEPT) lately.delete(lately.keys().next().value ?? '')
    await Rows.updateOne({ _id }, { $set: { sheet, personId, name, part, at } }, { upsert: true })
    db.kept.wrote(listOf(sheet))
  }

  const others = async (sheet: string, personId: string, at: Date): Promise<readonly Present[]> =>
    (await rowsOf(sheet))
      .filter(row => row.personId !== personId && row.at.getTime() >= at.getTime() - PRESENT_MS)
      .map(row => ({ personId: row.personId, name: row.name, ...(row.part !== '' && { part: row.part }) }))

  return {
    /** Notes that this person has the sheet open, and gives everybody else who has. */
    async report(sheet: string, person: Present, at: Date): Promise<readonly Present[]> {
      await write(sheet, person, at)
      return others(sheet, person.personId, at)
    },

    /** Everybody but this person who has the sheet open; notes nothing. */
    others,
  }
}
