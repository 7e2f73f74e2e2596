import type { Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Unit } from './unit.ts'
import { searchTextOf, unitFromRow, unitRows, unitUpdate, type UnitRow } from './unit-row-store.ts'

/** What becomes of one unit: its new state from the one that stands there, or nothing for a unit that is taken back. */
export interface UnitWrite {
  readonly unitId: string
  readonly after: (before: Unit | undefined) => Unit | undefined
}

/** How one operation, or its undoing, is written into the journal of each unit. */
export interface ArrangingEntry {
  /** Id of the operation, `<id>:undo` for its undoing. */
  readonly key: string
  readonly at: Date
  readonly by: JournalEntry['by']
  readonly event: string
  readonly reason: string
  readonly facts: Readonly<Record<string, unknown>>
}

const AT_ONCE = 200
/** Tries while heads of schools keep saving their profiles in between. */
const TRIES = 8

/**
 * Changes many units for one operation, each in one write that happens once: a unit that bears the operation's key is
 * passed over, so it may be cut off anywhere and run again, also by two at once.
 */
export const arrangeUnits =
  (db: Database, relay: Relay) =>
  async (writes: readonly UnitWrite[], entry: ArrangingEntry): Promise<void> => {
    for (let start = 0; start < writes.length; start += AT_ONCE) {
      const some = writes.slice(start, start + AT_ONCE)
      for (let tries = 0; !(await writeOnce(db, some, entry)); tries++)
        if (tries === TRIES) throw new StaleWrite('Các đơn vị đang được người khác sửa. Xin thử lại sau ít phút.')
      const Rows = unitRows(db)
      for (const { unitId } of some) relay.soon(Rows, unitId)
    }
  }

/** True when every unit bears the key. */
async function writeOnce(db: Database, writes: readonly UnitWrite[], entry: ArrangingEntry): Promise<boolean> {
  const Rows = unitRows(db)
  const rows = await Rows.find({ _id: { $in: writes.map(write => write.unitId) } }, { outbox: 0 }).lean<UnitRow[]>()
  const known = new Map(rows.map(row => [row._id, row]))
  const left = writes.filter(({ unitId }) => !known.get(unitId)?.operations?.includes(entry.key))
  if (left.length === 0) return true
  const steps = left.flatMap(({ unitId, after }): readonly object[] => {
    const row = known.get(unitId)
    const next = after(row === undefined || row.withdrawn ? undefined : unitFromRow(row))
    const rev = (row?.rev ?? 0) + 1
    const line = entryFor(unitId, rev, entry)
    if (row) return [{ updateOne: { filter: { _id: unitId, rev: row.rev }, update: updateTo(next, rev, line, entry) } }]
    if (!next) return []
    const { id: _id, ...fields } = next
    const common = { searchText: searchTextOf(next), changedAt: entry.at, operations: [entry.key], outbox: [line] }
    return [{ insertOne: { document: { ...fields, _id: unitId, rev, ...common } } }]
  })
  if (steps.length === 0) return true
  try {
    // Past mongoose's documents: 3,000 units at once. The rows are built from units, so their shape is the schema's.
    await Rows.collection.bulkWrite(steps as never, { ordered: false, writeConcern: db.durable })
  } catch (error) {
    // Somebody finishes the same operation at this moment.
    if (!isDuplicateKey(error)) throw error
  }
  return false
}

function updateTo(next: Unit | undefined, rev: number, line: JournalEntry, { key, at }: ArrangingEntry) {
  const pushed = { operations: key, outbox: line }
  if (!next) return { $set: { withdrawn: true, changedAt: at, rev }, $push: pushed }
  const { $set, $unset } = unitUpdate(next)
  return { $set: { ...$set, changedAt: at, rev }, $unset: { ...$unset, withdrawn: 1 }, $push: pushed }
}

const entryFor = (
  unitId: string,
  rev: number,
  { key, at, by, event, reason, facts }: ArrangingEntry,
): JournalEntry => ({
  id: `unit:${unitId}:${rev}`,
  at,
  by,
  unitId,
  subject: { kind: 'unit', id: unitId },
  event,
  ...(reason !== '' && { reason }),
  facts: { operation: key, ...facts },
})
