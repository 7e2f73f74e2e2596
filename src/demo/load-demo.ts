import { dayOf, type Clock } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { System } from '../system/system.ts'
import { assignNumbers } from './assign-numbers.ts'
import { enterPeople, fillPosts, INSTALLER } from './build-people.ts'
import { buildTree } from './build-tree.ts'
import { closeWorkingYear, compareSmallGroups, openWorkingYear, storyYears, switchOneChange } from './build-years.ts'
import { castOf, OFFICERS, PROVINCE_LEAD, RETURNED_SCHOOL } from './cast.ts'
import { enterFigures, reconcile } from './enter-figures.ts'
import { grantTitles } from './grant-titles.ts'
import { lendOffice } from './lend-office.ts'
import { marks } from './mark-store.ts'
import { nameFocal } from './name-focals.ts'
import { ALL_SCHOOLS, FULL_PRIMARY, FULL_SECONDARY, OTHER_SCHOOLS, PROVINCE, type SchoolPlan } from './province.ts'
import { reportLastYear } from './report-last-year.ts'
import { fillRunningPeriod, openRunningPeriod } from './running-period.ts'
import { addLocalNodes, beginMapping } from './shape-tree.ts'
import { storyOf } from './story.ts'
import { tellYear } from './tell-year.ts'
import { tellingOf } from './tellings.ts'
import { dayIn, StoryStopped, worldOf, type World } from './world.ts'

export interface DemoOptions {
  /** Gets one Vietnamese line at a time. */
  readonly say: (line: string) => void
  /** Stops when the accounts and the two schools that are told in full are there. */
  readonly essentialOnly?: boolean
  /** The day the story ends on; today when it is told for the first time. */
  readonly today?: string
  /** Asked before every step; the rest is told at the next start. */
  readonly stopped?: () => boolean
}

const ADMIN = 'demo-quantri'

/**
 * Tells the demonstration province into an empty database, through the use cases and with believable days. `build` gives
 * the system on another clock. A story that was broken off goes on where it stood; one that is complete is left alone.
 */
export async function loadDemo(build: (now: Clock) => System, options: DemoOptions): Promise<void> {
  const { essentialOnly = false, stopped = () => false } = options
  const kept = marks(build(() => new Date()).db)
  const { day, done } = await kept.begin(options.today ?? dayOf(new Date()))
  const world = worldOf(build, { today: day, atOnce: essentialOnly ? 4 : 1, stopped })
  try {
    await tell(world, options, done, part => kept.done(part))
  } catch (error) {
    if (!(error instanceof StoryStopped)) throw error
  } finally {
    // Whoever stops the system closes the database next.
    await world.system.post.settled()
  }
}

async function tell(
  world: World,
  { say, essentialOnly = false }: DemoOptions,
  done: ReadonlySet<string>,
  markDone: (part: string) => Promise<void>,
): Promise<void> {
  const schools = [FULL_SECONDARY, FULL_PRIMARY, ...(essentialOnly ? [] : OTHER_SCHOOLS)]
  if (schools.every(school => done.has(school.id)) && done.has(essentialOnly ? 'openPeriod' : 'runningPeriod')) return
  const part = async (name: string, tellPart: () => Promise<void>): Promise<void> => {
    if (done.has(name)) return
    world.mayGoOn()
    await tellPart()
    await world.system.post.settled()
    await markDone(name)
  }
  await part('province', () => tellProvince(world, say))
  for (const [index, school] of schools.entries())
    await part(school.id, async () => {
      say(`Dựng tỉnh minh họa: ${index + 1}/${ALL_SCHOOLS.length} trường, ${school.name}…`)
      await tellSchool(world, school)
    })
  await part('openPeriod', () => openRunningPeriod(world).then(() => undefined))
  if (essentialOnly) return
  await part('oldYear', () => closeWorkingYear(world, PROVINCE_LEAD, storyYears(world.today)[0]))
  say('Dựng tỉnh minh họa: danh hiệu, đánh giá ngoài, kỳ báo cáo…')
  await part('lentOffice', () => lendOffice(world))
  await part('titles', () => grantTitles(world))
  await part('lastYear', () => reportLastYear(world))
  await part('runningPeriod', () => fillRunningPeriod(world))
  say(`Đã dựng xong tỉnh minh họa: ${ALL_SCHOOLS.length} trường.`)
}

/** Units, officers, the people of every school, and the working years with their criteria sets. */
async function tellProvince(world: World, say: (line: string) => void): Promise<void> {
  say('Dựng tỉnh minh họa: đơn vị, tài khoản, năm học…')
  await buildTree(world, INSTALLER)
  world.clock.goTo('2024-08-01')
  await enterPeople(world, INSTALLER, OFFICERS)
  const ofProvince = OFFICERS.filter(each => each.unitId === PROVINCE.id)
  await fillPosts(world, INSTALLER, ofProvince, '2020-08-01')
  world.clock.goTo('2025-07-01', 10)
  const admin = await world.actor(ADMIN)
  await fillPosts(
    world,
    admin,
    OFFICERS.filter(each => !ofProvince.includes(each)),
    '2025-07-01',
  )
  world.clock.goTo('2024-08-15')
  // Somebody of this school is among the listed accounts, which all let in from the first page on.
  for (const school of ALL_SCHOOLS.filter(({ id }) => id === RETURNED_SCHOOL)) await enterStaff(world, school)
  const years = storyYears(world.today)
  for (const year of years) await openWorkingYear(world, PROVINCE_LEAD, year)
  await compareSmallGroups(world, PROVINCE_LEAD, years[0])
  await switchOneChange(world, PROVINCE_LEAD, years[1])
  await addLocalNodes(world, years[2])
  await beginMapping(world, years[2])
  world.clock.goTo(dayIn(world, years[2], 'open'))
  for (const officer of OFFICERS.filter(each => each.role.endsWith('Officer')))
    await nameFocal(world, officer.id, officer)
}

/** Schools that did not assess themselves last year and still reported their figures. */
const REPORTS_FIGURES_ONLY: ReadonlySet<string> = new Set([FULL_PRIMARY.id, 'th-8', 'thpt-3', 'thpt-4'])

async function enterStaff(world: World, school: SchoolPlan): Promise<void> {
  const cast = castOf(school)
  world.clock.goTo('2024-08-15')
  await enterPeople(world, INSTALLER, cast)
  await fillPosts(world, await world.actor(ADMIN), cast, '2020-08-01')
}

/** The deputy is the one to reach; the head says so when the year begins. */
async function nameFocalOf(world: World, school: SchoolPlan, year: WorkingYear): Promise<void> {
  const story = storyOf(world, school, year)
  world.clock.goTo(dayIn(world, year, 'open'))
  await nameFocal(world, story.player('hieutruong').id, story.player('phohieutruong'))
}

/** The people of a school with their accounts and posts, then its years one after the other. */
async function tellSchool(world: World, school: SchoolPlan): Promise<void> {
  const years = storyYears(world.today)
  await enterStaff(world, school)
  if (school.merged !== true) await nameFocalOf(world, school, years[2])
  for (const [index, reach] of school.years.entries()) {
    const year = years[index]
    if (year === undefined) continue
    const story = storyOf(world, school, year)
    const back = years.length - 1 - index
    if (back === 0) await assignNumbers(world, school, year)
    if (reach !== 'none') await tellYear(story, tellingOf(school, year, reach, back))
    else if (back === 1 && REPORTS_FIGURES_ONLY.has(school.id)) {
      await enterFigures(story)
      await reconcile(story, reach)
    }
  }
}
