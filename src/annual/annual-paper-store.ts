import { Schema } from 'mongoose'
import { NotFound } from '../kernel/refusals.ts'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { AnnualPaper } from './annual-paper.ts'

type Row = Omit<AnnualPaper, 'id'> & { readonly _id: string }

const text = { type: String, required: true } as const
const schema = new Schema<Row>(
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

const FILES = ['sha256', 'docSha256', 'tablesSha256'] as const

export type AnnualPaperStore = ReturnType<typeof annualPaperStore>

/** Signed annual reports (`annualPapers`): written once, never changed. */
export function annualPaperStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'annualPapers', schema, [
    { keys: { reportId: 1, version: 1 } },
    { keys: { contentHash: 1 } },
    ...FILES.map(file => ({ keys: { [file]: 1 as const } })),
  ])

  return {
    /** Keeps a paper; one with the same id is the same paper already, and that one is given. */
    async keep(paper: AnnualPaper): Promise<AnnualPaper> {
      const { id, ...rest } = paper
      try {
        await insertRow<Row>(db, Rows, { _id: id, ...rest })
        return paper
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        return this.get(id)
      }
    },

    /** Throws `NotFound`. */
    async get(id: string): Promise<AnnualPaper> {
      const row = await Rows.findById(id).lean<Row>()
      if (!row) throw new NotFound('Không tìm thấy báo cáo này.')
      return fromRow(row)
    },

    /** Papers whose content hash begins with these hexadecimal digits. */
    async byContent(prefix: string): Promise<readonly AnnualPaper[]> {
      const rows = await Rows.find({ contentHash: { $gte: prefix, $lt: `${prefix}g` } })
        .limit(5)
        .lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Papers of which one of these is the SHA-256 of the PDF. */
    async bySha256(hashes: readonly string[]): Promise<readonly AnnualPaper[]> {
      const rows = await Rows.find({ sha256: { $in: hashes } })
        .limit(5)
        .lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Which of these file hashes some paper still names: asked before unreferenced files are swept. */
    async references(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await Rows.find({ $or: FILES.map(file => ({ [file]: { $in: hashes } })) }).lean<Row[]>()
      const asked = new Set(hashes)
      return new Set(rows.flatMap(row => FILES.map(file => row[file])).filter(hash => asked.has(hash)))
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): AnnualPaper => ({ id: _id, ...rest })
