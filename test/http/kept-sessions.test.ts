import { expect } from 'chai'
import session from 'express-session'
import { keptSessions } from '../../src/http/kept-sessions.ts'
import { keptReads } from '../../src/kernel/kept-reads.ts'

type Data = session.SessionData

const data = (year: string): Data => ({ cookie: new session.Cookie(), year, unit: '', flashes: [], held: {} })

describe('sessions kept for a moment', () => {
  let now: number
  let reads: number
  let database: session.MemoryStore
  let store: session.Store

  beforeEach(() => {
    now = 0
    reads = 0
    database = new (class extends session.MemoryStore {
      override get(id: string, done: (error: unknown, found?: Data | null) => void): void {
        reads++
        super.get(id, done)
      }
    })()
    store = keptSessions(
      database,
      keptReads(() => now),
    )
  })

  const get = (from: session.Store, id: string): Promise<Data | null | undefined> =>
    new Promise((resolve, reject) =>
      from.get(id, (error: unknown, found) => (error ? reject(asError(error)) : resolve(found))),
    )
  const set = (to: session.Store, id: string, value: Data): Promise<void> =>
    new Promise((resolve, reject) =>
      to.set(id, value, (error: unknown) => (error ? reject(asError(error)) : resolve())),
    )
  const destroy = (at: session.Store, id: string): Promise<void> =>
    new Promise((resolve, reject) => at.destroy(id, (error: unknown) => (error ? reject(asError(error)) : resolve())))
  const asError = (error: unknown): Error => (error instanceof Error ? error : new Error('not an error'))

  it('are read once for several requests', async () => {
    await set(store, 'a', data('2025-2026'))
    await Promise.all([get(store, 'a'), get(store, 'a')])
    await get(store, 'a')
    expect(reads).to.equal(1)
  })

  it('are gone at once when signed out here', async () => {
    await set(store, 'a', data('2025-2026'))
    await get(store, 'a')
    await destroy(store, 'a')
    expect(await get(store, 'a')).to.equal(null)
  })

  it('show at once what was changed here', async () => {
    await set(store, 'a', data('2025-2026'))
    await get(store, 'a')
    await set(store, 'a', data('2024-2025'))
    expect((await get(store, 'a'))?.year).to.equal('2024-2025')
  })

  it('are not put off once more by the request that has stored them', async () => {
    const offs: string[] = []
    database.touch = (id: string, _data: Data, done?: () => void) => {
      offs.push(id)
      done?.()
    }
    const putOff = (value: Data): Promise<void> => new Promise(done => store.touch?.('a', value, done))
    const stored = data('2025-2026')
    await set(store, 'a', stored)
    await putOff(stored)
    expect(offs).to.deep.equal([])
    await putOff(data('2025-2026')) // the next request has a copy of its own
    expect(offs).to.deep.equal(['a'])
  })

  it('are gone after a second when signed out in another process', async () => {
    await set(store, 'a', data('2025-2026'))
    await get(store, 'a')
    await destroy(database, 'a')
    now = 999
    expect((await get(store, 'a'))?.year).to.equal('2025-2026')
    now = 1000
    expect(await get(store, 'a')).to.equal(null)
  })

  it('are kept through the putting off of their end', async () => {
    await set(store, 'a', data('2025-2026'))
    await get(store, 'a')
    await new Promise<void>(done => store.touch?.('a', data('2025-2026'), () => done()))
    await get(store, 'a')
    expect(reads).to.equal(1)
  })

  it('are never shared: what a request writes into its copy nobody else sees', async () => {
    await set(store, 'a', data('2025-2026'))
    const mine = await get(store, 'a')
    if (mine) mine.year = '1999-2000'
    expect((await get(store, 'a'))?.year).to.equal('2025-2026')
  })
})
