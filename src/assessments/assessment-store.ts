import { Schema } from 'mongoose'
import type { Day } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { NotFound, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import type { Where } from '../kernel/rules.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import { readAlike } from '../mongo/alike.ts'
import { defineCollection, guardedUpdate, insertRow, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Assembled } from './council-seats.ts'
import { assessmentId, keyOf, type Assessment, type CriterionDecision } from './assessment.ts'

type Row = Omit<Assessment, 'id'> & { readonly _id: string }

const mixed = { type: Schema.Types.Mixed, required: true } as const

const schema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    schoolId: { type: String, required: true },
    year: { type: String, required: true },
    schoolKind: { type: String, required: true },
    state: { type: String, required: true },
    machine: { type: String, required: true },
    rev: { type: Number, required: true },
    set: mixed,
    regime: { type: String },
    ancestors: { type: [String], required: true },
    openedOn: { type: String, required: true },
    council: mixed,
    councilVersions: { type: [Schema.Types.Mixed], required: true },
    groups: { type: [Schema.Types.Mixed], required: true },
    peopleIds: { type: [String], required: true },
    criteria: mixed,
    aimsAtLevelFour: { type: Boolean, required: true },
    presiding: Schema.Types.Mixed,
    plan: mixed,
    consultation: Schema.Types.Mixed,
    report: mixed,
    submissions: { type: [Schema.Types.Mixed], required: true },
    supplements: { type: [Schema.Types.Mixed], required: true },
    cancelled: Schema.Types.Mixed,
    startedFrom: Schema.Types.Mixed,
    moving: Schema.Types.Mixed,
    revFloors: Schema.Types.Mixed,
    earlier: { type: [Schema.Types.Mixed], default: undefined },
    outbox: { type: [Schema.Types.Mixed], required: true },
  },
  { _id: false },
)

/** Fields that a step may change; identity, revision and outbox are the store's own. */
export type AssessmentChange = Partial<Omit<Assessment, 'id' | 'schoolId' | 'year' | 'rev' | 'outbox' | 'criteria'>> & {
  /** Only the criteria that change. */
  readonly criteria?: Readonly<Record<string, CriterionDecision>>
  /** Optional fields that the step takes away. */
  readonly gone?: readonly ('presiding' | 'consultation' | 'cancelled' | 'moving' | 'startedFrom')[]
  /** Keys of criteria that the step takes away. */
  readonly criteriaGone?: readonly string[]
}

/**
 * What sums over schools need: everything decided, without people, groups and journal. The server picks the answers out of
 * the criteria, because taking the stamps and authors of every sheet apart here costs several times as much.
 */
const FOR_SUMS = {
  schoolId: 1,
  year: 1,
  schoolKind: 1,
  state: 1,
  rev: 1,
  set: 1,
  ancestors: 1,
  criteria: {
    $map: {
      input: { $objectToArray: '$criteria' },
      as: 'each',
      in: { code: '$$each.v.code', state: '$$each.v.state', answers: '$$each.v.answers' },
    },
  },
  aimsAtLevelFour: 1,
  'councilVersions.decision': 1,
  'plan.approvedOn': 1,
  'report.adopted.on': 1,
  'report.published.on': 1,
  'submissions.on': 1,
  'submissions.recalledOn': 1,
  'submissions.acceptedOn': 1,
  'submissions.returned.on': 1,
} as const

type DecisionForSums = Pick<CriterionDecision, 'code' | 'state' | 'answers'>

/** The part of an assessment that sums over schools rest on. */
export type AssessmentForSums = Pick<
  Assessment,
  'id' | 'schoolId' | 'year' | 'schoolKind' | 'state' | 'rev' | 'set' | 'ancestors' | 'aimsAtLevelFour'
