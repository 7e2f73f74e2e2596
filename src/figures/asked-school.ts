import type { Request } from '../http/route.ts'
import { isSchool, type UnitStore } from '../organisations/index.ts'

/** The school asked for, chosen in the top bar, or worked at; undefined for people of offices who chose none. */
export const askedSchool =
  (units: UnitStore) =>
  async ({ query, unitId, actor }: Request): Promise<string | undefined> => {
    if (query['truong'] !== undefined) return query['truong']
    const places = [...(unitId === undefined ? [] : [unitId]), ...actor.seats.map(seat => seat.unitId)]
    for (const id of new Set(places)) {
      const unit = await units.find(id)
      if (unit && isSchool(unit)) return id
    }
    return undefined
  }

/** An address of a school and year, with more to it. */
export const addressOf = (
  path: string,
  schoolId: string,
  year: string,
  more: Readonly<Record<string, string>> = {},
): string => `${path}?${new URLSearchParams({ truong: schoolId, nam: year, ...more }).toString()}`
