import { expect } from 'chai'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { writersOf } from '../../src/mongo/writers.ts'
import { addressOf, testDatabase } from '../support/database.ts'

describe('processes that write', () => {
  let uri: string
  let db: Database
  before(async () => {
    const run = await testDatabase()
    uri = addressOf(run)
    // Beside that of the run, whose own process gives a sign of life every five seconds, in whatever test that falls.
    db = await connect(uri, `${run.name}_quiet`, { writes: false })
  })
  after(async () => {
    await db.connection.dropDatabase()
    await db.close()
  })
  beforeEach(() => rows().deleteMany({}))

  const rows = () => db.client.db(db.name).collection<{ _id: string; at: Date }>('writers')
  const writers = () => writersOf(db.client.db(db.name))
  const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000)

  it('know whether they are alone', async () => {
    const one = writers()
    await one.beat()
    expect(await one.isAlone()).to.equal(true)
    const other = writers()
    await other.beat()
    expect([await one.isAlone(), await other.isAlone()]).to.deep.equal([false, false])
  })

  it('still see one that ended a moment ago, and not one that ended before', async () => {
    const one = writers()
    await one.beat()
    await rows().insertOne({ _id: 'ended', at: ago(10) })
    expect(await one.isAlone()).to.equal(false)
    await rows().updateOne({ _id: 'ended' }, { $set: { at: ago(20) } })
    expect(await one.isAlone()).to.equal(true)
  })

  it('forget those of long ago', async () => {
    await rows().insertMany([
      { _id: 'yesterday', at: ago(86_400) },
      { _id: 'just now', at: ago(60) },
    ])
    await writers().sweep()
    expect((await rows().find().toArray()).map(({ _id }) => _id)).to.deep.equal(['just now'])
  })

  it('are announced before they can write; who only looks is not', async () => {
    const reader = await connect(uri, db.name, { writes: false })
    expect(await rows().countDocuments()).to.equal(0)
    const writer = await connect(uri, db.name)
    expect(await rows().countDocuments()).to.equal(1)
    await Promise.all([reader.close(), writer.close()])
    expect(await rows().countDocuments(), 'a short visit leaves its trace').to.equal(1)
  })

  it('keep what they read for longer when they serve alone', async () => {
    let elapsed = 0
    const server = await connect(uri, db.name, { serves: true, elapsed: () => elapsed })
    const read = server.kept.keep({
      load: () => Promise.resolve({}),
      from: () => [{ collection: 'things' }],
      lifeMs: 0,
    })
    const first = await read('a')
    elapsed = 900
    expect(await read('a')).to.equal(first)
    await server.close()
    const beside = await connect(uri, db.name, { serves: true, elapsed: () => elapsed })
    const other = beside.kept.keep({
      load: () => Promise.resolve({}),
      from: () => [{ collection: 'things' }],
      lifeMs: 0,
    })
    const before = await other('a')
    expect(await other('a')).to.not.equal(before)
    await beside.close()
  })
})
