import type { Schema } from 'mongoose'
import { NotFound } from '../kernel/refusals.ts'
import { defineCollection, insertRow, isDuplicateKey, type Index } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'

/** What every kept paper carries, whatever it says. */
interface KeptPaper {
  readonly id: string
  /** SHA-256 of the document's blocks. */
  readonly contentHash: string
  /** SHA-256 of the PDF. */
  readonly sha256: string
}

export type PaperRow<Paper extends KeptPaper> = Omit<Paper, 'id'> & { readonly _id: string }

export interface KeptPapersWish<Paper extends KeptPaper> {
  readonly collection: string
  readonly schema: Schema<PaperRow<Paper>>
  /** Beside those of content and files. */
  readonly indexes: readonly Index[]
  /** Fields that hold the SHA-256 of a kept file. */
  readonly files: readonly (keyof PaperRow<Paper> & string)[]
  /** Said when there is no such paper. */
  readonly missing: string
}

const MOST_FOUND = 5

/** A collection of papers that are written once and never changed. */
export function keptPapers<Paper extends KeptPaper>(
  db: Database,
  { collection, schema, indexes, files, missing }: KeptPapersWish<Paper>,
) {
  const Rows = defineCollection<PaperRow<Paper>>(db, collection, schema, [
    ...indexes,
    { keys: { contentHash: 1 } },
    ...files.map(file => ({ keys: { [file]: 1 as const } })),
  ])
  // A row is the paper with its id under the database's name for it.
  const fromRow = ({ _id, ...rest }: PaperRow<Paper>): Paper => ({ id: _id, ...rest }) as unknown as Paper
  const find = async (filter: Readonly<Record<string, unknown>>, most = 0): Promise<readonly PaperRow<Paper>[]> =>
    // The compiler cannot see the fields of a row that it does not know yet; the schema refuses unknown ones.
    Rows.find(filter as object)
      .sort({ _id: 1 })
      .limit(most)
      .lean<PaperRow<Paper>[]>()
  const papers = async (...asked: Parameters<typeof find>): Promise<readonly Paper[]> =>
    (await find(...asked)).map(fromRow)

  return {
    /** Keeps a paper; one with the same id is the same paper already, and that one is given. */
    async keep(paper: Paper): Promise<Paper> {
      const { id, ...rest } = paper
      try {
        await insertRow(db, Rows, { _id: id, ...rest })
        return paper
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        return this.get(id)
      }
    },

    /** Throws `NotFound`. */
    async get(id: string): Promise<Paper> {
      const [paper] = await papers({ _id: id }, 1)
      if (!paper) throw new NotFound(missing)
      return paper
    },

    /** All papers with these values, by id. */
    having: (filter: Partial<Paper>): Promise<readonly Paper[]> => papers({ ...filter }),

    /** Papers whose content hash begins with these hexadecimal digits. */
    byContent: (prefix: string): Promise<readonly Paper[]> =>
      papers({ contentHash: { $gte: prefix, $lt: `${prefix}g` } }, MOST_FOUND),

    /** Papers of which one of these is the SHA-256 of the PDF. */
    bySha256: (hashes: readonly string[]): Promise<readonly Paper[]> => papers({ sha256: { $in: hashes } }, MOST_FOUND),

    /** Which of these file hashes some paper still names: asked before unreferenced files are swept. */
    async references(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await find({ $or: files.map(file => ({ [file]: { $in: hashes } })) })
      const named = new Set<unknown>(rows.flatMap(row => files.map(file => row[file])))
      return new Set(hashes.filter(hash => named.has(hash)))
    },
  }
}
