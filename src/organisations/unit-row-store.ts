import { Schema, type Model } from 'mongoose'
import { OUTBOX_INDEX } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { searchKey } from '../kernel/words.ts'
import { defineCollection } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { REV_INDEX } from '../mongo/kept-whole.ts'
import type { Unit } from './unit.ts'

/** A unit as it is kept in the collection `units`. */
export type UnitRow = Omit<Unit, 'id'> & {
  readonly _id: string
  /** Unaccented names of all times and the symbol, for the search field. */
  readonly searchText: string
  readonly changedAt: Date
  /** Operations that have changed it, and undoings (`<id>:undo`): each changes it once, however often it is run. */
  readonly operations?: readonly string[]
  /** Founded by an operation that was undone: nobody sees it, and its id is free again. */
  readonly withdrawn?: true
  readonly outbox: readonly JournalEntry[]
}

const { Mixed } = Schema.Types
const span = { from: { type: String, required: true }, to: String }
const name = { name: { type: String, required: true }, shortName: String, authority: String }
const schema = new Schema<UnitRow>({
  _id: { type: String, required: true },
  kind: { type: String, required: true, enum: ['province', 'district', 'commune', 'school'] },
  names: { type: [new Schema({ ...name, ...span }, { _id: false })], required: true },
  places: { type: [new Schema({ place: { type: String, required: true }, ...span }, { _id: false })], required: true },
  parents: {
    type: [new Schema({ parentId: { type: String, required: true }, ...span }, { _id: false })],
    required: true,
  },
  symbol: { type: String, required: true },
  school: Mixed,
  shapes: { type: [Mixed], default: undefined },
  from: { type: String, required: true },
  to: String,
  searchText: { type: String, required: true },
  changedAt: { type: Date, required: true },
  operations: { type: [String], default: undefined },
  withdrawn: Boolean,
  rev: { type: Number, required: true },
  outbox: { type: [Mixed], required: true },
})

const indexes = [{ keys: { 'parents.parentId': 1 } }, { keys: { kind: 1, _id: 1 } }, REV_INDEX, OUTBOX_INDEX] as const

export const unitRows = (db: Database): Model<UnitRow> => defineCollection<UnitRow>(db, 'units', schema, indexes)

export function unitFromRow({
  _id,
  searchText: _searchText,
  changedAt: _changedAt,
  operations: _operations,
  withdrawn: _withdrawn,
  outbox: _outbox,
  ...unit
}: UnitRow): Unit {
  return { id: _id, ...unit }
}

export const searchTextOf = (unit: Omit<Unit, 'rev'>): string =>
  searchKey([...unit.names.flatMap(entry => [entry.name, entry.shortName ?? '']), unit.symbol].join(' '))

/** Fields of a unit as they are set; optional ones that it does not have are taken away. */
export function unitUpdate({ id: _id, ...fields }: Unit): {
  readonly $set: Record<string, unknown>
  readonly $unset: Record<string, 1>
} {
  const gone = (['to', 'school', 'shapes'] as const).filter(key => fields[key] === undefined)
  return {
    $set: { ...fields, searchText: searchTextOf({ id: _id, ...fields }) },
    $unset: Object.fromEntries(gone.map(key => [key, 1 as const])),
  }
}
