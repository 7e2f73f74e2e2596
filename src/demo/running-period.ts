import { addDays, daysBetween, type Day } from '../kernel/dates.ts'
import { workingYearOf } from '../kernel/working-year.ts'
import { firstDayOf } from '../organisations/index.ts'
import type { Period } from '../periods/index.ts'
import { hasConfirmed } from './enter-figures.ts'
import { ALL_SCHOOLS } from './province.ts'
import { storyOf } from './story.ts'
import { openPeriod, tellDuty, type DutyGoal } from './tell-period.ts'
import type { World } from './world.ts'

/** The period that runs today; its days lie around today, whenever the demonstration is loaded. */
export function openRunningPeriod(world: World): Promise<Period> {
  const year = workingYearOf(world.today)
  const kind = daysBetween(firstDayOf(year), world.today) < 180 ? 'start' : 'end'
  const on = (days: number): Day => addDays(world.today, days)
  return openPeriod(world, year, kind, {
    schoolDue: on(3),
    unitClosing: on(8),
    unitDue: on(14),
    closing: on(20),
    provinceDue: on(30),
    ministryDue: on(40),
  })
}

const CLOSED_FOR_NOW = 'Trường tạm dừng đón trẻ để sửa chữa sau bão, đã có văn bản của đơn vị.'

/** What stands where; schools that are not named have not begun. */
const GOALS: Readonly<Record<string, { readonly goal: DutyGoal; readonly reason?: string }>> = {
  'mn-1': { goal: 'accepted' },
  'thcs-1': { goal: 'accepted' },
  'thcs-4': { goal: 'accepted' },
  'th-5': { goal: 'accepted' },
  'thpt-1': { goal: 'accepted' },
  'th-2': { goal: 'sent' },
  'th-1': { goal: 'sent' },
  'mn-3': { goal: 'sent' },
  'thpt-2': { goal: 'sent' },
  'th-3': { goal: 'again', reason: 'Số lớp ghép chưa khớp với báo cáo thống kê đầu năm, đề nghị trường rà lại.' },
  'thcs-3': { goal: 'inProgress' },
  'mn-5': { goal: 'inProgress' },
  'thcs-6': { goal: 'inProgress' },
  'th-7': { goal: 'excused', reason: 'Trường dừng đợt tự đánh giá để sắp xếp lại theo đề án của địa phương.' },
  'mn-6': { goal: 'excused', reason: CLOSED_FOR_NOW },
  'dac-khu-thi-du': { goal: 'sent' },
  'xa-vi-du-dong': { goal: 'inProgress' },
  'phuong-vi-du-tay': { goal: 'inProgress' },
}

const NEEDS_FORM: readonly DutyGoal[] = ['sent', 'accepted', 'again']

/** Duties in every state, schools before the units above them. */
export async function fillRunningPeriod(world: World): Promise<void> {
  const period = await openRunningPeriod(world)
  for (const [unitId, { goal, ...why }] of Object.entries(GOALS)) {
    const plan = ALL_SCHOOLS.find(each => each.id === unitId)
    const lacksForm = plan && NEEDS_FORM.includes(goal) && !(await hasConfirmed(storyOf(world, plan, period.year)))
    await tellDuty(world, period, unitId, {
      goal: lacksForm ? 'inProgress' : goal,
      day: addDays(world.today, -4),
      note: plan ? 'Trường đã rà soát số liệu, không có đề xuất.' : 'Các trường trên địa bàn đã báo cáo đầy đủ.',
      ...why,
    })
  }
}
