import { randomUUID } from 'node:crypto'
import type { Db } from 'mongodb'
import type { KeptReads } from '../kernel/kept-reads.ts'
import { ago, GONE_MS, WRITERS } from './pause-rows.ts'
import { writeGate, type WriteGate } from './write-gate.ts'

const BEAT_MS = 5_000
const LOOK_MS = 1_000

interface Writer {
  readonly _id: string
  readonly at: Date
  /** Its last write is done, and nobody who holds up writes has to wait for its answer. */
  readonly ended?: boolean
}

/** The processes that write to one database, this one among them under a name of its own. */
export function writersOf(db: Db) {
  const rows = db.collection<Writer>(WRITERS)
  const id = randomUUID()
  return {
    id,
    /** A sign of life. */
    async beat(): Promise<void> {
      await rows.updateOne({ _id: id }, { $currentDate: { at: true } }, { upsert: true, writeConcern: { w: 1 } })
    },
    /** Whether no other process has given one lately. */
    async isAlone(): Promise<boolean> {
      const other = { _id: { $ne: id }, $expr: { $gt: ['$at', ago(GONE_MS)] } }
      return (await rows.findOne(other, { projection: { _id: 1 } })) === null
    },
    /** The last sign of life of a process that ends in order. */
    async end(): Promise<void> {
      await rows.updateOne({ _id: id }, { $set: { ended: true } })
    },
    /** Takes away the rows of processes that ended long ago. */
    async sweep(): Promise<void> {
      await rows.deleteMany({ $expr: { $lt: ['$at', ago(100 * GONE_MS)] } })
    },
  }
}

/** A process that announced itself: the gate that its writes pass, and how it leaves. */
export interface Announced {
  readonly gate: WriteGate
  /** No more signs of life, and nobody waits at the gate any more: for when the writing client is closed. */
  silence(): void
  /** After the last write. */
  end(): Promise<void>
}

/**
 * Announces this process as one that writes, before it writes anything, and goes on doing so; it looks for pauses of all
 * writers as well. With `kept`, it also looks once a second whether it is the only one, which lets kept reads live longer.
 */
export async function announceWriter(
  db: Db,
  kept: { readonly reads: Pick<KeptReads, 'aloneSince'>; readonly elapsed: () => number } | undefined,
): Promise<Announced> {
  const writers = writersOf(db)
  const gate = writeGate(db, writers.id)
  // In this order: whoever begins a pause now either finds this process or is found by it.
  await writers.beat()
  await gate.look()
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
  const unwatch = gate.watch()
  return {
    gate,
    silence: () => {
      for (const timer of timers) clearInterval(timer)
      unwatch()
    },
    end: () => writers.end(),
  }
}
