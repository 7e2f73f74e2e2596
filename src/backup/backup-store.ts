import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Backup, BackupProgress } from './backup.ts'

type Row = Omit<Backup, 'id'> & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const { Mixed } = Schema.Types
const schema = new Schema<Row>({
  _id: { type: String, required: true },
  at: { type: Date, required: true },
  by: { type: Mixed, required: true },
  state: { type: String, required: true, enum: ['running', 'done', 'failed', 'removed'] },
  folder: { type: String, required: true },
  made: Mixed,
  why: String,
  progress: Mixed,
  check: Mixed,
  outbox: { type: [Mixed], required: true },
})

const fromRow = ({ _id: id, outbox: _outbox, ...backup }: Row): Backup => ({ id, ...backup })

export type BackupStore = ReturnType<typeof backupStore>

/** What is known of backups: collection `backups`. The backups themselves lie in folders. */
export function backupStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'backups', schema, [
    { keys: { at: -1 } },
    { keys: { state: 1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)
  return {
    async find(id: string): Promise<Backup | undefined> {
      const row = await Rows.findById(id).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** Newest first. */
    async latest(limit: number): Promise<readonly Backup[]> {
      return (await Rows.find().sort({ at: -1 }).limit(limit).lean<Row[]>()).map(fromRow)
    },

    /** Those that are being made, or were when their process died. */
    async running(): Promise<readonly Backup[]> {
      return (await Rows.find({ state: 'running' }).lean<Row[]>()).map(fromRow)
    },

    /** Writes a new one; false when there is one of this name. */
    async begin({ id, ...backup }: Backup, entry: JournalEntry): Promise<boolean> {
      try {
        await insertRow<Row>(db, Rows, { _id: id, ...backup, outbox: [entry] })
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
      relay.soon(Rows, id)
      return true
    },

    async tell(id: string, progress: BackupProgress): Promise<void> {
      await Rows.updateOne({ _id: id }, { $set: { progress } })
    },

    /** A change of what is known, with the entry that tells of it. */
    async write(
      id: string,
      change: Partial<Pick<Backup, 'state' | 'folder' | 'made' | 'why' | 'check'>>,
      entry?: JournalEntry,
    ): Promise<void> {
      const push = entry && { $push: { outbox: entry } }
      await Rows.updateOne({ _id: id }, { $set: change, $unset: { progress: 1 }, ...push })
      if (entry) relay.soon(Rows, id)
    },
  }
}
