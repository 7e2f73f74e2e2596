import { assignTargets, attachScan } from '../figures/index.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { managingUnitOn, nameOn } from '../organisations/index.ts'
import { OFFICERS } from './cast.ts'
import { assignedFor, decisionOf } from './enter-figures.ts'
import type { SchoolPlan } from './province.ts'
import { figuresOf } from './school-figures.ts'
import { smallPdf } from './small-files.ts'
import { dayIn, type World } from './world.ts'

/** Schools to which the commune itself assigned its numbers in the running year; the others took theirs from a letter. */
export const ASSIGNED: ReadonlySet<string> = new Set(['thcs-3', 'mn-1', 'th-2', 'thcs-2', 'th-8'])

const KINDS = ['plan', 'staff'] as const

/** The lead of the commune assigns pupils and staff by decision, with the scans of both. */
export async function assignNumbers(world: World, plan: SchoolPlan, year: WorkingYear): Promise<void> {
  if (!ASSIGNED.has(plan.id)) return
  const needs = world.system.figureNeeds
  const day = dayIn(world, year, 'open')
  const managing = managingUnitOn(await world.system.units.tree(), plan.id, day)
  const lead = OFFICERS.find(each => each.unitId === managing?.id && each.role === 'middleLead')
  if (!managing || !lead) return
  world.mayGoOn()
  world.clock.goTo(day, 9)
  const actor = await world.actor(lead.id)
  const { targets } = await needs.figures.of(plan.id, year)
  const issuer = nameOn(managing, day)
  const place = { schoolId: plan.id, year }
  if (!targets)
    await assignTargets(needs)(actor, {
      ...place,
      unitId: managing.id,
      assigned: assignedFor(plan, figuresOf(plan, 0)).assigned,
      planDecision: decisionOf('plan', year, issuer),
      staffDecision: decisionOf('staff', year, issuer),
    })
  for (const kind of KINDS) {
    if ((await needs.figures.of(plan.id, year)).targets?.[`${kind}Decision`]?.scan) continue
    const { number } = decisionOf(kind, year, issuer)
    const title = kind === 'plan' ? 'Quyết định giao chỉ tiêu kế hoạch' : 'Quyết định giao số lượng người làm việc'
    const lines = [`Số: ${number}`, `Năm học ${year}`, `Giao cho: ${plan.name}`]
    await attachScan(needs)(actor, { ...place, kind }, await smallPdf(title, issuer, lines, world.clock.now()))
  }
}
