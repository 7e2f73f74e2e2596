import {
  attachScan,
  compare,
  isConfirmed,
  isLocked,
  isVerified,
  saveFigures,
  saveReconciliation,
  stepReconciliation,
  valuesOf,
  type FigureValues,
  type ReconciliationDraft,
  type ReconciliationEvent,
} from '../figures/index.ts'
import { addDays } from '../kernel/dates.ts'
import { firstCalendarYear, fiveYearsTo, workingYearOf, type WorkingYear } from '../kernel/working-year.ts'
import { firstDayOf, managingUnitOn } from '../organisations/index.ts'
import { OFFICERS, PROVINCE_OFFICER } from './cast.ts'
import { figuresGoal, type FiguresGoal } from './figures-goal.ts'
import { PROVINCE, type Reach, type SchoolPlan } from './province.ts'
import { figuresOf } from './school-figures.ts'
import { smallPdf } from './small-files.ts'
import type { Story } from './story.ts'
import { dayIn } from './world.ts'

/** The head's office types five school years. */
export async function enterFigures(story: Story): Promise<void> {
  const { world, plan, year } = story
  const needs = world.system.figureNeeds
  const clerk = await story.as(story.inFull ? 'vanthu' : 'hieutruong', 'council', 14)
  const running = firstCalendarYear(workingYearOf(world.today))
  for (const each of fiveYearsTo(year)) {
    const before = await needs.figures.of(plan.id, each)
    if (isLocked(before) || Object.keys(valuesOf(before)).length > 0) continue
    const typed = figuresOf(plan, running - firstCalendarYear(each))
    await saveFigures(needs)(clerk, { schoolId: plan.id, forYear: year, year: each, typed, seenRev: before.rev })
  }
}

const GOALS: readonly FiguresGoal[] = ['partly', 'explained', 'confirmed', 'verified', 'provinceVerified']

/**
 * The school compares its figures with what was assigned, explains differences, attaches the decisions and confirms; the
 * unit above verifies or sends back: as far as this school comes.
 */
export async function reconcile(story: Story, reach: Reach): Promise<void> {
  const { world, plan, year } = story
  const needs = world.system.figureNeeds
  const goal = figuresGoal(plan, year, reach, workingYearOf(world.today))
  const reaches = (stage: FiguresGoal): boolean =>
    GOALS.indexOf(goal === 'disputed' ? 'confirmed' : goal) >= GOALS.indexOf(stage)
  const now = () => needs.figures.of(plan.id, year)
  const state = async () => (await now()).reconciliation?.state ?? 'drafting'
  const asked = async () => ({ schoolId: plan.id, year, seenRev: (await now()).rev })
  const step = async (actor: Awaited<ReturnType<Story['as']>>, event: ReconciliationEvent) =>
    stepReconciliation(needs)(actor, await asked(), event)
  const head = await story.as('hieutruong', 'plan', 14)
  if ((await state()) === 'drafting' && (await now()).reconciliation === undefined) {
    const draft = draftOf(story, valuesOf(await now()))
    await saveReconciliation(needs)(
      head,
      await asked(),
      reaches('explained') ? draft : { ...draft, explanations: draft.explanations.slice(0, 1) },
    )
  }
  if (reaches('explained') && (await state()) === 'drafting') {
    await attachScans(story)
    await step(head, { type: 'explain' })
  }
  if (reaches('confirmed') && (await state()) === 'explained') await step(head, { type: 'confirm' })
  if ((await state()) === 'confirmed' && (reaches('verified') || goal === 'disputed')) {
    const officer = await officerAbove(story)
    if (officer) await step(officer, goal === 'disputed' ? { type: 'dispute', reason: DISPUTE } : { type: 'verify' })
  }
  if (reaches('provinceVerified') && (await state()) === 'verified') {
    world.clock.goTo(dayIn(world, year, 'writing'), 14)
    await step(await world.actor(PROVINCE_OFFICER), { type: 'provinceVerify' })
  }
}

const DISPUTE = 'Số giáo viên hiện có trong phiếu chưa khớp danh sách trả lương tháng gần nhất; đề nghị trường rà lại.'

/** Whether the form has come far enough for the school to send. */
export const hasConfirmed = async ({ world, plan, year }: Story): Promise<boolean> => {
  const { reconciliation } = await world.system.figures.of(plan.id, year)
  return reconciliation !== undefined && (isConfirmed(reconciliation.state) || isVerified(reconciliation.state))
}

/** An officer of the unit that manages the school while figures are verified; districts have nobody in the system. */
async function officerAbove({ world, plan, year }: Story) {
  const day = dayIn(world, year, 'evidence')
  const managing = managingUnitOn(await world.system.units.tree(), plan.id, day)
  const player = OFFICERS.find(each => each.unitId === managing?.id && each.role.endsWith('Officer'))
  world.mayGoOn()
  world.clock.goTo(day, 10)
  return player && world.actor(player.id)
}

const SCANNED = [
  { kind: 'plan', title: 'Quyết định giao chỉ tiêu kế hoạch' },
  { kind: 'staff', title: 'Quyết định giao số lượng người làm việc' },
] as const

async function attachScans(story: Story): Promise<void> {
  const { world, plan, year } = story
  const needs = world.system.figureNeeds
  const head = await story.as('hieutruong', 'plan', 14)
  for (const { kind, title } of SCANNED) {
    const { reconciliation, targets } = await needs.figures.of(plan.id, year)
    // What was assigned from above carries the scan of who assigned it.
    if (targets?.[`${kind}Decision`] || reconciliation?.[`${kind}Decision`]?.scan) continue
    const { number } = decisionOf(kind, year)
    const lines = [`Số: ${number}`, `Năm học ${year}`, `Giao cho: ${plan.name}`]
    const scan = await smallPdf(title, ISSUER, lines, world.clock.now())
    await attachScan(needs)(head, { schoolId: plan.id, year, kind }, scan)
  }
}

const ISSUER = `Sở Giáo dục và Đào tạo tỉnh ${PROVINCE.name}`

/** The decision by which the numbers of a year were assigned. */
export const decisionOf = (kind: 'plan' | 'staff', year: WorkingYear, issuer = ISSUER) => ({
  number: issuer === ISSUER ? `${kind === 'plan' ? 215 : 216}/QĐ-SGDĐT` : `${kind === 'plan' ? 41 : 42}/QĐ-UBND`,
  day: addDays(firstDayOf(year), issuer === ISSUER ? 20 : 6),
  issuer,
})

/** Assigned as it is, but for one teacher who has not been recruited and three pupils who moved in. */
export function assignedFor({ levels }: Pick<SchoolPlan, 'levels'>, values: FigureValues) {
  const rows = compare(levels, values, undefined).filter(row => row.of === undefined && row.current !== null)
  const firstGrade = rows.find(row => row.key.startsWith('pupils.') && (row.current ?? 0) > 0)?.key
  const change = (key: string): number => (key === 'staff.teachers.total' ? 1 : key === firstGrade ? -3 : 0)
  return { firstGrade, assigned: rows.map(({ key, current }) => ({ key, value: (current ?? 0) + change(key) })) }
}

function draftOf({ plan, year }: Story, values: FigureValues): ReconciliationDraft {
  const { firstGrade, assigned } = assignedFor(plan, values)
  return {
    assigned,
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
    planDecision: decisionOf('plan', year),
    staffDecision: decisionOf('staff', year),
  }
}
