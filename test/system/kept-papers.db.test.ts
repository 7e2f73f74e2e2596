import { expect } from 'chai'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sweepFiles } from '../../src/system/finish-half-done.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import type { Minutes } from '../../src/minutes/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { buildSystem } from '../../src/system/system.ts'
import { testDatabase } from '../support/database.ts'

const A_WEEK = 7 * 86_400_000

describe('papers that features keep beside the paper centre', () => {
  it('outlive the sweep of unnamed files, and the public check knows them by their bytes', async () => {
    const db = await testDatabase()
    const filesDir = mkdtempSync(path.join(tmpdir(), 'kiem-dinh-kept-'))
    const system = buildSystem(db, { filesDir, now: () => new Date(Date.now() + A_WEEK) })
    await ensureIndexes(db)
    const kept = await system.files.keepBytes(Buffer.from('%PDF biên bản'))
    const lost = await system.files.keepBytes(Buffer.from('%PDF không ai nhắc tới'))
    const minutes: Minutes = {
      id: 'truong.2025-2026:1',
      assessmentId: 'truong.2025-2026',
      schoolId: 'truong',
      year: workingYear('2025-2026'),
      kind: 'council',
      no: 1,
      state: 'signed',
      machine: 'minutes@1',
      rev: 2,
      words: {
        number: '03/BB',
        on: '2026-02-05',
        from: '14:00',
        until: '15:00',
        place: 'Phòng họp',
        chair: 'Người Mẫu',
        secretary: 'Người Mẫu Hai',
        guests: '',
        participants: [],
        agenda: [],
        votes: [],
        assignments: [],
      },
      signed: { on: '2026-02-05', personId: 'p', name: 'Người Mẫu', sha256: kept },
      outbox: [],
    }
    await system.minutesNeeds.minutes.begin(minutes, {
      id: 'minutes:1',
      at: new Date(),
      by: { personId: 'p', name: 'Người Mẫu', seats: [] },
      unitId: 'truong',
      subject: { kind: 'minutes', id: minutes.id },
      event: 'begin',
    })
    await system.post.settled()
    expect(await sweepFiles(system)).to.equal(1)
    expect((await system.files.open(kept)).path).to.contain(kept)
    const gone = await system.files.open(lost).then(
      () => 'there',
      () => 'gone',
    )
    expect(gone).to.equal('gone')
    const [told, ...more] = (await system.reportNeeds.elsewhere?.bySha256([kept, lost])) ?? []
    expect(more).to.deep.equal([])
    expect(told).to.include({ result: 'inForce', year: '2025-2026' })
    expect(told?.title).to.equal('Biên bản số 03/BB ngày 05/02/2026 (Hội đồng tự đánh giá, lần 1)')
  })
})
