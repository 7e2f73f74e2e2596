import { Schema } from 'mongoose'
import { OUTBOX_INDEX, type Relay } from '../journal/index.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { defineCollection, guardedUpdate, isDuplicateKey } from '../mongo/collection.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import type { Database } from '../mongo/connect.ts'
import { NO_RULES, type AccountRules } from './account-rules.ts'

interface Row {
  readonly _id: string
  readonly secondFactorRoles: AccountRules['secondFactorRoles']
  readonly secondFactorFrom?: string
  readonly rev: number
  readonly outbox: readonly JournalEntry[]
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  secondFactorRoles: { type: [String], required: true },
  secondFactorFrom: String,
  rev: { type: Number, required: true },
  outbox: { type: [Schema.Types.Mixed], required: true },
})

const ID = 'accounts'
const STALE = 'Quy định về tài khoản vừa được người khác sửa.'

export type AccountRulesStore = ReturnType<typeof accountRulesStore>

/** What accounts must have, for the whole system: the one document of collection `accountRules`. */
export function accountRulesStore(db: Database, relay: Relay) {
  const Rows = defineCollection<Row>(db, 'accountRules', schema, [OUTBOX_INDEX])
  relay.watch(Rows)
  return {
    async get(): Promise<AccountRules> {
      const row = await Rows.findById(ID, { outbox: 0 }).lean<Row>()
      if (!row) return NO_RULES
      const { secondFactorRoles, secondFactorFrom, rev } = row
      return { secondFactorRoles, rev, ...(secondFactorFrom === undefined ? {} : { secondFactorFrom }) }
    },

    async save({ rev: before, ...rules }: AccountRules, entry: JournalEntry): Promise<void> {
      const rev = before + 1
      if (before === 0) {
        try {
          await Rows.create({ _id: ID, ...rules, rev, outbox: [entry] })
        } catch (error) {
          if (isDuplicateKey(error)) throw new StaleWrite(STALE)
          throw error
        }
      } else {
        const { secondFactorFrom, ...always } = rules
        const from = secondFactorFrom === undefined ? { $unset: { secondFactorFrom: 1 as const } } : {}
        const set = { ...always, rev, ...(secondFactorFrom !== undefined && { secondFactorFrom }) }
        await guardedUpdate(Rows, { _id: ID, rev: before }, { $set: set, ...from, $push: { outbox: entry } }, STALE)
      }
      relay.soon(Rows, ID)
    },
  }
}
