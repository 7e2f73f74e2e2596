import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { NotFound, StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Operation, OperationChanges } from './operation.ts'
import type { UnitChange } from './unit-change.ts'

type Row = Omit<Operation, 'id'> &
  Partial<OperationChanges> & {
    readonly _id: string
    /** Units that it changed, for the history of each. */
    readonly unitIds?: readonly string[]
    readonly outbox: readonly JournalEntry[]
  }

const { Mixed } = Schema.Types
const text = { type: String, required: true } as const
const schema = new Schema<Row>({
  _id: text,
  provinceId: text,
  title: text,
  from: text,
  decision: String,
  reason: String,
  draft: { type: Mixed, required: true },
  state: text,
  machine: text,
  previewedAt: Number,
  turn: Number,
  finished: { type: Boolean, required: true },
  unitsDone: Number,
  by: { type: Mixed, required: true },
  createdAt: { type: Date, required: true },
  decided: Mixed,
  changes: { type: [Mixed], default: undefined },
  before: { type: [Mixed], default: undefined },
  unitIds: { type: [String], default: undefined },
  rev: { type: Number, required: true },
  outbox: { type: [Mixed], required: true },
})

const indexes = [
  { keys: { provinceId: 1, createdAt: -1 } },
  { keys: { unitIds: 1, from: 1 } },
  { keys: { turn: 1 }, options: { unique: true, partialFilterExpression: { turn: { $exists: true } } } },
  { keys: { finished: 1 }, options: { partialFilterExpression: { finished: false } } },
  OUTBOX_INDEX,
] as const

/** Without what is only needed to carry it out. */
const LIGHT = { outbox: 0, changes: 0, before: 0, unitIds: 0 } as const
const LIGHTEST = { ...LIGHT, draft: 0 } as const

/** What a list says of an operation. */
export type OperationLine = Omit<Operation, 'draft'>

export type OperationChange = Partial<
  Pick<
    Operation,
    'title' | 'from' | 'decision' | 'reason' | 'draft' | 'state' | 'previewedAt' | 'turn' | 'finished' | 'decided'
  >
> &
  Partial<OperationChanges> & { readonly unitIds?: readonly string[] }

const STALE = 'Bản sắp xếp này vừa được người khác sửa.'

export type OperationStore = ReturnType<typeof operationStore>

/** Decisions about the dated tree: collection `unitOperations`. */
export function operationStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'unitOperations', schema, indexes)
  relay.watch(Rows)

  return {
    async get(id: string): Promise<Operation> {
      const row = await Rows.findById(id, LIGHT).lean<Row>()
      if (!row) throw new NotFound(`operation ${id}`)
      return fromRow(row)
    },

    /** What a decided operation changes; `NotFound` for one that was never applied. */
    async changesOf(id: string): Promise<OperationChanges> {
      const row = await Rows.findById(id, { changes: 1, before: 1 }).lean<Row>()
      if (!row?.changes || !row.before) throw new NotFound(`changes of operation ${id}`)
      return { changes: row.changes, before: row.before }
    },

    /** The first changes of a decided operation, and how many units it changed in all: for a screen. */
    async firstChangesOf(
      id: string,
      most: number,
    ): Promise<{ readonly changes: readonly UnitChange[]; readonly units: number }> {
      const row = await Rows.findById(id).select({ unitIds: 1 }).slice('changes', most).lean<Row>()
      return { changes: row?.changes ?? [], units: row?.unitIds?.length ?? 0 }
    },

    /** Newest first. */
    async ofProvinces(provinceIds: readonly string[]): Promise<readonly OperationLine[]> {
      const rows = await Rows.find({ provinceId: { $in: [...provinceIds] } }, LIGHTEST, {
        sort: { createdAt: -1 },
        limit: 200,
      }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Every decision that changed the unit, by the day on which it took effect. */
    async ofUnit(unitId: string): Promise<readonly OperationLine[]> {
      const rows = await Rows.find({ unitIds: unitId }, LIGHTEST, { sort: { from: 1 } }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** The turn of the last decision about the tree; 0 when there was none. */
    async lastTurn(): Promise<number> {
      const row = await Rows.findOne({ turn: { $exists: true } }, { turn: 1 }, { sort: { turn: -1 } }).lean<Row>()
      return row?.turn ?? 0
    },

    /** Decisions that a crash left half carried out, in their order. */
    async unfinished(): Promise<readonly Operation[]> {
      const rows = await Rows.find({ finished: false }, LIGHT).lean<Row[]>()
      return rows.map(fromRow).toSorted((a, b) => (a.turn ?? 0) - (b.turn ?? 0))
    },

    async add(operation: Operation, entry: JournalEntry): Promise<Operation> {
      const { id, ...fields } = operation
      await Rows.create({ ...fields, _id: id, outbox: [entry] })
      relay.soon(Rows, id)
      return operation
    },

    /** A step, right only if the operation stands as it was read and nobody else took the same turn. */
    async step(before: Operation, change: OperationChange, entry: JournalEntry): Promise<Operation> {
      const rev = before.rev + 1
      try {
        await guardedUpdate(
          Rows,
          { _id: before.id, rev: before.rev },
          { $set: { ...change, rev }, $push: { outbox: entry } },
          STALE,
        )
      } catch (error) {
        if (isDuplicateKey(error)) throw new StaleWrite('Vừa có một quyết định khác về cây đơn vị. Xin kiểm tra lại.')
        throw error
      }
      relay.soon(Rows, before.id)
      const { changes: _changes, before: _before, unitIds: _unitIds, ...shown } = change
      return { ...before, ...shown, rev }
    },

    /** How many units have been changed, for whoever watches. */
    async progress(id: string, unitsDone: number): Promise<void> {
      await Rows.updateOne({ _id: id }, { $set: { unitsDone } })
    },

    async finish(id: string): Promise<void> {
      await Rows.updateOne({ _id: id }, { $set: { finished: true } })
    },
  }
}

function fromRow({
  _id,
  changes: _changes,
  before: _before,
  unitIds: _unitIds,
  outbox: _outbox,
  ...rest
}: Row): Operation {
  return { id: _id, ...rest }
}
