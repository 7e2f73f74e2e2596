import { Schema } from 'mongoose'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { LeftText } from './move-sheets.ts'

/** A text of an old criterion that waits beside the sheets until somebody uses it or sets it aside. */
export interface DrawerText extends LeftText {
  readonly id: string
  readonly assessmentId: string
  /** The group that was in charge of the old criterion, where a criterion of this assessment was dropped. */
  readonly groupId?: string
  readonly state: 'waiting' | 'used' | 'setAside'
  /** Where it was put to use, or why it was set aside. */
  readonly outcome?: string
  readonly settledBy?: { readonly personId: string; readonly name: string; readonly at: Date }
}

type Laid = LeftText & Pick<DrawerText, 'groupId'>
type Row = Omit<DrawerText, 'id'> & { readonly _id: string }

const text = { type: String, required: true } as const
const schema = new Schema<Row>({
  _id: text,
  assessmentId: text,
  code: text,
  key: text,
  label: text,
  text,
  near: { type: [String], required: true },
  groupId: String,
  state: text,
  outcome: String,
  settledBy: Schema.Types.Mixed,
})

export type DrawerStore = ReturnType<typeof drawerStore>

/** “Nội dung của tiêu chí cũ” (`oldTexts`): nothing is ever deleted here, it only stops waiting. */
export function drawerStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'oldTexts', schema, [{ keys: { assessmentId: 1, state: 1 } }])
  const fromRow = ({ _id, ...rest }: Row): DrawerText => ({ id: _id, ...rest })
  const waitingIn = db.kept.keep({
    load: async assessmentId => {
      const rows = await Rows.find({ assessmentId, state: 'waiting' }).sort({ _id: 1 }).lean<Row[]>()
      return rows.map(fromRow)
    },
    from: () => [{ collection: 'oldTexts' }],
  })
  return {
    /** Lays texts in, each with the group that wrote it where that is known; `round` names the move that left them, so doing it again adds nothing. */
    async lay(assessmentId: string, round: string, texts: readonly Laid[]): Promise<void> {
      for (const left of texts)
        try {
          await insertRow<Row>(db, Rows, {
            _id: `${assessmentId}:${round}:${left.code}:${left.key}`,
            assessmentId,
            ...left,
            near: [...left.near],
            state: 'waiting',
          })
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
        }
    },

    async ofAssessment(assessmentId: string): Promise<readonly DrawerText[]> {
      const rows = await Rows.find({ assessmentId }).sort({ _id: 1 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** How many still wait. */
    waiting: (assessmentId: string): Promise<number> => Rows.countDocuments({ assessmentId, state: 'waiting' }).exec(),

    /** What waits, as a page may show it (kept); most assessments have nothing there. */
    waitingIn,

    async find(assessmentId: string, id: string): Promise<DrawerText | undefined> {
      const row = await Rows.findOne({ _id: id, assessmentId }).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** Ends the waiting; throws `StaleWrite` when somebody else settled it first. */
    async settle(
      id: string,
      settled: Required<Pick<DrawerText, 'outcome' | 'settledBy'>> & { readonly state: 'used' | 'setAside' },
    ): Promise<void> {
      const done = await Rows.updateOne({ _id: id, state: 'waiting' }, { $set: settled })
      if (done.matchedCount === 0) throw new StaleWrite('Nội dung này vừa được người khác xử lý.')
    },
  }
}
