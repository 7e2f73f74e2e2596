import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileStore } from '../../src/evidence/index.ts'
import { figureRoutes, figureStore, reserveStore } from '../../src/figures/index.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import {
  settingsRoutes,
  settingStore,
  unitRoutes,
  unitStore,
  yearRoutes,
  yearStore,
} from '../../src/organisations/index.ts'
import { renderPdf } from '../../src/paper/index.ts'
import { uploadShelf } from '../../src/sheet-files/index.ts'
import { inForce, seatRoutes, seatStore } from '../../src/seats/index.ts'
import { appForTests } from '../http/app-for-tests.ts'
import { testDatabase } from '../support/database.ts'
import { twoTierProvince } from './a-tree.ts'

/** The real server with the routes of units, posts and figures over the two-tier province, in October 2025. */
export async function organisationsStage() {
  const db = await testDatabase()
  const outbox = relay(db, journalStore(db), error => {
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
  await ensureIndexes(db)
  for (const { rev: _rev, ...unit } of twoTierProvince().values()) await units.add(unit, { actor: SYSTEM, at: now() })
  let last = 0
  const known = new Map([
    ['p-hoa', 'Trịnh Thị Hoa'],
    ['p-la', 'Đinh Văn Lá'],
  ])
  const stage = await appForTests([
    ...unitRoutes({
      units,
      now,
      staffCount: async (unitId, day) => inForce((await seats.ofUnit(unitId)).seats, day).length,
    }),
    ...settingsRoutes({ units, settings, now }),
    ...yearRoutes({ units, years, now }),
    ...seatRoutes({
      units,
      seats,
      now,
      newId: () => `seat-${++last}`,
      namesOf: async ids => new Map(ids.map(id => [id, known.get(id) ?? id])),
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
  return { ...stage, units, seats, figures, reserves, settings, years }
}
