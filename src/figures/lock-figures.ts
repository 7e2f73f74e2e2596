import type { Actor } from '../kernel/actor.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import { entryOf } from '../organisations/index.ts'
import type { FigureNeeds } from './figure-access.ts'
import type { FigureYear } from './figure-year.ts'
import { againWhenOvertaken } from './overtaken.ts'

export interface Lock {
  readonly schoolId: string
  readonly years: readonly WorkingYear[]
  /** The assessment whose adopted report stands on the numbers. */
  readonly assessmentId: string
}

type LockNeeds = Pick<FigureNeeds, 'figures' | 'now'>

/**
 * Locks or frees the school years of a report for one assessment; called by the step that adopts or resumes it, which has asked who
 * may. Doing it again changes nothing. A year stays locked as long as any assessment holds it.
 */
const setLock =
  (event: 'lockFigures' | 'unlockFigures') =>
  (needs: LockNeeds) =>
  async (actor: Actor, { schoolId, years, assessmentId }: Lock): Promise<void> => {
    for (const year of years) await againWhenOvertaken(() => step(needs, event, actor, assessmentId, schoolId, year))
  }

async function step(
  needs: LockNeeds,
  event: 'lockFigures' | 'unlockFigures',
  actor: Actor,
  assessmentId: string,
  schoolId: string,
  year: WorkingYear,
): Promise<FigureYear> {
  const before = await needs.figures.of(schoolId, year)
  const lock = event === 'lockFigures'
  if (before.lockedFor.includes(assessmentId) === lock) return before
  const others = before.lockedFor.filter(id => id !== assessmentId)
  const entry = entryOf({ actor, at: needs.now() }, before.rev + 1, {
    unitId: schoolId,
    year,
    subject: { kind: 'figures', id: before.id },
    event,
    facts: { assessmentId },
  })
  return needs.figures.save(before, { lockedFor: lock ? [...others, assessmentId] : others }, entry)
}

export const lockFigures = setLock('lockFigures')
export const unlockFigures = setLock('unlockFigures')
