import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { NotFound, StaleWrite } from '../kernel/refusals.ts'
import { matchesNothing, type Where } from '../kernel/rules.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { gatherInserts } from '../mongo/gather-writes.ts'
import type { Letter, Review } from './review.ts'
import type { ReviewState } from './review-machine.ts'

type Row = Omit<Review, 'id'> & { readonly _id: string }

const text = { type: String, required: true } as const
const many = { type: [Schema.Types.Mixed], required: true } as const

const schema = new Schema<Row>(
  {
    _id: text,
    schoolId: text,
    year: text,
    schoolKind: text,
    unitId: text,
    handlerId: text,
    provinceId: text,
    state: text,
    machine: text,
    rev: { type: Number, required: true },
    officer: Schema.Types.Mixed,
    due: text,
    rounds: many,
    letters: many,
    takenOver: Schema.Types.Mixed,
    forwarded: Schema.Types.Mixed,
    outbox: many,
  },
  { _id: false },
)

/** Fields that a step may change. */
export type ReviewChange = Partial<
  Pick<Review, 'state' | 'handlerId' | 'officer' | 'due' | 'rounds' | 'letters' | 'takenOver' | 'forwarded'>
> & {
  /** Optional fields that the step takes away. */
  readonly gone?: readonly ('officer' | 'forwarded')[]
}

const STALE = 'Hồ sơ xem xét vừa được người khác cập nhật. Xin xem lại rồi làm lại bước này.'

/** Work of one officer, or of nobody yet (`personId` empty), counted in the database. */
export interface Load {
  readonly personId: string
  readonly name: string
  readonly received: number
  readonly underReview: number
  readonly overdue: number
}

export type ReviewStore = ReturnType<typeof reviewStore>

