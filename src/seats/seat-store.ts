import { Schema } from 'mongoose'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, insertRows, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { gatherUpdates } from '../mongo/gather-writes.ts'
import type { Handover } from './handover.ts'
import type { OfficeSeat, UnitSeats } from './office-seat.ts'

interface Row {
  readonly _id: string
  readonly seats: readonly OfficeSeat[]
  readonly handovers?: readonly Handover[]
  readonly rev: number
  readonly outbox: readonly JournalEntry[]
}

const seatSchema = new Schema<OfficeSeat>(
  {
    id: { type: String, required: true },
    personId: { type: String, required: true },
    unitId: { type: String, required: true },
    role: { type: String, required: true },
    post: { type: String, required: true },
    postKind: { type: String, required: true },
    represents: { type: [String], required: true },
    from: { type: String, required: true },
    to: String,
    standsIn: String,
  },
  { _id: false },
)

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  seats: { type: [seatSchema], required: true },
  // Written whole by one use case and read back by it.
  handovers: { type: [Schema.Types.Mixed], default: undefined },
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

/** A unit's new list as decided on `before`, with the journal entry of the decision. */
export interface SeatsChange {
  readonly before: UnitSeats
  readonly seats: readonly OfficeSeat[]
  readonly entry: JournalEntry
}

/** Told to whoever decided on a list that somebody else has changed meanwhile. */
export const STALE_SEATS = 'Danh sách nhân sự vừa được người khác sửa.'

export type SeatStore = ReturnType<typeof seatStore>

/**
 * Office seats: collection `seats`, one document per unit, so that “one head on a day” is decided on one document
 * (design law 1).
 */
export function seatStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'seats', schema, [
    { keys: { 'seats.personId': 1 } },
    { keys: { 'handovers.state': 1 }, options: { sparse: true } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)
  const gathered = gatherUpdates(db, Rows)

  const insertNew = async (changes: readonly SeatsChange[]): Promise<readonly SeatsChange[]> => {
    const rows = changes.map(({ before: { unitId, handovers }, seats, entry }): Row => ({
      _id: unitId,
      seats,
      handovers,
      rev: 1,
      outbox: [entry],
    }))
    const inserted = new Set((await insertRows(db, Rows, rows)).map(row => row._id))
    return changes.filter(({ before }) => inserted.has(before.unitId))
  }
  const updateKnown = async (change: SeatsChange): Promise<readonly SeatsChange[]> => {
    const { before, seats, entry } = change
    const isWritten = await gathered({
      filter: { _id: before.unitId, rev: before.rev },
      // The driver's types know no lists in a document that they know nothing of.
      update: { $set: { seats, rev: before.rev + 1 }, $push: { outbox: entry } as never },
    })
    return isWritten ? [change] : []
  }

  return {
    async ofUnit(unitId: string): Promise<UnitSeats> {
      const row = await Rows.findById(unitId, { outbox: 0 }).lean<Row>()
      return { unitId, seats: row?.seats ?? [], handovers: row?.handovers ?? [], rev: row?.rev ?? 0 }
    },

    async ofUnits(unitIds: readonly string[]): Promise<readonly UnitSeats[]> {
      const rows = await Rows.find({ _id: { $in: unitIds } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(row => ({ unitId: row._id, seats: row.seats, handovers: row.handovers ?? [], rev: row.rev }))
    },

    /** Every seat the person has or had, in all units. */
    async ofPerson(personId: string): Promise<readonly OfficeSeat[]> {
      const rows = await Rows.find({ 'seats.personId': personId }, { outbox: 0 }).lean<Row[]>()
      return rows.flatMap(row => row.seats.filter(seat => seat.personId === personId))
    },

    /** Writes the unit's list as decided on `before`, together with the journal entry of the decision. */
    async save(
      before: UnitSeats,
      seats: readonly OfficeSeat[],
      entry: JournalEntry,
      handovers = before.handovers,
    ): Promise<UnitSeats> {
      const { unitId } = before
      const rev = before.rev + 1
      if (before.rev === 0) {
        try {
          await Rows.create({ _id: unitId, seats: [...seats], handovers: [...handovers], rev, outbox: [entry] })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE_SEATS)
          throw error
        }
      } else {
        const update = { $set: { seats: [...seats], handovers: [...handovers], rev }, $push: { outbox: entry } }
        await guardedUpdate(Rows, { _id: unitId, rev: before.rev }, update, STALE_SEATS)
      }
      relay.soon(Rows, unitId)
      return { unitId, seats, handovers, rev }
    },

    /**
     * Writes the lists of many units, each with its entry in the same write and by itself: gives those written; a unit
     * whose list has changed since it was read is left as it is.
     */
    async saveMany(changes: readonly SeatsChange[]): Promise<readonly SeatsChange[]> {
      const written = (
        await Promise.all([
          insertNew(changes.filter(({ before }) => before.rev === 0)),
          ...changes.filter(({ before }) => before.rev > 0).map(updateKnown),
        ])
      ).flat()
      for (const { before } of written) relay.soon(Rows, before.unitId)
      return written
    },

    /** Units with a handover whose open work is still being moved: what a crash may have left. */
    async withOpenHandovers(): Promise<readonly string[]> {
      const rows = await Rows.find({ 'handovers.state': 'moving' }, { _id: 1 }).lean<Row[]>()
      return rows.map(row => row._id)
    },
  }
}
