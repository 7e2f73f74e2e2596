import type { Actor } from '../kernel/actor.ts'
import { addDays, type Clock, type Day } from '../kernel/dates.ts'
import { NotFound } from '../kernel/refusals.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { firstDayOf } from '../organisations/index.ts'
import type { System } from '../system/system.ts'

/** A clock that stands on a chosen day and moves on by a second with every look, so that steps keep their order. */
export interface StoryClock {
  readonly now: Clock
  /** Goes to an hour of a day in Việt Nam. */
  readonly goTo: (day: Day, hour?: number) => void
}

const HOUR = 3_600_000

export function storyClock(): StoryClock {
  let at = 0
  return {
    now: () => {
      at += 1_000
      return new Date(at)
    },
    goTo: (day, hour = 8) => {
      const wanted = Date.parse(`${day}T00:00:00Z`) + (hour - 7) * HOUR
      // Who goes to the same hours again goes on from there, so that no two steps happen in reversed order.
      if (at < wanted || at >= wanted + 4 * HOUR) at = wanted
    },
  }
}

/** What every part of the demonstration is told with: the system on a clock of its own, and the day the story ends. */
export interface World {
  readonly system: System
  readonly clock: StoryClock
  readonly today: Day
  /** How many criteria are worked on side by side: one when people are using the system meanwhile. */
  readonly atOnce: number
  /** The person with the seats held on the day of the clock. */
  readonly actor: (personId: string) => Promise<Actor>
  /** Throws `StoryStopped` when the system is to stop; what has been told stays, the rest is told at the next start. */
  readonly mayGoOn: () => void
}

export class StoryStopped extends Error {
  override readonly name = 'StoryStopped'
}

export interface WorldOptions {
  readonly today: Day
  readonly atOnce?: number
  readonly stopped?: () => boolean
}

export function worldOf(
  build: (now: Clock) => System,
  { today, atOnce = 4, stopped = () => false }: WorldOptions,
): World {
  const clock = storyClock()
  const system = build(clock.now)
  return {
    system,
    clock,
    today,
    atOnce,
    mayGoOn: () => {
      if (stopped()) throw new StoryStopped('the demonstration stops here for now')
    },
    actor: async personId => {
      const actor = await system.actorOf(personId)
      if (!actor) throw new NotFound(`demonstration person ${personId}`)
      return actor
    },
  }
}

/** Days of one self-assessment in the order of the work, as shares of the time that the school has. */
const MOMENTS = {
  open: 0,
  council: 0.04,
  plan: 0.09,
  evidence: 0.18,
  writing: 0.3,
  handIn: 0.45,
  confirm: 0.5,
  agree: 0.55,
  report: 0.6,
  comments: 0.66,
  closeComments: 0.8,
  adopt: 0.84,
  publish: 0.88,
  submit: 0.92,
  /** A round of comments that is still running today. */
  runningComments: 0.95,
  review: 0.96,
  end: 1,
} as const

export type Moment = keyof typeof MOMENTS

/** Weekday of that moment: work begins in September and takes to the end of May, or to today in the running year. */
export function dayIn(world: Pick<World, 'today'>, year: WorkingYear, moment: Moment): Day {
  const first = addDays(firstDayOf(year), 10)
  const planned = addDays(firstDayOf(year), 290)
  const last = world.today < planned ? world.today : planned
  const start = last < first ? firstDayOf(year) : first
  const length = Math.max(0, Date.parse(last) - Date.parse(start)) / 86_400_000
  return weekdayBefore(addDays(start, Math.floor(length * MOMENTS[moment])), firstDayOf(year))
}

/** The day itself, or the Friday before a weekend; never before `least`. */
function weekdayBefore(day: Day, least: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  const back = weekday === 0 ? 2 : weekday === 6 ? 1 : 0
  const before = addDays(day, -back)
  return before < least ? day : before
}

/** Does some things at a time, a handful side by side and the handfuls one after the other. */
export async function sideBySide<T>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < things.length; at += atOnce) await Promise.all(things.slice(at, at + atOnce).map(work))
}
