import { placesAs, type Actor } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import type { YearTree } from './year-tree.ts'

/** The Sở whose catalogue it is; the IT team imports files but decides nothing about content. */
const officeOfTheProvince: Condition = (actor: Actor) => ({
  provinceId: { $in: placesAs(actor, 'provinceLead', 'provinceOfficer').map(place => place.unitId) },
})

/** Reading needs no rule: criteria are public law, and everybody who is signed in works by them. */
export const mayCatalogue = rulesFor<Pick<YearTree, 'provinceId'>>(tree => tree)({
  publish: [officeOfTheProvince],
  switchChange: [officeOfTheProvince],
})

export const WHO_DECIDES = 'Lãnh đạo hoặc chuyên viên Sở'
