import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { createApp } from '../../src/app.ts'
import { buildAssets } from '../../src/http/assets.ts'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM, type SeatRole } from '../../src/kernel/actor.ts'
import { signInLimits, unprotectedCreatePerson } from '../../src/people/index.ts'
import { PASSWORD } from '../http/app-for-tests.ts'
import { aProvince } from './a-province.ts'

/** One person for each kind of seat, and the one who almost may: the officer of the next commune. */
export const PEOPLE = {
  lanhdaoso: ['so', 'provinceLead'],
  chuyenvienso: ['so', 'provinceOfficer'],
  canboxa1: ['xa-1', 'middleOfficer'],
  canboxa2: ['xa-2', 'middleOfficer'],
  hieutruong1: ['th-1', 'head'],
  hieutruong3: ['th-3', 'head'],
  giaovien1: ['th-1', 'staff'],
  quantri: ['so', 'itAdmin'],
} as const satisfies Readonly<Record<string, readonly [unitId: string, role: SeatRole]>>

const KINDS = {
  head: 'principal',
  staff: 'teacher',
} as const

/** The whole application over the small province, with these people. */
export async function sumsApp() {
  const province = await aProvince()
  const { system, db, clock } = province
  const limits = signInLimits(db)
  const now = (): Date => clock.at
  const create = unprotectedCreatePerson({ people: system.people, now })
  for (const [id, [unitId, role]] of Object.entries(PEOPLE)) {
    await create(SYSTEM, { id, name: `Người Mẫu ${role}`, username: id, unitId }, PASSWORD, { mustChange: false })
  }
  for (const unitId of new Set(Object.values(PEOPLE).map(([unit]) => unit))) {
    const seats = Object.entries(PEOPLE)
      .filter(([, [unit]]) => unit === unitId)
      .map(([personId, [, role]]) => ({
        id: `${unitId}-${personId}`,
        personId,
        unitId,
        role,
        from: '2020-08-01',
        post: 'Chức vụ mẫu',
        postKind: role === 'head' || role === 'staff' ? KINDS[role] : ('officer' as const),
        represents: [],
      }))
    const entry = entryBy(SYSTEM, now(), {
      id: `seats:${unitId}:1`,
      unitId,
      subject: { kind: 'seats', id: unitId },
      event: 'appoint',
    })
    await system.seats.save({ unitId, seats: [], handovers: [], rev: 0 }, seats, entry)
  }
  const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-sums-'))
  const app = createApp({
    system,
    limits,
    assets: await buildAssets(),
    config: { baseUrl: 'http://localhost', filesDir, sessionSecrets: ['a secret for tests only, 32 letters'] },
    log: pino({ level: 'error' }),
  })
  return { ...province, app }
}
