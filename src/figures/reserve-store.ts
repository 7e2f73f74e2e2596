import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Assigned, AssigningDecision } from './reconciliation.ts'

/** What a unit was assigned and has not handed on to a school (chỉ tiêu dự phòng), one school year. */
export interface Reserve {
  /** `<unitId>.<year>`. */
  readonly id: string
  readonly unitId: string
  readonly year: WorkingYear
  readonly values: Assigned
  readonly decision?: AssigningDecision
  readonly rev: number
}

type Row = Omit<Reserve, 'id'> & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  unitId: { type: String, required: true },
  year: { type: String, required: true },
  values: { type: [{ _id: false, key: String, value: Number }], required: true },
  decision: Schema.Types.Mixed,
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const STALE = 'Chỉ tiêu dự phòng vừa được người khác sửa. Xin xem lại rồi lưu lần nữa.'

const idOf = (unitId: string, year: WorkingYear): string => `${unitId}.${year}`

const fromRow = ({ _id, outbox: _outbox, ...reserve }: Row): Reserve => ({ id: _id, ...reserve })

export type ReserveStore = ReturnType<typeof reserveStore>

/** Collection `figureReserves`: one small document per unit and year. */
export function reserveStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'figureReserves', schema, [
    { keys: { unitId: 1, year: 1 }, options: { unique: true } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  return {
    /** The unit's reserve; blank (revision 0) when none was kept. */
    async of(unitId: string, year: WorkingYear): Promise<Reserve> {
      const row = await Rows.findById(idOf(unitId, year), { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : { id: idOf(unitId, year), unitId, year, values: [], rev: 0 }
    },

    async ofUnits(unitIds: readonly string[], year: WorkingYear): Promise<readonly Reserve[]> {
      const rows = await Rows.find({ _id: { $in: unitIds.map(id => idOf(id, year)) } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    async save(
      before: Reserve,
      change: { readonly values: Assigned; readonly decision?: AssigningDecision },
      entry: JournalEntry,
    ): Promise<Reserve> {
      const { id, unitId, year } = before
      const rev = before.rev + 1
      const { values, decision } = change
      if (before.rev === 0) {
        try {
          await Rows.create({
            _id: id,
            unitId,
            year,
            values: [...values],
            ...(decision && { decision }),
            rev,
            outbox: [entry],
          })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE)
          throw error
        }
      } else {
        const update = {
          $set: { values, rev, ...(decision && { decision }) },
          ...(!decision && { $unset: { decision: 1 } }),
          $push: { outbox: entry },
        }
        await guardedUpdate(Rows, { _id: id, rev: before.rev }, update, STALE)
      }
      relay.soon(Rows, id)
      return { id, unitId, year, values, ...(decision && { decision }), rev }
    },
  }
}
