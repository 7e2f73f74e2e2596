import { assessmentTabs, may, opensEvidence } from '../assessments/index.ts'
import type { Place, Shell } from '../http/shell.ts'
import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { navigationOf } from './navigation.ts'
import { mayOnMinutes } from '../minutes/index.ts'
import { nameOn } from '../organisations/index.ts'
import { byWeight, seatLabel, unitInForce, unitsOf } from '../seats/index.ts'
import type { System } from './system.ts'

/** The row of screens of the assessment that an address belongs to, for those who may read it. */
async function sectionOf(system: System, actor: Actor, path: string): Promise<Shell['section']> {
  const id = /^\/danh-gia\/([^/]+)/.exec(path)?.[1]
  const assessment = id === undefined ? undefined : await system.glance.assessment(decodeURIComponent(id))
  if (!assessment || !may.read(actor, assessment)) return undefined
  const { schoolId, year } = assessment
  const opens = {
    minutes: mayOnMinutes.read(actor, { schoolId, year, kind: 'council' }),
    evidence: opensEvidence(actor, assessment),
  }
  return { label: 'Các phần của đợt tự đánh giá', items: assessmentTabs(assessment, path, opens) }
}

/** What stands around every page: navigation by seats, the working years, the person's units. */
export const shellOf =
  (system: System, openTasks: (actor: Actor, place: Place) => Promise<number>) =>
  async (actor: Actor, place: Place): Promise<Shell> => {
    const years = (await system.years.all()).map(year => year.id)
    const unitIds = unitsOf(actor)
    const unitId = unitInForce(actor, place.unitId)
    const today = dayOf(system.now())
    const tree = await system.units.tree()
    const units = unitIds.flatMap(id => tree.get(id) ?? [])
    const names = new Map(units.map(unit => [unit.id, nameOn(unit, today)]))
    const waiting = await openTasks(actor, place)
    const seat = byWeight(
      actor.seats.filter(each => each.unitId === unitId && (each.year === undefined || each.year === place.year)),
    )[0]
    const unread = await system.glance.unread(actor.personId)
    const section = await sectionOf(system, actor, place.path)
    return {
      ...(section && { section }),
      nav: navigationOf(actor, place.path, waiting),
      years: years.includes(place.year) ? years : [place.year, ...years],
      year: place.year,
      ...(unitIds.length > 1 && { units: unitIds.map(id => ({ id, name: names.get(id) ?? id })) }),
      ...(unitId !== undefined && { unitId }),
      inbox: { href: '/thong-bao', unread },
      personName: actor.name,
      seatLabel: seat ? seatLabel(seat, names.get(seat.unitId)) : 'Chưa có nhiệm vụ trong năm học này',
    }
  }
