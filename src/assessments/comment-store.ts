import { Schema } from 'mongoose'
import { NotFound } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, insertRow } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'

/** One comment of the round on the draft report, and the council's answer (forms § 8, Bảng tổng hợp góp ý). */
export interface Comment {
  readonly id: string
  readonly assessmentId: string
  readonly by: string
  readonly name: string
  readonly at: Date
  /** Part or page that it speaks of. */
  readonly part: string
  readonly text: string
  readonly answer?: {
    readonly accepted: boolean
    readonly why: string
    readonly by: string
    readonly name: string
    readonly at: Date
  }
}

type Row = Omit<Comment, 'id'> & { readonly _id: string }

const schema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    assessmentId: { type: String, required: true },
    by: { type: String, required: true },
    name: { type: String, required: true },
    at: { type: Date, required: true },
    part: { type: String, default: '' },
    text: { type: String, required: true },
    answer: Schema.Types.Mixed,
  },
  { _id: false },
)

export type CommentStore = ReturnType<typeof commentStore>

export function commentStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'comments', schema, [{ keys: { assessmentId: 1, at: 1 } }])
  return {
    async ofAssessment(assessmentId: string): Promise<readonly Comment[]> {
      const rows = await Rows.find({ assessmentId }).sort({ at: 1 }).lean<Row[]>()
      return rows.map(({ _id, ...rest }) => ({ id: _id, ...rest }))
    },
    async get(id: string): Promise<Comment> {
      const row = await Rows.findById(id).lean<Row>()
      if (!row) throw new NotFound('Không tìm thấy ý kiến góp ý này.')
      const { _id, ...rest } = row
      return { id: _id, ...rest }
    },
    async insert({ id, ...rest }: Comment): Promise<void> {
      await insertRow<Row>(db, Rows, { _id: id, ...rest })
    },
    /** A first answer, or a better one: the last word stands. */
    async answer(id: string, answer: NonNullable<Comment['answer']>): Promise<void> {
      await guardedUpdate<Row>(Rows, { _id: id }, { $set: { answer } }, 'Không tìm thấy ý kiến góp ý này.')
    },
  }
}
