import { actsFor, MANAGING_ROLES, placesAs } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'

/** A unit whose schools are compared, with every unit above it. */
export interface ComparedUnit {
  readonly unitId: string
  /** The unit and those above it. */
  readonly chain: readonly string[]
}

const worksInIt: Condition = actor => ({
  unitId: { $in: placesAs(actor, ...MANAGING_ROLES).map(({ unitId }) => unitId) },
})

const worksAbove: Condition = actor => ({
  chain: { $in: placesAs(actor, ...MANAGING_ROLES).map(({ unitId }) => unitId) },
})

const actsForIt: Condition = actor => ({
  unitId: { $in: actsFor(actor, 'reconciliation', 'middleOfficer', 'middleLead') },
})

/** Who reads the sums of a unit, and who keeps its reserve (chỉ tiêu dự phòng). */
export const mayCompareUnit = rulesFor<ComparedUnit>(unit => unit)({
  read: [worksAbove, actsForIt],
  keepReserve: [worksInIt, actsForIt],
})
