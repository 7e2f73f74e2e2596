import { placesAs } from '../kernel/actor.ts'
import { rulesFor, type Condition } from '../kernel/rules.ts'
import type { UnitKind } from '../kernel/unit-kinds.ts'

/** A unit with its managing chain of today (itself first), as policies see it. */
export interface UnitTarget {
  readonly unitId: string
  readonly kind: UnitKind
  readonly chain: readonly string[]
}

const headOfTheSchool: Condition = actor => ({
  kind: 'school',
  unitId: { $in: placesAs(actor, 'head').map(place => place.unitId) },
})

/** Catalogue of units, not content of assessments: the IT team keeps it for the whole province. */
const itAdminAbove: Condition = actor => ({ chain: { $in: placesAs(actor, 'itAdmin').map(place => place.unitId) } })

const leadOfTheUnit: Condition = actor => ({
  kind: { $in: ['district', 'commune', 'province'] },
  unitId: { $in: placesAs(actor, 'middleLead', 'provinceLead').map(place => place.unitId) },
})

const leadOfTheProvince: Condition = actor => ({
  kind: 'province',
  unitId: { $in: placesAs(actor, 'provinceLead').map(place => place.unitId) },
})

export const mayUnit = rulesFor<UnitTarget>(target => target)({
  arrange: [itAdminAbove],
  changeProfile: [headOfTheSchool, itAdminAbove],
  changeSetting: [headOfTheSchool, leadOfTheUnit],
  changeYear: [leadOfTheProvince],
})

export const WHO_ARRANGES_UNITS = 'Quản trị hệ thống của Sở'
export const WHO_CHANGES_PROFILE = 'Hiệu trưởng của trường hoặc quản trị hệ thống của Sở'
export const WHO_CHANGES_SETTING = 'Người đứng đầu đơn vị được đặt giá trị này'
export const WHO_CHANGES_YEAR = 'Lãnh đạo Sở'
