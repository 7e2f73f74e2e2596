import type { Relay } from '../journal/index.ts'
import type { Day } from '../kernel/dates.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { keptWhole } from '../mongo/kept-whole.ts'
import { arrangeUnits } from './arranging-store.ts'
import { entryOf, type By } from './step-entry.ts'
import { activeOn, isSchool, type School, type SchoolProfile, type Unit } from './unit.ts'
import { changed, type NewUnit } from './unit-change.ts'
import { searchTextOf, unitFromRow, unitRows, unitUpdate, type UnitRow } from './unit-row-store.ts'
import { ancestorsOn, byNameOn, parentIdOn, treeOf, type UnitTree } from './unit-tree.ts'

export type UnitStore = ReturnType<typeof unitStore>

/** Units and their dated tree: collection `units`. */
export function unitStore(db: Database, relay: Relay) {
  const Rows = unitRows(db)
  relay.watch(Rows)
  /** The tree that was seen last: only a guess of where units hang. */
  let seen: UnitTree | undefined
  const tree = keptWhole(db, Rows, rows => (seen = treeFrom(rows)))

  const find = async (id: string): Promise<Unit | undefined> => {
    const row = await Rows.findById(id, { outbox: 0 }).lean<UnitRow>()
    return row && !row.withdrawn ? unitFromRow(row) : undefined
  }

  const get = async (id: string): Promise<Unit> => {
    const unit = await find(id)
    if (!unit) throw new NotFound(`unit ${id}`)
    return unit
  }

  async function treeNow(): Promise<UnitTree> {
    const rows = await Rows.find({}, { outbox: 0 }).lean<UnitRow[]>()
    return treeFrom(rows)
  }

  async function save(before: Unit, after: Unit, event: string, facts: Readonly<Record<string, unknown>>, by: By) {
    const rev = before.rev + 1
    const { id } = after
    const { $set, $unset } = unitUpdate(after)
    const entry = entryOf(by, rev, { unitId: id, subject: { kind: 'unit', id }, event, facts })
    await guardedUpdate(
      Rows,
      { _id: id, rev: before.rev },
      {
        $set: { ...$set, changedAt: by.at, rev },
        $unset,
        $push: { outbox: entry },
      },
      'Thông tin đơn vị vừa được người khác sửa.',
    )
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
    async add(unit: NewUnit, by: By): Promise<Unit> {
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
      relay.soon(Rows, id)
      return { ...unit, rev: 1 }
    },

    /** Moves a unit under another manager from a day on; the earlier relation ends the day before. */
    async move(unit: Unit, parentId: string, from: Day, by: By): Promise<Unit> {
      const facts = { parentId, from, before: parentIdOn(unit, from) }
      return save(unit, changed(unit, { kind: 'move', unitId: unit.id, parentId, from }), 'moveUnit', facts, by)
    },

    /** Renames a unit from a day on; the earlier name ends the day before. */
    async rename(unit: Unit, name: Omit<Unit['names'][number], 'from' | 'to'>, from: Day, by: By): Promise<Unit> {
      const renamed = changed(unit, { kind: 'rename', unitId: unit.id, name, from })
      return save(unit, renamed, 'renameUnit', { name: name.name, from }, by)
    },

    /** Ends a unit (merged, dissolved): `to` is its last day, in its names, places and parents as well. */
    close: (unit: Unit, to: Day, by: By): Promise<Unit> =>
      save(unit, changed(unit, { kind: 'close', unitId: unit.id, to }), 'closeUnit', { to }, by),

    /** Changes many units for one operation, each once. */
    arrange: arrangeUnits(db, relay),

    async saveProfile(school: School, profile: SchoolProfile, by: By): Promise<Unit> {
      const changed = Object.entries(profile).flatMap(([key, value]) => {
        const before: unknown = Object.entries(school.school).find(([name]) => name === key)?.[1]
        return JSON.stringify(before) === JSON.stringify(value) ? [] : [[key, { from: before ?? null, to: value }]]
      })
      const gone = Object.keys(school.school).filter(key => !(key in profile))
      const facts = Object.fromEntries([...changed, ...gone.map(key => [key, { to: null }])]) as Record<string, unknown>
      return save(school, { ...school, school: profile }, 'changeProfile', facts, by)
    },

    /**
     * The unit and its managing chain on the day, nearest first, read afresh: what decisions are made on. The chain that the
     * tree in memory shows is read in one command; what hangs elsewhere by now is looked up one by one.
     */
    async chainOf(id: string, day: Day): Promise<readonly Unit[]> {
      const expected = [id, ...(seen ? ancestorsOn(seen, id, day).map(unit => unit.id) : [])]
      const rows = await Rows.find({ _id: { $in: expected } }, { outbox: 0 }).lean<UnitRow[]>()
      const read = new Map(rows.filter(row => !row.withdrawn).map(row => [row._id, unitFromRow(row)]))
      const chain: Unit[] = []
      for (let next: string | undefined = id; next !== undefined && !chain.some(unit => unit.id === next);) {
        const unit: Unit | undefined = expected.includes(next) ? read.get(next) : await find(next)
        if (!unit) break
        chain.push(unit)
        next = parentIdOn(unit, day)
      }
      return chain
    },

    /** Schools directly under a unit on the day, by name. */
    async schoolsManagedBy(unitId: string, day: Day): Promise<readonly School[]> {
      const rows = await Rows.find({ 'parents.parentId': unitId }, { outbox: 0 }).lean<UnitRow[]>()
      return rows
        .filter(row => !row.withdrawn)
        .map(unitFromRow)
        .filter(isSchool)
        .filter(school => activeOn(school, day) && parentIdOn(school, day) === unitId)
        .toSorted(byNameOn(day))
    },

    /** Every unit, for screens and sums, as `keptWhole` keeps it: no decision rests on it. */
    tree,

    /** Every unit read afresh: what decisions about the tree are made on. */
    treeNow,
  }
}

const treeFrom = (rows: readonly UnitRow[]): UnitTree => treeOf(rows.filter(row => !row.withdrawn).map(unitFromRow))
