import { placesAs, type SeatRole } from './actor.ts'
import { groupSeats, type GroupDeed } from './group-seats.ts'
import type { Condition } from './rules.ts'

/** Holds one of these seats in the school (`schoolId`) and the year of a record; a seat without a year counts for every year. */
export const inThisSchool =
  (...roles: readonly SeatRole[]): Condition =>
  actor => {
    const places = placesAs(actor, ...roles).map(({ unitId, year }) =>
      year === undefined ? { schoolId: unitId } : { schoolId: unitId, year },
    )
    return places.length === 0 ? undefined : { $or: places }
  }

/**
 * Sits in the group (`groupId`) that is in charge of a record's criterion (`code`), may do this there, and has the criterion
 * among his or her own.
 */
export const inItsGroup =
  (deed: GroupDeed | undefined, ...roles: readonly SeatRole[]): Condition =>
  actor => {
    const seats = groupSeats(actor, deed, ...roles)
    return seats.length === 0
      ? undefined
      : {
          $or: seats.map(({ unitId, year, groupId, criteria }) => ({
            schoolId: unitId,
            year,
            groupId,
            ...(criteria && { code: { $in: criteria } }),
          })),
        }
  }
