import { expect } from 'chai'
import type { CommandStartedEvent } from 'mongodb'
import { Schema } from 'mongoose'
import { StaleWrite } from '../../src/kernel/refusals.ts'
import {
  defineCollection,
  ensureIndexes,
  guardedUpdate,
  insertRows,
  isDuplicateKey,
} from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { testDatabase } from '../support/database.ts'

type Note = { _id: string; text: string; rev: number; tags: Record<string, string> }

const schema = new Schema<Note>({
  _id: { type: String, required: true },
  text: { type: String, required: true },
  rev: { type: Number, required: true, min: 0 },
  tags: { type: Schema.Types.Mixed, default: () => ({}) },
})

const indexes = [{ keys: { text: 1 }, options: { unique: true } }, { keys: { rev: -1, text: 1 } }] as const

async function failure(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => expect.fail('should have been refused'),
    (error: unknown) => error,
  )
}

describe('a collection', () => {
  let db: Database
  before(async () => {
    db = await testDatabase({ watchCommands: true })
  })
  const notes = () => defineCollection<Note>(db, 'notes', schema, indexes)

  it('creates its collection, compressed, and its indexes once, however often it is asked', async () => {
    notes()
    await ensureIndexes(db)
    await ensureIndexes(db)
    const [info] = (await db.connection.db?.listCollections({ name: 'notes' }).toArray()) ?? []
    expect(JSON.stringify(info)).to.contain('block_compressor=snappy')
    const names = (await notes().collection.indexes()).map(index => index.name)
    expect(names).to.have.members(['_id_', 'text_1', 'rev_-1_text_1'])
  })

  it('refuses a second schema under the same name', () => {
    notes()
    expect(() => defineCollection(db, 'notes', new Schema({ other: String }))).to.throw('notes is defined twice')
  })

  it('inserts many rows at once and tells which: a taken key stops no other, any other fault is thrown', async () => {
    const rows = ['many-1', 'many-2', 'many-3'].map(id => ({ _id: id, text: id, rev: 0, tags: {} }))
    await notes().create({ _id: 'before', text: 'many-2', rev: 0 })
    const inserted = await insertRows(db, notes(), rows)
    expect(inserted.map(row => row._id)).to.deep.equal(['many-1', 'many-3'])
    expect(await insertRows(db, notes(), rows)).to.deep.equal([])
    const tooLarge = { _id: 'many-4', text: 'x'.repeat(17 * 2 ** 20), rev: 0, tags: {} }
    expect(await failure(insertRows(db, notes(), [...rows, tooLarge]))).to.be.an('error')
    await notes().deleteMany({ _id: { $in: ['many-1', 'many-3', 'before'] } })
  })

  it('sends j:true with every write', async () => {
    const seen: unknown[] = []
    const watch = (event: CommandStartedEvent) => {
      if (['insert', 'update', 'delete', 'findAndModify'].includes(event.commandName))
        seen.push(event.command['writeConcern'])
    }
    db.client.on('commandStarted', watch)
    await notes().create({ _id: 'wire', text: 'wire', rev: 0 })
    await notes().insertMany([{ _id: 'wire2', text: 'wire2', rev: 0 }])
    await notes().updateOne({ _id: 'wire' }, { $inc: { rev: 1 } })
    await notes().findOneAndUpdate({ _id: 'wire' }, { $inc: { rev: 1 } })
    await notes().bulkWrite([{ updateOne: { filter: { _id: 'wire' }, update: { $inc: { rev: 1 } } } }])
    await notes().deleteOne({ _id: 'wire2' })
    await db.connection.collection('loose').insertOne({ by: 'the driver' })
    db.client.off('commandStarted', watch)
    expect(seen).to.have.length(7)
    for (const concern of seen) expect(concern).to.deep.include(db.durable)
    expect(db.durable.j).to.equal(true)
  })

  it('updates the revision that the decision saw, and refuses any other as stale', async () => {
    await notes().create({ _id: 'guard', text: 'guard', rev: 4 })
    await guardedUpdate(notes(), { _id: 'guard', rev: 4 }, { $set: { text: 'mine' }, $inc: { rev: 1 } }, 'phiếu')
    const error = await failure(
      guardedUpdate(notes(), { _id: 'guard', rev: 4 }, { $set: { text: 'late' } }, 'Phiếu vừa được người khác sửa.'),
    )
    expect(error).to.be.instanceOf(StaleWrite)
    expect(error).to.have.property('message', 'Phiếu vừa được người khác sửa.')
    expect(await notes().findById('guard').lean()).to.deep.include({ text: 'mine', rev: 5 })
  })

  it('refuses fields the schema does not know, in writes and in filters, and values it forbids', async () => {
    await notes().create({ _id: 'strict', text: 'strict', rev: 0 })
    const unknown = { typo: 1 } as Record<string, unknown>
    expect(await failure(notes().updateOne({ _id: 'strict' }, { $set: unknown }))).to.have.property(
      'name',
      'StrictModeError',
    )
    expect(await failure(notes().findOne(unknown).exec())).to.have.property('name', 'StrictModeError')
    expect(await failure(guardedUpdate(notes(), { _id: 'strict' }, { $set: { rev: -1 } }, ''))).to.have.property(
      'name',
      'ValidationError',
    )
  })

  it('keeps an empty object and stores no version key', async () => {
    await notes().create({ _id: 'empty', text: 'empty', rev: 0 })
    expect(await notes().findById('empty').lean()).to.deep.equal({ _id: 'empty', text: 'empty', rev: 0, tags: {} })
  })

  it('tells a duplicate key from other failures', async () => {
    await notes().create({ _id: 'twice', text: 'twice', rev: 0 })
    expect(isDuplicateKey(await failure(notes().create({ _id: 'twice', text: 'other', rev: 0 })))).to.equal(true)
    expect(isDuplicateKey(new Error('other'))).to.equal(false)
  })
})
