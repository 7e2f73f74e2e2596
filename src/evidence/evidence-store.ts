import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { formatCode } from './evidence-code.ts'
import type { Evidence, EvidenceCode } from './evidence.ts'

type Row = Omit<Evidence, 'id'> & { readonly _id: string }

/** What a citation, a list or a count has to know of an item: a tenth of its document. */
export type EvidenceBrief = Pick<Evidence, 'id' | 'no' | 'state' | 'criterion' | 'name' | 'code'> & {
  readonly years: readonly WorkingYear[]
  /** Who brought it. */
  readonly collectedBy?: string
}

type BriefRow = Omit<EvidenceBrief, 'id' | 'years' | 'collectedBy'> & {
  readonly _id: string
  readonly collectedBy?: { readonly personId: string }
  readonly entries: readonly { readonly schoolYear?: WorkingYear }[]
}

const BRIEF = {
  no: 1,
  state: 1,
  criterion: 1,
  name: 1,
  code: 1,
  'entries.schoolYear': 1,
  'collectedBy.personId': 1,
} as const
/** More than any school collects, so that a list comes in one answer of the server. */
const ONE_ANSWER = 1000

/** How many schools' evidence in short stays in memory: about 50 KB each. */
const DOSSIERS_IN_MEMORY = 300

/** A record as it is born: its running number is given by the store. */
export type NewEvidence = Omit<Evidence, 'no'>

const text = { type: String, default: undefined }
const part = (fields: object) => new Schema({ ...fields }, { _id: false, id: false, strict: 'throw' })
const stamp = { by: text, name: text, at: Date }

const filePart = part({
  sha256: { type: String, required: true },
  name: { type: String, required: true },
  mime: { type: String, required: true },
  size: { type: Number, required: true },
  addedBy: { type: String, required: true },
  at: { type: Date, required: true },
  replacedBy: text,
})

const entryPart = part({
  id: { type: String, required: true },
  schoolYear: text,
  number: text,
  date: text,
  issuer: text,
  files: [filePart],
})

const schema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    assessmentId: { type: String, required: true },
    schoolId: { type: String, required: true },
    year: { type: String, required: true },
    no: { type: Number, required: true },
    state: { type: String, required: true },
    machine: { type: String, required: true },
    rev: { type: Number, required: true },
    criterion: { type: String, required: true },
    name: { type: String, required: true },
    kind: { type: String, required: true },
    entries: [entryPart],
    place: text,
    note: text,
    dataClass: text,
    originalSeen: { type: part({ by: text, name: text, on: text }), default: undefined },
    expectedFrom: { type: part({ where: text, who: text, by: text, cost: text }), default: undefined },
    missingReason: text,
    rejected: { type: part({ ...stamp, reason: text }), default: undefined },
    withdrawn: { type: part({ reason: text, by: text, at: Date }), default: undefined },
    code: { type: part({ box: Number, a: Number, b: Number, c: Number }), default: undefined },
    formerCodes: { type: [String], required: true },
    collectedBy: { type: part({ personId: text, name: text, at: Date }), default: undefined },
    addedForVisit: { type: Boolean, default: undefined },
    carriedFrom: text,
    notReviewed: { type: Boolean, default: undefined },
    filedBy: String,
    disposed: Schema.Types.Mixed,
    outbox: { type: [Schema.Types.Mixed], required: true },
  },
  { _id: false },
)

/** Fields that a step may write; the others are given once, at birth. */
const WRITABLE = [
  'state',
  'machine',
  'criterion',
  'name',
  'kind',
  'entries',
  'place',
  'note',
  'dataClass',
  'originalSeen',
  'expectedFrom',
  'missingReason',
  'rejected',
  'withdrawn',
  'code',
  'formerCodes',
  'collectedBy',
  'addedForVisit',
  'notReviewed',
  'filedBy',
  'disposed',
] as const satisfies readonly (keyof Evidence)[]

const STALE = 'Minh chứng này vừa được người khác sửa.'

export type EvidenceStore = ReturnType<typeof evidenceStore>

