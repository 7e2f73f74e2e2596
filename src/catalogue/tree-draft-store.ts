import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { entryOf, type By } from '../organisations/index.ts'
import type { TreeDraft } from './tree-draft.ts'

type Row = TreeDraft & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  unitId: { type: String, required: true },
  provinceId: { type: String, required: true },
  year: { type: String, required: true },
  bases: { type: [String], required: true },
  parts: { type: [Schema.Types.Mixed], required: true },
  unitsMayAdd: { type: String, required: true, enum: ['nothing', 'guidance', 'criteria'] },
  regimes: { type: [String], required: true },
  copiedFrom: { type: String },
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

export const draftId = (unitId: string, year: WorkingYear): string => `${unitId}:${year}`

const fromRow = ({
  unitId,
  provinceId,
  year,
  bases,
  parts,
  unitsMayAdd,
  regimes,
  copiedFrom,
  rev,
}: Row): TreeDraft => ({
  unitId,
  provinceId,
  year,
  bases,
  parts,
  unitsMayAdd,
  regimes,
  ...(copiedFrom !== undefined && { copiedFrom }),
  rev,
})

export const STALE_DRAFT = 'Bản soạn cây năm học vừa được người khác sửa. Xin xem lại rồi làm lần nữa.'

export type TreeDraftStore = ReturnType<typeof treeDraftStore>

/** What units prepare for a working year: collection `yearTreeDrafts`. Each write carries its journal entry. */
export function treeDraftStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'yearTreeDrafts', schema, [OUTBOX_INDEX])
  relay.watch(Rows)
  return {
    /** Undefined while the unit has prepared nothing for the year. */
    async find(unitId: string, year: WorkingYear): Promise<TreeDraft | undefined> {
      const row = await Rows.findById(draftId(unitId, year), { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** Writes the next revision; `StaleWrite` when somebody else wrote first. */
    async save(
      before: TreeDraft,
      next: TreeDraft,
      by: By,
      event: string,
      facts: JournalEntry['facts'],
    ): Promise<TreeDraft> {
      const { unitId, year } = before
      const _id = draftId(unitId, year)
      const after = { ...next, rev: before.rev + 1 }
      const entry = entryOf(by, after.rev, {
        unitId,
        year,
        subject: { kind: 'yearTreeDraft', id: _id },
        event,
        ...(facts !== undefined && { facts }),
      })
      if (before.rev > 0) {
        const { bases, parts, unitsMayAdd, regimes, copiedFrom, rev } = after
        const set = { bases, parts, unitsMayAdd, regimes, rev, ...(copiedFrom !== undefined && { copiedFrom }) }
        await guardedUpdate(Rows, { _id, rev: before.rev }, { $set: set, $push: { outbox: entry } }, STALE_DRAFT)
      } else {
        try {
          await Rows.create({ ...after, _id, outbox: [entry] })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE_DRAFT)
          throw error
        }
      }
      relay.soon(Rows, _id)
      return after
    },
  }
}
