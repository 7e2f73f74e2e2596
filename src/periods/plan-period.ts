import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { Forbidden, InvalidInput, StaleWrite, StepRefused } from '../kernel/refusals.ts'
import { shiftYear, type WorkingYear } from '../kernel/working-year.ts'
import { periodId, type Period, type PeriodKind, type PeriodPlan } from './period.ts'
import { PERIOD_VERSION } from './period-machine.ts'
import type { PeriodNeeds } from './period-needs.ts'
import { mayOnPeriod } from './period-policy.ts'
import { dayFaults, placeFaults, proposedDays, proposedPlan } from './proposed-days.ts'

type Needs = Pick<PeriodNeeds, 'periods' | 'provinceId' | 'settings' | 'holidays' | 'now'>

export const WHO_PLANS = 'Chuyên viên hoặc lãnh đạo Sở'

/** The periods of a year that have not been planned yet, as the settings propose them. */
export const proposedPeriods =
  ({ periods, settings, holidays }: Needs) =>
  async (year: WorkingYear): Promise<readonly (PeriodPlan & { readonly kind: PeriodKind })[]> => {
    const planned = (await periods.ofYear(year)).map(period => period.kind)
    const daysOff = await holidays(year)
    const missing = (['start', 'end'] as const).filter(kind => !planned.includes(kind))
    return Promise.all(
      missing.map(async kind => ({
        ...proposedPlan(year, kind, proposedDays(year, await settings(year, kind), daysOff)),
        kind,
      })),
    )
  }

/** Writes a planned period; nobody but the Sở sees it before it is opened. */
export const planPeriod =
  ({ periods, provinceId, now }: Needs) =>
  async (actor: Actor, year: WorkingYear, kind: PeriodKind, plan: PeriodPlan): Promise<Period> => {
    const province = await provinceId()
    if (!mayOnPeriod.plan(actor, { provinceId: province, state: 'planned' }))
      throw new Forbidden('Nhiệm vụ đang giữ không gồm việc lập kỳ báo cáo.', WHO_PLANS)
    const id = periodId(year, kind)
    await refuseFaults(periods, { id, year }, plan)
    const entry = entryBy(actor, now(), {
      id: `period:${id}:1`,
      unitId: province,
      year,
      subject: { kind: 'period', id },
      event: 'plan',
      to: 'planned',
    })
    const period: Period = {
      ...plan,
      id,
      provinceId: province,
      year,
      kind,
      state: 'planned',
      machine: PERIOD_VERSION,
      rev: 1,
      dutiesMade: false,
      version: 0,
      corrections: [],
      outbox: [entry],
    }
    await periods.add(period)
    return period
  }

/** Changes what is asked and when, as long as the period has not been opened. */
export const changePlan =
  ({ periods, now }: Needs) =>
  async (actor: Actor, id: string, plan: PeriodPlan, seenRev: number): Promise<Period> => {
    const before = await periods.get(id)
    if (!mayOnPeriod.plan(actor, before))
      throw new Forbidden('Nhiệm vụ đang giữ không gồm việc sửa kỳ báo cáo.', WHO_PLANS)
    if (before.state !== 'planned') throw new StepRefused('Kỳ báo cáo đã mở nên không sửa được nữa.')
    if (before.rev !== seenRev) throw new StaleWrite('Kỳ báo cáo vừa được người khác sửa.')
    await refuseFaults(periods, before, plan)
    const entry = entryBy(actor, now(), {
      id: `period:${id}:${before.rev + 1}`,
      unitId: before.provinceId,
      year: before.year,
      subject: { kind: 'period', id },
      event: 'changePlan',
      from: 'planned',
      to: 'planned',
      facts: { ...plan },
    })
    return periods.step(before, plan, entry)
  }

/** The other periods of a year and of the years beside it. */
export async function besides(
  periods: Pick<PeriodNeeds['periods'], 'ofYear'>,
  id: string,
  year: WorkingYear,
): Promise<readonly Period[]> {
  const all = await Promise.all([shiftYear(year, -1), year, shiftYear(year, 1)].map(each => periods.ofYear(each)))
  return all.flat().filter(period => period.id !== id)
}

/** Each fault is shown at the first of the two days that contradict each other. */
async function refuseFaults(
  periods: Needs['periods'],
  { id, year }: Pick<Period, 'id' | 'year'>,
  plan: PeriodPlan,
): Promise<void> {
  const faults = [...dayFaults(plan), ...placeFaults(year, plan, await besides(periods, id, year))]
  if (faults.length > 0)
    throw new InvalidInput(Object.fromEntries(faults.map(({ code, message }) => [code.split('.')[1] ?? code, message])))
}
