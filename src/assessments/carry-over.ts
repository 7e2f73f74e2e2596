import type { Actor } from '../kernel/actor.ts'
import { shiftYear } from '../kernel/working-year.ts'
import { assessmentId, isLevelFour, type Assessment } from './assessment.ts'
import { mappingBetween, type Between } from './mapping-between.ts'
import { moveSheets, nodesOf, type LeftText, type MovedPart } from './move-sheets.ts'
import type { AssessmentNeeds, CitedEvidence } from './needs.ts'
import { REPORT } from './report-texts.ts'
import type { SheetPart } from './sheet.ts'

const CITATION = /\[\[([A-Za-z0-9_-]{8,40})\]\]/g

/** The adopted assessment that this one begins with; undefined when it begins empty. */
export async function startOf(needs: AssessmentNeeds, to: Assessment): Promise<Assessment | undefined> {
  if (to.startedFrom === 'nothing') return undefined
  const id = to.startedFrom?.assessmentId ?? assessmentId(to.schoolId, shiftYear(to.year, -1))
  const from = await needs.assessments.find(id)
  return from && from.report.version > 0 && from.schoolId === to.schoolId ? from : undefined
}

/** The criterion under which an item of an old one is filed; undefined when the old one was dropped. */
export const refiled =
  ({ index }: Pick<Between, 'index'>) =>
  (criterion: string): string | undefined =>
    index ? index.rowOf(isLevelFour(criterion) ? 'clause' : 'criterion', criterion)?.to[0] : criterion

/**
 * Starts an assessment as a copy of an adopted one (process § 3.7): texts and evidence come along through the mapping
 * between the two criteria sets, each marked as not reviewed, verdicts never. What has no place any more goes to the
 * drawer. Texts cite the carried items. Words that are there already are not touched, so running it again after a crash
 * only adds what was missing. Gives the number of sheets that were carried.
 */
export const carryOver =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, to: Assessment): Promise<number> => {
    const from = await startOf(needs, to)
    if (!from) return 0
    const between = await mappingBetween(needs, from.set.hash, to.set.hash)
    const there = new Set((await needs.sheets.ofAssessment(to.id)).map(sheet => sheet.code))
    const old = (await needs.sheets.ofAssessment(from.id)).filter(sheet => sheet.code !== REPORT)
    const { sheets, left } = moveSheets(old, between.index, nodesOf(between.to))
    const missing = sheets.filter(sheet => !there.has(sheet.code) && Object.keys(sheet.parts).length > 0)
    if (missing.length === 0 && (left.length === 0 || there.size > 0)) return 0
    const evidence = await needs.evidence(from.id)
    const place = refiled(between)
    const carried = await needs.carryEvidence(actor, from.id, to.id, place)
    const cite = recited(carried, evidence, place)
    // Actions go on by themselves: their list is read across years.
    const texts = [...left, ...evidenceLeft(evidence, place)].filter(each => !each.key.startsWith('action.'))
    await needs.sheets.drawer.lay(
      to.id,
      from.id,
      texts.map(each => ({ ...each, text: cite(each.text) })),
    )
    const at = needs.now()
    for (const { code, parts } of missing)
      await needs.sheets.carry(
        to.id,
        code,
        Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, carriedPart(part, cite, actor, at)])),
      )
    return missing.length
  }

const carriedPart = (part: MovedPart, cite: (text: string) => string, actor: Actor, at: Date): SheetPart => ({
  text: cite(part.text),
  rev: 1,
  by: actor.personId,
  name: actor.name,
  at,
  since: at,
  notReviewed: true,
  ...(part.origin !== undefined && { origin: part.origin }),
})

/** Citations of carried items follow them; an item of a dropped criterion is still named, any other is left out. */
const recited =
  (
    carried: ReadonlyMap<string, string>,
    evidence: ReadonlyMap<string, CitedEvidence>,
    place: (criterion: string) => string | undefined,
  ) =>
  (text: string): string =>
    text.replaceAll(CITATION, (_, id: string) => {
      const now = carried.get(id)
      if (now !== undefined) return `[[${now}]]`
      const item = evidence.get(id)
      return item && place(item.criterion) === undefined ? `${item.label} (${item.name})` : ''
    })

/** Items of dropped criteria by criterion: they stay in the old file, and the drawer says which they are. */
export function evidenceLeft(
  evidence: ReadonlyMap<string, CitedEvidence>,
  place: (criterion: string) => string | undefined,
): readonly LeftText[] {
  const byCriterion = new Map<string, CitedEvidence[]>()
  for (const item of evidence.values())
    if (place(item.criterion) === undefined)
      byCriterion.set(item.criterion, [...(byCriterion.get(item.criterion) ?? []), item])
  return [...byCriterion].map(([code, items]) => ({
    code,
    key: 'evidence',
    label: `Tiêu chí ${code} – minh chứng ở lại hồ sơ cũ`,
    text: items.map(({ label, name }) => `- ${label} ${name}`).join('\n'),
    near: [],
  }))
}
