import { Schema } from 'mongoose'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { unitSettingId, type UnitSetting } from './setting.ts'
import type { SettingKey } from './settings-catalogue.ts'

type Row = UnitSetting & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  key: { type: String, required: true },
  unitId: { type: String, required: true },
  values: { type: [Schema.Types.Mixed], required: true },
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const indexes = [{ keys: { unitId: 1 } }, OUTBOX_INDEX] as const

export const STALE_SETTING = 'Giá trị này vừa được người khác thay đổi.'

const fromRow = ({ key, unitId, values, rev }: Row): UnitSetting => ({ key, unitId, values, rev })

export type SettingStore = ReturnType<typeof settingStore>

/** Values that units set instead of the defaults, one document per unit and key: collection `settings`. */
export function settingStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'settings', schema, indexes)
  relay.watch(Rows)

  return {
    /** Everything that these units set. */
    async of(unitIds: readonly string[]): Promise<readonly UnitSetting[]> {
      const rows = await Rows.find({ unitId: { $in: unitIds } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** What the unit set for the key; revision 0 when it never set anything. */
    async ofKey(key: SettingKey, unitId: string): Promise<UnitSetting> {
      const row = await Rows.findById(unitSettingId({ key, unitId }), { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : { key, unitId, values: [], rev: 0 }
    },

    /** Writes other values, right only if nobody has written since `before` was read. */
    async write(before: UnitSetting, values: UnitSetting['values'], entry: JournalEntry): Promise<void> {
      const id = unitSettingId(before)
      const rev = before.rev + 1
      if (before.rev > 0) {
        const change = { $set: { values, rev }, $push: { outbox: entry } }
        await guardedUpdate<Row>(Rows, { _id: id, rev: before.rev }, change, STALE_SETTING)
      } else {
        try {
          await Rows.create({ ...before, _id: id, values, rev, outbox: [entry] })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE_SETTING)
          throw error
        }
      }
      relay.soon(Rows, id)
    },
  }
}
