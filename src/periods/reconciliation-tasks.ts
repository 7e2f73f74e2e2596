import { mayFigure, type ReconciliationStanding } from '../figures/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { isUnsent, type Duty } from './duty.ts'
import { whyGone } from './owing.ts'
import type { PeriodNeeds } from './period-needs.ts'
import type { PeriodTask } from './period-tasks.ts'

interface Needs extends Pick<PeriodNeeds, 'periods' | 'duties' | 'tree'> {
  readonly reconciliationOf: (schoolId: string, year: WorkingYear) => Promise<ReconciliationStanding>
}

/**
 * The reconciliation that an open period asks for before a school may send: in the hands of those who keep the figures
 * until it is explained, then in the head's. While the report is owed the head's own task is the report, whose page says what
 * is missing; after it was sent, a form that came back (disputed, or other numbers were assigned) is everybody's own task.
 */
export const reconciliationTasks =
  (needs: Needs) =>
  async (actor: Actor): Promise<readonly PeriodTask[]> => {
    const keeps = (schoolId: string, year: WorkingYear): boolean =>
      mayFigure.explain(actor, { schoolId, year, managerId: '', chain: [schoolId] })
    const asking = (await needs.periods.underWay()).filter(
      period => period.asksReconciliation && (period.state === 'open' || period.state === 'locked'),
    )
    const schoolIds = [...new Set(actor.seats.map(({ unitId }) => unitId))].filter(schoolId =>
      asking.some(({ year }) => keeps(schoolId, year)),
    )
    if (schoolIds.length === 0) return []
    const [tree, duties] = await Promise.all([needs.tree(), needs.duties.ofUnits(schoolIds)])
    const owed = duties.filter(duty => {
      const period = asking.find(({ id }) => id === duty.periodId)
      return period !== undefined && duty.state !== 'excused' && whyGone(tree, period, duty) === undefined
    })
    const tasks = await Promise.all(owed.map(duty => taskOf(needs, actor, duty)))
    return tasks.flat()
  }

async function taskOf(needs: Needs, actor: Actor, duty: Duty): Promise<readonly PeriodTask[]> {
  const { unitId, year, name, due } = duty
  const target = { schoolId: unitId, year, managerId: duty.parentId, chain: [unitId, ...duty.ancestors] }
  const confirms = mayFigure.confirm(actor, target)
  if (!confirms && !mayFigure.explain(actor, target)) return []
  const { state, href } = await needs.reconciliationOf(unitId, year)
  const task = (label: string): PeriodTask => ({ label, detail: '', href, unitName: name, year, due })
  if (state === 'explained') return confirms ? [task('Xác nhận phiếu đối sánh số liệu')] : []
  const wasSent = !isUnsent(duty)
  if (confirms && !wasSent) return []
  if (state === 'disputed') return [task('Sửa phiếu đối sánh số liệu bị trả lại')]
  if (wasSent) return state === 'drafting' ? [task('Giải trình và xác nhận lại phiếu đối sánh số liệu')] : []
  return state === 'none' || state === 'drafting' ? [task('Lập phiếu đối sánh số liệu và giải trình')] : []
}
