import { Schema } from 'mongoose'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { overrideId, type OverridePlace, type SettingOverride } from './setting.ts'
import { entryOf, type By } from './step-entry.ts'

/** A withdrawn override stays with its history; `withdrawn` takes it out of force. */
type Row = Omit<SettingOverride, 'id'> & {
  readonly _id: string
  readonly withdrawn: boolean
  readonly outbox: readonly JournalEntry[]
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  key: { type: String, required: true },
  unitId: { type: String, required: true },
  year: String,
  schoolKind: String,
  value: { type: Schema.Types.Mixed, required: true },
  withdrawn: { type: Boolean, required: true },
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const indexes = [{ keys: { unitId: 1, key: 1 } }, OUTBOX_INDEX] as const

const STALE = 'Giá trị này vừa được người khác thay đổi.'

function fromRow({ _id, withdrawn: _withdrawn, outbox: _outbox, ...override }: Row): SettingOverride {
  return { id: _id, ...override }
}

export type SettingStore = ReturnType<typeof settingStore>

/** Values that units set instead of the defaults: collection `settings`. */
export function settingStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'settings', schema, indexes)
  relay.watch(Rows)

  return {
    /** Overrides in force of these units. */
    async of(unitIds: readonly string[]): Promise<readonly SettingOverride[]> {
      const rows = await Rows.find({ unitId: { $in: unitIds }, withdrawn: false }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Sets a value (`null` withdraws it, so that the default counts again) on the revision the person saw; 0 for none. */
    async set(place: OverridePlace, value: SettingOverride['value'] | null, seenRev: number, by: By): Promise<void> {
      const id = overrideId(place)
      const row = await Rows.findById(id).lean<Row>()
      const rev = (row?.rev ?? 0) + 1
      if ((row && !row.withdrawn ? row.rev : 0) !== seenRev) throw new StaleWrite(STALE, row?.value)
      const before = row && !row.withdrawn ? row.value : null
      const entry = entryOf(by, rev, {
        unitId: place.unitId,
        ...(place.year === undefined ? {} : { year: place.year }),
        subject: { kind: 'setting', id, part: place.key },
        event: value === null ? 'withdrawSetting' : 'changeSetting',
        facts: { from: before, to: value },
      })
      const next = { ...(value === null ? {} : { value }), withdrawn: value === null, rev }
      if (row) {
        await guardedUpdate(Rows, { _id: id, rev: row.rev }, { $set: next, $push: { outbox: entry } }, STALE)
        relay.soon(Rows, id)
        return
      }
      if (value === null) return
      try {
        await Rows.create({ _id: id, ...place, value, withdrawn: false, rev, outbox: [entry] })
      } catch (error) {
        if (isDuplicateKey(error)) throw new StaleWrite(STALE)
        throw error
      }
      relay.soon(Rows, id)
    },
  }
}
