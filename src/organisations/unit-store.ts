import { Schema } from 'mongoose'
import { addDays, type Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { searchKey } from '../kernel/words.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { entryOf, type By } from './step-entry.ts'
import { covers } from './dated.ts'
import { activeOn, isSchool, type School, type SchoolProfile, type Unit } from './unit.ts'
import { byNameOn, parentIdOn, treeOf, type UnitTree } from './unit-tree.ts'

type Row = Omit<Unit, 'id'> & {
  readonly _id: string
  /** Unaccented names of all times and the symbol, for the search field. */
  readonly searchText: string
  readonly changedAt: Date
  readonly outbox: readonly JournalEntry[]
}

const { Mixed } = Schema.Types
const span = { from: { type: String, required: true }, to: String }
const name = { name: { type: String, required: true }, shortName: String, authority: String }
const schema = new Schema<Row>({
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
  from: { type: String, required: true },
  to: String,
  searchText: { type: String, required: true },
  changedAt: { type: Date, required: true },
  rev: { type: Number, required: true },
  outbox: { type: [Mixed], required: true },
})

const indexes = [
  { keys: { 'parents.parentId': 1 } },
  { keys: { kind: 1, _id: 1 } },
  { keys: { changedAt: -1 } },
  OUTBOX_INDEX,
] as const

function fromRow({ _id, searchText: _searchText, changedAt: _changedAt, outbox: _outbox, ...unit }: Row): Unit {
  return { id: _id, ...unit }
}

const searchTextOf = (unit: Omit<Unit, 'rev'>): string =>
  searchKey([...unit.names.flatMap(entry => [entry.name, entry.shortName ?? '']), unit.symbol].join(' '))

/** The unit as it would stand under another manager from a day on. */
function afterMove(unit: Unit, parentId: string, from: Day): Unit {
  const kept = unit.parents.filter(parent => parent.from < from)
  const parents = kept.map(parent => (covers(parent, from) ? { ...parent, to: addDays(from, -1) } : parent))
  return { ...unit, parents: [...parents, { parentId, from }] }
}

export type UnitStore = ReturnType<typeof unitStore>

/** Units and their dated tree: collection `units`. */
export function unitStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'units', schema, indexes)
  relay.watch(Rows)
  let cached: { readonly stamp: string; readonly tree: UnitTree; readonly at: number } | undefined

  const find = async (id: string): Promise<Unit | undefined> => {
    const row = await Rows.findById(id).lean<Row>()
    return row ? fromRow(row) : undefined
  }

  const get = async (id: string): Promise<Unit> => {
    const unit = await find(id)
    if (!unit) throw new NotFound(`unit ${id}`)
    return unit
  }

  async function save(before: Unit, after: Unit, event: string, facts: Readonly<Record<string, unknown>>, by: By) {
    const rev = before.rev + 1
    const { id, rev: _rev, ...fields } = after
    const entry = entryOf(by, rev, { unitId: id, subject: { kind: 'unit', id }, event, facts })
    await guardedUpdate(
      Rows,
      { _id: id, rev: before.rev },
      {
        $set: { ...fields, searchText: searchTextOf(after), changedAt: by.at, rev },
        $push: { outbox: entry },
      },
      'Thông tin đơn vị vừa được người khác sửa.',
    )
    cached = undefined
    relay.soon(Rows, id)
    return { ...after, rev }
  }

  return {
    find,
    get,

    async getSchool(id: string): Promise<School> {
      const unit = await get(id)
      if (!isSchool(unit)) throw new NotFound(`school ${id}`)
      return unit
    },

    /** Writes a new unit; refuses an id that is taken. */
    async add(unit: Omit<Unit, 'rev'>, by: By): Promise<Unit> {
      const { id, ...fields } = unit
      const entry = entryOf(by, 1, {
        unitId: id,
        subject: { kind: 'unit', id },
        event: 'addUnit',
        facts: { name: unit.names.at(-1)?.name, parentId: unit.parents.at(-1)?.parentId },
      })
      try {
        await Rows.create({
          _id: id,
          ...fields,
          searchText: searchTextOf(unit),
          changedAt: by.at,
          rev: 1,
          outbox: [entry],
        })
      } catch (error) {
        if (isDuplicateKey(error)) throw new InvalidInput({ id: `Đã có đơn vị mang mã “${id}”.` })
        throw error
      }
      cached = undefined
      relay.soon(Rows, id)
      return { ...unit, rev: 1 }
    },

    afterMove,

    /** Moves a unit under another manager from a day on; the earlier relation ends the day before. */
    async move(unit: Unit, parentId: string, from: Day, by: By): Promise<Unit> {
      const facts = { parentId, from, before: parentIdOn(unit, from) }
      return save(unit, afterMove(unit, parentId, from), 'moveUnit', facts, by)
    },

    /** Renames a unit from a day on; the earlier name ends the day before. */
    async rename(unit: Unit, name: Omit<Unit['names'][number], 'from' | 'to'>, from: Day, by: By): Promise<Unit> {
      const kept = unit.names.filter(entry => entry.from < from)
      const names = kept.map(entry => (covers(entry, from) ? { ...entry, to: addDays(from, -1) } : entry))
      return save(unit, { ...unit, names: [...names, { ...name, from }] }, 'renameUnit', { name: name.name, from }, by)
    },

    /** Ends a unit (merged, dissolved): `to` is its last day, in its names, places and parents as well. */
    async close(unit: Unit, to: Day, by: By): Promise<Unit> {
      const cut = <T extends { readonly from: Day; readonly to?: Day }>(entries: readonly T[]): readonly T[] =>
        entries.filter(entry => entry.from <= to).map(entry => (covers(entry, to) ? { ...entry, to } : entry))
      const after = { ...unit, to, names: cut(unit.names), places: cut(unit.places), parents: cut(unit.parents) }
      return save(unit, after, 'closeUnit', { to }, by)
    },

    async saveProfile(school: School, profile: SchoolProfile, by: By): Promise<Unit> {
      const changed = Object.entries(profile).flatMap(([key, value]) => {
        const before: unknown = Object.entries(school.school).find(([name]) => name === key)?.[1]
        return JSON.stringify(before) === JSON.stringify(value) ? [] : [[key, { from: before ?? null, to: value }]]
      })
      const gone = Object.keys(school.school).filter(key => !(key in profile))
      const facts = Object.fromEntries([...changed, ...gone.map(key => [key, { to: null }])]) as Record<string, unknown>
      return save(school, { ...school, school: profile }, 'changeProfile', facts, by)
    },

    /** The unit and its managing chain on the day, nearest first, read afresh: what decisions are made on. */
    async chainOf(id: string, day: Day): Promise<readonly Unit[]> {
      const chain: Unit[] = []
      for (let next: string | undefined = id; next !== undefined && !chain.some(unit => unit.id === next);) {
        const unit: Unit | undefined = await find(next)
        if (!unit) break
        chain.push(unit)
        next = parentIdOn(unit, day)
      }
      return chain
    },

    /** Schools directly under a unit on the day, by name. */
    async schoolsManagedBy(unitId: string, day: Day): Promise<readonly School[]> {
      const rows = await Rows.find({ 'parents.parentId': unitId }).lean<Row[]>()
      return rows
        .map(fromRow)
        .filter(isSchool)
        .filter(school => activeOn(school, day) && parentIdOn(school, day) === unitId)
        .toSorted(byNameOn(day))
    },

    /** Every unit, for screens and sums. Kept in memory until a write shows, at most half a minute: no decision rests on it. */
    async tree(now: () => number = Date.now): Promise<UnitTree> {
      const newest = await Rows.findOne({}, { changedAt: 1 }, { sort: { changedAt: -1 } }).lean<Row>()
      const stamp = `${newest?.changedAt.getTime() ?? 0}:${await Rows.estimatedDocumentCount()}`
      if (cached && cached.stamp === stamp && now() - cached.at < 30_000) return cached.tree
      const rows = await Rows.find({}, { outbox: 0 }).lean<Row[]>()
      const tree = treeOf(rows.map(fromRow))
      cached = { stamp, tree, at: now() }
      return tree
    },
  }
}
