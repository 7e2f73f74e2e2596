import type { Collection, Db, Document, MongoClient } from 'mongodb'
import { wrapWrites } from './collection-writes.ts'
import { pausesOf, WRITERS } from './pause-rows.ts'

/** How often a process looks for a pause: seldom while nobody wants one, often once it has been called to one. */
const IDLE_MS = 1000
const CALLED_MS = 20
/**
 * Whoever has not looked for so long looks before the next write: a backup counts a process as gone that gave no sign of
 * life for fifteen seconds, and one that was merely stopped must not write into the copy when it wakes.
 */
const STALE_MS = 10_000

/** The door that every write of one process goes through; `look` finds out whether it has to be shut. */
export type WriteGate = ReturnType<typeof writeGate>

/** A gate over the pause row of one database, for the writer of this id. It looks only when asked to; `watch` asks for ever. */
export function writeGate(db: Db, writerId: string, elapsed: () => number = () => performance.now()) {
  const pauses = pausesOf(db)
  const writers = db.collection<{ readonly _id: string }>(WRITERS)
  const note = (change: Document) => writers.updateOne({ _id: writerId }, change, { upsert: true })

  let underWay = 0
  let looked = elapsed()
  let heard: string | undefined
  /** While shut: who asked for it, whether that was answered, and when it ends by itself. */
  let shut: { readonly holder: string; answered: boolean; until: number } | undefined
  let openers: (() => void)[] = []
  let looking: Promise<void> | undefined

  const letOn = (): void => {
    shut = undefined
    for (const open of openers.splice(0)) open()
  }
  /** The answer is taken back before the first write, so that a copy that took too long finds out. */
  const open = async (): Promise<void> => {
    if (shut?.answered) await note({ $unset: { stopped: true }, $currentDate: { at: true } })
    letOn()
  }

  const findOut = async (): Promise<void> => {
    const asked = elapsed()
    if (shut && asked >= shut.until) await open()
    const pause = await pauses.standing()
    const seen = elapsed()
    if (pause?.state === 'called' && heard !== pause.holder) {
      await note({ $set: { heard: pause.holder }, $currentDate: { at: true } })
      heard = pause.holder
    }
    if (pause?.state === 'paused') {
      if (shut?.holder !== pause.holder) shut = { holder: pause.holder, answered: false, until: 0 }
      // From the answer on, so that it never ends here before it ends on the server's clock.
      shut.until = seen + pause.leftMs
      if (!shut.answered && underWay === 0) {
        await note({ $set: { stopped: pause.holder }, $currentDate: { at: true } })
        shut.answered = true
      }
    } else if (shut) await open()
    if (pause === undefined || pause.state === 'held') heard = undefined
    looked = asked
  }

  const look = (): Promise<void> => (looking ??= findOut().finally(() => (looking = undefined)))

  return {
    look,

    /** Whether writes are held up now. */
    isShut: (): boolean => shut !== undefined,

    /** Resolves with true as soon as writes go through, with false when they still do not after so long. */
    opens: async (withinMs: number): Promise<boolean> => {
      if (!shut) return true
      return new Promise(tell => {
        const timer = setTimeout(() => {
          openers = openers.filter(each => each !== opened)
          tell(false)
        }, withinMs)
        const opened = (): void => {
          clearTimeout(timer)
          tell(true)
        }
        openers.push(opened)
      })
    },

    /** Runs one write when the gate is open, and counts it as under way until it has ended. */
    pass: async <T>(write: () => Promise<T>): Promise<T> => {
      while (shut || elapsed() - looked > STALE_MS)
        if (shut) await new Promise<void>(go => openers.push(go))
        else await look()
      underWay++
      try {
        return await write()
      } finally {
        underWay--
      }
    },

    /** Looks again and again until the result is called; what cannot be asked now is asked the next time. */
    watch(): () => void {
      let timer: NodeJS.Timeout | undefined
      let ended = false
      const next = (): void => {
        if (ended) return
        const soon = shut !== undefined || heard !== undefined
        timer = setTimeout(
          () =>
            void look()
              .catch(() => undefined)
              .finally(next),
          soon ? CALLED_MS : IDLE_MS,
        )
        timer.unref()
      }
      next()
      return () => {
        ended = true
        clearTimeout(timer)
        letOn()
      }
    },
  }
}

/** Lets every write of this client pass the gate, whoever gets the client or a database of it. */
export function gateWrites(client: MongoClient, dbs: readonly Db[], pass: WriteGate['pass']): void {
  for (const db of dbs) gateDb(db, pass)
  const dbOf = client.db.bind(client)
  client.db = (...given) => gateDb(dbOf(...given), pass)
  const bulkWrite = client.bulkWrite.bind(client)
  client.bulkWrite = (...given) => pass(() => bulkWrite(...given))
}

function gateDb(db: Db, pass: WriteGate['pass']): Db {
  const collectionOf = db.collection.bind(db)
  db.collection = <Row extends Document>(...given: Parameters<typeof collectionOf>): Collection<Row> => {
    const collection = collectionOf<Row>(...given)
    // `insertMany` goes through `bulkWrite`: counted twice, it would wait for itself when the gate shuts in between.
    wrapWrites(collection, (method, _given, write) => (method === 'insertMany' ? write() : pass(write)))
    return collection
  }
  return db
}
