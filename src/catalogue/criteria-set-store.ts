import { Schema } from 'mongoose'
import { NotFound } from '../kernel/refusals.ts'
import { defineCollection, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { CriteriaSet, CriteriaVersion } from './criteria-set.ts'

interface Row {
  /** The content hash: the same content can only be there once. */
  readonly _id: string
  readonly setId: string
  readonly importedAt: Date
  readonly set: CriteriaSet
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  setId: { type: String, required: true },
  importedAt: { type: Date, required: true },
  set: { type: Schema.Types.Mixed, required: true },
})

export interface ImportedVersion extends CriteriaVersion {
  readonly importedAt: Date
}

export type CriteriaSetStore = ReturnType<typeof criteriaSetStore>

/** Criteria sets as imported: collection `criteriaSets`. A version never changes, so it is read from the database once. */
export function criteriaSetStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'criteriaSets', schema, [{ keys: { setId: 1, importedAt: -1 } }])
  const known = new Map<string, CriteriaVersion>()

  return {
    /** Keeps a version for ever; false when this very content is there already. */
    async insertOnce({ hash, set }: CriteriaVersion, importedAt: Date): Promise<boolean> {
      try {
        await Rows.create({ _id: hash, setId: set.id, importedAt, set })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },

    async get(hash: string): Promise<CriteriaVersion> {
      const before = known.get(hash)
      if (before) return before
      const row = await Rows.findById(hash).lean<Row>()
      if (!row) throw new NotFound(`Không có phiên bản bộ tiêu chí ${hash.slice(0, 12)}.`)
      const version = { hash, set: row.set }
      known.set(hash, version)
      return version
    },

    /** Versions that were imported, by set, the newest import of a set first; those of year trees are not among them. */
    async imported(): Promise<readonly ImportedVersion[]> {
      const rows = await Rows.find(
        { 'set.basedOn': { $exists: false } },
        {},
        { sort: { setId: 1, importedAt: -1 } },
      ).lean<Row[]>()
      return rows.map(({ _id, set, importedAt }) => ({ hash: _id, set, importedAt }))
    },

    /** Every version, by set, the newest import of a set first. A handful: a set changes once in years. */
    async all(): Promise<readonly ImportedVersion[]> {
      const rows = await Rows.find({}, {}, { sort: { setId: 1, importedAt: -1 } }).lean<Row[]>()
      return rows.map(({ _id, set, importedAt }) => ({ hash: _id, set, importedAt }))
    },
  }
}
