import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { InvalidInput, NotFound } from '../kernel/refusals.ts'
import { compareVietnamese } from '../kernel/words.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Cluster } from './cluster.ts'
import { entryOf, type By } from './step-entry.ts'

type Row = Omit<Cluster, 'id'> & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const text = { type: String, required: true } as const
const schema = new Schema<Row>({
  _id: text,
  provinceId: text,
  year: text,
  name: text,
  leadId: String,
  schoolIds: { type: [String], required: true },
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

export type ClusterStore = ReturnType<typeof clusterStore>

/** Groups of schools: collection `clusters`. One whose schools have all been taken out is kept, but not listed. */
export function clusterStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'clusters', schema, [
    { keys: { year: 1, name: 1 }, options: { unique: true } },
    { keys: { schoolIds: 1, year: 1 } },
    OUTBOX_INDEX,
  ])
  relay.watch(Rows)

  const lineOf = ({ id, provinceId, year, name, leadId, schoolIds, rev }: Cluster, by: By, event: string) =>
    entryOf(by, rev, {
      unitId: provinceId,
      year,
      subject: { kind: 'cluster', id },
      event,
      facts: { name, schoolIds, ...(leadId !== undefined && { leadId }) },
    })
  const taken = (error: unknown, { name, year }: Cluster): unknown =>
    isDuplicateKey(error) ? new InvalidInput({ name: `Năm học ${year} đã có cụm “${name}”.` }) : error

  return {
    async get(id: string): Promise<Cluster> {
      const row = await Rows.findById(id, { outbox: 0 }).lean<Row>()
      if (!row) throw new NotFound(`cluster ${id}`)
      return fromRow(row)
    },

    /** By name. */
    async ofYear(year: WorkingYear): Promise<readonly Cluster[]> {
      const rows = await Rows.find({ year }, { outbox: 0 }).lean<Row[]>()
      return rows
        .map(fromRow)
        .filter(cluster => cluster.schoolIds.length > 0)
        .toSorted((a, b) => compareVietnamese(a.name, b.name))
    },

    async ofSchool(schoolId: string, year: WorkingYear): Promise<readonly Cluster[]> {
      const rows = await Rows.find({ schoolIds: schoolId, year }, { outbox: 0 }).lean<Row[]>()
      return rows.map(fromRow)
    },

    async add(cluster: Cluster, by: By): Promise<void> {
      const { id, ...fields } = cluster
      try {
        await Rows.create({ ...fields, _id: id, outbox: [lineOf(cluster, by, 'addCluster')] })
      } catch (error) {
        throw taken(error, cluster)
      }
      relay.soon(Rows, id)
    },

    /** Right only if the cluster still stands as it was read. */
    async change(before: Cluster, change: Pick<Cluster, 'name' | 'schoolIds' | 'leadId'>, by: By): Promise<void> {
      const after: Cluster = { ...before, ...change, rev: before.rev + 1 }
      const { name, schoolIds, rev, leadId } = after
      const lead = change.leadId === undefined ? { $unset: { leadId: 1 as const } } : {}
      const set = { name, schoolIds: [...schoolIds], rev, ...(change.leadId !== undefined && { leadId }) }
      try {
        await guardedUpdate(
          Rows,
          { _id: before.id, rev: before.rev },
          { $set: set, ...lead, $push: { outbox: lineOf({ ...after, ...change }, by, 'changeCluster') } },
          'Cụm trường vừa được người khác sửa.',
        )
      } catch (error) {
        throw taken(error, after)
      }
      relay.soon(Rows, before.id)
    },
  }
}

const fromRow = ({ _id, provinceId, year, name, leadId, schoolIds, rev }: Row): Cluster => ({
  id: _id,
  provinceId,
  year,
  name,
  ...(leadId !== undefined && { leadId }),
  schoolIds,
  rev,
})
