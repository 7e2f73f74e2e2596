import type { ReceivedFile } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { InvalidInput, NotFound, type Unmet } from '../kernel/refusals.ts'
import { nextState } from '../kernel/step.ts'
import type { WorkingYear } from '../kernel/working-year.ts'
import type { Dossier } from './dossier.ts'
import { duplicatesOf } from './evidence-code.ts'
import { collectUnmet } from './evidence-conditions.ts'
import { comparable, factsOf, labelOf, openUnmet } from './evidence-facts.ts'
import type { CollectInput, EntryInput } from './evidence-input.ts'
import { evidenceLife, EVIDENCE_VERSION } from './evidence-machine.ts'
import {
  birthOf,
  demandMet,
  entryFor,
  evidenceOf,
  itemFor,
  surroundingsOf,
  type EvidenceNeeds,
} from './evidence-needs.ts'
import { demand } from './evidence-policy.ts'
import type { NewEvidence } from './evidence-store.ts'
import { nameFromFile } from './evidence-words.ts'
import { yearOf } from './evidence-years.ts'
import type { Evidence, EvidenceEntry, EvidenceFile } from './evidence.ts'
import { demandAccepted, keepFiles } from './keep-files.ts'

/** An item already here that holds the same file, or the same number, date and issuer: a warning, never a refusal. */
export interface Twin {
  readonly id: string
  readonly label: string
  readonly name: string
  readonly by: 'file' | 'document'
}

export interface Collected {
  readonly item: Evidence
  readonly twins: readonly Twin[]
}

export interface Asked {
  readonly input: CollectInput
  readonly files: readonly ReceivedFile[]
  /** Given by the browser, so that a request sent again after a lost answer adds nothing. */
  readonly id?: string
  /** What the external team asked for, when the item is added for its visit. */
  readonly requestOfTeam?: string
}

/** Adds a new item that has been found; for the external team's visit it may be added when all others are frozen. */
export const collect =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, assessmentId: string, asked: Asked): Promise<Collected> => {
    const { input, requestOfTeam } = asked
    const dossier = await needs.dossiers.get(assessmentId)
    demand(requestOfTeam === undefined ? 'collect' : 'addForVisit', actor, { dossier, criterion: input.criterion })
    if (requestOfTeam === undefined) demandMet(openUnmet(dossier), 'thu thập minh chứng')
    demandAccepted(asked.files)
    demandFields(collectUnmet(factsOfInput(input, asked.files)))

    const entry = entryOf(needs.newId(), input.entry, await keepFiles(needs, actor, asked.files))
    const born = newItem(needs, dossier, actor, { id: asked.id ?? needs.newId(), details: input, entry })
    const event = requestOfTeam === undefined ? 'collect' : 'addForVisit'
    const item = await needs.evidence.add({
      ...born,
      ...(requestOfTeam === undefined ? {} : { addedForVisit: true }),
      outbox: [
        birthOf(actor, needs.now(), born, {
          event,
          to: 'collected',
          ...(requestOfTeam === undefined ? {} : { reason: requestOfTeam }),
          facts: { name: born.name, criterion: born.criterion, files: entry.files.map(file => file.sha256) },
        }),
      ],
    })
    if (item.assessmentId !== assessmentId) throw new NotFound(`evidence ${item.id}`)
    return { item, twins: twinsOf(item, await evidenceOf(needs, assessmentId)) }
  }

/** Records that an expected or missing item has been found after all. */
export const collectExpected =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, id: string, { input, files }: Pick<Asked, 'input' | 'files'>): Promise<Collected> => {
    const { item, dossier } = await itemFor(needs, actor, id, 'collect')
    demand('collect', actor, { dossier, criterion: input.criterion })
    demandMet(openUnmet(dossier, item), 'thu thập minh chứng')
    demandAccepted(files)
    demandFields(collectUnmet(factsOfInput(input, files)))
    const around = await surroundingsOf(needs, dossier)
    const entry = entryOf(needs.newId(), input.entry, await keepFiles(needs, actor, files))
    const { entry: _, ...details } = input
    const { missingReason: __, ...before } = item
    const found: Evidence = {
      ...before,
      ...details,
      note: details.note || item.note,
      entries: [entry],
      collectedBy: collector(actor, needs.now()),
    }
    const state = nextState(evidenceLife, item.state, factsOf(found, around), { type: 'collect' })
    const saved = await needs.evidence.save(
      { ...found, state },
      entryFor(actor, needs.now(), item, {
        event: 'collect',
        from: item.state,
        to: state,
        facts: { name: found.name, files: entry.files.map(file => file.sha256) },
      }),
    )
    return { item: saved, twins: twinsOf(saved, around.items) }
  }

