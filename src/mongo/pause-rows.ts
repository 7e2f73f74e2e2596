import type { Db, Document } from 'mongodb'

/** Collection with a row for each process that writes; `at` is the server's clock at its last sign of life. */
export const WRITERS = 'writers'
/** Collection with at most one row: who holds up the writes of all processes, or is about to. */
export const PAUSES = 'writePauses'

/** Three beats left out; until then a process that ended still counts, so that even the shortest visit is seen. */
export const GONE_MS = 15_000

/** The server's clock so long ago, for an `$expr`. */
export const ago = (ms: number) => ({ $subtract: ['$$NOW', ms] })

const PAUSE_ID = 'pause'

/** `held`: one backup at a time, nobody else is concerned; `called`: answer quickly; `paused`: hold your writes. */
export type PauseState = 'held' | 'called' | 'paused'

export interface Pause {
  readonly holder: string
  readonly state: PauseState
  /** What is left of it on the server's clock, in milliseconds. */
  readonly leftMs: number
}

interface PauseRow {
  readonly _id: string
  readonly holder: string
  readonly state: PauseState
  readonly until: Date
}

/** The pause row of a database; it ends by itself when its holder no longer lengthens it. */
export function pausesOf(db: Db) {
  const rows = db.collection<PauseRow>(PAUSES)
  const untilIn = (ms: number): Document => ({ $add: ['$$NOW', ms] })
  return {
    /** The pause that holds now. */
    async standing(): Promise<Pause | undefined> {
      const [pause] = await rows
        .aggregate<Pause>([
          { $match: { _id: PAUSE_ID } },
          { $project: { _id: 0, holder: 1, state: 1, leftMs: { $subtract: ['$until', '$$NOW'] } } },
        ])
        .toArray()
      return pause && pause.leftMs > 0 ? pause : undefined
    },

    /** Takes the row for this holder; false while another one's holds. */
    async take(holder: string, forMs: number): Promise<boolean> {
      await rows.deleteOne({ _id: PAUSE_ID, $expr: { $lte: ['$until', '$$NOW'] } })
      try {
        // Another holder's row has the same id and does not match.
        const mine = [{ $set: { state: 'held', until: untilIn(forMs) } }]
        await rows.updateOne({ _id: PAUSE_ID, holder }, mine, { upsert: true })
        return true
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 11_000) return false
        throw error
      }
    },

    /** Sets the state, or only lengthens the row; false when it ended or is another holder's by now. */
    async keep(holder: string, forMs: number, state?: PauseState): Promise<boolean> {
      const standing = { _id: PAUSE_ID, holder, $expr: { $gt: ['$until', '$$NOW'] } }
      const change = [{ $set: { until: untilIn(forMs), ...(state !== undefined && { state }) } }]
      return (await rows.updateOne(standing, change)).matchedCount > 0
    },

    async leave(holder: string): Promise<void> {
      await rows.deleteOne({ _id: PAUSE_ID, holder })
    },
  }
}
