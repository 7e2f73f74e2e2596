import { addDays, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import {
  dutyId,
  isSettled,
  isUnsent,
  periodId,
  planPeriod,
  proposedPeriods,
  stepDuty,
  stepPeriod,
  tellUntold,
  type Duty,
  type DutyEvent,
  type Period,
  type PeriodKind,
} from '../periods/index.ts'
import { OFFICERS, PROVINCE_LEAD, PROVINCE_OFFICER } from './cast.ts'
import type { World } from './world.ts'

/** The person as of that day, with the clock there. */
export async function personOn(world: World, personId: string, day: Day, hour = 9) {
  world.mayGoOn()
  world.clock.goTo(day, hour)
  return world.actor(personId)
}

/** Who stands for a unit: an officer or lead of a managing unit, the head of a school. */
const standsFor = (unitId: string, role: 'Lead' | 'Officer'): string =>
  OFFICERS.find(each => each.unitId === unitId && each.role.endsWith(role))?.id ?? `demo-${unitId}-hieutruong`

type PeriodPlan = Parameters<ReturnType<typeof planPeriod>>[3]

/** Plans a period on the days that the settings propose, or on others, and opens it: every unit gets its duty. */
export async function openPeriod(
  world: World,
  year: WorkingYear,
  kind: PeriodKind,
  change: Partial<PeriodPlan> = {},
): Promise<Period> {
  const { periodNeeds } = world.system
  const id = periodId(year, kind)
  const proposed = (await proposedPeriods(periodNeeds)(year)).find(each => each.kind === kind)
  if (proposed) {
    const { kind: _, ...plan } = { ...proposed, ...change }
    const officer = await personOn(world, PROVINCE_OFFICER, addDays(plan.schoolDue, -24))
    await planPeriod(periodNeeds)(officer, year, kind, plan)
  }
  const planned = await periodNeeds.periods.get(id)
  if (planned.state === 'planned') {
    const lead = await personOn(world, PROVINCE_LEAD, addDays(planned.schoolDue, -20))
    await stepPeriod(periodNeeds)(lead, id, { type: 'open' })
    // On the day of the opening, before the clock of the story goes on.
    await tellUntold(periodNeeds)()
  }
  return periodNeeds.periods.get(id)
}

/** How far a unit's duty comes; `again`: sent, returned with a reason, and being mended. */
export type DutyGoal = 'due' | 'inProgress' | 'again' | 'sent' | 'accepted' | 'excused'

export interface DutyStory {
  readonly goal: DutyGoal
  readonly day: Day
  readonly note: string
  /** Why it came back, or why nothing is asked of the unit. */
  readonly reason?: string
}

/** Takes a unit's duty as far as its story says; what has been done already, by whomever, is passed over. */
export async function tellDuty(world: World, period: Period, unitId: string, story: DutyStory): Promise<void> {
  const { periodNeeds } = world.system
  const { goal, day, note, reason = '' } = story
  const now = (): Promise<Duty | undefined> => periodNeeds.duties.find(dutyId(period.id, unitId))
  const duty = await now()
  if (!duty || isSettled(duty) || goal === 'due') return
  const step = async (who: string, on: Day, hour: number, event: DutyEvent): Promise<void> => {
    await stepDuty(periodNeeds)(await personOn(world, who, on, hour), period.id, unitId, event)
  }
  const above = (role: 'Lead' | 'Officer'): string => standsFor(duty.parentId, role)
  if (goal === 'excused') {
    if (isUnsent(duty)) await step(above('Lead'), day, 15, { type: 'excuse', reason })
    return
  }
  const own = standsFor(unitId, 'Lead')
  if (duty.state === 'due') await step(own, day, 8, { type: 'start' })
  if (goal === 'inProgress') return
  const begun = await now()
  if (begun?.state === 'inProgress' && begun.returns === 0) await step(own, day, 10, { type: 'send', note })
  const sent = await now()
  if (sent?.state !== 'sent') return
  if (goal === 'again') await step(above('Officer'), addDays(day, 1), 9, { type: 'return', reason })
  if (goal === 'accepted') await step(above('Officer'), addDays(day, 2), 9, { type: 'accept' })
}
