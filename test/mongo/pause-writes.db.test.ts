import { expect } from 'chai'
import { Schema } from 'mongoose'
import { defineCollection, ensureIndexes } from '../../src/mongo/collection.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { gatherUpdates } from '../../src/mongo/gather-writes.ts'
import { pausesOf } from '../../src/mongo/pause-rows.ts'
import { NotPaused } from '../../src/mongo/pause-writes.ts'
import { writeGate } from '../../src/mongo/write-gate.ts'
import { addressOf, testDatabase } from '../support/database.ts'

interface Counter {
  readonly _id: string
  readonly n: number
}
const schema = new Schema<Counter>({ _id: { type: String, required: true }, n: { type: Number, required: true } })

describe('holding up writes', function () {
  this.timeout(120_000)
  let here: Database
  let there: Database
  /** A client that no gate holds up. */
  let ungated: Database
  before(async () => {
    here = await testDatabase()
    there = await connect(addressOf(here), here.name)
    ungated = await connect(addressOf(here), here.name, { writes: false })
  })
  after(() => Promise.all([there.close(), ungated.close()]))

  const counter = async (db: Database, name: string) => {
    const rows = defineCollection<Counter>(db, name, schema)
    await ensureIndexes(db)
    return rows
  }

  it('waits for every connection, lets reads go on and loses nothing that waited', async () => {
    const [mine, theirs] = [await counter(here, 'mine'), await counter(there, 'theirs')]
    await mine.create({ _id: 'a', n: 0 })
    await theirs.create({ _id: 'a', n: 0 })
    const save = gatherUpdates(here, mine)
    const hold = await here.holdPauses()
    const waiting: Promise<unknown>[] = []
    const { result } = await hold.during(async () => {
      waiting.push(
        mine.updateOne({ _id: 'a' }, { $inc: { n: 1 } }),
        theirs.updateOne({ _id: 'a' }, { $inc: { n: 1 } }),
        theirs.insertMany([{ _id: 'b', n: 1 }]),
        save({ filter: { _id: 'a' }, update: { $inc: { n: 1 } } }),
        there.client.db(there.name).collection<Counter>('theirs').deleteOne({ _id: 'none' }),
      )
      expect(await here.takesWrites(30), 'still held').to.equal(false)
      expect(await there.takesWrites(30), 'still held').to.equal(false)
      return Promise.all([mine.find().lean(), theirs.find().lean()])
    })
    await Promise.all(waiting)
    await hold.release()
    expect(result.map(rows => rows.map(({ n }) => n))).to.deep.equal([[0], [0]])
    expect((await mine.findById('a').lean())?.n).to.equal(2)
    expect((await theirs.find().sort({ _id: 1 }).lean()).map(({ n }) => n)).to.deep.equal([1, 1])
    expect(await here.takesWrites(0)).to.equal(true)
  })

  it('does not take 64 waiting writers for a reason to stand still', async () => {
    const rows = await counter(there, 'many')
    await rows.create({ _id: 'a', n: 0 })
    const hold = await here.holdPauses()
    let writers: Promise<unknown>[] = []
    const { result } = await hold.during(async () => {
      writers = Array.from({ length: 64 }, () => rows.updateOne({ _id: 'a' }, { $inc: { n: 1 } }))
      await there.takesWrites(50)
      return rows.findById('a').lean()
    })
    await Promise.all(writers)
    await hold.release()
    expect(result?.n).to.equal(0)
    expect((await rows.findById('a').lean())?.n).to.equal(64)
  })

  it('lets nothing slip into the copy from a process that ends meanwhile', async () => {
    const leaving = await connect(addressOf(here), here.name)
    const rows = await counter(leaving, 'leaving')
    await rows.create({ _id: 'a', n: 0 })
    const hold = await here.holdPauses()
    let late: Promise<unknown> = Promise.resolve()
    const { result } = await hold.during(async () => {
      late = rows.updateOne({ _id: 'a' }, { $inc: { n: 1 } }).then(
        () => 'written',
        () => 'refused',
      )
      await leaving.close()
      await late
      return here.client.db(here.name).collection<Counter>('leaving').findOne({ _id: 'a' })
    })
    await hold.release()
    expect([await late, result?.n]).to.deep.equal(['refused', 0])
  })

  it('belongs to one at a time', async () => {
    const hold = await here.holdPauses()
    const refused = await there.holdPauses().catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(NotPaused)
    await hold.release()
    await (await there.holdPauses()).release()
  })

  it('ends by itself when its holder has died', async () => {
    const rows = await counter(here, 'dead')
    const pauses = pausesOf(ungated.client.db(here.name))
    // A holder that took, called and paused.
    expect(await pauses.take('dead', 60_000)).to.equal(true)
    expect(await pauses.keep('dead', 60_000, 'paused')).to.equal(true)
    const late = await connect(addressOf(here), here.name)
    const own = await counter(late, 'dead')
    expect(await late.takesWrites(0), 'found at its start').to.equal(false)
    const waiting = Promise.all([own.create({ _id: 'a', n: 1 }), rows.create({ _id: 'b', n: 1 })])
    // Its last word, after which it was never heard of again.
    expect(await pauses.keep('dead', 200)).to.equal(true)
    await waiting
    expect(await pauses.standing()).to.equal(undefined)
    await late.close()
  })

  it('tells the holder of a writer that went on before the copy was done', async () => {
    const hold = await here.holdPauses()
    const broken = await hold
      .during(async () => {
        await ungated.client
          .db(here.name)
          .collection<{ _id: string }>('writers')
          .updateMany({}, { $unset: { stopped: true }, $currentDate: { at: true } })
      })
      .catch((error: unknown) => error)
    await hold.release()
    expect(broken).to.be.instanceOf(NotPaused)
  })

  it('refuses when a process does not answer, and lets the others go on', async () => {
    const rows = await counter(here, 'silent')
    const writers = ungated.client.db(here.name).collection<{ _id: string }>('writers')
    const sign = () => writers.updateOne({ _id: 'deaf' }, { $currentDate: { at: true } }, { upsert: true })
    await sign()
    const alive = setInterval(() => void sign(), 500)
    const hold = await here.holdPauses()
    const refused = await hold.during(() => Promise.resolve()).catch((error: unknown) => error)
    clearInterval(alive)
    await hold.release()
    expect(refused).to.be.instanceOf(NotPaused)
    await rows.create({ _id: 'a', n: 1 })
    await writers.deleteOne({ _id: 'deaf' })
  })
})

describe('the gate of one process', () => {
  let db: Database
  before(async () => (db = await testDatabase()))

  it('looks before it writes when it has not looked for long: it may have been stopped and forgotten', async () => {
    let elapsed = 0
    const side = await connect(addressOf(db), db.name, { writes: false })
    const gate = writeGate(side.client.db(side.name), 'sleeper', () => elapsed)
    await gate.look()
    const pauses = pausesOf(side.client.db(side.name))
    await pauses.take('backup', 60_000)
    await pauses.keep('backup', 60_000, 'paused')
    elapsed = 11_000
    let written = false
    const write = gate.pass(async () => void (written = true))
    await gate.look()
    await gate.look()
    expect({ written, shut: gate.isShut() }).to.deep.equal({ written: false, shut: true })
    await pauses.leave('backup')
    await gate.look()
    await write
    expect(written).to.equal(true)
    await side.close()
  })
})
