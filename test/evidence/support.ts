import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Dossier } from '../../src/evidence/dossier.ts'
import type { CollectInput } from '../../src/evidence/evidence-input.ts'
import type { EvidenceNeeds } from '../../src/evidence/evidence-needs.ts'
import { evidenceStore } from '../../src/evidence/evidence-store.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { fileStore } from '../../src/evidence/file-store.ts'
import { renumberingStore } from '../../src/evidence/renumbering-store.ts'
import type { ReceivedFile } from '../../src/http/route.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import type { Actor, Seat, SeatRole } from '../../src/kernel/actor.ts'
import { NotFound, Refusal } from '../../src/kernel/refusals.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { testDatabase } from '../support/database.ts'

export const YEAR = workingYear('2025-2026')
export const SCHOOL = 'truong-hoa-sen'
export const NOW = new Date('2026-03-02T02:00:00Z')

/** The refusal that a promise ends in; a fault or a success fails the test. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const outcome: unknown = await promise.then(
    () => 'no refusal',
    (error: unknown) => error,
  )
  if (outcome instanceof Refusal) return outcome
  throw outcome instanceof Error ? outcome : new Error(String(outcome))
}

export const seat = (role: SeatRole, more: Partial<Seat> = {}): Seat => ({
  role,
  unitId: SCHOOL,
  year: YEAR,
  from: '2025-08-01',
  ...more,
})

export const actor = (name: string, ...seats: readonly Seat[]): Actor => ({ personId: `p-${name}`, name, seats })

export const MEMBER = actor('Lò Thị Mẫu', seat('groupMember', { groupId: 'g1' }))
export const LEAD = actor('Vàng Văn Thử', seat('groupLead', { groupId: 'g1' }))
export const SECRETARIAT = actor('Giàng Thị Ví Dụ', seat('secretariat'))
export const SECRETARY = actor('Hà Văn Mẫu', seat('secretary'))
export const HEAD = actor('Quàng Thị Thử', seat('head'), seat('chair'))

export const aDossier = (changes: Partial<Dossier> = {}): Dossier => ({
  id: `${SCHOOL}.${YEAR}`,
  schoolId: SCHOOL,
  schoolName: 'Trường Tiểu học Hoa Sen',
  year: YEAR,
  ancestors: [],
  collecting: true,
  adopted: false,
  criteria: [
    {
      code: '1.1',
      title: 'Phương hướng, chiến lược',
      groupId: 'g1',
      groupName: 'Nhóm 1',
      typicalEvidence: ['Kế hoạch chiến lược'],
    },
    { code: '1.2', title: 'Hội đồng trường', groupId: 'g1', groupName: 'Nhóm 1', typicalEvidence: [] },
    { code: '2.1', title: 'Hiệu trưởng, phó hiệu trưởng', groupId: 'g2', groupName: 'Nhóm 2', typicalEvidence: [] },
  ],
  ...changes,
})

export const anInput = (changes: Partial<CollectInput> = {}): CollectInput => ({
  criterion: '1.1',
  name: 'Kế hoạch chiến lược phát triển nhà trường',
  kind: 'document',
  place: '',
  note: '',
  entry: { schoolYear: YEAR, number: '12/KH-THHS', date: '2025-09-05', issuer: 'Trường Tiểu học Hoa Sen' },
  ...changes,
})

export const anItem = (changes: Partial<Evidence> = {}): Evidence => ({
  id: randomUUID(),
  assessmentId: `${SCHOOL}.${YEAR}`,
  schoolId: SCHOOL,
  year: YEAR,
  no: 1,
  state: 'collected',
  machine: 'evidence@1',
  rev: 0,
  criterion: '1.1',
  name: 'Kế hoạch năm học',
  kind: 'document',
  entries: [],
  place: '',
  note: '',
  formerCodes: [],
  outbox: [],
  ...changes,
})

/** Use cases over a real database and a folder of their own; `dossiers` and `cited` are what the test says they are. */
export async function bench() {
  const db = await testDatabase()
  const journal = journalStore(db)
  const faults: unknown[] = []
  const delivery = relay(db, journal, error => faults.push(error))
  const folder = await mkdtemp(path.join(tmpdir(), 'evidence-'))
  const dossiers = new Map<string, Dossier>([[aDossier().id, aDossier()]])
  const cited = new Map<string, readonly string[]>()
  const needs: EvidenceNeeds = {
    evidence: evidenceStore(db, delivery),
    renumberings: renumberingStore(db),
    files: fileStore(path.join(folder, 'files')),
    now: () => NOW,
    newId: () => randomUUID(),
    dossiers: {
      get: id => {
        const dossier = dossiers.get(id)
        return dossier ? Promise.resolve(dossier) : Promise.reject(new NotFound(id))
      },
      citations: () => Promise.resolve(cited),
    },
  }
  await ensureIndexes(db)
  let uploads = 0
  return {
    db,
    needs,
    journal,
    dossiers,
    cited,
    folder,
    put: (changes: Partial<Dossier>): void => void dossiers.set(changes.id ?? aDossier().id, aDossier(changes)),
    /** Entries of the journal on an item, oldest first. */
    async historyOf(id: string) {
      await delivery.settled()
      if (faults.length > 0) throw faults[0]
      const entries = await journal.of({ kind: 'evidence', id })
      return entries.toSorted((one, other) => (one.id < other.id ? -1 : 1))
    },
    /** A file as the HTTP edge hands it over. */
    async received(content: string | Buffer, name = 'ke-hoach.pdf', mime = 'application/pdf'): Promise<ReceivedFile> {
      const bytes = Buffer.from(content)
      const place = path.join(folder, `upload-${uploads++}`)
      await writeFile(place, bytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return { field: 'files', name, path: place, size: bytes.length, sha256, mime }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

export type Bench = Awaited<ReturnType<typeof bench>>