export interface ManyCollected {
  readonly collected: readonly Collected[]
  readonly refused: readonly { readonly name: string; readonly reason: string }[]
}

/** Makes one item of each file, named after the file; a file that is not taken does not hold up the others. */
export const collectMany =
  (needs: EvidenceNeeds) =>
  async (
    actor: Actor,
    assessmentId: string,
    {
      criterion,
      schoolYear,
      files,
      id,
    }: { criterion: string; schoolYear?: WorkingYear; files: readonly ReceivedFile[]; id?: string },
  ): Promise<ManyCollected> => {
    const collected: Collected[] = []
    const refused: { name: string; reason: string }[] = []
    for (const file of files) {
      const entry: EntryInput = { number: '', issuer: '', ...(schoolYear ? { schoolYear } : {}) }
      const input: CollectInput = {
        criterion,
        name: nameFromFile(file.name),
        kind: 'document',
        place: '',
        note: '',
        entry,
      }
      try {
        const given = id !== undefined && files.length === 1 ? { id } : {}
        collected.push(await collect(needs)(actor, assessmentId, { input, files: [file], ...given }))
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error
        refused.push({ name: file.name, reason: Object.values(error.fields).join(' ') })
      }
    }
    return { collected, refused }
  }

/** Other items of the dossier that are the same by file or by number, date and issuer. */
export const twinsOf = (item: Evidence, items: readonly Evidence[]): readonly Twin[] =>
  duplicatesOf(
    comparable(item),
    items.filter(other => other.state !== 'withdrawn' && other.state !== 'rejected').map(comparable),
  ).flatMap(({ id, by }) =>
    items.filter(other => other.id === id).map(other => ({ id, by, label: labelOf(other), name: other.name })),
  )

/** One Vietnamese sentence that names the items and their codes. */
export const twinWarning = (twins: readonly Twin[]): string =>
  twins
    .map(
      twin =>
        `${twin.by === 'file' ? 'Tệp này' : 'Văn bản này (cùng số, ngày, nơi ban hành)'} đã có ở ${twin.label} ${twin.name}.`,
    )
    .join(' ') + ' Nếu là cùng một minh chứng, hãy dẫn mã đã có thay vì thêm mục mới.'

const FIELD_OF: Readonly<Record<string, string>> = {
  sourceMissing: 'files',
  nameMissing: 'name',
  kindMissing: 'kind',
  schoolYearMissing: 'schoolYear',
}

/** What a form left out is shown at the form's own fields. */
function demandFields(unmet: readonly Unmet[]): void {
  if (unmet.length > 0)
    throw new InvalidInput(Object.fromEntries(unmet.map(({ code, message }) => [FIELD_OF[code] ?? code, message])))
}

const factsOfInput = (input: CollectInput, files: readonly ReceivedFile[]) => ({
  name: input.name,
  kind: input.kind,
  hasFile: files.length > 0,
  place: input.place,
  schoolYearGiven: yearOf(input.entry) !== undefined,
  href: '',
})

/** The school year is the one given, else the one in which the document's day falls. */
export function entryOf(id: string, input: EntryInput, files: readonly EvidenceFile[]): EvidenceEntry {
  const schoolYear = yearOf(input)
  return { ...input, id, files, ...(schoolYear ? { schoolYear } : {}) }
}

const collector = (actor: Actor, at: Date) => ({ personId: actor.personId, name: actor.name, at })

const newItem = (
  { now }: EvidenceNeeds,
  dossier: Dossier,
  actor: Actor,
  { id, details, entry }: { id: string; details: CollectInput; entry: EvidenceEntry },
): NewEvidence => {
  const { entry: _, ...rest } = details
  return {
    ...rest,
    id,
    assessmentId: dossier.id,
    schoolId: dossier.schoolId,
    year: dossier.year,
    state: 'collected',
    machine: EVIDENCE_VERSION,
    rev: 0,
    entries: [entry],
    formerCodes: [],
    collectedBy: collector(actor, now()),
    outbox: [],
  }
}
