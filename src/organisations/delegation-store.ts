import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import type { Database } from '../mongo/connect.ts'
import type { Delegation, UnitDelegations } from './delegation.ts'
import { entryOf, type By } from './step-entry.ts'

type Row = Omit<UnitDelegations, 'unitId'> & { readonly _id: string; readonly outbox: readonly JournalEntry[] }

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  delegations: { type: [Schema.Types.Mixed], required: true },
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const STALE = 'Các ủy quyền của đơn vị này vừa được người khác sửa.'

export type DelegationStore = ReturnType<typeof delegationStore>

/** Who acts for whom: collection `delegations`, one document per unit whose work others do. */
export function delegationStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'delegations', schema, [OUTBOX_INDEX])
  relay.watch(Rows)
  const kept = db.kept.keep({
    load: async () => (await Rows.find({}, { outbox: 0 }).lean<Row[]>()).map(fromRow),
    from: () => [{ collection: 'delegations' }],
  })

  return {
    async of(unitId: string): Promise<UnitDelegations> {
      const row = await Rows.findById(unitId, { outbox: 0 }).lean<Row>()
      return row ? fromRow(row) : { unitId, delegations: [], rev: 0 }
    },

    /** Of every unit, kept for a moment (decision 7): what an actor carries; decisions on one unit ask `of`. */
    all: (): Promise<readonly UnitDelegations[]> => kept(''),

    /** Writes one delegation, new or changed, if nobody wrote since `before` was read. */
    async put(before: UnitDelegations, delegation: Delegation, by: By, step: Step): Promise<UnitDelegations> {
      const { unitId } = before
      const rev = before.rev + 1
      const others = before.delegations.filter(each => each.id !== delegation.id)
      const delegations = [...others, delegation].toSorted((a, b) => a.from.localeCompare(b.from))
      const entry = entryOf(by, rev, {
        unitId,
        subject: { kind: 'delegations', id: unitId, part: delegation.id },
        ...step,
        to: delegation.state,
        facts: {
          byUnitId: delegation.byUnitId,
          duties: delegation.duties,
          from: delegation.from,
          to: delegation.to,
          decision: delegation.decision.number,
        },
      })
      if (before.rev === 0) {
        try {
          await Rows.create({ _id: unitId, delegations, rev, outbox: [entry] })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE)
          throw error
        }
      } else {
        const update = { $set: { delegations, rev }, $push: { outbox: entry } }
        await guardedUpdate(Rows, { _id: unitId, rev: before.rev }, update, STALE)
      }
      relay.soon(Rows, unitId)
      return { unitId, delegations, rev }
    },
  }
}

interface Step {
  readonly event: 'grant' | 'end' | 'revoke'
  readonly from?: Delegation['state']
}

const fromRow = ({ _id, delegations, rev }: Row): UnitDelegations => ({ unitId: _id, delegations, rev })
