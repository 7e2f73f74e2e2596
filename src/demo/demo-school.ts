import path from 'node:path'
import type { Actor } from '../kernel/actor.ts'
import { dayOf, type Clock, type Day } from '../kernel/dates.ts'
import { workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import type { System } from '../system/system.ts'
import { enterPeople, fillPosts, INSTALLER } from './build-people.ts'
import { buildTree } from './build-tree.ts'
import { openWorkingYear } from './build-years.ts'
import { castOf, OFFICERS, type Player } from './cast.ts'
import { OTHER_SCHOOLS, PROVINCE, type Reach, type SchoolPlan } from './province.ts'
import { shortWords } from './short-words.ts'
import { storyOf, type Story } from './story.ts'
import { tellYear } from './tell-year.ts'
import { worldOf } from './world.ts'

/** How far a school is brought: `none` is its people and an open year; sheets are `plan` untouched, `sheets` each in another state, `agreed` all agreed. */
export type UpTo =
  'none' | 'council' | 'plan' | 'sheets' | 'agreed' | 'drafting' | 'adopted' | 'published' | 'submitted'

export interface DemoSchoolWish {
  readonly upTo: UpTo
  /** Which of the demonstration's schools; the lower secondary school Ví Dụ 1 by default. */
  readonly schoolId?: string
  /** The day that the story ends on; today by default. */
  readonly today?: Day
}

export interface DemoSchool {
  readonly schoolId: string
  readonly assessmentId: string
  readonly year: WorkingYear
  /** For telling more of the year, part by part. */
  readonly story: Story
  /** Everybody of the school by the key of their part: `hieutruong`, `thuky`, `truongnhom1`, `thanhvien1` … */
  readonly people: Readonly<Record<string, Player>>
  /** Somebody of the school or an office by user name, with the seats of that day. */
  readonly actor: (username: string) => Promise<Actor>
}

const REACH: Readonly<Record<UpTo, Reach>> = {
  none: 'none',
  council: 'council',
  plan: 'working',
  sheets: 'working',
  agreed: 'agreed',
  drafting: 'drafting',
  adopted: 'adopted',
  published: 'published',
  submitted: 'submitted',
}

const CRITERIA = path.resolve(import.meta.dirname, '../../criteria')

/**
 * One school of the demonstration in the running year, alone in its province and brought up to a step through the use
 * cases: for tests and measurements. Indexes must be there; criteria files are imported here.
 */
export async function demoSchool(build: (now: Clock) => System, wish: DemoSchoolWish): Promise<DemoSchool> {
  const { upTo, schoolId = 'thcs-1', today = dayOf(new Date()) } = wish
  const world = worldOf(build, { today })
  const plan = planOf(schoolId)
  const year = workingYearOf(today)
  await world.system.catalogue.importCriteriaFiles(CRITERIA)
  await buildTree(world, INSTALLER, [plan])
  world.clock.goTo('2024-08-15')
  const cast = castOf(plan)
  const officers = OFFICERS.filter(each => [PROVINCE.id, plan.commune].includes(each.unitId))
  await enterPeople(world, INSTALLER, [...officers, ...cast])
  await fillPosts(world, INSTALLER, [...officers.filter(each => each.unitId === PROVINCE.id), ...cast], '2020-08-01')
  world.clock.goTo(today)
  await fillPosts(world, INSTALLER, officers, '2025-07-01')
  await openWorkingYear(world, 'demo-lanhdaoso', year)
  const story = storyOf(world, plan, year)
  await tellYear(story, {
    reach: REACH[upTo],
    words: shortWords(plan),
    ...(upTo === 'plan' && { sheet: () => 'assigned' as const, evidence: () => 'expected' as const }),
    ...(upTo === 'sheets' && { sheet: everyState }),
  })
  await world.system.post.settled()
  const actorOf = (id: string): Promise<Actor> => {
    world.clock.goTo(today, 20)
    return world.actor(id)
  }
  return {
    schoolId,
    assessmentId: story.id,
    story,
    year,
    people: Object.fromEntries(cast.map(each => [each.id.split('-').at(-1) ?? '', each])),
    actor: username => {
      const player = [...cast, ...officers].find(each => each.username === username)
      if (!player) throw new Error(`no demonstration person ${username}`)
      return actorOf(player.id)
    },
  }
}

function planOf(schoolId: string): SchoolPlan {
  const plan = OTHER_SCHOOLS.find(each => each.id === schoolId)
  if (!plan) throw new Error(`no short demonstration school ${schoolId}`)
  return plan
}

const STATES = ['agreed', 'councilReview', 'groupReview', 'drafting', 'analysing', 'assigned', 'returned'] as const

/** The sheets of a standard stand in different states, the same at every run. */
const everyState = (code: string): (typeof STATES)[number] =>
  STATES[(Number(code.split('.')[1]) - 1) % STATES.length] ?? 'assigned'
