import { randomUUID } from 'node:crypto'
import type { Db } from 'mongodb'
import type { KeptReads } from '../kernel/kept-reads.ts'

/** Collection with a row for each process that writes; `at` is the server's clock at its last sign of life. */
const WRITERS = 'writers'
const BEAT_MS = 5_000
/** Three beats left out; until then a process that ended still counts, so that even the shortest visit is seen. */
const GONE_MS = 15_000
const LOOK_MS = 1_000

interface Writer {
  readonly _id: string
  readonly at: Date
}

const ago = (ms: number) => ({ $subtract: ['$$NOW', ms] })

/** The processes that write to one database, this one among them under a name of its own. */
export function writersOf(db: Db) {
  const rows = db.collection<Writer>(WRITERS)
  const id = randomUUID()
  return {
    /** A sign of life. */
    async beat(): Promise<void> {
      await rows.updateOne({ _id: id }, { $currentDate: { at: true } }, { upsert: true, writeConcern: { w: 1 } })
    },
    /** Whether no other process has given one lately. */
    async isAlone(): Promise<boolean> {
      const other = { _id: { $ne: id }, $expr: { $gt: ['$at', ago(GONE_MS)] } }
      return (await rows.findOne(other, { projection: { _id: 1 } })) === null
    },
    /** Takes away the rows of processes that ended long ago. */
    async sweep(): Promise<void> {
      await rows.deleteMany({ $expr: { $lt: ['$at', ago(100 * GONE_MS)] } })
    },
  }
}

/**
 * Announces this process as one that writes, before it writes anything, and goes on doing so. With `kept`, it also looks
 * once a second whether it is the only one, which lets kept reads live longer. The result ends both.
 */
export async function announceWriter(
  db: Db,
  kept: { readonly reads: Pick<KeptReads, 'aloneSince'>; readonly elapsed: () => number } | undefined,
): Promise<() => void> {
  const writers = writersOf(db)
  await writers.beat()
  // Without an answer nobody knows, and kept reads live as long as beside others.
  const timers = [setInterval(() => void writers.beat().catch(() => undefined), BEAT_MS)]
  if (kept) {
    const look = async (): Promise<void> => {
      const asked = kept.elapsed()
      const alone = await writers.isAlone().catch(() => false)
      kept.reads.aloneSince(alone ? asked : undefined)
    }
    await writers.sweep()
    await look()
    timers.push(setInterval(() => void look(), LOOK_MS))
  }
  for (const timer of timers) timer.unref()
  return () => timers.forEach(timer => clearInterval(timer))
}
