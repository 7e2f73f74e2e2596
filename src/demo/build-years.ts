import { addDays, type Day } from '../kernel/dates.ts'
import { firstCalendarYear, shiftYear, workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import { changeSetting, changeYear, firstDayOf, lastDayOf, openYear, usualClosingDay } from '../organisations/index.ts'
import { PROVINCE } from './province.ts'
import type { World } from './world.ts'

/** The three working years of the story, oldest first, ending with the running one. */
export const storyYears = (today: Day): readonly [WorkingYear, WorkingYear, WorkingYear] => {
  const now = workingYearOf(today)
  return [shiftYear(now, -2), shiftYear(now, -1), now]
}

/** Lunar New Year's Day; the week around it is free. */
const TET: Readonly<Record<number, Day>> = {
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-03',
}

/** Public holidays of a school year as the demonstration keeps them. */
export function holidaysOf(year: WorkingYear): readonly Day[] {
  const first = firstCalendarYear(year)
  const tet = TET[first + 1]
  return [
    `${first}-09-01`,
    `${first}-09-02`,
    `${first + 1}-01-01`,
    ...(tet ? [-2, -1, 0, 1, 2].map(days => addDays(tet, days)) : []),
    `${first + 1}-04-30`,
    `${first + 1}-05-01`,
  ].toSorted()
}

/** The Tết break that timetables go around. */
export const tetBreakOf = (year: WorkingYear): readonly { readonly from: Day; readonly to: Day }[] => {
  const tet = TET[firstCalendarYear(year) + 1]
  return tet ? [{ from: addDays(tet, -4), to: addDays(tet, 6) }] : []
}

/** The Sở opens a year and publishes its criteria sets; in the middle year it decides about one unverified repeal. */
export async function openWorkingYear(world: World, lead: string, year: WorkingYear): Promise<void> {
  const { system, clock } = world
  clock.goTo(firstDayOf(year))
  const actor = await world.actor(lead)
  if (!(await system.years.find(year))) {
    const needs = { units: system.units, years: system.years, now: clock.now }
    await openYear(needs)(actor, year, { closingDay: usualClosingDay(year), holidays: holidaysOf(year) })
  }
  const tree = await system.catalogue.treeOf(year)
  if (tree.sets.length === 0) await system.catalogue.publishForYear(actor, year)
}

/** An unverified repeal of TT 22/2024 that the Sở takes as in force for the year. */
export const SWITCHED = { setId: 'tt18-2018-thcs-thpt', changeId: 'tt22-2024-d12-k5' } as const

export async function switchOneChange(world: World, lead: string, year: WorkingYear): Promise<void> {
  const { system, clock } = world
  const tree = await system.catalogue.treeOf(year)
  if (tree.switches.length > 0) return
  clock.goTo(firstDayOf(year), 10)
  await system.catalogue.switchChange(await world.actor(lead), {
    year,
    ...SWITCHED,
    state: 'on',
    reason: 'Đã đối chiếu bản sao Thông tư lưu tại Sở; áp dụng cho các trường trong tỉnh Minh Họa (dữ liệu minh họa).',
  })
}

/** With 24 schools in the whole province, groups of three may be compared: else no head would see a comparison. */
export async function compareSmallGroups(
  { system, clock, actor }: World,
  lead: string,
  year: WorkingYear,
): Promise<void> {
  const key = 'minCellPublic'
  if ((await system.overrides.ofKey(key, PROVINCE.id)).rev > 0) return
  clock.goTo(firstDayOf(year), 10)
  await changeSetting({ units: system.units, settings: system.overrides, now: clock.now })(await actor(lead), {
    key,
    unitId: PROVINCE.id,
    value: { value: 3 },
    seenRev: 0,
    reason: 'Tỉnh minh họa chỉ có 24 trường (dữ liệu minh họa).',
  })
}

/** The Sở closes the oldest year when the next one has run out. */
export async function closeWorkingYear(world: World, lead: string, year: WorkingYear): Promise<void> {
  const { system, clock } = world
  clock.goTo(lastDayOf(year), 16)
  const found = await system.years.find(year)
  if (!found || found.state === 'closed') return
  const needs = { units: system.units, years: system.years, now: clock.now }
  const wish = { seenRev: found.rev, reason: 'Năm học đã kết thúc, các trường đã hoàn thành báo cáo.' }
  await changeYear(needs)(await world.actor(lead), year, { state: 'closed' }, wish)
}