/** The collection `evidence`: one small document per item; codes are unique in an assessment by an index. */
export function evidenceStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'evidence', schema, [
    { keys: { assessmentId: 1, no: 1 }, options: { unique: true } },
    {
      keys: { assessmentId: 1, 'code.a': 1, 'code.b': 1, 'code.c': 1 },
      options: { unique: true, partialFilterExpression: { 'code.c': { $exists: true } }, name: 'code_once' },
    },
    { keys: { assessmentId: 1, rev: 1 } },
    { keys: { 'entries.files.sha256': 1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  const find = async (id: string): Promise<Evidence | undefined> => {
    const row = await Rows.findById(id).lean<Row>()
    return row ? fromRow(row) : undefined
  }

  const briefs = new Map<string, { readonly stamp: string; readonly items: readonly EvidenceBrief[] }>()

  const readBriefs = async (assessmentId: string): Promise<readonly EvidenceBrief[]> => {
    const rows = await Rows.find({ assessmentId }, BRIEF).sort({ no: 1 }).batchSize(ONE_ANSWER).lean<BriefRow[]>()
    return rows.map(({ _id, entries, collectedBy, ...rest }) => ({
      ...rest,
      ...(collectedBy && { collectedBy: collectedBy.personId }),
      id: _id,
      years: entries.flatMap(({ schoolYear }) => (schoolYear === undefined ? [] : [schoolYear])),
    }))
  }

  /** Changes with every change of an item: none is ever deleted, and revisions only grow. Read from the index alone. */
  const stampOf = async (assessmentId: string): Promise<string> => {
    const [sums] = await Rows.aggregate<{ items: number; revs: number }>([
      { $match: { assessmentId } },
      { $group: { _id: null, items: { $sum: 1 }, revs: { $sum: '$rev' } } },
    ])
    return `${sums?.items ?? 0}:${sums?.revs ?? 0}`
  }

  return {
    /** Throws `NotFound`. */
    async get(id: string): Promise<Evidence> {
      const found = await find(id)
      if (!found) throw new NotFound(`evidence ${id}`)
      return found
    },

    /** All items of an assessment by running number; `outbox` is left out. */
    async ofAssessment(assessmentId: string): Promise<readonly Evidence[]> {
      const rows = await Rows.find({ assessmentId }, { outbox: 0 }).sort({ no: 1 }).batchSize(ONE_ANSWER).lean<Row[]>()
      return rows.map(fromRow)
    },

    /**
     * The same items in short. Every save of a text asks for them, so they stay in memory until one of them changes;
     * `beforeReading` runs when they are read anew.
     */
    async briefsOf(
      assessmentId: string,
      beforeReading: () => Promise<unknown> = () => Promise.resolve(),
    ): Promise<readonly EvidenceBrief[]> {
      const stamp = await stampOf(assessmentId)
      const kept = briefs.get(assessmentId)
      briefs.delete(assessmentId)
      if (kept?.stamp !== stamp) await beforeReading()
      const items = kept?.stamp === stamp ? kept.items : await readBriefs(assessmentId)
      briefs.set(assessmentId, { stamp, items })
      if (briefs.size > DOSSIERS_IN_MEMORY) briefs.delete(briefs.keys().next().value ?? '')
      return items
    },

    /** Adds one item under the next running number of its assessment; an item that is there already is given back. */
    async add(item: NewEvidence): Promise<Evidence> {
      for (;;) {
        const last = await Rows.findOne({ assessmentId: item.assessmentId }, { no: 1 }).sort({ no: -1 }).lean<Row>()
        const { id, ...rest } = item
        const no = (last?.no ?? 0) + 1
        try {
          await Rows.create({ ...rest, _id: id, no })
          relay.soon(Rows, id)
          return { ...item, no }
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          const there = await find(id)
          if (there) return there
        }
      }
    },

    /**
     * Writes what a step decided on revision `next.rev`, with its journal entry; throws `StaleWrite` when that revision
     * is no longer the newest, and the server's duplicate-key error when another item holds the code.
     */
    async save(next: Evidence, entry: JournalEntry): Promise<Evidence> {
      const present = WRITABLE.filter(key => next[key] !== undefined)
      const absent = WRITABLE.filter(key => next[key] === undefined)
      await guardedUpdate(
        Rows,
        { _id: next.id, rev: next.rev },
        {
          $set: Object.fromEntries(present.map(key => [key, next[key]])),
          $unset: Object.fromEntries(absent.map(key => [key, 1])),
          $inc: { rev: 1 },
          $push: { outbox: entry },
        },
        STALE,
      )
      relay.soon(Rows, next.id)
      return { ...next, rev: next.rev + 1 }
    },

    /** Leaves an entry in the journal without touching the record: a sensitive file was opened. */
    async note(id: string, entry: JournalEntry): Promise<void> {
      await Rows.updateOne({ _id: id, 'outbox.id': { $ne: entry.id } }, { $push: { outbox: entry } })
      relay.soon(Rows, id)
    },

    /** Takes the old code away from an item of a renumbering, with its journal entry; done before, it does nothing. */
    async park(id: string, from: EvidenceCode, entry: JournalEntry): Promise<void> {
      await Rows.updateOne(
        { _id: id, 'code.a': from.a, 'code.b': from.b, 'code.c': from.c },
        { $unset: { code: 1 }, $inc: { rev: 1 }, $push: { formerCodes: formatCode(from), outbox: entry } },
      )
    },

    /** Gives a parked item its new code; an item that has one already keeps it. */
    async recode(id: string, to: EvidenceCode): Promise<void> {
      await Rows.updateOne({ _id: id, 'code.c': { $exists: false } }, { $set: { code: to }, $inc: { rev: 1 } })
      relay.soon(Rows, id)
    },

    /** Which of these file hashes some item names, earlier versions included; what was disposed of keeps none. */
    async referenced(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      const asked = new Set(hashes)
      const found = await Rows.distinct('entries.files.sha256', {
        'entries.files.sha256': { $in: [...asked] },
        state: { $ne: 'disposed' },
      })
      return new Set(found.map(String).filter(hash => asked.has(hash)))
    },
  }
}

const fromRow = ({ _id, ...rest }: Row): Evidence => ({ ...rest, outbox: rest.outbox ?? [], id: _id })
