import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileStore } from '../../src/evidence/index.ts'
import { figureRoutes, figureStore, reserveStore } from '../../src/figures/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import {
  clusterRoutes,
  clusterStore,
  delegationRoutes,
  delegationStore,
  exchangeRoutes,
  operationRoutes,
  operationStore,
  settingsRoutes,
  settingStore,
  unitRoutes,
  unitStore,
  yearRoutes,
  yearStore,
} from '../../src/organisations/index.ts'
import { renderPdf } from '../../src/paper/index.ts'
import { uploadShelf } from '../../src/sheet-files/index.ts'
import { inForce, maySeat, seatRoutes, seatStore, targetOf } from '../../src/seats/index.ts'
import { appForTests } from '../http/app-for-tests.ts'
import { testDatabase } from '../support/database.ts'
import { twoTierProvince } from './a-tree.ts'

/** The real server with the routes of units, posts and figures over the two-tier province, in October 2025. */
export async function organisationsStage() {
  const db = await testDatabase()
  const journal = journalStore(db)
  const outbox = relay(db, journal, error => {
    throw error
  })
  const now = (): Date => new Date('2025-10-05T02:41:00Z')
  const units = unitStore(db, outbox)
  const seats = seatStore(db, outbox)
  const figures = figureStore(db, outbox)
  const reserves = reserveStore(db, outbox)
  const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-figures-'))
  const settings = settingStore(db, outbox)
  const years = yearStore(db, outbox)
  const operations = operationStore(db, outbox)
  const clusters = clusterStore(db, outbox)
  const delegations = delegationStore(db, outbox)
  await ensureIndexes(db)
  for (const { rev: _rev, ...unit } of twoTierProvince().values()) await units.add(unit, { actor: SYSTEM, at: now() })
  let last = 0
  const newId = (): string => `id-${++last}`
  const history = (subject: { readonly kind: string; readonly id: string }) => journal.of(subject)
  const touches = async ({ unitIds }: { readonly unitIds: readonly string[] }): Promise<readonly string[]> =>
    unitIds.includes('thcs') ? ['1 đợt tự đánh giá đang mở.'] : []
  const report = (error: unknown): never => {
    throw error
  }
  const arranging = { units, operations, now, newId, history, touches, report }
  const known = new Map([
    ['p-hoa', 'Trịnh Thị Hoa'],
    ['p-la', 'Đinh Văn Lá'],
  ])
  const stage = await appForTests([
    ...exchangeRoutes(arranging),
    ...unitRoutes({
      units,
      operations,
      now,
      history,
      staffCount: async (unitId, day) => inForce((await seats.ofUnit(unitId)).seats, day).length,
      maySeeStaff: (actor, chain) => maySeat.read(actor, targetOf(chain, 'staff')),
    }),
    ...operationRoutes(arranging),
    ...clusterRoutes({ units, clusters, now, newId }),
    ...delegationRoutes({ units, delegations, now, newId }),
    ...settingsRoutes({ units, settings, now, history }),
    ...yearRoutes({ units, years, now }),
    ...seatRoutes({
      units,
      seats,
      now,
      newId,
      namesOf: async ids => new Map(ids.filter(id => id !== 'khong-co-ai').map(id => [id, known.get(id) ?? id])),
      whoCanSignIn: async ids => new Set(ids),
      actorOf: async id => ({ personId: id, name: known.get(id) ?? id, seats: [] }),
      openWorkOf: async () => [],
      moveWork: async () => undefined,
      candidatesFor: async () => [...known].map(([id, name]) => ({ id, name })),
      async createPerson(_actor, { name, username }) {
        known.set(`p-${username}`, name)
        return { id: `p-${username}`, name, username, link: 'http://mau.example/mot-lan-thoi', picture: 'data:,' }
      },
    }),
    ...figureRoutes({
      units,
      figures,
      now,
      files: fileStore(filesDir),
      reserves,
      shelf: uploadShelf(path.join(filesDir, 'imports')),
      norms: () => Promise.resolve({ nursery: 2.5, kindergarten: 2.2, tieu_hoc: 1.5, thcs: 1.9, thpt: 2.25 }),
      draw: doc => renderPdf(doc),
    }),
  ])
  const settled = (): Promise<void> => outbox.settled()
  return { ...stage, operations, clusters, delegations, units, seats, figures, reserves, settings, years, settled }
}
