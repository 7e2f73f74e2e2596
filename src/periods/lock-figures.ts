import { SYSTEM } from '../kernel/actor.ts'
import { StaleWrite } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import { makeDuties } from './make-duties.ts'
import { closingInstant, type Period } from './period.ts'
import { periodLife, type PeriodEvent, type PeriodFacts, type PeriodState } from './period-machine.ts'
import type { PeriodNeeds } from './period-needs.ts'
import { periodFactsOf, writeStep } from './step-period.ts'

const EVENT = { type: 'lockFigures' } as const

/** Freezes the figures of every period whose closing day is over; gives their ids. One process does it, others look on. */
export const lockDueFigures = (needs: PeriodNeeds) => async (): Promise<readonly string[]> => {
  const now = needs.now()
  const due = (await needs.periods.inState('open')).filter(period => now >= closingInstant(period))
  const locked: string[] = []
  for (const period of due)
    if ((await needs.periods.claimLocking(period, now)) && (await lock(needs, period))) locked.push(period.id)
  return locked
}

/**
 * The rows are frozen first, then the state turns: a crash in between leaves a snapshot that the next attempt finds and
 * takes, so the period has one version of its figures whoever finishes.
 */
async function lock(needs: PeriodNeeds, seen: Period): Promise<boolean> {
  await makeDuties(needs)(seen)
  const period = await needs.periods.get(seen.id)
  const facts = await periodFactsOf(needs, period, EVENT.type)
  const state = nextState<PeriodState, PeriodFacts, PeriodEvent>(periodLife, period.state, facts, EVENT)
  const snapshot = await needs.snapshots.freezeOnce({
    subject: period.id,
    version: 1,
    unitId: period.provinceId,
    year: period.year,
    day: period.closing,
    at: needs.now(),
    rows: await needs.rowsFor(period.provinceId, period.year, period.closing),
    reserves: await needs.reservesFor(period.provinceId, period.year, period.closing),
  })
  try {
    await writeStep(needs, SYSTEM, period, { state, version: 1, snapshotId: snapshot.id }, EVENT)
    return true
  } catch (error) {
    if (error instanceof StaleWrite) return false
    throw error
  }
}
