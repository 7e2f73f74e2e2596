import { expect } from 'chai'
import { Schema } from 'mongoose'
import { keptReads } from '../../src/kernel/kept-reads.ts'
import { defineCollection, guardedUpdate, insertRow } from '../../src/mongo/collection.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { fieldsIn } from '../../src/mongo/tell-writes.ts'
import { addressOf, testDatabase } from '../support/database.ts'

interface Row {
  _id: string
  name: string
  rev: number
}

const schema = new Schema<Row>(
  { _id: { type: String, required: true }, name: String, rev: { type: Number, required: true } },
  { _id: false },
)

describe('kept reads over a database', () => {
  let now = 0
  let here: Database
  let there: Database
  let rows: ReturnType<typeof defineCollection<Row>>
  let nameOf: (id: string) => Promise<string | undefined>

  before(async () => {
    const db = await testDatabase()
    here = { ...db, kept: keptReads(() => now) }
    there = await connect(addressOf(db), db.name)
    rows = defineCollection<Row>(here, 'people', schema)
    nameOf = here.kept.keep({
      load: async id => (await rows.findById(id).lean<Row>())?.name,
      from: id => [{ collection: 'people', id, fields: ['name'] }],
      lifeMs: 1000,
    })
  })
  after(() => there.close())
  beforeEach(async () => {
    await rows.deleteMany({})
    await insertRow(here, rows, { _id: 'an', name: 'An', rev: 1 })
  })

  const writes: Readonly<Record<string, () => Promise<unknown>>> = {
    'a guarded update': () => guardedUpdate<Row>(rows, { _id: 'an', rev: 1 }, { $set: { name: 'Bình' } }, 'stale'),
    'a model update of many': () => rows.updateMany({}, { $set: { name: 'Bình' } }),
    'an update that finds and changes': () => rows.findOneAndUpdate({ _id: 'an' }, { $set: { name: 'Bình' } }),
    'a replacement': () => rows.replaceOne({ _id: 'an' }, { name: 'Bình', rev: 2 }),
    'a bulk': () => rows.bulkWrite([{ updateOne: { filter: { _id: 'an' }, update: { $set: { name: 'Bình' } } } }]),
    'an update round the model': () =>
      here.connection.collection<Row>('people').updateOne({ _id: 'an' }, { $set: { name: 'Bình' } }),
  }
  for (const [what, write] of Object.entries(writes))
    it(`are seen anew right after ${what}`, async () => {
      expect(await nameOf('an')).to.equal('An')
      await write()
      expect(await nameOf('an')).to.equal('Bình')
    })

  it('are seen anew right after an insert and a deletion', async () => {
    expect(await nameOf('chi')).to.equal(undefined)
    await rows.create({ _id: 'chi', name: 'Chi', rev: 1 })
    expect(await nameOf('chi')).to.equal('Chi')
    await rows.deleteOne({ _id: 'chi' })
    expect(await nameOf('chi')).to.equal(undefined)
  })

  it('show the write of another process when their life has ended', async () => {
    expect(await nameOf('an')).to.equal('An')
    await there.connection.collection<Row>('people').updateOne({ _id: 'an' }, { $set: { name: 'Bình' } })
    expect(await nameOf('an')).to.equal('An')
    now += 1000
    expect(await nameOf('an')).to.equal('Bình')
  })

  it('stay when a write touched other fields alone', async () => {
    await nameOf('an')
    await there.connection.collection<Row>('people').updateOne({ _id: 'an' }, { $set: { name: 'Bình' } })
    await rows.updateOne({ _id: 'an' }, { $inc: { rev: 1 } })
    expect(await nameOf('an')).to.equal('An')
  })
})

describe('fields of an update', () => {
  it('are the beginnings of all its paths', () => {
    expect(fieldsIn({ $set: { 'criteria.1_1.state': 'drafting', rev: 2 }, $push: { outbox: {} } }, {})).to.deep.equal({
      fields: ['criteria', 'rev', 'outbox'],
    })
  })
  it('are unknown for a replacement, a pipeline and an update that may insert', () => {
    expect(fieldsIn({ name: 'An' }, {})).to.deep.equal({})
    expect(fieldsIn([{ $set: { name: 'An' } }], {})).to.deep.equal({})
    expect(fieldsIn({ $set: { name: 'An' } }, { upsert: true })).to.deep.equal({})
  })
})
