import type { ReceivedFile } from '../http/route.ts'
import type { Actor } from '../kernel/actor.ts'
import { InvalidInput, NotFound, StepRefused } from '../kernel/refusals.ts'
import { entryOf } from './collect.ts'
import { openUnmet } from './evidence-facts.ts'
import type { DetailsInput, EntryInput } from './evidence-input.ts'
import type { EvidenceState } from './evidence-machine.ts'
import { demandMet, entryFor, itemFor, type EvidenceNeeds } from './evidence-needs.ts'
import { demand, placeOf, type Right } from './evidence-policy.ts'
import type { Evidence } from './evidence.ts'
import { demandAccepted, keepFiles } from './keep-files.ts'

/** Who may edit in each state: after the check only those who checked; never once it is frozen or out of use. */
const RIGHT_TO_EDIT: Readonly<Partial<Record<EvidenceState, Right>>> = {
  expected: 'edit',
  missing: 'edit',
  collected: 'edit',
  verified: 'editChecked',
  coded: 'editChecked',
}

export const rightToEdit = (item: Pick<Evidence, 'state'>): Right | undefined => RIGHT_TO_EDIT[item.state]

/** Changes what an item says about itself; its criterion only as long as no code names it. */
export const editDetails =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, id: string, input: DetailsInput): Promise<Evidence> => {
    const { item, dossier, right } = await editable(needs, actor, id)
    if (input.criterion !== item.criterion) {
      if (item.code) throw new InvalidInput({ criterion: 'Minh chứng đã có mã nên không chuyển sang tiêu chí khác.' })
      demand('edit', actor, placeOf(dossier, { ...item, criterion: input.criterion }))
    }
    const { notReviewed: _, dataClass, ...reviewed } = item
    // Once checked, an item keeps its class until another one is chosen.
    const kept = dataClass !== undefined && right === 'editChecked' ? { dataClass } : {}
    return save(needs, actor, item, { ...reviewed, ...kept, ...input }, 'edit', changesOf(item, input))
  }

/** Something of the item has been brought: what is only expected, or was not found, has no years yet. */
export const isBrought = ({ state }: Pick<Evidence, 'state'>): boolean => state !== 'expected' && state !== 'missing'

/** Adds the entry of a further school year. */
export const addEntry =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, id: string, input: EntryInput, received: readonly ReceivedFile[]): Promise<Evidence> => {
    const { item } = await editable(needs, actor, id)
    if (!isBrought(item))
      throw new StepRefused('Minh chứng này chưa được thu thập; xin ghi nhận đã thu thập rồi mới thêm năm học.')
    const probe = entryOf('', input, [])
    if (probe.schoolYear === undefined) throw new InvalidInput({ schoolYear: 'Cần chọn năm học.' })
    if (item.entries.some(entry => entry.schoolYear === probe.schoolYear))
      throw new InvalidInput({ schoolYear: `Năm học ${probe.schoolYear} đã có trong minh chứng này.` })
    demandAccepted(received)
    const entry = entryOf(needs.newId(), input, await keepFiles(needs, actor, received))
    const facts = { schoolYear: entry.schoolYear, files: entry.files.map(file => file.sha256) }
    return save(needs, actor, item, { ...item, entries: [...item.entries, entry] }, 'addEntry', facts)
  }

/** Corrects number, date, issuer or school year of an entry and adds files to it. */
export const editEntry =
  (needs: EvidenceNeeds) =>
  async (
    actor: Actor,
    id: string,
    entryId: string,
    input: EntryInput,
    received: readonly ReceivedFile[],
  ): Promise<Evidence> => {
    const { item } = await editable(needs, actor, id)
    const before = item.entries.find(entry => entry.id === entryId)
    if (!before) throw new NotFound(`entry ${entryId} of evidence ${id}`)
    const probe = entryOf(entryId, input, before.files)
    if (item.entries.some(entry => entry.id !== entryId && entry.schoolYear === probe.schoolYear))
      throw new InvalidInput({ schoolYear: 'Năm học này đã có trong minh chứng.' })
    demandAccepted(received)
    const fresh = await keepFiles(needs, actor, received)
    const files = [...before.files, ...fresh.filter(file => before.files.every(old => old.sha256 !== file.sha256))]
    const entries = item.entries.map(entry => (entry.id === entryId ? { ...probe, files } : entry))
    const facts = { ...input, added: fresh.map(file => file.sha256) }
    return save(needs, actor, item, { ...item, entries }, 'editEntry', facts)
  }

/** Takes a file back out that was attached by mistake, as long as nobody has checked the item. */
export const removeFile =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, id: string, sha256: string): Promise<Evidence> => {
    const { item } = await editable(needs, actor, id)
    if (item.state !== 'collected')
      throw new InvalidInput({}, 'Minh chứng đã được kiểm tra nên không gỡ tệp nữa; hãy dùng “Thay tệp”.')
    const entries = item.entries.map(entry => ({
      ...entry,
      files: entry.files.filter(file => file.sha256 !== sha256),
    }))
    if (item.place === '' && entries.every(entry => entry.files.length === 0))
      throw new InvalidInput({}, 'Đây là tệp duy nhất. Hãy tải tệp đúng lên hoặc ghi nơi lưu giữ trước khi gỡ tệp này.')
    return save(needs, actor, item, { ...item, entries }, 'removeFile', { file: sha256 })
  }

/** A person has looked at an item that came over from last year and found it still right. */
export const confirmCarried =
  (needs: EvidenceNeeds) =>
  async (actor: Actor, id: string): Promise<Evidence> => {
    const { item } = await editable(needs, actor, id)
    const { notReviewed: _, ...reviewed } = item
    return save(needs, actor, item, reviewed, 'confirmCarried', {})
  }

async function editable(needs: EvidenceNeeds, actor: Actor, id: string) {
  const { item, dossier } = await itemFor(needs, actor, id, 'read')
  const right = rightToEdit(item)
  if (right === undefined)
    demandMet([{ code: 'closed', message: 'Minh chứng ở trạng thái này chỉ được xem.' }], 'sửa minh chứng')
  else demand(right, actor, placeOf(dossier, item))
  // What is only expected may be rewritten while the plan is still being drawn up.
  if (item.state !== 'expected') demandMet(openUnmet(dossier, item), 'sửa minh chứng')
  return { item, dossier, right }
}

const save = (
  needs: EvidenceNeeds,
  actor: Actor,
  before: Evidence,
  after: Evidence,
  event: string,
  facts: Readonly<Record<string, unknown>>,
): Promise<Evidence> => needs.evidence.save(after, entryFor(actor, needs.now(), before, { event, facts }))

const changesOf = (item: Evidence, input: DetailsInput): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (['criterion', 'name', 'kind', 'place', 'note', 'dataClass'] as const)
      .filter(key => input[key] !== undefined && input[key] !== item[key])
      .map(key => [key, { from: item[key] ?? '', to: input[key] }]),
  )
