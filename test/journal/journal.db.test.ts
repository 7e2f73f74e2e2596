import { expect } from 'chai'
import { Schema } from 'mongoose'
import type { JournalEntry } from '../../src/kernel/journal-entry.ts'
import { journalStore, OUTBOX_INDEX, relay, verifyJournal } from '../../src/journal/index.ts'
import { defineCollection, ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { testDatabase } from '../support/database.ts'

const entry = (id: string, over: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  at: new Date('2025-09-10T01:00:00Z'),
  by: { personId: 'p1', name: 'Người Thử Một', seats: ['chair'] },
  unitId: 'school-1',
  subject: { kind: 'assessment', id: 'a1' },
  event: 'approvePlan',
  facts: { version: 1 },
  ...over,
})

interface Row {
  _id: string
  outbox: JournalEntry[]
}
const schema = new Schema<Row>({ _id: String, outbox: [Schema.Types.Mixed] }, { _id: false })

describe('the journal', () => {
  let db: Database
  before(async () => {
    db = await testDatabase()
  })

  const setUp = async () => {
    const journal = journalStore(db)
    const Things = defineCollection<Row>(db, 'things', schema, [OUTBOX_INDEX])
    await ensureIndexes(db)
    await db.connection.collection('journal').deleteMany({})
    await Things.deleteMany({})
    const post = relay(db, journal, error => {
      throw error
    })
    post.watch(Things)
    return { journal, Things, post }
  }

  it('takes over what an outbox holds and leaves the outbox empty', async () => {
    const { journal, Things, post } = await setUp()
    await Things.collection.insertOne({ _id: 'a1', outbox: [entry('x:1'), entry('x:2')] } as never)
    await post.sweep()
    expect((await journal.of({ kind: 'assessment', id: 'a1' })).map(each => each.id)).to.have.members(['x:1', 'x:2'])
    expect((await Things.findById('a1').lean())?.outbox).to.deep.equal([])
  })

  it('delivers an entry once when the removal was lost in a crash', async () => {
    const { journal, Things, post } = await setUp()
    await journal.append([entry('x:1')])
    await Things.collection.insertOne({ _id: 'a1', outbox: [entry('x:1')] } as never)
    await post.sweep()
    expect(await journal.chainOf('school-1')).to.have.length(1)
    expect((await Things.findById('a1').lean())?.outbox).to.deep.equal([])
  })

  it('chains the entries of a unit, also when two write at once', async () => {
    const { journal } = await setUp()
    await Promise.all(Array.from({ length: 12 }, (_, i) => journal.append([entry(`x:${i}`)])))
    const chain = await journal.chainOf('school-1')
    expect(chain.map(link => link.seq)).to.deep.equal(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(await verifyJournal(journal)).to.deep.equal({ entries: 12, broken: [] })
  })

  it('finds an entry that was changed', async () => {
    const { journal } = await setUp()
    await journal.append(['x:1', 'x:2', 'x:3'].map(id => entry(id)))
    await db.connection.collection('journal').updateOne({ seq: 2 }, { $set: { 'entry.event': 'revisePlan' } })
    expect((await verifyJournal(journal)).broken).to.deep.equal(['Đơn vị school-1: mục số 2 (revisePlan) đã bị sửa.'])
  })

  it('finds an entry that was removed', async () => {
    const { journal } = await setUp()
    await journal.append(['x:1', 'x:2', 'x:3'].map(id => entry(id)))
    await db.connection.collection('journal').deleteOne({ seq: 2 })
    expect((await verifyJournal(journal)).broken).to.deep.equal(['Đơn vị school-1: thiếu mục số 2 (gặp số 3).'])
  })

  it('finds undelivered entries by index, not by a scan', async () => {
    const { Things } = await setUp()
    await Things.collection.insertMany(
      Array.from({ length: 200 }, (_, i) => ({ _id: `t${i}`, outbox: i === 7 ? [entry('x:7')] : [] })) as never,
    )
    const plan = await Things.find({ 'outbox.id': { $exists: true } }).explain('executionStats')
    expect(plan).to.have.nested.property('executionStats.totalDocsExamined', 1)
  })
})
