import { placesAs, type Actor, type SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import type { UnitsMayAdd } from './year-tree.ts'

/** Whose tree it is, and how far the Sở lets managing units go in that year. */
export interface TreePlace {
  readonly unitId: string
  readonly provinceId: string
  readonly unitsMayAdd: UnitsMayAdd
}

const unitsAs = (actor: Actor, ...roles: readonly SeatRole[]): readonly string[] =>
  placesAs(actor, ...roles).map(place => place.unitId)

const officeOfTheSo: Condition = actor => ({ unitId: { $in: unitsAs(actor, 'provinceLead', 'provinceOfficer') } })
const soAbove: Condition = actor => ({ provinceId: { $in: unitsAs(actor, 'provinceLead', 'provinceOfficer') } })
const officeOfTheUnit: Condition = actor => ({ unitId: { $in: unitsAs(actor, 'middleLead', 'middleOfficer') } })

const officeThatMayAdvise: Condition = actor => ({
  unitId: { $in: unitsAs(actor, 'middleLead', 'middleOfficer') },
  unitsMayAdd: { $in: ['guidance', 'criteria'] },
})
const officeThatMayAdd: Condition = actor => ({
  unitId: { $in: unitsAs(actor, 'middleLead', 'middleOfficer') },
  unitsMayAdd: 'criteria',
})
const leadThatMayAdvise: Condition = actor => ({
  unitId: { $in: unitsAs(actor, 'middleLead') },
  unitsMayAdd: { $in: ['guidance', 'criteria'] },
})

/** The desk of a year's tree; the IT team has no part in it. */
export const mayTree = rulesFor<TreePlace>(place => place)({
  read: [soAbove, officeOfTheUnit],
  advise: [officeOfTheSo, officeThatMayAdvise],
  addNodes: [officeOfTheSo, officeThatMayAdd],
  publish: [officeOfTheSo, leadThatMayAdvise],
  /** Base versions, what units may add, regimes. */
  decideFrame: [officeOfTheSo],
})

/** Sentences for a refusal: whom to ask. */
export const WHO_BUILDS_TREE = 'Sở, hoặc đơn vị quản lý trong phạm vi Sở cho phép của năm học'
