import { expect } from 'chai'
import { ALONE_LIFE_MS, EVERY, keptReads, type Source } from '../../src/kernel/kept-reads.ts'

const PEOPLE: Source = { collection: 'people', id: 'an' }

describe('reads kept for a moment', () => {
  let now: number
  let loads: string[]
  let kept: ReturnType<typeof keptReads>
  /** What the database would answer now. */
  let stored: string

  beforeEach(() => {
    now = 0
    loads = []
    stored = 'first'
    kept = keptReads(() => now)
  })

  const load = (key: string): Promise<string> => {
    loads.push(key)
    return Promise.resolve(stored)
  }
  const reader = (from: readonly Source[], most?: number) =>
    kept.keep({ load, from: () => from, lifeMs: 1000, ...(most !== undefined && { most }) })

  it('are read once for all who ask at the same time', async () => {
    const read = reader([PEOPLE])
    expect(await Promise.all([read('an'), read('an'), read('an')])).to.deep.equal(['first', 'first', 'first'])
    expect(loads).to.deep.equal(['an'])
  })

  it('show what another process wrote when their life has ended', async () => {
    const read = reader([PEOPLE])
    await read('an')
    stored = 'second'
    now = 999
    expect(await read('an')).to.equal('first')
    now = 1000
    expect(await read('an')).to.equal('second')
  })

  it('live from the beginning of the read, however long it took', async () => {
    const answers: ((value: string) => void)[] = []
    const read = kept.keep({
      load: () => new Promise<string>(resolve => answers.push(resolve)),
      from: () => [PEOPLE],
      lifeMs: 1000,
    })
    const slow = read('an')
    now = 1500
    const next = read('an')
    answers[0]?.('old')
    answers[1]?.('new')
    expect([await slow, await next]).to.deep.equal(['old', 'new'])
    expect(await read('an')).to.equal('new')
  })

  it('are dropped at once by a write of this process', async () => {
    const read = reader([PEOPLE])
    await read('an')
    stored = 'second'
    kept.wrote({ collection: 'people', id: 'an' })
    expect(await read('an')).to.equal('second')
  })

  it('are dropped by a write that ends while they are being read', async () => {
    const read = reader([PEOPLE])
    const before = read('an')
    stored = 'second'
    kept.wrote({ collection: 'people', id: 'an' })
    expect([await before, await read('an')]).to.deep.equal(['first', 'second'])
  })

  it('are not kept when the read failed', async () => {
    let fails = true
    const read = kept.keep({
      load: () => (fails ? Promise.reject(new Error('no answer')) : Promise.resolve('back')),
      from: () => [PEOPLE],
    })
    const failed = await read('an').catch((error: unknown) => error)
    expect(failed).to.be.an('error')
    fails = false
    expect(await read('an')).to.equal('back')
  })

  it('ask a lazy query once, however often its answer is awaited', async () => {
    let asked = 0
    const query = {
      // oxlint-disable-next-line unicorn/no-thenable -- a database library's query is one
      then: (done: (value: string) => void): void => {
        asked++
        done('first')
      },
    }
    // Typed as the promise that such a library says it is.
    const read = kept.keep({ load: () => query as unknown as Promise<string>, from: () => [PEOPLE] })
    expect([await read('an'), await read('an')]).to.deep.equal(['first', 'first'])
    expect(asked).to.equal(1)
  })

  it('make room, the oldest first', async () => {
    const read = reader([PEOPLE], 2)
    for (const key of ['a', 'b', 'c', 'b', 'a']) await read(key)
    expect(loads).to.deep.equal(['a', 'b', 'c', 'a'])
  })

  describe('while no other process writes', () => {
    /** Looks every half second up to `until`; each finds nobody, unless `others` is given. */
    const lookUntil = (until: number, others = false): void => {
      for (; now < until; now += 500) kept.aloneSince(others ? undefined : now)
      now = until
    }

    it('live on, but not for ever', async () => {
      const read = reader([PEOPLE])
      kept.aloneSince(now)
      await read('an')
      lookUntil(ALONE_LIFE_MS - 1)
      await read('an')
      expect(loads).to.have.length(1)
      lookUntil(ALONE_LIFE_MS)
      await read('an')
      expect(loads).to.have.length(2)
    })

    it('are dropped by a write of this process all the same', async () => {
      const read = reader([PEOPLE])
      kept.aloneSince(now)
      await read('an')
      lookUntil(5000)
      kept.wrote(PEOPLE)
      await read('an')
      expect(loads).to.have.length(2)
    })

    it('are read again as soon as another one is seen, or the look goes unanswered', async () => {
      const read = reader([PEOPLE])
      kept.aloneSince(now)
      await read('an')
      lookUntil(5000)
      kept.aloneSince(undefined)
      await read('an')
      expect(loads).to.have.length(2)
    })

    it('are read again a second after the last look', async () => {
      const read = reader([PEOPLE])
      kept.aloneSince(now)
      await read('an')
      lookUntil(5000)
      kept.aloneSince(now)
      now += 999
      await read('an')
      expect(loads).to.have.length(1)
      now += 1
      await read('an')
      expect(loads).to.have.length(2)
    })

    it('that were read while another one was there do not live on when it has gone', async () => {
      const read = reader([PEOPLE])
      await read('an')
      now = 900
      kept.aloneSince(now)
      lookUntil(2000)
      await read('an')
      expect(loads).to.have.length(2)
    })

    it('do not outlive a pause in which one may have come and gone without a trace', async () => {
      const read = reader([PEOPLE])
      kept.aloneSince(now)
      await read('an')
      now = 10_000
      kept.aloneSince(now)
      await read('an')
      expect(loads).to.have.length(2)
    })
  })

  const cases: readonly { source: Source; written: Source; dropped: boolean; because: string }[] = [
    { source: PEOPLE, written: { collection: 'units', id: 'an' }, dropped: false, because: 'another collection' },
    { source: PEOPLE, written: { collection: 'people', id: 'binh' }, dropped: false, because: 'another document' },
    { source: PEOPLE, written: { collection: 'people' }, dropped: true, because: 'an unknown document' },
    { source: { collection: 'people' }, written: PEOPLE, dropped: true, because: 'a document where all count' },
    {
      source: { ...PEOPLE, fields: ['name', 'active'] },
      written: { ...PEOPLE, fields: ['outbox'] },
      dropped: false,
      because: 'other fields',
    },
    {
      source: { ...PEOPLE, fields: ['name', 'active'] },
      written: { ...PEOPLE, fields: ['outbox', 'active'] },
      dropped: true,
      because: 'one of its fields',
    },
    { source: { ...PEOPLE, fields: ['name'] }, written: PEOPLE, dropped: true, because: 'unknown fields' },
  ]
  for (const { source, written, dropped, because } of cases)
    it(`${dropped ? 'are dropped' : 'stay'} when a write touched ${because}`, async () => {
      const read = reader([source])
      await read('an')
      kept.wrote(written)
      await read('an')
      expect(loads).to.have.length(dropped ? 2 : 1)
    })

  it('that rest on every collection are dropped by any write but to those that do not count', async () => {
    const read = reader([{ collection: EVERY, except: ['sheets'] }])
    await read('an')
    kept.wrote({ collection: 'sheets', id: 'x' })
    await read('an')
    expect(loads).to.have.length(1)
    kept.wrote({ collection: 'evidence', id: 'x' })
    await read('an')
    expect(loads).to.have.length(2)
  })

  it('need the right collection and the right fields in one and the same source', async () => {
    const read = reader([
      { collection: 'people', id: 'an', fields: ['name'] },
      { collection: 'seats', id: 'an', fields: ['post'] },
    ])
    await read('an')
    kept.wrote({ collection: 'seats', id: 'an', fields: ['name'] })
    await read('an')
    expect(loads).to.have.length(1)
  })
})
