import { Schema } from 'mongoose'
import { NotFound } from '../kernel/refusals.ts'
import { defineCollection, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { canonicalJson, sha256 } from './canonical-json.ts'
import type { SchoolRow } from './school-row.ts'
import { documentsOf, hashOf, inOrder, ROWS_A_PIECE, type Snapshot, type StandsOn } from './snapshot.ts'
import { inUnitOrder, type UnitReserve } from './unit-reserve.ts'

type Row = Omit<Snapshot, 'id'> & { readonly _id: string }

/** Rows under the hash of their own content: a piece that two snapshots share is kept once and never changes. */
interface Piece {
  readonly _id: string
  readonly rows: readonly SchoolRow[]
  readonly documents: readonly StandsOn[]
}

const text = { type: String, required: true } as const
const { Mixed } = Schema.Types
const schema = new Schema<Row>({
  _id: text,
  subject: text,
  version: { type: Number, required: true },
  unitId: text,
  year: text,
  day: text,
  at: { type: Date, required: true },
  hash: text,
  schools: { type: Number, required: true },
  pieces: { type: [String], required: true },
  correction: Mixed,
  reserves: Mixed,
})
const pieceSchema = new Schema<Piece>({
  _id: text,
  rows: { type: [Mixed], required: true },
  documents: { type: [Mixed], required: true },
})

/** What is frozen; id, hash and pieces follow from it. */
export type ToFreeze = Omit<Snapshot, 'id' | 'hash' | 'schools' | 'pieces'> & { readonly rows: readonly SchoolRow[] }

export type SnapshotStore = ReturnType<typeof snapshotStore>

/** Frozen figures of closed periods: collections `snapshots` and `snapshotPieces`. Nothing here updates or deletes. */
export function snapshotStore(db: Database) {
  const Rows = defineCollection<Row>(db, 'snapshots', schema, [{ keys: { subject: 1, version: 1 } }])
  const Pieces = defineCollection<Piece>(db, 'snapshotPieces', pieceSchema)

  const find = async (id: string): Promise<Snapshot | undefined> => {
    const row = await Rows.findById(id).lean<Row>()
    return row ? fromRow(row) : undefined
  }

  const get = async (id: string): Promise<Snapshot> => {
    const snapshot = await find(id)
    if (!snapshot) throw new NotFound('Không tìm thấy bản chốt số liệu này.')
    return snapshot
  }

  const piecesOf = async ({ pieces }: Snapshot): Promise<readonly Piece[]> => {
    const found = await Pieces.find({ _id: { $in: [...pieces] } }).lean<Piece[]>()
    return pieces.map(hash => {
      const piece = found.find(each => each._id === hash)
      if (!piece) throw new Error(`snapshot piece ${hash} is gone`)
      return piece
    })
  }

  const rowsOf = async (snapshot: Snapshot): Promise<readonly SchoolRow[]> =>
    (await piecesOf(snapshot)).flatMap(piece => piece.rows)

  return {
    find,

    /** `NotFound` when there is none. */
    get,

    /**
     * Freezes the rows under `<subject>.v<version>`; whoever is first decides, everybody else is given what stands there.
     * The pieces are written before the head, so that a head is always whole.
     */
    async freezeOnce({ rows, reserves, ...given }: ToFreeze): Promise<Snapshot> {
      const what = { ...given, ...(reserves && { reserves: asRead(inUnitOrder(reserves)) }) }
      const id = `${what.subject}.v${what.version}`
      const standing = await find(id)
      if (standing) return standing
      const ordered = asRead(inOrder(rows))
      const pieces: string[] = []
      for (let from = 0; from < ordered.length; from += ROWS_A_PIECE) {
        const some = ordered.slice(from, from + ROWS_A_PIECE)
        const hash = sha256(canonicalJson(some))
        await unlessThere(insertRow<Piece>(db, Pieces, { _id: hash, rows: some, documents: documentsOf(some) }))
        pieces.push(hash)
      }
      const snapshot = { ...what, id, hash: hashOf(what, ordered), schools: ordered.length, pieces }
      const { id: _id, ...row } = snapshot
      const isFirst = await unlessThere(insertRow<Row>(db, Rows, { _id, ...row }))
      return isFirst ? snapshot : get(id)
    },

    /** Every version of one subject, oldest first. */
    async ofSubject(subject: string): Promise<readonly Snapshot[]> {
      const rows = await Rows.find({ subject }).sort({ version: 1 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** The frozen rows, by school id. */
    rowsOf,

    async documentsOf(snapshot: Snapshot): Promise<readonly StandsOn[]> {
      const ofReserves = (snapshot.reserves ?? []).map(({ unitId, year, rev }): StandsOn => ({
        kind: 'figureReserve',
        id: `${unitId}.${year}`,
        rev,
      }))
      return [...(await piecesOf(snapshot)).flatMap(piece => piece.documents), ...ofReserves]
    },

    /** Whether rows and reserves still are what the hash says. */
    async isGenuine(snapshot: Snapshot): Promise<boolean> {
      return hashOf(snapshot, await rowsOf(snapshot)) === snapshot.hash
    },
  }
}

/** The driver would keep an undefined field as null: through JSON the facts are what they will be when they are read. */
function asRead<T extends SchoolRow | UnitReserve>(facts: readonly T[]): readonly T[] {
  // Both are plain objects of strings, numbers and days.
  return JSON.parse(canonicalJson(facts)) as readonly T[]
}

/** True when the row was written, false when it stood there. */
async function unlessThere(writing: Promise<void>): Promise<boolean> {
  try {
    await writing
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

const fromRow = ({ _id, ...row }: Row): Snapshot => ({ ...row, id: _id })
