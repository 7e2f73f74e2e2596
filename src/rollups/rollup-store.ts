import { randomInt } from 'node:crypto'
import { Schema, type Model } from 'mongoose'
import { partsOfId } from '../assessments/index.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { knownValues } from './known-values.ts'
import { fromKept, toKept, type KeptPart } from './packed-parts.ts'
import type { SchoolFacts } from './school-facts.ts'
import type { Part } from './tally.ts'

interface FactsRow {
  readonly _id: string
  readonly schoolId: string
  readonly year: WorkingYear
  /** Changes of the decided documents that were heard of. */
  readonly changes: number
  /** How many of them the facts rest on; the facts are right while both are equal. */
  readonly done: number
  /** How the facts were made; those made otherwise are made again. */
  readonly shape?: number
  readonly facts?: Omit<SchoolFacts, 'id' | 'schoolId' | 'year'>
}

/** To be raised when `SchoolFacts` come to hold something else: 2 brought the lines of form 13. */
const SHAPE = 2

interface TotalsRow {
  readonly _id: string
  readonly unitId: string
  readonly year: WorkingYear
  /** Goes up with every change below the unit: the fence of `settle`. */
  readonly seq: number
  readonly dirty: boolean
  readonly schools: readonly string[]
  readonly parts: readonly KeptPart[]
}

const { Mixed } = Schema.Types
const factsSchema = new Schema<FactsRow>({
  _id: { type: String, required: true },
  schoolId: { type: String, required: true },
  year: { type: String, required: true },
  changes: { type: Number, required: true },
  done: { type: Number, required: true },
  shape: Number,
  facts: Mixed,
})
const totalsSchema = new Schema<TotalsRow>({
  _id: { type: String, required: true },
  unitId: { type: String, required: true },
  year: { type: String, required: true },
  seq: { type: Number, required: true },
  dirty: { type: Boolean, required: true },
  schools: { type: [String], required: true },
  parts: { type: [Mixed], required: true },
})

/** How much of the sums a screen needs: the counts alone, levels as well, or every indicator too. */
export type Depth = 'counts' | 'levels' | 'verdicts'

/** Sums of one list of schools in one year, as kept. */
export interface KeptTotals {
  readonly key: string
  readonly seq: number
  readonly dirty: boolean
  readonly parts: readonly Part[]
}

/** Facts of a school as kept; `due` when a change was heard of that they do not rest on yet. */
export interface KeptFacts {
  readonly facts: SchoolFacts
  readonly changes: number
  readonly due: boolean
}

/** A unit with the schools that its sums are of. */
export interface PlaceOfSums {
  readonly unitId: string
  /** Names exactly this list of schools. */
  readonly members: string
  readonly schools: readonly { readonly id: string }[]
}

/** Facts in the order of a place's schools. */
export type KnownPlace = readonly (SchoolFacts | undefined)[]

/** Years of schools whose facts stay in memory: one year of the whole country, or a province's last twenty. */
const MOST_FACTS = 60_000

/** Cells of sums that stay in memory, eight bytes each: the counts of the whole country's last five years. */
const MOST_CELLS = 4_000_000

/** Derived data may lose the last moments in a power cut: what is decided then still lies in an outbox and is told again. */
const RELAXED = { w: 1, j: false } as const
/** A change that no facts rest on yet. */
const NEVER = -1

export const totalsKey = (unitId: string, year: WorkingYear, members: string): string => `${unitId}.${year}.${members}`

const SHALLOW = { schools: 0, unitId: 0, year: 0 } as const
const WITHOUT: Readonly<Record<Depth, Readonly<Record<string, 0>>>> = {
  counts: { ...SHALLOW, 'parts.sets.levels': 0, 'parts.sets.verdicts': 0 },
  levels: { ...SHALLOW, 'parts.sets.verdicts': 0 },
  verdicts: SHALLOW,
}

export type RollupStore = ReturnType<typeof rollupStore>

