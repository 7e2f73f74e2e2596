import {
  compare,
  isLocked,
  saveFigures,
  saveReconciliation,
  stepReconciliation,
  valuesOf,
  type ReconciliationDraft,
} from '../figures/index.ts'
import { addDays } from '../kernel/dates.ts'
import { firstCalendarYear, fiveYearsTo, workingYearOf } from '../kernel/working-year.ts'
import { firstDayOf } from '../organisations/index.ts'
import { PROVINCE } from './province.ts'
import { figuresOf } from './school-figures.ts'
import type { Story } from './story.ts'

/** The head's office types five school years, compares them with what was assigned, and the head confirms. */
export async function enterFigures(story: Story): Promise<void> {
  const { world, plan, year } = story
  const { figures, units } = world.system
  const needs = { figures, units, now: world.clock.now }
  const clerk = await story.as(story.inFull ? 'vanthu' : 'hieutruong', 'evidence', 14)
  const running = firstCalendarYear(workingYearOf(world.today))
  for (const each of fiveYearsTo(year)) {
    const before = await figures.of(plan.id, each)
    if (isLocked(before) || before.rev > 0) continue
    const typed = figuresOf(plan, running - firstCalendarYear(each))
    await saveFigures(needs)(clerk, { schoolId: plan.id, forYear: year, year: each, typed, seenRev: before.rev })
  }
}

export async function reconcile(story: Story): Promise<void> {
  const { world, plan, year } = story
  const { figures, units } = world.system
  const needs = { figures, units, now: world.clock.now }
  const head = await story.as('hieutruong', 'report', 14)
  const now = () => figures.of(plan.id, year)
  const state = async () => (await now()).reconciliation?.state ?? 'drafting'
  const asked = async () => ({ schoolId: plan.id, year, seenRev: (await now()).rev })
  if (isLocked(await now()) && (await state()) === 'confirmed') return
  if ((await state()) === 'drafting') {
    await saveReconciliation(needs)(head, await asked(), draftOf(story, valuesOf(await now())))
    await stepReconciliation(needs)(head, await asked(), { type: 'explain' })
  }
  if ((await state()) === 'explained') await stepReconciliation(needs)(head, await asked(), { type: 'confirm' })
}

/** Assigned as it is, but for one teacher who has not been recruited and three pupils who moved in. */
function draftOf({ plan, year }: Story, values: ReturnType<typeof valuesOf>): ReconciliationDraft {
  const rows = compare(plan.levels, values, undefined).filter(row => row.of === undefined && row.current !== null)
  const firstGrade = rows.find(row => row.key.startsWith('pupils.') && (row.current ?? 0) > 0)?.key
  const change = (key: string): number => (key === 'staff.teachers.total' ? 1 : key === firstGrade ? -3 : 0)
  const decision = (no: number) => ({
    number: `${no}/QĐ-SGDĐT`,
    day: addDays(firstDayOf(year), 20),
    issuer: `Sở Giáo dục và Đào tạo tỉnh ${PROVINCE.name}`,
  })
  return {
    assigned: rows.map(({ key, current }) => ({ key, value: (current ?? 0) + change(key) })),
    explanations: [
      {
        key: 'staff.teachers.total',
        code: 'notRecruited',
        sentence: 'Còn thiếu 1 giáo viên so với số được giao, trường đã đăng ký tuyển dụng trong đợt tới.',
      },
      ...(firstGrade === undefined
        ? []
        : [
            {
              key: firstGrade,
              code: 'pupilsMoved' as const,
              sentence: 'Có 3 em chuyển đến theo gia đình sau ngày giao chỉ tiêu.',
            },
          ]),
    ],
    planDecision: decision(215),
    staffDecision: decision(216),
  }
}
