import type { Actor } from '../kernel/actor.ts'
import { dayOf, printDay } from '../kernel/dates.ts'
import { Forbidden, StepRefused } from '../kernel/refusals.ts'
import { dutyHref } from './duty.ts'
import { owes, seenIn } from './owing.ts'
import { isRunning } from './period.ts'
import type { PeriodNeeds } from './period-needs.ts'
import { mayOnDuty } from './period-policy.ts'
import { openDuty } from './step-duty.ts'
import { peopleOfUnit } from './tell.ts'

/** The level above reminds units that have not sent, each at most once a day, while the period takes reports and the unit owes one; gives how many were reminded. */
export const remindNow =
  (needs: PeriodNeeds) =>
  async (actor: Actor, periodId: string, unitIds: readonly string[]): Promise<number> => {
    const today = dayOf(needs.now())
    const tree = await needs.tree()
    let reminded = 0
    for (const unitId of unitIds) {
      const { period, duty } = await openDuty(needs, actor, periodId, unitId)
      if (!mayOnDuty.remind(actor, duty))
        throw new Forbidden(`Nhiệm vụ đang giữ không gồm việc nhắc ${duty.name}.`, 'Cấp quản lý của đơn vị')
      if (!isRunning(period))
        throw new StepRefused(`Kỳ “${period.name}” không còn nhận báo cáo nên không nhắc đơn vị nữa.`)
      const step = `tay@${today}`
      if (!owes(seenIn(tree, period)(duty)) || duty.reminders.some(each => each.step === step)) continue
      const { inCharge, leads } = await peopleOfUnit(needs, duty)
      await needs.notify({
        id: `remind:${duty.id}:${step}`,
        personIds: [...inCharge, ...leads],
        subject: `Nhắc gửi báo cáo kỳ “${period.name}” của ${duty.name}, hạn ${printDay(duty.due)}.`,
        text: '',
        href: dutyHref(duty),
      })
      await needs.duties.reminded(duty.id, { step, on: today })
      reminded++
    }
    return reminded
  }
