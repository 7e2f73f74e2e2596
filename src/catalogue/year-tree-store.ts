import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import { entryOf, type By } from '../organisations/index.ts'
import { emptyTree, type ChangeSwitch, type PublishedSet, type YearTree } from './year-tree.ts'

type Row = YearTree & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  provinceId: { type: String, required: true },
  year: { type: String, required: true },
  sets: { type: [Schema.Types.Mixed], required: true },
  switches: { type: [Schema.Types.Mixed], required: true },
  unitId: { type: String },
  versions: { type: [Schema.Types.Mixed], default: undefined },
  unitsMayAdd: { type: String, enum: ['nothing', 'guidance', 'criteria'] },
  regimes: { type: [String], default: undefined },
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const idOf = (provinceId: string, year: WorkingYear): string => `${provinceId}:${year}`

const fromRow = ({ provinceId, unitId, year, sets, switches, versions, unitsMayAdd, regimes, rev }: Row): YearTree => ({
  provinceId,
  ...(unitId !== undefined && { unitId }),
  year,
  sets,
  switches,
  ...(versions !== undefined && { versions }),
  ...(unitsMayAdd !== undefined && { unitsMayAdd }),
  ...(regimes !== undefined && { regimes }),
  rev,
})

const unitOf = ({ unitId, provinceId }: YearTree): string => unitId ?? provinceId

export const STALE_CATALOGUE = 'Danh mục tiêu chí của năm học vừa được người khác thay đổi.'

export type YearTreeStore = ReturnType<typeof yearTreeStore>

/** Which sets each Sở uses in each working year: collection `yearTrees`. Each write carries its journal entry. */
export function yearTreeStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'yearTrees', schema, [OUTBOX_INDEX])
  relay.watch(Rows)

  const save = async (before: YearTree, next: Partial<YearTree>, entry: JournalEntry): Promise<YearTree> => {
    const after = { ...before, ...next, rev: before.rev + 1 }
    const _id = idOf(unitOf(before), before.year)
    if (before.rev > 0) {
      await guardedUpdate(
        Rows,
        { _id, rev: before.rev },
        { $set: { ...next, rev: after.rev }, $push: { outbox: entry } },
        STALE_CATALOGUE,
      )
    } else {
      try {
        await Rows.create({ ...after, _id, outbox: [entry] })
      } catch (error) {
        if (isDuplicateKey(error)) throw new StaleWrite(STALE_CATALOGUE)
        throw error
      }
    }
    relay.soon(Rows, _id)
    return after
  }
  return {
    /** The catalogue of a year, empty at revision 0 while nothing has been published. */
    async find(provinceId: string, year: WorkingYear): Promise<YearTree> {
      const row = await Rows.findById(idOf(provinceId, year), { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : emptyTree(provinceId, year)
    },

    /** What a managing unit added to the Sở's tree, at revision 0 while it has published nothing. */
    async findOfUnit(unitId: string, provinceId: string, year: WorkingYear): Promise<YearTree> {
      const row = await Rows.findById(idOf(unitId, year), { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : { ...emptyTree(provinceId, year), ...(unitId !== provinceId && { unitId }) }
    },

    /** A version from the desk: the one write that makes it the tree of the year. */
    async publishVersion(
      before: YearTree,
      next: Pick<YearTree, 'sets' | 'versions' | 'unitsMayAdd' | 'regimes'>,
      by: By,
    ): Promise<YearTree> {
      const facts = {
        number: next.versions?.at(-1)?.number,
        ...Object.fromEntries(next.sets.map(one => [one.setId, one.hash])),
      }
      return save(before, next, entryFor(before, by, 'publishTree', facts))
    },

    async publish(before: YearTree, sets: readonly PublishedSet[], by: By): Promise<YearTree> {
      const hashes = Object.fromEntries(sets.map(one => [one.setId, one.hash]))
      return save(before, { sets }, entryFor(before, by, 'publishCriteria', hashes))
    },

    async switchChange(before: YearTree, change: ChangeSwitch, by: By): Promise<YearTree> {
      const others = before.switches.filter(one => one.setId !== change.setId || one.changeId !== change.changeId)
      const facts = { setId: change.setId, changeId: change.changeId, state: change.state }
      return save(
        before,
        { switches: [...others, change] },
        entryFor(before, by, 'switchChange', facts, `${change.setId}/${change.changeId}`),
      )
    },
  }
}

const entryFor = (tree: YearTree, by: By, event: string, facts: Readonly<Record<string, unknown>>, part?: string) =>
  entryOf(by, tree.rev + 1, {
    unitId: unitOf(tree),
    year: tree.year,
    subject: { kind: 'yearTree', id: idOf(unitOf(tree), tree.year), ...(part !== undefined && { part }) },
    event,
    facts,
  })
