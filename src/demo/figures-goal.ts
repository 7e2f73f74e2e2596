import { shiftYear, type WorkingYear } from '../kernel/working-year.ts'
import { FULL_SECONDARY, type Reach, type SchoolPlan } from './province.ts'

/** How far the reconciliation of a school comes; `partly`: some differences are explained; `disputed`: sent back. */
export type FiguresGoal = 'partly' | 'explained' | 'confirmed' | 'disputed' | 'verified' | 'provinceVerified'

/** Schools that are still at work in the running year: a form in every state. */
const AT_WORK: Readonly<Record<string, FiguresGoal>> = {
  [FULL_SECONDARY.id]: 'partly',
  'thcs-2': 'partly',
  'mn-5': 'explained',
  'thcs-6': 'disputed',
  'thpt-1': 'verified',
}

const REVIEWED: readonly Reach[] = ['reviewing', 'accepted', 'closed']

/** Last year's forms were all verified; a report may not be adopted, nor accepted, before its form stands. */
export function figuresGoal(
  plan: Pick<SchoolPlan, 'id'>,
  year: WorkingYear,
  reach: Reach,
  running: WorkingYear,
): FiguresGoal {
  if (year === shiftYear(running, -1)) return 'provinceVerified'
  if (year !== running) return 'verified'
  if (REVIEWED.includes(reach)) return 'verified'
  return reach === 'working' ? (AT_WORK[plan.id] ?? 'confirmed') : 'confirmed'
}
