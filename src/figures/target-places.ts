import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { ancestorsOn, schoolsUnder } from '../organisations/index.ts'
import type { FigureNeeds } from './figure-access.ts'
import { mayFigure, WHO_MAY } from './figure-policy.ts'
import { blankYear } from './figure-year.ts'
import { unitFor } from './keep-reserve.ts'
import type { TargetPlace } from './target-sheet.ts'

/** The schools under a unit with their year, by id; refuses people who may assign to none of them. */
export const targetPlaces =
  ({ figures, units, now }: FigureNeeds) =>
  async (actor: Actor, unitId: string, year: WorkingYear): Promise<ReadonlyMap<string, TargetPlace>> => {
    await unitFor({ units, now }, actor, unitId)
    const day = dayOf(now())
    const tree = await units.tree()
    const schools = schoolsUnder(tree, unitId, day)
    const known = await figures.ofSchools(
      schools.map(({ id }) => id),
      year,
    )
    const byId = new Map(known.map(each => [each.schoolId, each]))
    const places = new Map(
      schools.map((school): [string, TargetPlace] => {
        const chain = [school.id, ...ancestorsOn(tree, school.id, day).map(({ id }) => id)]
        const target = { schoolId: school.id, year, managerId: chain[1] ?? '', chain }
        const sheet = byId.get(school.id) ?? blankYear(school.id, year)
        return [school.id, { school, figures: sheet, mayAssign: mayFigure.assign(actor, target) }]
      }),
    )
    if (![...places.values()].some(({ mayAssign }) => mayAssign))
      throw new Forbidden('Không được giao số liệu cho trường nào của đơn vị này.', WHO_MAY.assign)
    return places
  }