/** Kept facts of schools and kept sums of managing units: both derived, both may be dropped at any moment. */
export function rollupStore(db: Database) {
  const Facts = defineCollection<FactsRow>(db, 'schoolFacts', factsSchema, [{ keys: { schoolId: 1 } }])
  const Totals = defineCollection<TotalsRow>(db, 'unitTotals', totalsSchema, [
    { keys: { schools: 1, year: 1 } },
    { keys: { dirty: 1 }, options: { partialFilterExpression: { dirty: true } } },
  ])
  // Sums are read by the thousand: mongoose's models would cost as much as the sums themselves.
  const facts = native(Facts)
  const totals = native(Totals)

  /** Ids of waiting journal entries whose changes were marked over the connection that stands. */
  const marked = new Set<string>()
  const known = knownValues<KnownPlace>(MOST_FACTS, facts => facts.length)
  const sums = knownValues<readonly Part[]>(MOST_CELLS, cellsOf)
  let connected = 0
  // A mark need not be on disk yet: an engine that is back after a crash may have lost it, while the entry still waits.
  db.connection.on('disconnected', () => {
    connected += 1
    marked.clear()
    known.clear()
    sums.clear()
  })

  /**
   * Notes that decided documents of these schools' years have changed (ids `<schoolId>.<year>`), after the change and
   * before its journal entry leaves the outbox. The facts are marked before the sums: whoever sums in between finds
   * either mark.
   */
  async function mark(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const places = ids.map(id => ({ id, ...partsOfId(id) }))
    const notes = places.map(({ id, schoolId, year }) => ({
      updateOne: {
        filter: { _id: id },
        update: { $inc: { changes: 1 }, $setOnInsert: { schoolId, year, done: NEVER } },
        upsert: true,
      },
    }))
    // Whoever made the same place at this moment has marked it as well.
    await unlessThere(facts.bulkWrite(notes, { ordered: false, ...relaxed }))
    for (const year of new Set(places.map(place => place.year))) {
      const schools = places.filter(place => place.year === year).map(place => place.schoolId)
      const below = { schools: { $in: schools }, year }
      await totals.updateMany(below, { $inc: { seq: 1 }, $set: { dirty: true } }, { ...relaxed })
    }
  }

  return {
    mark,
    /** Facts of places that this process has read. */
    known,

    /** All years of schools whose profiles have changed. */
    async markSchools(schoolIds: readonly string[]): Promise<void> {
      if (schoolIds.length === 0) return
      const some = { $in: [...schoolIds] }
      await facts.updateMany({ schoolId: some }, { $inc: { changes: 1 } }, relaxed)
      await totals.updateMany({ schools: some }, { $inc: { seq: 1 }, $set: { dirty: true } }, relaxed)
    },

    /**
     * Marks what was decided in these collections and still waits in an outbox, so that a read begun now misses nothing that
     * was decided before it. What this process has marked is not marked again: in the last hour before a deadline hundreds
     * of entries wait, and marking them all for every reader would keep every sum stale for ever.
     */
    async markWaiting(collections: readonly string[]): Promise<void> {
      const before = connected
      const found = await Promise.all(
        collections.map(name =>
          db.connection
            .collection<{ _id: string; outbox: readonly { readonly id: string }[] }>(name)
            .find({ 'outbox.id': { $gt: '' } }, { projection: { 'outbox.id': 1 } })
            .toArray(),
        ),
      )
      const waiting = found.flat().map(({ _id, outbox }) => ({ id: _id, entries: outbox.map(entry => entry.id) }))
      const unmarked = waiting.filter(({ entries }) => entries.some(entry => !marked.has(entry)))
      await mark(unmarked.map(({ id }) => id))
      const entries = waiting.flatMap(each => each.entries)
      const isWaiting = new Set(entries)
      for (const entry of marked) if (!isWaiting.has(entry)) marked.delete(entry)
      if (before === connected) for (const entry of entries) marked.add(entry)
    },

    /** Whether a reader of this process has marked what this journal entry tells. */
    isMarked: (entryId: string): boolean => marked.has(entryId),

    /** Facts as kept, by id; a school's year that nobody has computed yet is missing. */
    async facts(ids: readonly string[]): Promise<ReadonlyMap<string, KeptFacts>> {
      const rows = await facts.find({ _id: { $in: [...ids] } }).toArray()
      return new Map(
        rows.map(({ _id: id, schoolId, year, changes, done, shape, facts: kept }) => [
          id,
          { facts: { id, schoolId, year, ...kept }, changes, due: done !== changes || shape !== SHAPE },
        ]),
      )
    },

    /** Keeps facts that rest on so many changes; where another change has been heard of meanwhile they are left out. */
    async keepFacts(
      all: readonly { readonly facts: SchoolFacts; readonly changes: number | undefined }[],
    ): Promise<void> {
      if (all.length === 0) return
      const fresh = all.flatMap(({ facts: { id: _id, schoolId, year, ...kept }, changes }) =>
        changes === undefined ? [{ _id, schoolId, year, changes: 0, done: 0, shape: SHAPE, facts: kept }] : [],
      )
      const again = all.flatMap(({ facts: { id: _id, schoolId: _schoolId, year: _year, ...kept }, changes }) =>
        changes === undefined
          ? []
          : [
              {
                updateOne: { filter: { _id, changes }, update: { $set: { facts: kept, done: changes, shape: SHAPE } } },
              },
            ],
      )
      if (fresh.length > 0) await unlessThere(facts.insertMany(fresh, { ordered: false, ...relaxed }))
      if (again.length > 0) await facts.bulkWrite(again, { ordered: false, ...relaxed })
    },

    /**
     * Sums as kept, by key, only as deep as asked; without parts where they are marked. What has not changed since it was
     * read last comes from memory.
     */
    async totals(keys: readonly string[], depth: Depth): Promise<ReadonlyMap<string, KeptTotals>> {
      const remember = sums.remember()
      const heads = await totals.find({ _id: { $in: [...keys] } }, { projection: { seq: 1, dirty: 1 } }).toArray()
      const kept = new Map<string, KeptTotals>()
      const unread: string[] = []
      for (const { _id: key, seq, dirty } of heads) {
        const parts = dirty ? [] : sums.of(`${depth} ${key}`, seq)
        if (parts) kept.set(key, { key, seq, dirty, parts })
        else unread.push(key)
      }
      if (unread.length === 0) return kept
      const rows = await totals
        .find({ _id: { $in: unread } }, { projection: WITHOUT[depth], promoteBuffers: true })
        .toArray()
      for (const { _id: key, seq, dirty, parts: packed } of rows) {
        const parts = dirty ? [] : packed.map(fromKept)
        if (!dirty) remember(`${depth} ${key}`, seq, parts)
        kept.set(key, { key, seq, dirty, parts })
      }
      return kept
    },

    /** The fences of sums that are about to be computed, by key; makes the place of those that are new. */
    async begin(places: readonly PlaceOfSums[], year: WorkingYear): Promise<ReadonlyMap<string, number>> {
      const keys = places.map(place => totalsKey(place.unitId, year, place.members))
      const read = async (): Promise<ReadonlyMap<string, number>> => {
        const found = await totals.find({ _id: { $in: keys } }, { projection: { seq: 1 } }).toArray()
        return new Map(found.map(({ _id, seq }) => [_id, seq]))
      }
      const before = await read()
      const made = places.flatMap(({ unitId, schools }, at) => {
        const _id = keys[at] ?? ''
        const ids = schools.map(({ id }) => id)
        return before.has(_id) ? [] : [{ _id, unitId, year, seq: newSeq(), dirty: true, schools: ids, parts: [] }]
      })
      if (made.length === 0) return before
      await unlessThere(totals.insertMany(made, { ordered: false, ...relaxed }))
      return read()
    },

    /** Keeps sums computed since `begin`, except those below which something has changed meanwhile: they stay marked. */
    async settle(sums: readonly { readonly key: string; readonly seq: number; readonly parts: readonly Part[] }[]) {
      if (sums.length === 0) return
      await totals.bulkWrite(
        sums.map(({ key, seq, parts }) => ({
          updateOne: {
            filter: { _id: key, seq },
            update: { $set: { parts: parts.map(toKept), dirty: false }, $inc: { seq: 1 } },
          },
        })),
        { ordered: false, ...relaxed },
      )
    },

    /** Drops everything derived; it comes back as it is asked for. */
    async drop(): Promise<void> {
      await totals.deleteMany({})
      await facts.deleteMany({})
      known.clear()
      sums.clear()
    },
  }
}

const cellsOf = (parts: readonly Part[]): number =>
  parts.reduce(
    (cells, { counts, sets }) =>
      sets.reduce((sum, { levels, verdicts }) => sum + levels.length + verdicts.length, cells + counts.length),
    0,
  )

/** Begins anywhere, so that what was read before everything derived was dropped is never taken for what came after. */
const newSeq = (): number => randomInt(2 ** 47)

const relaxed = { writeConcern: RELAXED }

const native = <Row>(model: Model<Row>) => model.db.collection<Row & { _id: string }>(model.collection.name)

/** Two may make the same place at once: the later one finds it made. */
async function unlessThere(write: Promise<unknown>): Promise<void> {
  try {
    await write
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
  }
}
