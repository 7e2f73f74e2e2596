import { actsFor, MANAGING_ROLES, placesAs, type Actor } from '../kernel/actor.ts'
import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { dutyHref, type Duty } from './duty.ts'
import { isRunning, periodHref, type Period } from './period.ts'
import type { PeriodNeeds } from './period-needs.ts'
import { mayOnDuty, mayOnPeriod } from './period-policy.ts'

/** Something that this person can do now for a reporting period; the shape that “Việc của tôi” lists. */
export interface PeriodTask {
  readonly label: string
  readonly detail: string
  readonly href: string
  readonly unitName: string
  readonly year: WorkingYear
  readonly due: Day
}

type Needs = Pick<PeriodNeeds, 'periods' | 'duties' | 'now'>

/** What reporting periods ask of this person now, in all units of the own seats; a task stands as long as its button. */
export const periodTasks =
  (needs: Needs) =>
  async (actor: Actor): Promise<readonly PeriodTask[]> => {
    const readable = (await needs.periods.underWay()).filter(period => mayOnPeriod.read(actor, period))
    if (readable.length === 0) return []
    const today = dayOf(needs.now())
    const unitIds = [
      ...new Set([...actor.seats.map(seat => seat.unitId), ...(actor.actingFor ?? []).map(each => each.unitId)]),
    ]
    const own = await needs.duties.ofUnits(unitIds)
    const tasks = await Promise.all(
      readable.map(async period => [
        ...ownTasks(actor, period, own),
        ...(await tasksBelow(needs, actor, period)),
        ...provinceTasks(actor, period, today),
      ]),
    )
    return tasks.flat().toSorted((a, b) => a.due.localeCompare(b.due))
  }

/** The reports that the person's own units owe. */
const ownTasks = (actor: Actor, period: Period, own: readonly Duty[]): readonly PeriodTask[] =>
  isRunning(period)
    ? own
        .filter(
          duty =>
            duty.periodId === period.id &&
            ((duty.state === 'due' && mayOnDuty.start(actor, duty)) ||
              (duty.state === 'inProgress' && mayOnDuty.send(actor, duty))),
        )
        .map(duty => ({
          label: duty.returned ? `Sửa và gửi lại báo cáo: ${period.name}` : `Gửi báo cáo: ${period.name}`,
          detail: duty.returned ? `Bị trả lại: ${duty.returned.reason}` : '',
          href: dutyHref(duty),
          unitName: duty.name,
          year: period.year,
          due: duty.due,
        }))
    : []

/** Reports of other units that wait for this person's word. */
async function tasksBelow({ duties }: Needs, actor: Actor, period: Period): Promise<readonly PeriodTask[]> {
  if (!isRunning(period)) return []
  // Only offices look at reports of others; a teacher's page asks nothing here.
  const desks = new Set([
    ...placesAs(actor, ...MANAGING_ROLES).map(({ unitId }) => unitId),
    ...actsFor(actor, 'period', 'middleLead', 'middleOfficer'),
  ])
  const lists = await Promise.all(
    [...desks].map(parentId => duties.list({ periodId: period.id, parentId, states: ['sent'] })),
  )
  return lists.flatMap(list => {
    const waiting = list.filter(duty => mayOnDuty.accept(actor, duty))
    const [first] = waiting
    return first
      ? [
          {
            label: `Xem xét ${waiting.length} báo cáo đã gửi: ${period.name}`,
            detail: '',
            href: `${periodHref(period.id)}?trangthai=da-gui&donvi=${encodeURIComponent(first.parentId)}`,
            unitName: waiting.length === 1 ? first.name : `${waiting.length} đơn vị trực thuộc`,
            year: period.year,
            due: period.unitDue,
          },
        ]
      : []
  })
}

/** The steps of the Sở. */
function provinceTasks(actor: Actor, period: Period, today: Day): readonly PeriodTask[] {
  const task = (label: string, due: Day): PeriodTask => ({
    label: `${label}: ${period.name}`,
    detail: '',
    href: periodHref(period.id),
    unitName: 'Sở Giáo dục và Đào tạo',
    year: period.year,
    due,
  })
  if (period.state === 'planned' && mayOnPeriod.open(actor, period))
    return [task(`Mở kỳ báo cáo (trường gửi đến ${printDay(period.schoolDue)})`, period.schoolDue)]
  if (period.state === 'locked' && mayOnPeriod.consolidate(actor, period) && today >= period.unitDue)
    return [task('Hoàn thành tổng hợp', period.provinceDue)]
  if (period.state === 'consolidated' && mayOnPeriod.sign(actor, period))
    return [task('Ký báo cáo gửi Bộ', period.ministryDue)]
  return []
}

/** Open deadlines of a person for the calendar file: the same work with its days, also what others in the unit can do. */
export const periodDeadlines =
  (needs: Needs) =>
  async (actor: Actor): Promise<readonly { id: string; day: Day; title: string; href: string }[]> => {
    const tasks = await periodTasks(needs)(actor)
    return tasks.map(({ label, href, unitName, due }) => ({
      id: `${href}#${due}`,
      day: due,
      title: `${label} (${unitName})`,
      href,
    }))
  }
