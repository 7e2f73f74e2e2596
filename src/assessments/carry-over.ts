import type { Actor } from '../kernel/actor.ts'
import { shiftYear } from '../kernel/working-year.ts'
import { assessmentId, type Assessment } from './assessment.ts'
import type { AssessmentNeeds } from './needs.ts'
import { REPORT } from './report-texts.ts'
import type { Sheet, SheetPart } from './sheet.ts'

const CITATION = /\[\[([A-Za-z0-9_-]{8,40})\]\]/g

/**
 * Starts an assessment as a copy of last year's (process § 3.7): texts and evidence come along, each marked as not
 * reviewed, verdicts never. Texts cite the carried items; a citation whose item stayed behind is left out. Words that
 * are there already are not touched, so running it again after a crash only adds what was missing. Gives the number of
 * sheets that were carried.
 */
export const carryOver =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, to: Assessment): Promise<number> => {
    const from = await needs.assessments.find(assessmentId(to.schoolId, shiftYear(to.year, -1)))
    if (!from || from.report.version === 0) return 0
    const there = new Set((await needs.sheets.ofAssessment(to.id)).map(sheet => sheet.code))
    const sheets = (await needs.sheets.ofAssessment(from.id)).filter(
      sheet => sheet.code !== REPORT && !there.has(sheet.code),
    )
    if (sheets.length === 0) return 0
    const carried = await needs.carryEvidence(actor, from.id, to.id)
    for (const sheet of sheets)
      await needs.sheets.carry(to.id, sheet.code, partsFrom(sheet, carried, actor, needs.now()))
    return sheets.length
  }

function partsFrom(
  sheet: Sheet,
  carried: ReadonlyMap<string, string>,
  actor: Actor,
  at: Date,
): Readonly<Record<string, SheetPart>> {
  const recited = (text: string): string =>
    text.replaceAll(CITATION, (_, id: string) => (carried.has(id) ? `[[${carried.get(id)}]]` : ''))
  return Object.fromEntries(
    Object.entries(sheet.parts).map(([key, part]) => [
      key,
      {
        text: recited(part.text),
        rev: 1,
        by: actor.personId,
        name: actor.name,
        at,
        since: at,
        notReviewed: true,
      },
    ]),
  )
}
