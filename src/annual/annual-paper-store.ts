import { Schema } from 'mongoose'
import type { Database } from '../mongo/connect.ts'
import { keptPapers, type PaperRow } from '../reports/index.ts'
import type { AnnualPaper } from './annual-paper.ts'

const text = { type: String, required: true } as const
const schema = new Schema<PaperRow<AnnualPaper>>(
  {
    _id: text,
    reportId: text,
    unitId: text,
    year: text,
    version: { type: Number, required: true },
    formId: text,
    formVersion: text,
    snapshotId: text,
    contentHash: text,
    sha256: text,
    docSha256: text,
    tablesSha256: text,
    pages: { type: Number, required: true },
    title: text,
    number: text,
    date: text,
    createdAt: { type: Date, required: true },
  },
  { _id: false },
)

export type AnnualPaperStore = ReturnType<typeof annualPaperStore>

/** Signed annual reports (`annualPapers`): written once, never changed. */
export const annualPaperStore = (db: Database) =>
  keptPapers<AnnualPaper>(db, {
    collection: 'annualPapers',
    schema,
    indexes: [{ keys: { reportId: 1, version: 1 } }],
    files: ['sha256', 'docSha256', 'tablesSha256'],
    missing: 'Không tìm thấy báo cáo này.',
  })
