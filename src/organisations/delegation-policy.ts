import { placesAs } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'

/** The unit whose duties are given away, with its managing chain of today (itself first). */
export interface DelegationTarget {
  readonly chain: readonly string[]
}

const leadOfTheProvince: Condition = actor => ({
  chain: { $in: placesAs(actor, 'provinceLead').map(place => place.unitId) },
})

/** Who may let one unit act for another; reading is for everybody who works with units. */
export const mayDelegate = rulesFor<DelegationTarget>(target => target)({ grant: [leadOfTheProvince] })

export const WHO_DELEGATES = 'Lãnh đạo Sở'
