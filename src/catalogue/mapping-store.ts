import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { CriteriaMapping, MappingRow } from './mapping.ts'

/** What the Sở has on its desk for one pair of versions: the table as it is being written, and the one chosen. */
export interface MappingDesk {
  readonly provinceId: string
  readonly fromHash: string
  readonly toHash: string
  readonly draft: readonly MappingRow[]
  /** Hash of the mapping in force; absent while none has been chosen. */
  readonly chosen?: string
  readonly rev: number
}

interface MappingDocument {
  readonly _id: string
  readonly fromHash: string
  readonly toHash: string
  readonly rows: readonly MappingRow[]
}
type DeskDocument = MappingDesk & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const text = { type: String, required: true } as const
const mappingSchema = new Schema<MappingDocument>({
  _id: text,
  fromHash: text,
  toHash: text,
  rows: { type: [Schema.Types.Mixed], required: true },
})
const deskSchema = new Schema<DeskDocument>({
  _id: text,
  provinceId: text,
  fromHash: text,
  toHash: text,
  draft: { type: [Schema.Types.Mixed], required: true },
  chosen: String,
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

export const deskId = ({ provinceId, fromHash, toHash }: Omit<MappingDesk, 'draft' | 'chosen' | 'rev'>): string =>
  `${provinceId}:${fromHash}:${toHash}`

const STALE = 'Bảng chuyển đổi vừa được người khác sửa. Xin mở lại trang rồi làm lại.'

export type MappingStore = ReturnType<typeof mappingStore>

/** Mappings for ever (`criteriaMappings`, by hash) and the Sở's desks on which they are written (`mappingDesks`). */
export function mappingStore(db: Database, relay: Relay) {
  const Mappings = defineCollection<MappingDocument>(db, 'criteriaMappings', mappingSchema)
  const Desks = defineCollection<DeskDocument>(db, 'mappingDesks', deskSchema, [
    { keys: { provinceId: 1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Desks)

  return {
    /** Undefined when nothing with this hash was ever chosen. */
    async find(hash: string): Promise<CriteriaMapping | undefined> {
      const found = await Mappings.findById(hash).lean<MappingDocument>()
      return found ? { hash: found._id, fromHash: found.fromHash, toHash: found.toHash, rows: found.rows } : undefined
    },

    /** Keeps a mapping for ever; the same content is there once. */
    async insertOnce({ hash, ...rest }: CriteriaMapping): Promise<void> {
      try {
        await Mappings.create({ _id: hash, ...rest })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    },

    /** The desk for a pair of versions, empty at revision 0 while nobody has begun. */
    async desk(provinceId: string, fromHash: string, toHash: string): Promise<MappingDesk> {
      const place = { provinceId, fromHash, toHash }
      const found = await Desks.findById(deskId(place), { outbox: 0 }).lean<DeskDocument>()
      if (!found) return { ...place, draft: [], rev: 0 }
      const { draft, chosen, rev } = found
      return { ...place, draft, rev, ...(chosen !== undefined && { chosen }) }
    },

    async desks(provinceId: string): Promise<readonly MappingDesk[]> {
      const found = await Desks.find({ provinceId }, { outbox: 0 }).lean<DeskDocument[]>()
      return found.map(({ fromHash, toHash, draft, chosen, rev }) => ({
        provinceId,
        fromHash,
        toHash,
        draft,
        rev,
        ...(chosen !== undefined && { chosen }),
      }))
    },

    /** Writes the desk as it was decided on `before`; throws `StaleWrite` when somebody else wrote meanwhile. */
    async save(
      before: MappingDesk,
      change: Partial<Pick<MappingDesk, 'draft' | 'chosen'>>,
      entry: JournalEntry,
    ): Promise<MappingDesk> {
      const after = { ...before, ...change, rev: before.rev + 1 }
      const _id = deskId(before)
      if (before.rev > 0) {
        await guardedUpdate<DeskDocument>(
          Desks,
          { _id, rev: before.rev },
          { $set: { ...change }, $inc: { rev: 1 }, $push: { outbox: entry } },
          STALE,
        )
      } else {
        try {
          await Desks.create({ ...after, _id, outbox: [entry] })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE)
          throw error
        }
      }
      relay.soon(Desks, _id)
      return after
    },
  }
}
