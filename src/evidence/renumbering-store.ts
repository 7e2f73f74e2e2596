import { Schema } from 'mongoose'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StepRefused } from '../kernel/refusals.ts'
import { defineCollection, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { EvidenceCode } from './evidence.ts'

/** The one renumbering of an assessment: decided whole by the insert of this document, then carried out item by item. */
export interface Renumbering {
  readonly assessmentId: string
  readonly by: JournalEntry['by']
  readonly at: Date
  /** Items whose code changes; without `to`: withdrawn ones, which give their number back. */
  readonly mapping: readonly { readonly id: string; readonly from: EvidenceCode; readonly to?: EvidenceCode }[]
  readonly finished: boolean
}

type Row = Omit<Renumbering, 'assessmentId'> & { readonly _id: string }

const schema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    by: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    mapping: { type: [Schema.Types.Mixed], required: true },
    finished: { type: Boolean, required: true },
  },
  { _id: false },
)

export type RenumberingStore = ReturnType<typeof renumberingStore>

/** The collection `renumberings`: at most one document per assessment, kept as the mapping from old codes to new. */
export function renumberingStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'renumberings', schema, [
    { keys: { finished: 1 }, options: { partialFilterExpression: { finished: false } } },
  ])
  return {
    async of(assessmentId: string): Promise<Renumbering | undefined> {
      const row = await Rows.findById(assessmentId).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** The moment of decision; throws `StepRefused` when the assessment has been renumbered before. */
    async decide({ assessmentId, ...decision }: Renumbering): Promise<void> {
      try {
        await Rows.create({ ...decision, _id: assessmentId })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new StepRefused('Mã minh chứng chỉ được đánh lại một lần, lần đó đã dùng.')
      }
    },

    async finish(assessmentId: string): Promise<void> {
      await Rows.updateOne({ _id: assessmentId }, { $set: { finished: true } })
    },

    /** Decisions that a crash left half carried out. */
    async unfinished(): Promise<readonly Renumbering[]> {
      const rows = await Rows.find({ finished: false }).lean<Row[]>()
      return rows.map(fromRow)
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): Renumbering => ({ ...rest, assessmentId: _id })
