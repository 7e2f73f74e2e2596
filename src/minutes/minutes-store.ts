import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Minutes } from './minutes.ts'

type Row = Omit<Minutes, 'id'> & { readonly _id: string }

const { Mixed } = Schema.Types
const text = { type: String, required: true } as const
const number = { type: Number, required: true } as const
const schema = new Schema<Row>(
  {
    _id: text,
    assessmentId: text,
    schoolId: text,
    year: text,
    kind: text,
    groupId: String,
    no: number,
    state: text,
    machine: text,
    rev: number,
    words: { type: Mixed, required: true },
    signed: Mixed,
    withdrawn: Mixed,
    outbox: { type: [Mixed], required: true },
  },
  { _id: false },
)

export type MinutesChange = Partial<Pick<Minutes, 'state' | 'words' | 'signed' | 'withdrawn'>>

const STALE = 'Biên bản vừa được người khác sửa. Nội dung vừa nhập vẫn còn trong các ô; xin xem lại rồi lưu.'

export type MinutesStore = ReturnType<typeof minutesStore>

/** Records of meetings (`minutes`): one document each. */
export function minutesStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'minutes', schema, [
    { keys: { assessmentId: 1 } },
    { keys: { 'signed.sha256': 1 }, options: { sparse: true } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  return {
    async find(id: string): Promise<Minutes | undefined> {
      const row = await Rows.findById(id, { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** Every record of an assessment, withdrawn ones among them. */
    async ofAssessment(assessmentId: string): Promise<readonly Minutes[]> {
      const rows = await Rows.find({ assessmentId }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Signed records whose PDF has one of these hashes: for the public check, and before unnamed files are swept. */
    async bySha256(hashes: readonly string[]): Promise<readonly Minutes[]> {
      const rows = await Rows.find({ 'signed.sha256': { $in: [...hashes] } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    async begin(minutes: Minutes, entry: JournalEntry): Promise<void> {
      const { id, ...row } = minutes
      try {
        await insertRow<Row>(db, Rows, { _id: id, ...row, outbox: [entry] })
      } catch (error) {
        if (isDuplicateKey(error)) throw new StaleWrite('Vừa có người mở một biên bản khác. Xin làm lại.')
        throw error
      }
      relay.soon(Rows, id)
    },

    async change(before: Pick<Minutes, 'id' | 'rev'>, change: MinutesChange, entry: JournalEntry): Promise<void> {
      await guardedUpdate<Row>(
        Rows,
        { _id: before.id, rev: before.rev },
        { $set: { ...change, rev: before.rev + 1 }, $push: { outbox: entry } },
        STALE,
      )
      relay.soon(Rows, before.id)
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): Minutes => ({ ...rest, id: _id, outbox: rest.outbox ?? [] })