/** Reviews of submissions (`reviews`): one document per school and year, each step guarded by its revision. */
export function reviewStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'reviews', schema, [
    { keys: { year: 1, handlerId: 1, due: 1, _id: 1 } },
    { keys: { year: 1, unitId: 1, due: 1, _id: 1 } },
    { keys: { year: 1, provinceId: 1, due: 1, _id: 1 } },
    { keys: { handlerId: 1, state: 1, due: 1, _id: 1 } },
    { keys: { schoolId: 1, state: 1, due: 1, _id: 1 } },
    { keys: { 'letters.sha256': 1 } },
    { keys: { 'letters.docSha256': 1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)
  const insertSoon = gatherInserts(db, Rows)

  const find = async (id: string): Promise<Review | undefined> => {
    const row = await Rows.findById(id).lean<Row>()
    return row ? fromRow(row) : undefined
  }

  return {
    find,

    async get(id: string): Promise<Review> {
      const review = await find(id)
      if (!review) throw new NotFound('Không tìm thấy hồ sơ xem xét này.')
      return review
    },

    /** Reviews of a year that match a policy's filter and more, the most pressing first. */
    async list(
      year: WorkingYear,
      where: readonly Where[],
      { skip, limit }: { readonly skip: number; readonly limit: number },
    ): Promise<{ readonly reviews: readonly Review[]; readonly total: number }> {
      const filter = { $and: [{ year }, ...where] }
      const [rows, total] = await Promise.all([
        Rows.find(filter, { outbox: 0 }).sort({ due: 1, _id: 1 }).skip(skip).limit(limit).lean<Row[]>(),
        Rows.countDocuments(filter),
      ])
      return { reviews: rows.map(fromRow), total }
    },

    /** How many reviews of a year stand in each state. */
    async countStates(year: WorkingYear, where: Where): Promise<Readonly<Partial<Record<ReviewState, number>>>> {
      const found = await Rows.aggregate<{ _id: ReviewState; count: number }>([
        { $match: { $and: [{ year }, where] } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ])
      return Object.fromEntries(found.map(({ _id, count }) => [_id, count]))
    },

    /** What lies with each officer in a year and is still to be read, by name; nobody's work first. */
    async loads(year: WorkingYear, where: Where, today: string): Promise<readonly Load[]> {
      const stands = (state: ReviewState) => ({ $sum: { $cond: [{ $eq: ['$state', state] }, 1, 0] } })
      const found = await Rows.aggregate<Omit<Load, 'personId'> & { _id: string }>([
        { $match: { $and: [{ year }, where, { state: { $in: ['received', 'underReview'] } }] } },
        {
          $group: {
            _id: { $ifNull: ['$officer.personId', ''] },
            name: { $first: { $ifNull: ['$officer.name', ''] } },
            received: stands('received'),
            underReview: stands('underReview'),
            overdue: { $sum: { $cond: [{ $lt: ['$due', today] }, 1, 0] } },
          },
        },
      ])
      return found
        .map(({ _id, ...load }) => ({ personId: _id, ...load }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
    },

    /** Reviews of all years that still wait for somebody, the most pressing first: for “Việc của tôi”. */
    async waiting(where: Where, states: readonly ReviewState[], limit: number): Promise<readonly Review[]> {
      if (matchesNothing(where)) return []
      const rows = await Rows.find({ $and: [where, { state: { $in: states } }] }, { outbox: 0 })
        .sort({ due: 1, _id: 1 })
        .limit(limit)
        .lean<Row[]>()
      return rows.map(fromRow)
    },

    async ofAssessments(ids: readonly string[]): Promise<readonly Review[]> {
      const rows = await Rows.find({ _id: { $in: ids } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Which of these file hashes is a kept letter: asked before unreferenced files are swept. */
    async references(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await Rows.find(
        { $or: [{ 'letters.sha256': { $in: hashes } }, { 'letters.docSha256': { $in: hashes } }] },
        { letters: 1 },
      ).lean<Pick<Row, 'letters'>[]>()
      const asked = new Set(hashes)
      const named = rows.flatMap(({ letters }) => letters.flatMap(letter => [letter.sha256, letter.docSha256]))
      return new Set(named.filter(hash => asked.has(hash)))
    },

    /** Kept letters whose PDF has one of these hashes, with the working year they are about. */
    async lettersBySha256(
      hashes: readonly string[],
    ): Promise<readonly { readonly letter: Letter; readonly review: Pick<Review, 'id' | 'year' | 'rounds'> }[]> {
      const rows = await Rows.find({ 'letters.sha256': { $in: hashes } }, { letters: 1, year: 1, rounds: 1 }).lean<
        Pick<Row, '_id' | 'letters' | 'year' | 'rounds'>[]
      >()
      const asked = new Set(hashes)
      return rows.flatMap(({ _id: id, letters, year, rounds }) =>
        letters.filter(({ sha256 }) => asked.has(sha256)).map(letter => ({ letter, review: { id, year, rounds } })),
      )
    },

    /** Refuses a second review of the same assessment: two that receive one sending write one review. */
    async insert(review: Review): Promise<Review> {
      const { id, ...rest } = review
      try {
        await insertSoon({ _id: id, ...rest })
      } catch (error) {
        if (isDuplicateKey(error)) throw new StaleWrite(STALE)
        throw error
      }
      relay.soon(Rows, id)
      return review
    },

    /** A step, right only if nothing has happened to the review since `before` was read. */
    async advance(before: Review, { gone = [], ...change }: ReviewChange, entry: JournalEntry): Promise<Review> {
      await guardedUpdate<Row>(
        Rows,
        { _id: before.id, rev: before.rev },
        {
          $set: { ...change },
          ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map(key => [key, 1])) }),
          $inc: { rev: 1 },
          $push: { outbox: entry },
        },
        STALE,
      )
      relay.soon(Rows, before.id)
      const after = { ...before, ...change, rev: before.rev + 1 }
      for (const field of gone) delete after[field]
      return after
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): Review => ({ ...rest, id: _id, outbox: rest.outbox ?? [] })
