import { assessmentId } from '../assessments/index.ts'
import { addDays, type Day } from '../kernel/dates.ts'
import { shiftYear, workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import { nameOn } from '../organisations/index.ts'
import { lockDueFigures, stepPeriod, type Duty, type Period, type PeriodKind } from '../periods/index.ts'
import { PROVINCE_LEAD, PROVINCE_OFFICER } from './cast.ts'
import { hasConfirmed } from './enter-figures.ts'
import { ALL_SCHOOLS, PROVINCE } from './province.ts'
import { chance } from './school-figures.ts'
import { signAnnual } from './sign-annual.ts'
import { storyOf } from './story.ts'
import { openPeriod, personOn, tellDuty } from './tell-period.ts'
import type { World } from './world.ts'

/** Both periods of last year, from the Sở's plan to the published report. */
export async function reportLastYear(world: World): Promise<void> {
  const year = shiftYear(workingYearOf(world.today), -1)
  for (const kind of ['start', 'end'] as const) await tellPeriod(world, year, kind)
}

async function tellPeriod(world: World, year: WorkingYear, kind: PeriodKind): Promise<void> {
  const { periodNeeds } = world.system
  const period = await openPeriod(world, year, kind)
  const now = () => periodNeeds.periods.get(period.id)
  // Frozen before anybody sends: a server that runs beside this story would do it at its own minute.
  if (period.state === 'open') {
    world.clock.goTo(addDays(period.closing, 1), 1)
    await lockDueFigures(periodNeeds)()
  }
  await sendAll(world, period)
  if (kind === 'end') await unitReports(world, period)
  if ((await now()).state === 'locked')
    await stepPeriod(periodNeeds)(await personOn(world, PROVINCE_OFFICER, period.provinceDue), period.id, {
      type: 'consolidate',
    })
  const signed = addDays(period.ministryDue, -2)
  await signAnnual(world, PROVINCE.id, year, kind, signed)
  if ((await now()).state === 'reported')
    await stepPeriod(periodNeeds)(await personOn(world, PROVINCE_LEAD, period.ministryDue), period.id, {
      type: 'publish',
    })
}

const NOTES = [
  'Trường đã rà soát số liệu, không có đề xuất.',
  'Đề nghị bổ sung biên chế giáo viên tiếng Anh và tin học.',
  'Đề nghị ưu tiên kinh phí sửa chữa phòng học bộ môn.',
  'Trường cần thêm kinh phí mua sắm thiết bị dạy học tối thiểu.',
] as const

/** Schools first, then the units above them; each a few days before it is due. */
async function sendAll(world: World, period: Period): Promise<void> {
  const duties = await world.system.periodNeeds.duties.list({ periodId: period.id })
  const isSchool = ({ unitKind }: Duty): boolean => unitKind === 'school'
  for (const duty of duties.filter(isSchool)) await sendSchool(world, period, duty)
  for (const { unitId } of duties.filter(duty => !isSchool(duty)))
    await tellDuty(world, period, unitId, {
      goal: 'accepted',
      day: addDays(period.unitDue, -3),
      note: 'Các trường trên địa bàn đã báo cáo đầy đủ.',
    })
}

async function sendSchool(world: World, period: Period, { unitId }: Duty): Promise<void> {
  const plan = ALL_SCHOOLS.find(each => each.id === unitId)
  if (!plan) return
  const day = dayBefore(period.schoolDue, unitId)
  const ready = await hasConfirmed(storyOf(world, plan, period.year))
  const assessed = await world.system.assessments.find(assessmentId(unitId, period.year))
  if (!ready)
    return tellDuty(world, period, unitId, {
      goal: 'excused',
      day,
      note: '',
      reason: plan.merged
        ? 'Trường được sáp nhập từ năm học sau, số liệu do trường nhận sáp nhập báo cáo.'
        : 'Trường đang sắp xếp lại điểm trường, không tổ chức tự đánh giá trong năm học.',
    })
  const note = assessed
    ? (NOTES[Math.floor(chance(unitId, period.id) * NOTES.length)] ?? NOTES[0])
    : 'Năm học này trường báo cáo số liệu, chưa tổ chức tự đánh giá.'
  return tellDuty(world, period, unitId, { goal: 'accepted', day, note })
}

const dayBefore = (due: Day, unitId: string): Day => addDays(due, -Math.floor(chance(unitId, 'duty') * 6))

/** Every commune signs its summary and sends it on. */
async function unitReports(world: World, { id, year, kind, unitDue }: Period): Promise<void> {
  const { periodNeeds } = world.system
  const tree = await periodNeeds.tree()
  for (const { unitId, unitKind } of await periodNeeds.duties.list({ periodId: id })) {
    const unit = tree.get(unitId)
    if (unitKind !== 'school' && unit)
      await signAnnual(world, unitId, year, kind, addDays(unitDue, -1), nameOn(unit, unitDue))
  }
}
