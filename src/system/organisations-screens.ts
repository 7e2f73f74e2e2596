import { randomUUID } from 'node:crypto'
import type { Route } from '../http/route.ts'
import { dayOf, printDay } from '../kernel/dates.ts'
import { shiftYear, workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import {
  clusterRoutes,
  delegationRoutes,
  exchangeRoutes,
  nameOn,
  operationRoutes,
  unitRoutes,
  type OperationRouteNeeds,
} from '../organisations/index.ts'
import { inForce, maySeat, targetOf } from '../seats/index.ts'
import type { System } from './system.ts'

/** Posts are looked up one by one only for so many ending units. */
const MOST_LOOKED_UP = 60

/** What hangs on units that change from a day on: assessments of that year and later, posts in units that end. */
const touchesOf =
  ({ assessments, seats, units, now }: System): OperationRouteNeeds['touches'] =>
  async ({ unitIds, ending, from }) => {
    const last = workingYearOf(dayOf(now()))
    const years: WorkingYear[] = []
    for (let year = workingYearOf(from); year <= last; year = shiftYear(year, 1)) years.push(year)
    const found = await Promise.all(years.map(year => assessments.ofSchools(unitIds, year)))
    const count = found.flat().length
    const posts = await Promise.all(
      ending.slice(0, MOST_LOOKED_UP).map(async id => {
        const held = inForce((await seats.ofUnit(id)).seats, from)
        return held.length === 0 ? [] : [`${nameOn(await units.get(id), from)}: ${held.length} nhiệm vụ`]
      }),
    )
    return [
      ...(count === 0
        ? []
        : [
            `${count} đợt tự đánh giá từ năm học ${years[0] ?? ''} của các đơn vị này giữ cấp quản lý đã ghi khi mở; chỉ đợt mở sau mới theo cây đơn vị mới.`,
          ]),
      ...(posts.flat().length === 0
        ? []
        : [
            `Từ ${printDay(from)} còn người giữ nhiệm vụ ở đơn vị kết thúc (${posts.flat().join('; ')}); cần kết thúc hoặc chuyển.`,
          ]),
    ]
  }

/** Every screen about units: tree, operations, spreadsheets, clusters, delegations. */
export function organisationScreens(system: System): readonly Route[] {
  const { units, operations, clusters, delegations, now } = system
  const history = (subject: { readonly kind: string; readonly id: string }) => system.journal.of(subject)
  const arranging = {
    units,
    operations,
    now,
    newId: randomUUID,
    history,
    touches: touchesOf(system),
    report: system.report,
  }
  return [
    ...exchangeRoutes(arranging),
    ...unitRoutes({
      units,
      operations,
      now,
      history,
      staffCount: async (unitId, day) => (await system.staff.staffOf(unitId, day)).length,
      maySeeStaff: (actor, chain) => maySeat.read(actor, targetOf(chain, 'staff')),
    }),
    ...operationRoutes(arranging),
    ...clusterRoutes({ units, clusters, now, newId: randomUUID }),
    ...delegationRoutes({ units, delegations, now, newId: randomUUID }),
  ]
}
