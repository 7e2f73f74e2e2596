import { actsFor, MANAGING_ROLES, placesAs, type Actor } from '../kernel/actor.ts'
import { dayOf, printDay, type Day } from '../kernel/dates.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { UnitTree } from '../organisations/index.ts'
import { dutyHref, type Duty } from './duty.ts'
import { GONE_SLUG } from './duty-list.ts'
import { seenIn, whyGone, type SeenDuty } from './owing.ts'
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

type Needs = Pick<PeriodNeeds, 'periods' | 'duties' | 'tree' | 'now'>

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
    const [tree, own] = await Promise.all([needs.tree(), needs.duties.ofUnits(unitIds)])
    const tasks = await Promise.all(
      readable.map(async period => [
        ...ownTasks(tree, actor, period, own),
        ...(await tasksBelow(needs, tree, actor, period)),
        ...provinceTasks(actor, period, today),
      ]),
    )
    return tasks.flat().toSorted((a, b) => a.due.localeCompare(b.due))
  }

/** The reports that the person's own units owe. */
const ownTasks = (tree: UnitTree, actor: Actor, period: Period, own: readonly Duty[]): readonly PeriodTask[] =>
  isRunning(period)
    ? own
        .filter(
          duty =>
            duty.periodId === period.id &&
            whyGone(tree, period, duty) === undefined &&
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

/** Units below whose report waits for this person's word, and those that owe none any more and wait to be excused. */
async function tasksBelow(
  { duties }: Needs,
  tree: UnitTree,
  actor: Actor,
  period: Period,
): Promise<readonly PeriodTask[]> {
  if (!isRunning(period)) return []
  // Only offices look at reports of others; a teacher's page asks nothing here.
  const desks = new Set([
    ...placesAs(actor, ...MANAGING_ROLES).map(({ unitId }) => unitId),
    ...actsFor(actor, 'period', 'middleLead', 'middleOfficer'),
  ])
  const lists = await Promise.all(
    [...desks].map(parentId => duties.list({ periodId: period.id, parentId, states: ['due', 'inProgress', 'sent'] })),
  )
  return lists.flatMap(list => {
    const below = list.map(seenIn(tree, period))
    const sent = below.filter(duty => duty.state === 'sent' && mayOnDuty.accept(actor, duty))
    const gone = below.filter(duty => duty.gone !== undefined && mayOnDuty.excuse(actor, duty))
    return [
      ...taskOn(period, sent, { label: `Xem xét ${sent.length} báo cáo đã gửi`, tab: 'da-gui' }),
      ...taskOn(period, gone, { label: `Cho phép ${gone.length} đơn vị không báo cáo`, tab: GONE_SLUG }),
    ]
  })
}

/** One task for several units of one desk, which leads to the tab that lists them; none for no unit. */
function taskOn(
  period: Period,
  waiting: readonly SeenDuty[],
  { label, tab }: { readonly label: string; readonly tab: string },
): readonly PeriodTask[] {
  const [first] = waiting
  return first
    ? [
        {
          label: `${label}: ${period.name}`,
          detail: waiting.length === 1 ? (first.gone ?? '') : '',
          href: `${periodHref(period.id)}?trangthai=${tab}&donvi=${encodeURIComponent(first.parentId)}`,
          unitName: waiting.length === 1 ? first.name : `${waiting.length} đơn vị trực thuộc`,
          year: period.year,
          due: period.unitDue,
        },
      ]
    : []
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
