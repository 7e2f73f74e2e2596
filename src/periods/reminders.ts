import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import { printNumber } from '../kernel/words.ts'
import { dutyHref, type Duty } from './duty.ts'
import { owes, seenIn } from './owing.ts'
import { isRunning, periodHref, type Period } from './period.ts'
import type { PeriodNeeds } from './period-needs.ts'
import { deskOf, peopleOfUnit } from './tell.ts'
import { shiftWorkingDays } from './working-days.ts'

/** How far up a reminder climbs. */
export type Reach = 'inCharge' | 'head' | 'manager' | 'province'

/** The ladder of reminders: working days from the due day, and how far up it is told (each level also tells those below). */
export const LADDER: readonly { readonly step: string; readonly days: number; readonly reach: Reach }[] = [
  { step: '-7', days: -7, reach: 'inCharge' },
  { step: '-1', days: -1, reach: 'head' },
  { step: '+1', days: 1, reach: 'head' },
  { step: '+3', days: 3, reach: 'manager' },
  { step: '+7', days: 7, reach: 'province' },
]

export type Rung = (typeof LADDER)[number]

/** The step of the ladder that counts today: the last one reached, so that a long stop brings one reminder and not five. */
export const rungOn = (due: Day, today: Day, holidays: ReadonlySet<Day>): Rung | undefined =>
  LADDER.findLast(({ days }) => shiftWorkingDays(due, days, holidays) <= today)

type Needs = Pick<
  PeriodNeeds,
  'periods' | 'duties' | 'tree' | 'holidays' | 'holdersOf' | 'inChargeOf' | 'notify' | 'provinceId' | 'now'
>

const due = (duty: Pick<Duty, 'due'>): string => `hạn ${printDay(duty.due)}`

/**
 * Reminds of every report that is not sent, once for each step of the ladder: those in charge and the head one by one,
 * the levels above with one notice for all their units. A unit that owes nothing any more is left alone. Gives how many
 * duties were reminded of.
 */
export const remind = (needs: Needs) => async (): Promise<number> => {
  const today = dayOf(needs.now())
  let reminded = 0
  for (const period of await needs.periods.inState('open', 'locked', 'consolidated')) {
    const holidays = await needs.holidays(period.year)
    await remindTheProvince(needs, period, today, holidays)
    if (!isRunning(period)) continue
    const [tree, unsent] = await Promise.all([
      needs.tree(),
      needs.duties.list({ periodId: period.id, states: ['due', 'inProgress'] }),
    ])
    const owed = unsent.map(seenIn(tree, period)).filter(owes)
    const reached = owed.flatMap(duty => {
      const rung = rungOn(duty.due, today, holidays)
      return rung ? [{ duty, rung, key: `${rung.step}@${duty.due}` }] : []
    })
    const fresh = reached.filter(({ duty, key }) => !duty.reminders.some(each => each.step === key))
    await remindAbove(needs, period, reached, new Set(fresh.map(({ key }) => key)))
    for (const { duty, rung, key } of fresh) {
      await remindUnit(needs, period, duty, rung)
      await needs.duties.reminded(duty.id, { step: key, on: today })
    }
    reminded += fresh.length
  }
  return reminded
}

async function remindUnit(needs: Needs, period: Period, duty: Duty, rung: Rung): Promise<void> {
  const { inCharge, leads } = await peopleOfUnit(needs, duty)
  const isEarly = rung.reach === 'inCharge' && inCharge.length > 0
  const subject =
    rung.days < 0
      ? `Sắp đến ${due(duty)}: báo cáo kỳ “${period.name}” của ${duty.name} chưa gửi.`
      : `Đã quá ${due(duty)}: báo cáo kỳ “${period.name}” của ${duty.name} chưa gửi.`
  await needs.notify({
    id: `remind:${duty.id}:${duty.due}:${rung.step}`,
    personIds: isEarly ? inCharge : [...inCharge, ...leads],
    subject,
    text: '',
    href: dutyHref(duty),
  })
}

interface Reached {
  readonly duty: Duty
  readonly rung: Rung
  readonly key: string
}

/** One notice for each managing unit and step, and for the Sở at the last one. */
async function remindAbove(
  needs: Needs,
  period: Period,
  reached: readonly Reached[],
  freshKeys: ReadonlySet<string>,
): Promise<void> {
  const groups = new Map<string, Reached[]>()
  for (const each of reached) {
    const { duty, rung, key } = each
    if (!freshKeys.has(key)) continue
    const above =
      rung.reach === 'manager' ? [duty.parentId] : rung.reach === 'province' ? [duty.parentId, period.provinceId] : []
    for (const unitId of new Set(above))
      groups.set(`${unitId}|${key}`, [...(groups.get(`${unitId}|${key}`) ?? []), each])
  }
  for (const [group, members] of groups) {
    const [first] = members
    const unitId = group.slice(0, group.indexOf('|'))
    if (!first) continue
    const leads = await needs.holdersOf(unitId, ['middleLead', 'provinceLead'])
    await needs.notify({
      id: `remind:${period.id}:${unitId}:${first.duty.due}:${first.rung.step}`,
      personIds: [...leads, ...(await deskOf(needs, unitId))],
      subject: `${printNumber(members.length)} đơn vị đã quá ${due(first.duty)} mà chưa gửi báo cáo kỳ “${period.name}”.`,
      text: '',
      href: `${periodHref(period.id)}?cap=tat-ca&trangthai=qua-han`,
    })
  }
}

/** The Sở's own days: its tables, then its report to the ministry. */
async function remindTheProvince(
  { holdersOf, notify }: Needs,
  period: Period,
  today: Day,
  holidays: ReadonlySet<Day>,
): Promise<void> {
  const isOpen = isRunning(period)
  const day = isOpen ? period.provinceDue : period.ministryDue
  const rung = rungOn(day, today, holidays)
  if (!rung) return
  const work = isOpen ? 'hoàn thành tổng hợp' : 'báo cáo Bộ'
  await notify({
    id: `remind:${period.id}:province:${day}:${rung.step}`,
    personIds: await holdersOf(
      period.provinceId,
      rung.reach === 'inCharge' ? ['provinceOfficer'] : ['provinceOfficer', 'provinceLead'],
    ),
    subject: `${rung.days < 0 ? 'Sắp đến' : 'Đã quá'} hạn ${printDay(day)} ${work} kỳ “${period.name}”.`,
    text: '',
    href: periodHref(period.id),
  })
}
