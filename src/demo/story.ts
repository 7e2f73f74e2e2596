import type { Assessment } from '../assessments/index.ts'
import { assessmentId } from '../assessments/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { castOf, isToldInFull, type Player } from './cast.ts'
import type { SchoolPlan } from './province.ts'
import { dayIn, type Moment, type World } from './world.ts'

/** One school in one year: who plays, and where the clock goes for each part of the work. */
export interface Story {
  readonly world: World
  readonly plan: SchoolPlan
  readonly year: WorkingYear
  readonly id: string
  readonly cast: readonly Player[]
  readonly inFull: boolean
  /** Sets the clock and gives the person as of that day. */
  readonly as: (key: string, moment: Moment, hour?: number) => Promise<Actor>
  readonly player: (key: string) => Player
  readonly assessment: () => Promise<Assessment>
}

export function storyOf(world: World, plan: SchoolPlan, year: WorkingYear): Story {
  const cast = castOf(plan)
  const id = assessmentId(plan.id, year)
  const player = (key: string): Player => {
    const found = cast.find(each => each.id === `demo-${plan.id}-${key}`)
    if (!found) throw new Error(`nobody plays ${key} at ${plan.id}`)
    return found
  }
  const actors = new Map<string, Promise<Actor>>()
  return {
    world,
    plan,
    year,
    id,
    cast,
    inFull: isToldInFull(plan),
    player,
    as: async (key, moment, hour = 8) => {
      world.mayGoOn()
      world.clock.goTo(dayIn(world, year, moment), hour)
      const asOf = `${key} ${moment} ${hour}`
      const actor = actors.get(asOf) ?? world.actor(player(key).id)
      actors.set(asOf, actor)
      return actor
    },
    assessment: () => world.system.assessments.get(id),
  }
}
