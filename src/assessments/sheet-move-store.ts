import { Schema, type Model } from 'mongoose'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { sheetId, type AnalysisRow, type Sheet, type SheetAction, type SheetPart } from './sheet.ts'
import type { SheetRow } from './sheet-store.ts'

interface CopyRow {
  readonly _id: string
  readonly assessmentId: string
  readonly round: number
  readonly sheet: Sheet
}

const copySchema = new Schema<CopyRow>({
  _id: { type: String, required: true },
  assessmentId: { type: String, required: true },
  round: { type: Number, required: true },
  sheet: { type: Schema.Types.Mixed, required: true },
})

/** A sheet as a move leaves it. */
export interface SheetAfterMove {
  readonly code: string
  readonly parts: Readonly<Record<string, SheetPart>>
  readonly actions: readonly SheetAction[]
  readonly analysis: readonly AnalysisRow[]
}

interface Own {
  readonly Rows: Model<SheetRow>
  readonly fieldOf: (part: string) => string
  readonly fromRow: (row: SheetRow) => Sheet
  readonly keep: (sheet: string, part: string, old: SheetPart) => Promise<void>
  readonly forget: (id: string) => void
}

/** Moving all sheets of an assessment to another criteria set: first whole copies (`sheetCopies`), then the new sheets. */
export function sheetMoves(db: Database, { Rows, fieldOf, fromRow, keep, forget }: Own) {
  const Copies = defineCollection<CopyRow>(db, 'sheetCopies', copySchema, [{ keys: { assessmentId: 1, round: 1 } }])

  return {
    /** The sheets as they were when this move began; copied once, so that a move cut off goes on from the same words. */
    async copies(assessmentId: string, round: number): Promise<readonly Sheet[]> {
      const rows = await Rows.find({ assessmentId, moved: { $ne: round } }).lean<SheetRow[]>()
      for (const row of rows)
        try {
          await insertRow<CopyRow>(db, Copies, { _id: `${row._id}@${round}`, assessmentId, round, sheet: fromRow(row) })
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
        }
      const kept = await Copies.find({ assessmentId, round }).lean<CopyRow[]>()
      return kept.map(({ sheet }) => sheet)
    },

    /**
     * Puts the moved words in place of the old ones, which go to the history first. Done once for each round: a sheet
     * that carries the round already is left alone.
     */
    async replace(assessmentId: string, round: number, after: SheetAfterMove): Promise<void> {
      const id = sheetId(assessmentId, after.code)
      const row = await Rows.findById(id).lean<SheetRow>()
      if (row?.moved === round) return
      const before = row && fromRow(row)
      for (const [key, part] of Object.entries(before?.parts ?? {}))
        if (after.parts[key]?.text !== part.text) await keep(id, key, part)
      const parts = Object.fromEntries(
        Object.entries(after.parts).map(([key, part]) => [fieldOf(key), { ...part, key }] as const),
      )
      await Rows.updateOne(
        { _id: id, moved: { $ne: round } },
        {
          $set: {
            parts,
            actions: after.actions,
            analysis: after.analysis,
            rev: (before?.rev ?? 0) + 1,
            moved: round,
          },
          $setOnInsert: { assessmentId, code: after.code },
        },
        { upsert: true },
      )
      forget(id)
    },
  }
}