> & {
  /** Criteria of several schools that were decided alike may be the same object. */
  readonly criteria: readonly DecisionForSums[]
  readonly councilVersions: readonly Pick<Assessment['councilVersions'][number], 'decision'>[]
  readonly plan: Pick<Assessment['plan'], 'approvedOn'>
  readonly report: {
    readonly adopted?: { readonly on: Day }
    readonly published?: { readonly on: Day }
  }
  readonly submissions: readonly (Pick<Assessment['submissions'][number], 'on' | 'recalledOn' | 'acceptedOn'> & {
    readonly returned?: { readonly on: Day }
  })[]
}

const SEATS = { _id: 0, schoolId: 1, year: 1, groups: 1, councilVersions: { $slice: -1 } }

export type AssessmentStore = ReturnType<typeof assessmentStore>

const STALE = 'Hồ sơ vừa được người khác thay đổi. Xin xem lại rồi làm lại bước này.'

/** Decision documents: one per school and year. Steps are guarded by the revision on which they were decided. */
export function assessmentStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'assessments', schema, [
    { keys: { schoolId: 1, year: 1 }, options: { unique: true } },
    { keys: { year: 1, ancestors: 1, schoolKind: 1 } },
    { keys: { peopleIds: 1, year: 1 } },
    { keys: { state: 1 } },
    { keys: { 'report.published.signedSha256': 1 }, options: { sparse: true } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)
  const decisionIn = readAlike<DecisionForSums>()

  const get = async (id: string): Promise<Assessment> => {
    const row = await Rows.findById(id).lean<Row>()
    if (!row) throw new NotFound('Không tìm thấy đợt tự đánh giá này.')
    return fromRow(row)
  }

  return {
    get,

    async find(id: string): Promise<Assessment | undefined> {
      const row = await Rows.findById(id).lean<Row>()
      return row ? fromRow(row) : undefined
    },

    /** The councils in force and the groups that name a person, of all years: read at every request, so without the rest. */
    ofPerson: (personId: string): Promise<readonly Assembled[]> =>
      Rows.find({ peopleIds: personId }).select(SEATS).lean<Assembled[]>().exec(),

    /** Assessments of one year that match a policy's filter. */
    async list(year: WorkingYear, where: Where): Promise<readonly Assessment[]> {
      const rows = await Rows.find({ $and: [{ year }, where] }).lean<Row[]>()
      return rows.map(fromRow)
    },

    async ofSchool(schoolId: string): Promise<readonly Assessment[]> {
      const rows = await Rows.find({ schoolId }).sort({ year: -1 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** One year of many schools, for sums; schools without an assessment have no entry. */
    async ofSchools(schoolIds: readonly string[], year: WorkingYear): Promise<readonly AssessmentForSums[]> {
      type Found = Omit<AssessmentForSums, 'id' | 'criteria'> & {
        readonly _id: string
        readonly criteria: readonly Uint8Array[]
      }
      const rows = await Rows.collection
        .aggregate<Found>(
          [{ $match: { _id: { $in: schoolIds.map(id => assessmentId(id, year)) } } }, { $project: FOR_SUMS }],
          { fieldsAsRaw: { criteria: true } },
        )
        .toArray()
      return rows.map(({ _id, criteria, ...rest }) => ({ id: _id, ...rest, criteria: criteria.map(decisionIn) }))
    },

    /** Assessments that stand in a state: for what is finished after a crash, not for screens. */
    async inState(state: Assessment['state']): Promise<readonly Assessment[]> {
      const rows = await Rows.find({ state }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Which of these file hashes is the signed copy of a published report. */
    async signedCopies(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      const found = await Rows.distinct('report.published.signedSha256', {
        'report.published.signedSha256': { $in: hashes },
      })
      return new Set(found.map(String))
    },

    /** Refuses a second assessment of the same school and year. */
    async insert(assessment: Assessment): Promise<void> {
      const { id, ...rest } = assessment
      try {
        await insertRow<Row>(db, Rows, { _id: id, ...rest })
      } catch (error) {
        if (isDuplicateKey(error)) throw new StepRefused('Trường đã có đợt tự đánh giá của năm học này.')
        throw error
      }
      relay.soon(Rows, id)
    },

    /**
     * Opens a cancelled year again in the same document: `next` replaces everything but the revision, which goes on,
     * and the journal, so that no step of the new life is taken for one of the old.
     */
    async openAgain(before: Assessment, next: Omit<Assessment, 'id' | 'rev' | 'outbox'>, entry: JournalEntry) {
      const gone = ['presiding', 'consultation', 'cancelled', 'moving', 'startedFrom'].filter(field => !(field in next))
      await guardedUpdate<Row>(
        Rows,
        { _id: before.id, rev: before.rev, state: 'cancelled' },
        {
          $set: { ...next },
          $unset: Object.fromEntries(gone.map(key => [key, 1])),
          $inc: { rev: 1 },
          $push: { outbox: entry },
        },
        STALE,
      )
      relay.soon(Rows, before.id)
      return get(before.id)
    },

    /** A step on the whole assessment: right only if nothing in it has changed since `before` was read. */
    async advance(before: Assessment, change: AssessmentChange, entry: JournalEntry): Promise<Assessment> {
      const { criteria, gone = [], criteriaGone = [], ...whole } = change
      const unset = [...gone, ...criteriaGone.map(key => `criteria.${key}`)]
      const byKey = Object.fromEntries(Object.entries(criteria ?? {}).map(([key, value]) => [`criteria.${key}`, value]))
      await guardedUpdate<Row>(
        Rows,
        { _id: before.id, rev: before.rev },
        {
          $set: { ...whole, ...byKey },
          ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map(key => [key, 1])) }),
          $inc: { rev: 1 },
          $push: { outbox: entry },
        },
        STALE,
      )
      relay.soon(Rows, before.id)
      return { ...afterChange(before, change), rev: before.rev + 1, outbox: [...before.outbox, entry] }
    },

    /**
     * A step on one criterion, guarded by that criterion's revision and by the state of the whole, so that ten people
     * on ten criteria never conflict. `set` holds the changed fields of the criterion by path, e.g. `answers.1.a`.
     */
    async advanceCriterion(
      before: Assessment,
      decision: CriterionDecision,
      set: Readonly<Record<string, unknown>>,
      entry: JournalEntry,
    ): Promise<void> {
      const at = `criteria.${keyOf(decision.code)}`
      const fields = Object.entries(set)
      const kept = fields.filter(([, value]) => value !== undefined).map(([path, value]) => [`${at}.${path}`, value])
      const gone = fields.filter(([, value]) => value === undefined).map(([path]) => [`${at}.${path}`, 1])
      const updated = await Rows.updateOne(
        { _id: before.id, state: before.state, [`${at}.rev`]: decision.rev },
        {
          $set: Object.fromEntries(kept),
          ...(gone.length > 0 && { $unset: Object.fromEntries(gone) }),
          $inc: { rev: 1, [`${at}.rev`]: 1 },
          $push: { outbox: entry },
        },
      )
      if (updated.matchedCount === 0) throw new StaleWrite(STALE, (await get(before.id)).criteria[keyOf(decision.code)])
      relay.soon(Rows, before.id)
    },
  }
}

/** The assessment as a change leaves it, but for revision and outbox: what is read again, and what a paper of that step prints. */
export function afterChange(
  before: Assessment,
  { criteria, gone = [], criteriaGone = [], ...change }: AssessmentChange,
): Assessment {
  const kept = Object.entries({ ...before.criteria, ...criteria }).filter(([key]) => !criteriaGone.includes(key))
  const after = { ...before, ...change, criteria: Object.fromEntries(kept) }
  for (const field of gone) delete after[field]
  return after
}

const fromRow = ({ _id, ...rest }: Row): Assessment => ({ id: _id, ...rest })
