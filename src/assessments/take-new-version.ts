import { mappingIndex, type CriteriaMapping, type CriteriaSet, type MappingIndex } from '../catalogue/index.ts'
import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { askedBy, forceOf } from './asked.ts'
import { isLevelFour, keyOf, sheetCodes, type Assessment, type CriterionDecision, type Group } from './assessment.ts'
import { refiled } from './carry-over.ts'
import type { MemberTerms } from './group-rights.ts'
import { moveSheets, nodesOf, type MovedPart } from './move-sheets.ts'
import type { AssessmentNeeds } from './needs.ts'
import type { Sheet, SheetPart } from './sheet.ts'
import { stepAssessment } from './step-assessment.ts'

/** A version that the Sở uses for the year by now, and its mapping from the one that this assessment pinned. */
export interface NewerVersion {
  readonly set: Assessment['set']
  readonly mapping: CriteriaMapping | undefined
}

/** Undefined while the assessment works by the version that its year uses, and for ever once a report was adopted. */
export async function newerVersionOf(
  needs: AssessmentNeeds,
  assessment: Assessment,
): Promise<NewerVersion | undefined> {
  if (assessment.report.version > 0) return undefined
  const applicable = await needs.setFor(assessment.year, assessment.schoolKind, assessment.schoolId)
  if (!applicable || applicable.version.hash === assessment.set.hash) return undefined
  const { version, switches } = applicable
  return {
    set: { id: version.set.id, hash: version.hash, switches },
    mapping: await needs.chosenMapping(assessment.set.hash, version.hash),
  }
}

/**
 * Takes a newer version of the criteria into an assessment that has not been adopted. The decision is one write: the new
 * set, each criterion as the mapping leaves it, and the mark that the sheets are on their way. Answers stay where the
 * demand is the same, every other one is cleared. The words then follow; cut off, they are finished at the next start.
 */
export const takeNewVersion =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, id: string): Promise<Assessment> => {
    const standing = await needs.assessments.get(id)
    const newer = await newerVersionOf(needs, standing)
    const taken = await stepAssessment(needs, actor, {
      id,
      event: { type: 'takeNewVersion' },
      prospect: { newVersion: { there: newer !== undefined, mapped: newer?.mapping !== undefined } },
      effect: async before => {
        if (!newer?.mapping) return { change: {} }
        const index = mappingIndex(newer.mapping)
        const set = await needs.setOf(newer.set.hash)
        const next = { ...before, set: newer.set }
        const criteria = Object.keys(before.criteria).length === 0 ? {} : decisionsUnder(next, set, index)
        const gone = Object.keys(before.criteria).filter(key => !(key in criteria))
        return {
          change: {
            set: newer.set,
            criteria,
            criteriaGone: gone,
            groups: before.groups.map(group => groupUnder(group, index)),
            revFloors: {
              ...before.revFloors,
              ...Object.fromEntries(gone.map(key => [key, before.criteria[key]?.rev ?? 0])),
            },
            moving: {
              fromHash: before.set.hash,
              mapping: newer.mapping.hash,
              round: before.rev + 1,
              groups: groupsIn(before.criteria),
            },
          },
          facts: { from: before.set.hash, to: newer.set.hash, mapping: newer.mapping.hash },
        }
      },
    })
    return finishMove(needs)(actor, taken)
  }

const groupsIn = (criteria: Assessment['criteria']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(criteria).flatMap(([key, { groupId }]) => (groupId === undefined ? [] : [[key, groupId]])),
  )

/** Every criterion of the new set: as it was where nothing about it changed, else drafting again with what still holds. */
function decisionsUnder(
  next: Assessment,
  set: CriteriaSet,
  index: MappingIndex,
): Readonly<Record<string, CriterionDecision>> {
  const force = forceOf(next, set)
  return Object.fromEntries(
    sheetCodes(set, next.aimsAtLevelFour).map(code => {
      const kind = isLevelFour(code) ? 'clause' : 'criterion'
      const sources = index.sourcesOf(kind, code)
      const olds = sources.flatMap(row => (row.from === undefined ? [] : (next.criteria[keyOf(row.from)] ?? [])))
      const indicators = askedBy(set, code, force)?.indicators ?? []
      const own = next.criteria[keyOf(code)]
      const answers: Record<string, Record<string, NonNullable<CriterionDecision['answers'][string]>[string]>> = {}
      let unchanged = sources.length === 1 && sources[0]?.how === 'same' && own !== undefined
      for (const { level, code: letter } of indicators) {
        const node = kind === 'clause' ? code : `${code}/${level}/${letter}`
        const lines = index.sourcesOf(kind === 'clause' ? 'clause' : 'indicator', node)
        const same = lines.length === 1 && lines[0]?.how === 'same'
        const verdict = own?.answers[level]?.[letter]
        if (same && verdict !== undefined) answers[level] = { ...answers[level], [letter]: verdict }
        unchanged &&= same
      }
      const answered = Object.values(own?.answers ?? {}).flatMap(Object.values).length
      const kept = Object.values(answers).flatMap(Object.values).length
      if (unchanged && own && answered === kept) return [keyOf(code), own]
      const [first] = olds
      const begun = olds.some(({ state }) => state !== 'assigned' && state !== 'analysing')
      const floor = Math.max(own?.rev ?? 0, next.revFloors?.[keyOf(code)] ?? 0)
      const decision: CriterionDecision = {
        code,
        state: begun ? 'drafting' : 'assigned',
        rev: floor + 1,
        ...(first?.groupId !== undefined && { groupId: first.groupId }),
        answers,
        authors: [...new Set(olds.flatMap(({ authors }) => authors))],
        ...(olds.length > 0 && { notReviewed: true }),
      }
      return [keyOf(code), decision]
    }),
  )
}

