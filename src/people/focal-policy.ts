import { MANAGING_ROLES, placesAs, SCHOOL_ROLES, type Actor } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'

/** A unit whose focal person somebody asks for: itself and all above it, today. */
export interface FocalTarget {
  readonly unitId: string
  readonly chain: readonly string[]
}

const units = (actor: Actor, ...roles: Parameters<typeof placesAs>[1][]): readonly string[] =>
  placesAs(actor, ...roles).map(place => place.unitId)

const officeAbove: Condition = actor => ({ chain: { $in: units(actor, ...MANAGING_ROLES, 'itAdmin') } })
const worksThere: Condition = actor => ({ unitId: { $in: units(actor, ...SCHOOL_ROLES, ...MANAGING_ROLES) } })
const speaksForIt: Condition = actor => ({ unitId: { $in: units(actor, 'head', 'clerk', ...MANAGING_ROLES) } })

/** Everybody in a unit and the offices above it see its focal person; those who speak for the unit name one. */
export const mayFocal = rulesFor<FocalTarget>(target => target)({
  read: [worksThere, officeAbove],
  name: [speaksForIt],
})

export const WHO_NAMES_FOCAL = 'Hiệu trưởng, văn thư của trường hoặc người của cơ quan quản lý đó'
