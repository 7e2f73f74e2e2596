import type { Actor } from '../kernel/actor.ts'
import { dayOf } from '../kernel/dates.ts'
import { Forbidden, InvalidInput, NotFound, StepRefused } from '../kernel/refusals.ts'
import { tidy } from '../kernel/words.ts'
import { isFilled } from '../kernel/need.ts'
import type { Assessment } from './assessment.ts'
import { mayOnSheet, may } from './assessment-policy.ts'
import type { AssessmentNeeds } from './needs.ts'
import { mayReadOldText } from './drawer-rights.ts'
import { openForReading, openSheet, placeOf } from './open-sheet.ts'
import { WITH_GROUP } from './criterion-conditions.ts'
import { partName } from './sheet-parts.ts'
import { partsOf, writePart } from './write-sheet.ts'

/** Sheets that this person may write now. */
export const writableCodes = (actor: Actor, assessment: Assessment, today: string): readonly string[] =>
  assessment.state !== 'working' || assessment.moving
    ? []
    : Object.values(assessment.criteria)
        .filter(
          decision =>
            WITH_GROUP.includes(decision.state) && mayOnSheet.write(actor, placeOf(assessment, decision, today)),
        )
        .map(({ code }) => code)

/** Who writes a sheet or the report may settle what waits in the drawer. */
export const maySettle = (actor: Actor, assessment: Assessment, today: string): boolean =>
  may.writeReport(actor, assessment) || writableCodes(actor, assessment, today).length > 0

/** Puts a waiting text below what stands in a part of a sheet, under a line that says where it came from. */
export const useOldText =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, textId: string, to: { code: string; part: string }): Promise<void> => {
    const open = await openSheet(needs, actor, id, to.code)
    if (!partsOf(open).includes(to.part)) throw new InvalidInput({ to: 'Phiếu không có phần này.' })
    const old = await waiting(needs, actor, open.assessment, textId)
    const standing = (await needs.sheets.find(id, to.code)).parts[to.part]
    const text = [standing?.text ?? '', `**${old.label}**\n${old.text}`].filter(isFilled).join('\n\n')
    await writePart(needs)(actor, id, to.code, to.part, { rev: standing?.rev ?? 0, text })
    await needs.sheets.drawer.settle(textId, {
      state: 'used',
      outcome: `Tiêu chí ${to.code}, ${partName(open, to.part)}`,
      settledBy: { personId: actor.personId, name: actor.name, at: needs.now() },
    })
  }

/** Sets a waiting text aside with a reason; it stays readable in the drawer. */
export const setOldTextAside =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string, textId: string, reason: string): Promise<void> => {
    const assessment = await openForReading(needs, actor, id)
    if (!maySettle(actor, assessment, dayOf(needs.now())))
      throw new Forbidden('Chỉ nhóm công tác và nhóm thư ký xử lý nội dung của tiêu chí cũ.', 'thư ký hội đồng')
    const why = tidy(reason).slice(0, 2_000)
    if (why === '') throw new InvalidInput({ reason: 'Cần ghi lý do gác lại.' })
    await waiting(needs, actor, assessment, textId)
    await needs.sheets.drawer.settle(textId, {
      state: 'setAside',
      outcome: why,
      settledBy: { personId: actor.personId, name: actor.name, at: needs.now() },
    })
  }

async function waiting(needs: AssessmentNeeds, actor: Actor, assessment: Assessment, textId: string) {
  const old = await needs.sheets.drawer.find(assessment.id, textId)
  // Whose text it was is none of the business of somebody who is kept to the own group.
  if (!old || !mayReadOldText(actor, assessment, old))
    throw new NotFound('Không có nội dung này trong ngăn nội dung cũ.')
  if (old.state !== 'waiting') throw new StepRefused('Nội dung này đã được xử lý.')
  return old
}
