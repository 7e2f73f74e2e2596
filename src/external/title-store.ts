import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { keptWhole, REV_INDEX } from '../mongo/kept-whole.ts'
import type { Title } from './title.ts'

type Row = Omit<Title, 'id'> & { readonly _id: string }

const { Mixed } = Schema.Types
const text = { type: String, required: true } as const
const schema = new Schema<Row>(
  {
    _id: text,
    schoolId: text,
    kind: text,
    grade: { type: Number, required: true },
    state: text,
    machine: text,
    rev: { type: Number, required: true },
    runId: String,
    decision: Mixed,
    registerNumber: String,
    grantedOn: String,
    expiresOn: String,
    announcedOn: String,
    refused: Mixed,
    verification: Mixed,
    revoked: Mixed,
    transfers: { type: [Mixed], required: true },
    outbox: { type: [Mixed], required: true },
  },
  { _id: false },
)

/** Fields that a step may change. */
export type TitleChange = Partial<Omit<Title, 'id' | 'kind' | 'machine' | 'rev' | 'runId' | 'outbox'>>

const STALE = 'Danh hiệu này vừa được người khác cập nhật. Xin xem lại rồi làm lại bước này.'

export type TitleStore = ReturnType<typeof titleStore>

/** The register of titles (`titles`): one document for each, from the decision on. */
export function titleStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'titles', schema, [
    { keys: { schoolId: 1, kind: 1 } },
    { keys: { 'transfers.fromSchoolId': 1 }, options: { sparse: true } },
    { keys: { runId: 1 }, options: { sparse: true } },
    REV_INDEX,
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  return {
    /** Every title, for screens, as `keptWhole` keeps it: no decision rests on it. */
    register: keptWhole(db, Rows, rows => rows.map(fromRow)),

    async find(id: string): Promise<Title | undefined> {
      const row = await Rows.findById(id, { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** Titles that these schools hold or have held. */
    async ofSchools(schoolIds: readonly string[]): Promise<readonly Title[]> {
      const among = { $in: [...schoolIds] }
      const rows = await Rows.find(
        { $or: [{ schoolId: among }, { 'transfers.fromSchoolId': among }] },
        { outbox: 0 },
      ).lean<Row[]>()
      return rows.map(fromRow)
    },

    async ofRuns(runIds: readonly string[]): Promise<readonly Title[]> {
      const rows = await Rows.find({ runId: { $in: [...runIds] } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** A step, right only if nothing has happened to the title since `before` was read; its first step writes it down. */
    async step(before: Title, change: TitleChange, unset: readonly (keyof TitleChange)[], entry: JournalEntry) {
      const { id, ...rest } = before
      if (before.rev === 0) {
        try {
          await insertRow<Row>(db, Rows, { _id: id, ...rest, ...change, rev: 1, outbox: [entry] })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE)
          throw error
        }
      } else
        await guardedUpdate<Row>(
          Rows,
          { _id: id, rev: before.rev },
          {
            $set: { ...change, rev: before.rev + 1 },
            ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map(key => [key, 1])) }),
            $push: { outbox: entry },
          },
          STALE,
        )
      relay.soon(Rows, id)
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): Title => ({ ...rest, id: _id, outbox: rest.outbox ?? [] })
