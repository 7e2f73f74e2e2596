import { Schema } from 'mongoose'
import { printInstant } from '../kernel/dates.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { PlanContent } from './plan-content.ts'
import {
  emptyDraft,
  savedParts,
  type PlanDraft,
  type PlanPart,
  type PlanVersion,
  type SavedPart,
} from './plan-draft.ts'

type DraftRow = Omit<PlanDraft, 'assessmentId'> & { readonly _id: string }
type VersionRow = Omit<PlanVersion, 'id'> & { readonly _id: string }

const mixed = { type: Schema.Types.Mixed, required: true } as const
const draftSchema = new Schema<DraftRow>(
  { _id: { type: String, required: true }, rev: { type: Number, required: true }, parts: mixed },
  { _id: false },
)
const versionSchema = new Schema<VersionRow>(
  {
    _id: { type: String, required: true },
    assessmentId: { type: String, required: true },
    version: { type: Number, required: true },
    claims: { type: Number, required: true },
    draftRev: { type: Number, required: true },
    content: mixed,
    at: { type: Date, required: true },
  },
  { _id: false },
)

/** Who saves, and when. */
export interface Saving {
  readonly by: string
  readonly name: string
  readonly at: Date
}

export type PlanStore = ReturnType<typeof planStore>

/** Plans while they are written (`planDrafts`) and frozen (`planVersions`). */
export function planStore(db: Database) {
  const Drafts = defineCollection<DraftRow>(db, 'planDrafts', draftSchema)
  const Versions = defineCollection<VersionRow>(db, 'planVersions', versionSchema, [
    { keys: { assessmentId: 1, version: 1, claims: -1 }, options: { unique: true } },
  ])

  const draft = async (assessmentId: string): Promise<PlanDraft> => {
    const row = await Drafts.findById(assessmentId).lean<DraftRow>()
    return row ? { assessmentId, rev: row.rev, parts: row.parts } : emptyDraft(assessmentId)
  }

  /** Creates the empty document once, so that every save is the same guarded update. */
  const begin = async (assessmentId: string): Promise<void> => {
    try {
      await insertRow<DraftRow>(db, Drafts, { _id: assessmentId, rev: 0, parts: {} })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
  }

  return {
    draft,

    /** Saves one part that still stands at `rev` (0: never saved). `StaleWrite` names who saved it meanwhile. */
    async savePart(
      { assessmentId, parts }: PlanDraft,
      part: PlanPart,
      rev: number,
      content: Partial<PlanContent>,
      saving: Saving,
    ): Promise<void> {
      if (Object.keys(parts).length === 0) await begin(assessmentId)
      const at = `parts.${part}`
      const saved: SavedPart = { rev: rev + 1, ...saving, content }
      const { matchedCount } = await Drafts.updateOne(
        { _id: assessmentId, ...(rev === 0 ? { [at]: { $exists: false } } : { [`${at}.rev`]: rev }) },
        { $set: { [at]: saved }, $inc: { rev: 1 } },
      )
      if (matchedCount === 0) throw savedMeanwhile((await draft(assessmentId)).parts[part])
    },

    /** Saves several parts at once when nothing at all has been saved since `before` was read. */
    async saveParts(
      before: PlanDraft,
      changes: Readonly<Partial<Record<PlanPart, Partial<PlanContent>>>>,
      saving: Saving,
    ): Promise<void> {
      if (before.rev === 0) await begin(before.assessmentId)
      const parts = Object.fromEntries(
        // The keys of `changes` are parts; Object.entries only knows that they are text.
        (Object.entries(changes) as [PlanPart, Partial<PlanContent>][]).map(([part, content]) => [
          `parts.${part}`,
          { rev: (before.parts[part]?.rev ?? 0) + 1, ...saving, content },
        ]),
      )
      const { matchedCount } = await Drafts.updateOne(
        { _id: before.assessmentId, rev: before.rev },
        { $set: parts, $inc: { rev: 1 } },
      )
      if (matchedCount === 0) throw savedMeanwhile(lastSaved(await draft(before.assessmentId)))
    },

    /**
     * Freezes a plan under the assessment revision that its approval will be written on. The first of two racers pins;
     * the other is given the winner's pin, so an approval never rests on a plan that it did not freeze.
     */
    async pin(version: PlanVersion): Promise<PlanVersion> {
      const { id, ...row } = version
      try {
        await insertRow<VersionRow>(db, Versions, { _id: id, ...row })
        return version
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        const there = await Versions.findById(id).lean<VersionRow>()
        return there ? fromRow(there) : version
      }
    },

    /**
     * The frozen plan of an approved version. An approval that was broken off may have left other pins of the same
     * version; they claim earlier revisions, because the approval itself moved the assessment past its own.
     */
    async version(assessmentId: string, version: number): Promise<PlanVersion | undefined> {
      const row = await Versions.findOne({ assessmentId, version }).sort({ claims: -1 }).lean<VersionRow>()
      return row ? fromRow(row) : undefined
    },
  }
}

const fromRow = ({ _id, ...rest }: VersionRow): PlanVersion => ({ id: _id, ...rest })

const lastSaved = (draft: PlanDraft): SavedPart | undefined =>
  savedParts(draft).toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]

const savedMeanwhile = (saved: SavedPart | undefined): StaleWrite =>
  new StaleWrite(
    saved
      ? `${saved.name} đã lưu mục này lúc ${printInstant(saved.at)}, sau khi trang được mở.`
      : 'Kế hoạch vừa được người khác sửa.',
    saved,
  )
