import { Schema } from 'mongoose'
import { NotFound } from '../kernel/refusals.ts'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Paper } from './paper.ts'

type Row = Omit<Paper, 'id'> & { readonly _id: string }

const text = { type: String, required: true } as const

const schema = new Schema<Row>(
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
  const Rows = defineCollection<Row>(db, 'papers', schema, [
    { keys: { assessmentId: 1, _id: 1 } },
    { keys: { contentHash: 1 } },
    { keys: { sha256: 1 } },
    { keys: { docSha256: 1 } },
  ])
  const manyFrom = (rows: readonly Row[]): readonly Paper[] => rows.map(fromRow)

  return {
    /** Keeps a paper; one with the same id is the same paper already, and that one is given. */
    async keep(paper: Paper): Promise<Paper> {
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
    async get(id: string): Promise<Paper> {
      const row = await Rows.findById(id).lean<Row>()
      if (!row) throw new NotFound('Không tìm thấy giấy tờ này.')
      return fromRow(row)
    },

    async ofAssessment(assessmentId: string): Promise<readonly Paper[]> {
      return manyFrom(await Rows.find({ assessmentId }).sort({ _id: 1 }).lean<Row[]>())
    },

    /** Papers whose content hash begins with these hexadecimal digits. */
    async byContent(prefix: string): Promise<readonly Paper[]> {
      const end = `${prefix}g`
      return manyFrom(
        await Rows.find({ contentHash: { $gte: prefix, $lt: end } })
          .limit(5)
          .lean<Row[]>(),
      )
    },

    /** Papers of which one of these is the SHA-256 of the PDF. */
    async bySha256(hashes: readonly string[]): Promise<readonly Paper[]> {
      return manyFrom(
        await Rows.find({ sha256: { $in: hashes } })
          .limit(5)
          .lean<Row[]>(),
      )
    },

    /** Which of these file hashes some paper still names: asked before unreferenced files are swept. */
    async references(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await Rows.find(
        { $or: [{ sha256: { $in: hashes } }, { docSha256: { $in: hashes } }] },
        { sha256: 1, docSha256: 1 },
      ).lean<Pick<Row, 'sha256' | 'docSha256'>[]>()
      const asked = new Set(hashes)
      return new Set(rows.flatMap(row => [row.sha256, row.docSha256]).filter(hash => asked.has(hash)))
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): Paper => ({ id: _id, ...rest })
