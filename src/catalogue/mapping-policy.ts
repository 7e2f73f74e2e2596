import { placesAs, type Actor } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'

const officeOfTheProvince: Condition = (actor: Actor) => ({
  provinceId: { $in: placesAs(actor, 'provinceLead', 'provinceOfficer').map(place => place.unitId) },
})

const technicians: Condition = (actor: Actor) => ({
  provinceId: { $in: placesAs(actor, 'itAdmin').map(place => place.unitId) },
})

/**
 * A changed set may be brought in by the technicians, who decide nothing by that: a version counts only once the Sở
 * publishes it. How old criteria go over into new ones is the Sở's to say alone.
 */
export const mayMap = rulesFor<{ readonly provinceId: string }>(place => place)({
  importSet: [officeOfTheProvince, technicians],
  editMapping: [officeOfTheProvince],
})

export const WHO_MAPS = 'Lãnh đạo hoặc chuyên viên Sở'
