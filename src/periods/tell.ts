import { printDay } from '../kernel/dates.ts'
import type { Telling } from '../notices/index.ts'
import { dutyHref, type Duty } from './duty.ts'
import type { Period } from './period.ts'
import type { PeriodNeeds } from './period-needs.ts'

type Needs = Pick<PeriodNeeds, 'periods' | 'duties' | 'holdersOf' | 'inChargeOf' | 'notify'>
type Event = Duty['untold'][number]['event']

/** How many duties one round tells of; the next round takes the rest. */
const ONE_ROUND = 500

/** Whom a unit's duty concerns in the unit itself: those in charge, and who answers for it. */
export async function peopleOfUnit(
  { holdersOf, inChargeOf }: Pick<PeriodNeeds, 'holdersOf' | 'inChargeOf'>,
  { unitId, unitKind }: Pick<Duty, 'unitId' | 'unitKind'>,
): Promise<{ readonly inCharge: readonly string[]; readonly leads: readonly string[] }> {
  const [inCharge, leads] = await Promise.all([
    inChargeOf(unitId),
    holdersOf(unitId, unitKind === 'school' ? ['head'] : ['middleLead']),
  ])
  return { inCharge, leads }
}

/** The desk of a managing unit: its officers, or its leads where it has none. */
export async function deskOf(
  { holdersOf }: Pick<PeriodNeeds, 'holdersOf'>,
  unitId: string,
): Promise<readonly string[]> {
  const officers = await holdersOf(unitId, ['middleOfficer', 'provinceOfficer'])
  return officers.length > 0 ? officers : holdersOf(unitId, ['middleLead', 'provinceLead'])
}

/** What is said of each event, without a name of any person. */
export function wordsOf(event: Event, period: Pick<Period, 'name'>, duty: Duty): Pick<Telling, 'subject' | 'text'> {
  const { name } = period
  switch (event) {
    case 'open':
      return { subject: `Kỳ “${name}” đã mở, hạn gửi ${printDay(duty.due)}.`, text: duty.name }
    case 'send':
      return { subject: `${duty.name} đã gửi báo cáo kỳ “${name}”.`, text: duty.note ?? '' }
    case 'return':
      return {
        subject: `Báo cáo kỳ “${name}” của ${duty.name} bị trả lại.`,
        text: duty.returned ? `Lý do: ${duty.returned.reason}` : '',
      }
    case 'accept':
      return { subject: `Báo cáo kỳ “${name}” của ${duty.name} đã được chấp nhận.`, text: '' }
    case 'withdrawAcceptance':
      return {
        subject: `Việc chấp nhận báo cáo kỳ “${name}” của ${duty.name} đã được rút lại.`,
        text: duty.acceptanceWithdrawn ? `Lý do: ${duty.acceptanceWithdrawn.reason}` : '',
      }
    case 'excuse':
      return {
        subject: `${duty.name} không phải báo cáo kỳ “${name}”.`,
        text: duty.excusedFor === undefined ? '' : `Lý do: ${duty.excusedFor}`,
      }
    case 'recallExcuse':
      return {
        subject: `${duty.name} vẫn phải gửi báo cáo kỳ “${name}”, hạn ${printDay(duty.due)}.`,
        text: duty.excuseRecalled ? `Lý do: ${duty.excuseRecalled.reason}` : '',
      }
    case 'start':
      return { subject: `${duty.name} đã bắt đầu báo cáo kỳ “${name}”.`, text: '' }
  }
}

/**
 * Tells the people concerned of every step that they have not been told of. The step itself wrote down that there is
 * something to tell, and the notice carries the step's own id: a crash loses nothing, and doing it again tells nobody twice.
 */
export const tellUntold =
  (needs: Needs) =>
  async (atMost = ONE_ROUND): Promise<number> => {
    const known = new Map<string, Period>()
    const found = await needs.duties.untold(atMost)
    for (const duty of found) {
      const period = known.get(duty.periodId) ?? (await needs.periods.get(duty.periodId))
      known.set(period.id, period)
      for (const { event, rev } of duty.untold) {
        await needs.notify({
          id: `duty:${duty.id}:${rev}`,
          personIds: await concernedBy(needs, event, duty),
          href: dutyHref(duty),
          ...wordsOf(event, period, duty),
        })
        await needs.duties.told(duty, { event, rev })
      }
    }
    return found.length
  }

async function concernedBy(needs: Needs, event: Event, duty: Duty): Promise<readonly string[]> {
  if (event === 'send') return deskOf(needs, duty.parentId)
  const { inCharge, leads } = await peopleOfUnit(needs, duty)
  return [...inCharge, ...leads]
}

/** Tells soon; the step that gave rise to it neither waits for it nor fails with it, and the next round finishes it. */
export function tellSoon(needs: Needs): void {
  tellUntold(needs)(50).catch(() => undefined)
}
