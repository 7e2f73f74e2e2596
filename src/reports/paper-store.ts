import { Schema } from 'mongoose'
import type { Database } from '../mongo/connect.ts'
import { keptPapers, type PaperRow } from './kept-paper-store.ts'
import type { Paper } from './paper.ts'

const text = { type: String, required: true } as const

const schema = new Schema<PaperRow<Paper>>(
  {
    _id: text,
    kind: text,
    assessmentId: text,
    schoolId: text,
    year: text,
    formId: text,
    formVersion: text,
    contentHash: text,
    sha256: text,
    docSha256: text,
    pages: { type: Number, required: true },
    title: text,
    number: String,
    date: String,
    createdAt: { type: Date, required: true },
    frozen: { type: Boolean, required: true },
  },
  { _id: false },
)

export type PaperStore = ReturnType<typeof paperStore>

/** Kept papers: collection `papers`. A paper is written once and never changed; which of them is in force stands in the assessment. */
export function paperStore(db: Database) {
  const { having, ...papers } = keptPapers<Paper>(db, {
    collection: 'papers',
    schema,
    indexes: [{ keys: { assessmentId: 1, _id: 1 } }],
    files: ['sha256', 'docSha256'],
    missing: 'Không tìm thấy giấy tờ này.',
  })
  return { ...papers, ofAssessment: (assessmentId: string): Promise<readonly Paper[]> => having({ assessmentId }) }
}