/** A group with its criteria, and its members with those that the chair gave them, under the newer set. */
export const groupUnder = ({ criteria, rights, ...group }: Group, index: MappingIndex): Group => ({
  ...group,
  ...(criteria && { criteria: codesUnder(criteria, index) }),
  ...(rights && { rights: { ...rights, terms: rights.terms.map(terms => termsUnder(terms, index)) } }),
})

/** Somebody whose criteria are all dropped by the newer set works on every criterion of the group again. */
function termsUnder({ criteria, ...terms }: MemberTerms, index: MappingIndex): MemberTerms {
  const codes = codesUnder(criteria ?? [], index)
  return codes.length === 0 ? terms : { ...terms, criteria: codes }
}

const codesUnder = (codes: readonly string[], index: MappingIndex): readonly string[] => [
  ...new Set(codes.flatMap(code => index.rowOf(isLevelFour(code) ? 'clause' : 'criterion', code)?.to ?? [])),
]

/**
 * Lets the sheets, the evidence and the drawer follow a decision to take a newer version; whoever starts the system
 * after a crash calls it again, and it goes on from where it was. Nothing to do gives the assessment back.
 */
export const finishMove =
  (needs: AssessmentNeeds) =>
  async (actor: Actor, assessment: Assessment): Promise<Assessment> => {
    const { moving, id } = assessment
    if (!moving) return assessment
    const mapping = await needs.mappingByHash(moving.mapping)
    if (!mapping) return assessment
    const { moves, drawer } = needs.sheets
    const index = mappingIndex(mapping)
    const copies = await moves.copies(id, moving.round)
    const { sheets, left } = moveSheets(copies, index, nodesOf(await needs.setOf(assessment.set.hash)))
    await drawer.lay(
      id,
      moving.mapping,
      left.map(text => {
        const groupId = moving.groups?.[keyOf(text.code)]
        return { ...text, ...(groupId !== undefined && { groupId }) }
      }),
    )
    const at = needs.now()
    const old = new Map(copies.map(copy => [copy.code, copy]))
    const moved = new Map(sheets.map(sheet => [sheet.code, sheet]))
    for (const code of new Set([...old.keys(), ...moved.keys()])) {
      const { parts = {}, actions = [], analysis = [] } = moved.get(code) ?? {}
      await moves.replace(id, moving.round, {
        code,
        actions,
        analysis,
        parts: Object.fromEntries(
          Object.entries(parts).map(([key, part]) => [key, partAfter(part, old.get(code), key, at)]),
        ),
      })
    }
    await needs.refileEvidence(actor, id, moving.mapping, refiled({ index }))
    const now = await needs.assessments.get(id)
    if (now.moving?.round !== moving.round) return now
    return needs.assessments.advance(
      now,
      { gone: ['moving'] },
      entryBy(actor, at, {
        id: `assessment:${id}:${now.rev + 1}`,
        unitId: now.schoolId,
        year: now.year,
        subject: { kind: 'assessment', id },
        event: 'moveSheets',
        facts: { mapping: moving.mapping, left: left.length },
      }),
    )
  }

/** A part that stayed is the same part; one that moved stands above every revision that its place has seen. */
function partAfter(part: MovedPart, there: Sheet | undefined, key: string, at: Date): SheetPart {
  const [source] = part.sources
  if (part.kept && source) return source.part
  return {
    text: part.text,
    rev: (there?.parts[key]?.rev ?? 0) + 1,
    by: source?.part.by ?? '',
    name: source?.part.name ?? '',
    at,
    since: at,
    notReviewed: true,
    ...(part.origin !== undefined && { origin: part.origin }),
  }
}
