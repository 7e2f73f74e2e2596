import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Day } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import { firstCalendarYear, type WorkingYear } from '../kernel/working-year.ts'
import {
  ancestorsOn,
  effectiveSetting,
  isSchool,
  managingUnitOn,
  schoolOn,
  treeDayOf,
  usualClosingDay,
  type SettingKey,
  type SettingValue,
  type Unit,
  type UnitSetting,
  type UnitTree,
} from '../organisations/index.ts'
import { unitInForce } from '../seats/index.ts'
import { placesUnder, type Place } from './places.ts'
import type { Filter } from './rollup-input.ts'
import type { RollupNeeds } from './rollup-needs.ts'
import { maySums } from './rollup-policy.ts'

/** A unit in a year, as the asker may see it: what every screen of sums begins with. */
export interface Scope {
  readonly filter: Filter
  readonly unit: Unit
  /** What manages the unit on the day, when the asker may see its sums as well. */
  readonly above?: Unit
  readonly tree: UnitTree
  /** The day whose tree counts. */
  readonly day: Day
  readonly today: Day
  readonly places: readonly Place[]
  readonly setting: <K extends SettingKey>(key: K, unitId: string) => SettingValue<K>
  /** The day until which schools of a unit are to send their reports. */
  readonly dueOf: (place: Place) => Day
}

/** The day of the tree for a year, as chosen: the year's own, or today's. */
export async function dayFor(
  { years, now }: Pick<RollupNeeds, 'years' | 'now'>,
  year: WorkingYear,
  tree: Filter['tree'],
): Promise<Day> {
  const today = dayOf(now())
  if (tree === 'today') return today
  const known = (await years.all()).find(each => each.id === year)
  return known ? treeDayOf(known, today) : usualClosingDay(year)
}

/** The unit that is asked for, else the one in force; `NotFound` for whoever may not know its sums. */
export async function openScope(
  needs: RollupNeeds,
  actor: Actor,
  chosen: string | undefined,
  filter: Filter,
): Promise<Scope> {
  const unitId = filter.unitId ?? unitInForce(actor, chosen)
  const [tree, day] = await Promise.all([needs.units.tree(), dayFor(needs, filter.year, filter.tree)])
  const unit = unitId === undefined ? undefined : tree.get(unitId)
  const today = dayOf(needs.now())
  if (!unit) throw new NotFound('Không tìm thấy đơn vị này.')
  const sums = { unitId: unit.id, chain: chainOf(tree, unit.id, [day, today]) }
  const isSeen = isSchool(unit) ? maySums.seeSchool(actor, sums) : maySums.see(actor, sums)
  if (!isSeen) throw new NotFound('Không tìm thấy đơn vị này.')
  const above = managingUnitOn(tree, unit.id, day)
  const seesAbove = above && maySums.see(actor, { unitId: above.id, chain: chainOf(tree, above.id, [day, today]) })
  const below = isSchool(unit) ? [] : placesUnder(tree, unit.id, day)
  const places = filter.direct ? below.filter(place => place.unitId === unit.id) : below
  const set = await needs.overrides.of([...new Set([...places.flatMap(place => place.chain), ...sums.chain])])
  const setting = settingOn(tree, set, day)
  return {
    filter: { ...filter, unitId: unit.id },
    unit,
    ...(seesAbove && { above }),
    tree,
    day,
    today,
    places,
    setting,
    dueOf: place => dayIn(filter.year, setting('submitDue', place.unitId)),
  }
}

/** The unit and everything above it on any of these days. */
const chainOf = (tree: UnitTree, unitId: string, days: readonly Day[]): readonly string[] => [
  ...new Set([unitId, ...days.flatMap(day => ancestorsOn(tree, unitId, day).map(unit => unit.id))]),
]

/** Settings of many units from one reading of what was set. */
const settingOn =
  (tree: UnitTree, set: readonly UnitSetting[], day: Day): Scope['setting'] =>
  (key, unitId) => {
    const unit = tree.get(unitId)
    const unitChain = [...(unit ? [unit] : []), ...ancestorsOn(tree, unitId, day)].map(({ id, kind }) => ({ id, kind }))
    const kind = unit && isSchool(unit) ? { schoolKind: schoolOn(unit, day).schoolKind } : {}
    return effectiveSetting(key, { unitChain, ...kind }, day, set).value
  }

/** A day without a year inside a working year: August to December lie in its first calendar year. */
const dayIn = (year: WorkingYear, monthDay: string): Day =>
  `${monthDay >= '08-01' ? firstCalendarYear(year) : firstCalendarYear(year) + 1}-${monthDay}`
