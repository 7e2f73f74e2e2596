import { entryBy } from '../journal/index.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/dates.ts'
import type { JournalEntry } from '../kernel/journal-entry.ts'
import { StepRefused, type Unmet } from '../kernel/refusals.ts'
import { carryOut } from './carry-out-renumbering.ts'
import type { Dossier, Dossiers } from './dossier.ts'
import type { Surroundings } from './evidence-facts.ts'
import { demand, placeOf, type Right } from './evidence-policy.ts'
import type { EvidenceBrief, EvidenceStore } from './evidence-store.ts'
import type { Evidence } from './evidence.ts'
import type { FileStore } from './file-store.ts'
import type { RenumberingStore } from './renumbering-store.ts'

/** What the use cases of evidence stand on. */
export interface EvidenceNeeds {
  readonly evidence: EvidenceStore
  readonly renumberings: RenumberingStore
  readonly dossiers: Dossiers
  readonly files: FileStore
  readonly now: Clock
  readonly newId: () => string
}

type Readable = Pick<EvidenceNeeds, 'evidence' | 'renumberings'>

/** All items of an assessment by running number. A renumbering that a crash left half done is finished first. */
export const evidenceOf = async (needs: Readable, assessmentId: string): Promise<readonly Evidence[]> =>
  (await settled(needs, assessmentId)).items

/** The same items in short, for citations and counts. */
export const briefsOf = (needs: Readable, assessmentId: string): Promise<readonly EvidenceBrief[]> =>
  needs.evidence.briefsOf(assessmentId, () => finishRenumbering(needs, assessmentId))

/** Everything that a step on any item of the dossier is decided on. */
export async function surroundingsOf(
  needs: Readable & Pick<EvidenceNeeds, 'dossiers'>,
  dossier: Dossier,
): Promise<Surroundings> {
  const [{ items, renumberedBefore }, citations] = await Promise.all([
    settled(needs, dossier.id),
    needs.dossiers.citations(dossier.id),
  ])
  return { dossier, items, citations, renumberedBefore }
}

async function settled(needs: Readable, assessmentId: string) {
  const renumberedBefore = await finishRenumbering(needs, assessmentId)
  return { items: await needs.evidence.ofAssessment(assessmentId), renumberedBefore }
}

/** Finishes a renumbering that a crash left half done; whether the assessment was ever renumbered. */
async function finishRenumbering({ evidence, renumberings }: Readable, assessmentId: string): Promise<boolean> {
  const decision = await renumberings.of(assessmentId)
  if (decision && !decision.finished) await carryOut({ evidence, renumberings }, decision)
  return decision !== undefined
}

/** An item with its dossier, for somebody who holds the right to it; `NotFound` or `Forbidden` for everybody else. */
export async function itemFor(
  { evidence, dossiers }: Pick<EvidenceNeeds, 'evidence' | 'dossiers'>,
  actor: Actor,
  id: string,
  right: Right,
): Promise<{ readonly item: Evidence; readonly dossier: Dossier }> {
  const item = await evidence.get(id)
  const dossier = await dossiers.get(item.assessmentId)
  demand(right, actor, placeOf(dossier, item))
  return { item, dossier }
}

/** Refuses with every unmet condition, if there is any. */
export function demandMet(unmet: readonly Unmet[], what: string): void {
  if (unmet.length > 0) throw new StepRefused(`Chưa thể ${what}: còn thiếu điều kiện.`, unmet)
}

type Subject = Pick<Evidence, 'id' | 'schoolId' | 'year' | 'assessmentId'>
type Said = Pick<JournalEntry, 'event' | 'from' | 'to' | 'reason' | 'facts'>

/** The journal entry of a step, named after the revision that the step makes of the item as it was before. */
export const entryFor = (actor: Actor, at: Date, item: Subject & Pick<Evidence, 'rev'>, step: Said): JournalEntry =>
  entryOfRevision(actor, at, item, item.rev + 1, step)

/** The first journal entry of a new item, whose revision is 0. */
export const birthOf = (actor: Actor, at: Date, item: Subject, step: Said): JournalEntry =>
  entryOfRevision(actor, at, item, 0, step)

const entryOfRevision = (actor: Actor, at: Date, item: Subject, revision: number, step: Said): JournalEntry =>
  entryBy(actor, at, {
    ...step,
    id: `evidence:${item.id}:${revision}`,
    unitId: item.schoolId,
    year: item.year,
    subject: { kind: 'evidence', id: item.id, part: item.assessmentId },
  })
