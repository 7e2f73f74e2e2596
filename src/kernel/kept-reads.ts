/** A place in the database that a kept value was read from. */
export interface Source {
  /** Name of a collection, or `EVERY` with what does not count in `except`. */
  readonly collection: string
  readonly except?: readonly string[]
  /** One document; absent: any of the collection. */
  readonly id?: string
  /** Top-level fields that the value shows; absent: all. */
  readonly fields?: readonly string[]
}

/** Any collection: for a value that is made of so many things that naming them would be forgotten one day. */
export const EVERY = '*'

/** A write that has ended. What is absent is not known, so it may be anything. */
export type Written = Omit<Source, 'except'>

export interface Keeping<Value> {
  readonly load: (key: string) => Promise<Value>
  /** Everything that `load` reads: a write of this process to any of it drops the value. */
  readonly from: (key: string) => readonly Source[]
  /** How long a write of another process may go unseen, in milliseconds. */
  readonly lifeMs?: number
  /** The oldest values make room beyond this number. */
  readonly most?: number
}

/** How far what is kept may lie behind another process's writes; behind this process's own, never. */
export const LIFE_MS = 1_000
/** How old it may be while no other process writes to the database. */
export const ALONE_LIFE_MS = 30_000
/** Longest time between two looks for other processes: one that came and went in between has left its traces. */
const LONGEST_GAP_MS = 10_000
const MOST = 2_000

interface Entry {
  readonly value: Promise<unknown>
  /** When its reading began. */
  readonly at: number
  readonly until: number
  readonly sources: readonly Source[]
  readonly drop: () => void
}

const ANY = ''

/** A real promise: a database library's query would ask again each time that it is awaited. */
const once = async <Value>(load: (key: string) => Promise<Value>, key: string): Promise<Value> => load(key)

const touches = (source: Source, written: Written): boolean =>
  (source.collection === EVERY
    ? source.except?.includes(written.collection) !== true
    : source.collection === written.collection) &&
  (source.id === undefined || written.id === undefined || source.id === written.id) &&
  (source.fields === undefined ||
    written.fields === undefined ||
    source.fields.some(each => written.fields?.includes(each)))

/** Entries that rest on the same place; where thousands do, a write asks once whether it touched that. */
interface Resting {
  readonly source: Source
  readonly entries: Set<Entry>
}

const shapeOf = ({ fields, except }: Source): string => `${fields?.join() ?? ANY}/${except?.join() ?? ANY}`

/** Entries by what they rest on, so that a write finds those that it touched without looking at everything. */
function dependants() {
  /** Collection → document → shape of the source. */
  const byCollection = new Map<string, Map<string, Map<string, Resting>>>()
  const placesOf = (collection: string, id: string): Map<string, Resting> | undefined =>
    byCollection.get(collection)?.get(id)
  return {
    add(entry: Entry): void {
      for (const source of entry.sources) {
        const { collection, id = ANY } = source
        const byId = byCollection.get(collection) ?? new Map<string, Map<string, Resting>>()
        byCollection.set(collection, byId)
        const places = byId.get(id) ?? new Map<string, Resting>()
        byId.set(id, places)
        const shape = shapeOf(source)
        const resting = places.get(shape) ?? { source, entries: new Set<Entry>() }
        places.set(shape, resting)
        resting.entries.add(entry)
      }
    },
    remove(entry: Entry): void {
      for (const source of entry.sources) {
        const { collection, id = ANY } = source
        const places = placesOf(collection, id)
        const resting = places?.get(shapeOf(source))
        if (!places || !resting) continue
        resting.entries.delete(entry)
        if (resting.entries.size === 0) places.delete(shapeOf(source))
        if (places.size === 0) byCollection.get(collection)?.delete(id)
      }
    },
    touchedBy(written: Written): readonly Entry[] {
      const found: Entry[] = []
      const look = (places: Map<string, Resting> | undefined): void => {
        for (const { source, entries } of places?.values() ?? [])
          if (touches(source, written)) for (const entry of entries) found.push(entry)
      }
      const { collection, id } = written
      if (id === undefined) for (const places of byCollection.get(collection)?.values() ?? []) look(places)
      else {
        look(placesOf(collection, ANY))
        look(placesOf(collection, id))
      }
      look(placesOf(EVERY, ANY))
      return found
    },
  }
}

export type KeptReads = ReturnType<typeof keptReads>

/**
 * Values read from the database and kept for a moment. `elapsed` is a clock in milliseconds that never goes back. Each
 * `keep` gives a reader that loads a key once for all who ask at the same time; a load that fails is not kept. Kept values
 * are shared between requests and must not be changed.
 */
export function keptReads(elapsed: () => number = () => performance.now()) {
  const resting = dependants()
  /** No other process was there at any look from `since` to `seen`. */
  let alone: { readonly since: number; readonly seen: number } | undefined

  const isFresh = ({ at, until }: Entry, now: number): boolean =>
    now < until || (alone !== undefined && at >= alone.since && now < alone.seen + LIFE_MS && now < at + ALONE_LIFE_MS)

  return {
    keep<Value>({ load, from, lifeMs = LIFE_MS, most = MOST }: Keeping<Value>): (key: string) => Promise<Value> {
      const entries = new Map<string, Entry & { readonly value: Promise<Value> }>()
      return key => {
        const now = elapsed()
        const kept = entries.get(key)
        if (kept && isFresh(kept, now)) return kept.value
        kept?.drop()
        const entry = {
          value: once(load, key),
          at: now,
          until: now + lifeMs, // counted from before the read, so that a slow one is not older than it says
          sources: from(key),
          drop(): void {
            if (entries.get(key) === entry) entries.delete(key)
            resting.remove(entry)
          },
        }
        entries.set(key, entry)
        resting.add(entry)
        entry.value.catch(() => entry.drop())
        if (entries.size > most) entries.values().next().value?.drop()
        return entry.value
      }
    },

    /**
     * Tells that at `asked`, just before a look, no other process had written lately; `undefined`: one had, or nobody
     * knows. As long as looks follow one another and find nobody, what was read since the first of them stays good.
     */
    aloneSince(asked: number | undefined): void {
      if (asked === undefined) alone = undefined
      else alone = { since: alone && asked - alone.seen < LONGEST_GAP_MS ? alone.since : asked, seen: asked }
    },

    /** Drops what rests on a write, also what is being read now: it may have been read before the write. */
    wrote(written: Written): void {
      for (const entry of resting.touchedBy(written)) entry.drop()
    },
  }
}
