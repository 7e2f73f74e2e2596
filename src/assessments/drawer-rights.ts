import type { Actor } from '../kernel/actor.ts'
import { keyOf, type Assessment } from './assessment.ts'
import { mayOnSheet } from './assessment-policy.ts'
import type { DrawerText } from './drawer-store.ts'
import { inPlace } from './open-sheet.ts'
import { REPORT } from './report-texts.ts'

/**
 * Whether this person may read an old text now: whoever may read a sheet beside which it lies, or, where its criterion is
 * dropped, a sheet of the group that was in charge of it. Texts of the report are for whoever reads the assessment.
 */
export function mayReadOldText(
  actor: Actor,
  assessment: Assessment,
  { code, near, groupId }: Pick<DrawerText, 'code' | 'near' | 'groupId'>,
): boolean {
  if (code === REPORT) return true
  const places =
    near.length > 0
      ? near.map(each => assessment.criteria[keyOf(each)] ?? { code: each })
      : [{ code, ...(groupId !== undefined && { groupId }) }]
  return places.some(place => mayOnSheet.read(actor, inPlace(assessment, place)))
}
