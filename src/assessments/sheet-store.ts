import { Schema } from 'mongoose'
import type { SentFigures } from '../figures/index.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { gatherInserts, gatherUpdates } from '../mongo/gather-writes.ts'
import { drawerStore } from './drawer-store.ts'
import { sheetMoves } from './sheet-move-store.ts'
import { sheetId, type AnalysisRow, type Sheet, type SheetAction, type SheetPart, type SheetPin } from './sheet.ts'

/** Part keys hold dots (`description.1.a`); as field names they hold underscores. */
const fieldOf = (part: string): string => part.replaceAll('.', '_')

/** A sheet as it is kept; for the files of this store alone. */
export interface SheetRow {
  _id: string
  assessmentId: string
  code: string
  parts: Record<string, SheetPart & { key: string }>
  actions: readonly SheetAction[]
  analysis: readonly AnalysisRow[]
  rev: number
  /** The last move to another criteria set that this sheet has been through. */
  moved?: number
}
interface PinRow {
  _id: string
  sheet: string
  parts: readonly { key: string; text: string }[]
  actions: readonly SheetAction[]
  figures?: SentFigures
  at: Date
}
interface VersionRow {
  _id: string
  sheet: string
  part: string
  rev: number
  text: string
  by: string
  name: string
  at: Date
}

