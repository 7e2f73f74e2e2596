import { MANAGING_ROLES, placesAs, type SeatRole } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'

/** A unit whose sums are asked for, with what manages it on the day shown and today (itself first). */
export interface SumsOf {
  readonly unitId: string
  readonly chain: readonly string[]
}

/** Seats that speak for a school: they see it beside its unit and its province. */
const LEADS_OF_SCHOOL: readonly SeatRole[] = ['head', 'chair', 'viceChair', 'secretary']

const officeAtOrAbove: Condition = actor => {
  const units = placesAs(actor, ...MANAGING_ROLES).map(({ unitId }) => unitId)
  return units.length === 0 ? undefined : { chain: { $in: units } }
}

const leadsTheSchool: Condition = actor => {
  const schools = placesAs(actor, ...LEADS_OF_SCHOOL).map(({ unitId }) => unitId)
  return schools.length === 0 ? undefined : { unitId: { $in: schools } }
}

/** Who may see which sums; those who keep accounts and catalogues see none. */
export const maySums = rulesFor<SumsOf>(sums => sums)({
  /** Every sum of the unit and the list of schools behind each. */
  see: [officeAtOrAbove],
  /** One school beside sums that name nobody. */
  seeSchool: [officeAtOrAbove, leadsTheSchool],
})
