import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { FocalPerson } from './focal-person.ts'

type Row = Omit<FocalPerson, 'unitId'> & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const text = { type: String, required: true } as const
const schema = new Schema<Row>({
  _id: text,
  name: text,
  post: text,
  // Either may be empty, not both; mongoose takes an empty text for a missing one.
  phone: { type: String, default: '' },
  email: { type: String, default: '' },
  rev: { type: Number, required: true },
  at: { type: Date, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const STALE = 'Đầu mối của đơn vị vừa được người khác sửa.'

const fromRow = ({ _id, name, post, phone, email, rev, at }: Row): FocalPerson => ({
  unitId: _id,
  name,
  post,
  phone,
  email,
  rev,
  at,
})

export type FocalStore = ReturnType<typeof focalStore>

/** Focal persons: collection `focalPersons`, one document per unit. */
export function focalStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'focalPersons', schema, [OUTBOX_INDEX])
  relay.watch(Rows)
  return {
    async ofUnits(unitIds: readonly string[]): Promise<ReadonlyMap<string, FocalPerson>> {
      const rows = await Rows.find({ _id: { $in: [...unitIds] } }, { outbox: 0 }).lean<Row[]>()
      return new Map(rows.map(row => [row._id, fromRow(row)]))
    },

    /** Writes the unit's focal person as decided on revision `before` (0: there is none yet). */
    async save(next: Omit<FocalPerson, 'rev'>, before: number, entry: JournalEntry): Promise<void> {
      const { unitId, ...fields } = next
      const rev = before + 1
      if (before === 0) {
        try {
          await Rows.create({ _id: unitId, ...fields, rev, outbox: [entry] })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE)
          throw error
        }
      } else {
        const update = { $set: { ...fields, rev }, $push: { outbox: entry } }
        await guardedUpdate(Rows, { _id: unitId, rev: before }, update, STALE)
      }
      relay.soon(Rows, unitId)
    },
  }
}
