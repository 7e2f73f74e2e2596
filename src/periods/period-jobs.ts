import { lockDueFigures } from './lock-figures.ts'
import { makeDuties } from './make-duties.ts'
import type { PeriodNeeds } from './period-needs.ts'
import { remind } from './reminders.ts'
import { tellUntold } from './tell.ts'

/** Milliseconds between two looks at the ladder of reminders and at the tree. */
const HOURLY = 3_600_000

/** Gives each open period the duties that a crash or a later change of the tree left out. */
export const finishDuties = (needs: PeriodNeeds) => async (): Promise<void> => {
  for (const period of await needs.periods.inState('open')) await makeDuties(needs)(period)
}

/**
 * What the clock does for periods, to be called every minute: figures are frozen, people are told; once an hour duties
 * follow the tree and reminders climb. Every part may be done twice, by several processes, or broken off.
 */
export function periodJobs(needs: PeriodNeeds): () => Promise<void> {
  let hourlyAt = 0
  return async () => {
    const now = needs.now().getTime()
    if (now - hourlyAt >= HOURLY) {
      hourlyAt = now
      await finishDuties(needs)()
      await remind(needs)()
    }
    await lockDueFigures(needs)()
    await tellUntold(needs)()
  }
}