const mixed = { type: Schema.Types.Mixed, required: true } as const
const sheetSchema = new Schema<SheetRow>(
  {
    _id: { type: String, required: true },
    assessmentId: { type: String, required: true },
    code: { type: String, required: true },
    parts: mixed,
    actions: { type: [Schema.Types.Mixed], required: true },
    analysis: { type: [Schema.Types.Mixed], required: true },
    rev: { type: Number, required: true },
    moved: Number,
  },
  { _id: false },
)
const pinSchema = new Schema<PinRow>(
  {
    _id: { type: String, required: true },
    sheet: { type: String, required: true },
    parts: { type: [Schema.Types.Mixed], required: true },
    actions: { type: [Schema.Types.Mixed], required: true },
    figures: Schema.Types.Mixed,
    at: { type: Date, required: true },
  },
  { _id: false },
)
const versionSchema = new Schema<VersionRow>(
  {
    _id: { type: String, required: true },
    sheet: { type: String, required: true },
    part: { type: String, required: true },
    rev: { type: Number, required: true },
    text: { type: String, default: '' },
    by: { type: String, required: true },
    name: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { _id: false },
)

/** An earlier wording of one part, for its history. */
export interface PartVersion {
  readonly part: string
  readonly rev: number
  readonly text: string
  readonly by: string
  readonly name: string
  readonly at: Date
}

/** One author's stretch of writing is one version in the history, however often the page saved meanwhile. */
const STRETCH_MS = 10 * 60_000

/** Sheets being written whose parts stay in memory; a sheet is seldom more than 30 KB. */
const SHEETS_SEEN = 500

export type SheetStore = ReturnType<typeof sheetStore>

/** Texts of criteria, their frozen copies (`sheetPins`) and earlier wordings (`sheetVersions`). */
export function sheetStore(db: Database) {
  const Rows = defineCollection<SheetRow>(db, 'sheets', sheetSchema, [
    { keys: { assessmentId: 1, code: 1 }, options: { unique: true } },
  ])
  const Pins = defineCollection<PinRow>(db, 'sheetPins', pinSchema, [{ keys: { sheet: 1 } }])
  const Versions = defineCollection<VersionRow>(db, 'sheetVersions', versionSchema, [
    { keys: { sheet: 1, part: 1, rev: -1 } },
  ])

  const updateSoon = gatherUpdates(db, Rows)
  const keepVersion = versionsKeptIn(gatherInserts(db, Versions))
  const insertPin = gatherInserts(db, Pins)
  const seen = new Map<string, Sheet['parts']>()

  const remember = (id: string, parts: Sheet['parts']): void => {
    seen.delete(id)
    seen.set(id, parts)
    if (seen.size > SHEETS_SEEN) seen.delete(seen.keys().next().value ?? '')
  }

  const find = async (assessmentId: string, code: string): Promise<Sheet> => {
    const row = await Rows.findById(sheetId(assessmentId, code)).lean<SheetRow>()
    return row ? fromRow(row) : emptySheet(assessmentId, code)
  }

  /** Creates what is written for the first time; an insert that meets another is a stale write like any other. */
  const firstOr = async (update: () => Promise<boolean>, first: () => Promise<unknown>, isFirst: boolean) => {
    if (await update()) return true
    if (!isFirst) return false
    try {
      await first()
      return true
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      return update()
    }
  }

  /**
   * The part as this process last read or wrote it, if that is the revision asked for: the words of a revision never
   * change, and the write is guarded by it. Else it is read.
   */
  const partAt = async (assessmentId: string, code: string, part: string, rev: number) => {
    const id = sheetId(assessmentId, code)
    const known = seen.get(id)
    if (known && (known[part]?.rev ?? 0) === rev) return known[part]
    const { parts } = await find(assessmentId, code)
    remember(id, parts)
    return parts[part]
  }

  return {
    find,

    /** “Nội dung của tiêu chí cũ”: texts that a changed criteria set left without a place. */
    drawer: drawerStore(db),

    moves: sheetMoves(db, {
      Rows,
      fieldOf,
      fromRow,
      keep: keepVersion,
      forget: id => void seen.delete(id),
    }),

    /** Takes the mark “chưa rà soát” from parts that still stand at these revisions; gives how many there were. */
    async confirmParts(
      { id, parts }: Pick<Sheet, 'id' | 'parts'>,
      keys: readonly string[] = Object.keys(parts),
    ): Promise<number> {
      let confirmed = 0
      for (const key of keys) {
        const at = `parts.${fieldOf(key)}`
        if (!parts[key]?.notReviewed) continue
        const done = await Rows.updateOne(
          { _id: id, [`${at}.rev`]: parts[key].rev },
          { $unset: { [`${at}.notReviewed`]: 1, [`${at}.origin`]: 1 } },
        )
        if (done.matchedCount === 0) throw new StaleWrite('Phần này vừa được người khác sửa. Xin xem lại rồi xác nhận.')
        confirmed++
      }
      seen.delete(id)
      return confirmed
    },

    /** Marks everything written as not reviewed: the words of a cancelled life begin another one. */
    async doubtAll(assessmentId: string): Promise<void> {
      for (const row of await Rows.find({ assessmentId }).lean<SheetRow[]>()) {
        const marks = Object.keys(row.parts).map(field => [`parts.${field}.notReviewed`, true] as const)
        if (marks.length > 0) await Rows.updateOne({ _id: row._id }, { $set: Object.fromEntries(marks) })
        seen.delete(row._id)
      }
    },

    async ofAssessment(assessmentId: string): Promise<readonly Sheet[]> {
      const rows = await Rows.find({ assessmentId }).lean<SheetRow[]>()
      return rows.map(fromRow)
    },

    /**
     * Saves one part when it still stands at `rev` (0: never written). Before another author's words, or one's own of
     * ten minutes ago, are overwritten they go to the history, so that no crash between the two writes loses a version.
     * Throws `StaleWrite` with the part that stands there now.
     */
    async writePart(
      { assessmentId, code }: Pick<Sheet, 'assessmentId' | 'code'>,
      part: string,
      rev: number,
      next: { text: string; by: string; name: string; at: Date },
    ): Promise<SheetPart> {
      const id = sheetId(assessmentId, code)
      const old = await partAt(assessmentId, code, part, rev)
      if ((old?.rev ?? 0) !== rev) throw new StaleWrite('Phần này vừa được người khác sửa.', old)
      const continues = old !== undefined && old.by === next.by && next.at.getTime() - old.since.getTime() < STRETCH_MS
      if (old && !continues) await keepVersion(id, part, old)
      const saved: SheetPart = { ...next, rev: rev + 1, since: continues ? old.since : next.at }
      const at = `parts.${fieldOf(part)}`
      const done = await firstOr(
        () =>
          updateSoon({
            filter: { _id: id, ...(rev === 0 ? { [at]: { $exists: false } } : { [`${at}.rev`]: rev }) },
            update: { $set: { [at]: { ...saved, key: part } } },
          }),
        () =>
          insertRow<SheetRow>(db, Rows, {
            ...rowOf(emptySheet(assessmentId, code)),
            parts: { [fieldOf(part)]: { ...saved, key: part } },
          }),
        rev === 0,
      )
      if (!done) {
        seen.delete(id)
        throw new StaleWrite('Phần này vừa được người khác sửa.', (await find(assessmentId, code)).parts[part])
      }
      remember(id, { ...seen.get(id), [part]: saved })
      return saved
    },

    /** Puts words carried over from last year where there are none yet; a sheet that exists is left alone. */
    async carry(assessmentId: string, code: string, parts: Readonly<Record<string, SheetPart>>): Promise<void> {
      const kept = Object.fromEntries(
        Object.entries(parts).map(([key, part]) => [fieldOf(key), { ...part, key }] as const),
      )
      try {
        await insertRow<SheetRow>(db, Rows, { ...rowOf(emptySheet(assessmentId, code)), parts: kept })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    },

    /** Replaces actions or analysis rows when the sheet's own revision is still `rev`. */
    async writeRows(
      before: Sheet,
      rev: number,
      rows: { actions?: readonly SheetAction[]; analysis?: readonly AnalysisRow[] },
    ): Promise<number> {
      const done = await firstOr(
        async () =>
          (await Rows.updateOne({ _id: before.id, rev }, { $set: { ...rows }, $inc: { rev: 1 } })).matchedCount > 0,
        () => insertRow<SheetRow>(db, Rows, { ...rowOf(before), ...rows, rev: 1 }),
        rev === 0,
      )
      if (!done) throw new StaleWrite('Bảng này vừa được người khác sửa.', await find(before.assessmentId, before.code))
      return rev + 1
    },

    /**
     * Freezes the sheet's words under the criterion revision that the step claims. The first of two racers pins; the
     * other is given the winner's pin, so a decision never rests on words that it did not see (performance § 3.2). The
     * figures that a report is sent with are frozen in the same write.
     */
    async pin(sheet: Sheet & Pick<SheetPin, 'figures'>, criterionRev: number, at: Date): Promise<SheetPin> {
      const id = `${sheet.id}:${criterionRev}`
      const row = {
        _id: id,
        sheet: sheet.id,
        parts: Object.entries(sheet.parts).map(([key, part]) => ({ key, text: part.text })),
        actions: [...sheet.actions],
        ...(sheet.figures && { figures: sheet.figures }),
        at,
      }
      try {
        await insertPin(row)
        return pinFrom(row)
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        return pinFrom((await Pins.findById(id).lean<PinRow>()) ?? row)
      }
    },

    async pins(ids: readonly string[]): Promise<readonly SheetPin[]> {
      const rows = await Pins.find({ _id: { $in: ids } }).lean<PinRow[]>()
      return rows.map(pinFrom)
    },

    /** Earlier wordings of a part, newest first. */
    async versions(sheet: string, part: string): Promise<readonly PartVersion[]> {
      const rows = await Versions.find({ sheet, part }).sort({ rev: -1 }).limit(100).lean<VersionRow[]>()
      return rows.map(({ rev, text, by, name, at }) => ({ part, rev, text, by, name, at }))
    },
  }
}

/** Keeps the words of a part that are about to be overwritten; harmless when done twice. */
const versionsKeptIn =
  (insert: (row: VersionRow) => Promise<void>) =>
  async (sheet: string, part: string, { rev, text, by, name, at }: SheetPart): Promise<void> => {
    try {
      await insert({ _id: `${sheet}:${part}:${rev}`, sheet, part, rev, text, by, name, at })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
  }

export const emptySheet = (assessmentId: string, code: string): Sheet => ({
  id: sheetId(assessmentId, code),
  assessmentId,
  code,
  parts: {},
  actions: [],
  analysis: [],
  rev: 0,
})

const rowOf = (sheet: Sheet) => ({
  _id: sheet.id,
  assessmentId: sheet.assessmentId,
  code: sheet.code,
  parts: {},
  actions: [],
  analysis: [],
  rev: 0,
})

const fromRow = (row: SheetRow): Sheet => ({
  id: row._id,
  assessmentId: row.assessmentId,
  code: row.code,
  parts: Object.fromEntries(Object.values(row.parts).map(({ key, ...part }) => [key, part])),
  actions: row.actions,
  analysis: row.analysis,
  rev: row.rev,
})

const pinFrom = (row: PinRow): SheetPin => ({
  id: row._id,
  parts: Object.fromEntries(row.parts.map(({ key, text }) => [key, text])),
  actions: row.actions,
  ...(row.figures && { figures: row.figures }),
  at: row.at,
})
