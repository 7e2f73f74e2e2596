import { Schema } from 'mongoose'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { DECISION_KINDS, type Explanation, type Reconciliation, type Targets } from './reconciliation.ts'
import { blankYear, figureYearId, type FigureYear } from './figure-year.ts'

type Row = Omit<FigureYear, 'id'> & {
  readonly _id: string
  /** Every file that a decision of this document has named, so that the sweeper leaves it. */
  readonly scans?: readonly string[]
  readonly outbox: readonly JournalEntry[]
}

const cell = new Schema(
  {
    key: { type: String, required: true },
    value: { type: Number, default: null },
    rev: { type: Number, required: true },
  },
  { _id: false },
)

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  schoolId: { type: String, required: true },
  year: { type: String, required: true },
  cells: { type: [cell], required: true },
  rev: { type: Number, required: true },
  lockedFor: { type: [String], required: true },
  reconciliation: Schema.Types.Mixed,
  targets: Schema.Types.Mixed,
  scans: { type: [String], default: undefined },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const FOR_SUMS = {
  _id: 0,
  schoolId: 1,
  year: 1,
  rev: 1,
  'cells.key': 1,
  'cells.value': 1,
  'reconciliation.state': 1,
  'reconciliation.assigned': 1,
  'reconciliation.explanations.key': 1,
  'targets.assigned': 1,
} as const

/** The part of a year's figures that sums over schools rest on. */
export type FigureForSums = Pick<FigureYear, 'schoolId' | 'year' | 'rev'> & {
  readonly cells: readonly Pick<FigureYear['cells'][number], 'key' | 'value'>[]
  readonly reconciliation?: Pick<Reconciliation, 'state'> & {
    readonly assigned?: Reconciliation['assigned']
    readonly explanations?: readonly Pick<Explanation, 'key'>[]
  }
  readonly targets?: Pick<Targets, 'assigned'>
}

const STALE = 'Số liệu vừa được người khác sửa. Xin xem lại rồi lưu lần nữa.'

function fromRow({ _id, outbox: _outbox, scans: _scans, ...figures }: Row): FigureYear {
  return { id: _id, ...figures }
}

const scansOf = ({ reconciliation, targets }: FigureYear): readonly string[] =>
  [reconciliation, targets].flatMap(of => DECISION_KINDS.flatMap(kind => of?.[`${kind}Decision`]?.scan?.sha256 ?? []))

export type FigureStore = ReturnType<typeof figureStore>

/** Statistics: collection `figures`, one document per school and school year. */
export function figureStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'figures', schema, [
    { keys: { schoolId: 1, year: 1 }, options: { unique: true } },
    { keys: { year: 1, schoolId: 1 } },
    { keys: { scans: 1 }, options: { sparse: true } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  return {
    /** The year's numbers; blank (revision 0) when nothing was typed yet. */
    async of(schoolId: string, year: WorkingYear): Promise<FigureYear> {
      const row = await Rows.findById(figureYearId(schoolId, year), { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : blankYear(schoolId, year)
    },

    async ofYears(schoolId: string, years: readonly WorkingYear[]): Promise<readonly FigureYear[]> {
      const ids = years.map(year => figureYearId(schoolId, year))
      const rows = await Rows.find({ _id: { $in: ids } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** What sums over schools need of one year; schools without figures have no entry. */
    async forSums(schoolIds: readonly string[], year: WorkingYear): Promise<readonly FigureForSums[]> {
      const ids = schoolIds.map(schoolId => figureYearId(schoolId, year))
      return Rows.collection
        .aggregate<FigureForSums>([{ $match: { _id: { $in: ids } } }, { $project: FOR_SUMS }])
        .toArray()
    },

    /** One year of many schools. */
    async ofSchools(schoolIds: readonly string[], year: WorkingYear): Promise<readonly FigureYear[]> {
      const ids = schoolIds.map(schoolId => figureYearId(schoolId, year))
      const rows = await Rows.find({ _id: { $in: ids } }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    /** Which of these files some decision names, or once named, as its scan. */
    async referenced(hashes: readonly string[]): Promise<ReadonlySet<string>> {
      const asked = new Set(hashes)
      const found = await Rows.distinct('scans', { scans: { $in: [...asked] } })
      return new Set(found.map(String).filter(hash => asked.has(hash)))
    },

    /** Writes what was decided on `before` and its journal entry; the revision goes up by one. */
    async save(
      before: FigureYear,
      change: Partial<Pick<FigureYear, 'cells' | 'lockedFor' | 'reconciliation' | 'targets'>>,
      entry: JournalEntry,
    ): Promise<FigureYear> {
      const { id, schoolId, year } = before
      const after: FigureYear = { ...before, ...change, rev: before.rev + 1 }
      if (before.rev === 0) {
        const { cells, lockedFor, reconciliation, targets, rev } = after
        const row = { _id: id, schoolId, year, cells: [...cells], lockedFor: [...lockedFor], rev, outbox: [entry] }
        const scans = scansOf(after)
        try {
          await Rows.create({
            ...row,
            ...(reconciliation && { reconciliation }),
            ...(targets && { targets }),
            ...(scans.length > 0 && { scans }),
          })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE)
          throw error
        }
      } else {
        const scans = scansOf(after)
        const update = {
          $set: { ...change, rev: after.rev },
          $push: { outbox: entry },
          ...(scans.length > 0 && { $addToSet: { scans: { $each: scans } } }),
        }
        await guardedUpdate(Rows, { _id: id, rev: before.rev }, update, STALE)
      }
      relay.soon(Rows, id)
      return after
    },
  }
}
