import { expect } from 'chai'
import { Schema } from 'mongoose'
import { defineCollection, isDuplicateKey } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { gatherInserts, gatherUpdates } from '../../src/mongo/gather-writes.ts'
import { testDatabase } from '../support/database.ts'

interface Row {
  _id: string
  rev: number
  code?: string
}

const schema = new Schema<Row>({ _id: { type: String, required: true }, rev: Number, code: String }, { _id: false })

const commandsDuring = async (db: Database, work: () => Promise<unknown>): Promise<readonly string[]> => {
  const names: string[] = []
  const note = ({ commandName }: { commandName: string }): void => void names.push(commandName)
  db.client.on('commandStarted', note)
  await work()
  db.client.off('commandStarted', note)
  return names
}

describe('writes that arrive together', () => {
  let db: Database
  let rows: ReturnType<typeof defineCollection<Row>>
  let update: ReturnType<typeof gatherUpdates<Row>>

  before(async () => {
    db = await testDatabase({ watchCommands: true })
    rows = defineCollection<Row>(db, 'rows', schema)
    update = gatherUpdates(db, rows)
  })
  beforeEach(async () => {
    await rows.deleteMany({})
    await rows.collection.dropIndexes()
    await rows.insertMany(['a', 'b', 'c', 'd'].map(_id => ({ _id, rev: 1 })))
  })

  const bump = (id: string, rev: number) => update({ filter: { _id: id, rev }, update: { $inc: { rev: 1 } } })

  it('each learn whether their own filter matched', async () => {
    const outcomes = await Promise.all([bump('a', 1), bump('b', 7), bump('c', 1), bump('nobody', 1), bump('d', 1)])
    expect(outcomes).to.deep.equal([true, false, true, false, true])
    const revs = (await rows.find().sort({ _id: 1 }).lean<Row[]>()).map(row => row.rev)
    expect(revs).to.deep.equal([2, 1, 2, 2])
  })

  it('go in one command', async () => {
    const commands = await commandsDuring(db, () => Promise.all(['a', 'b', 'c', 'd'].map(id => bump(id, 1))))
    expect(commands).to.deep.equal(['bulkWrite'])
  })

  it('let one of two rivals for a revision win', async () => {
    expect((await Promise.all([bump('a', 1), bump('a', 1)])).toSorted()).to.deep.equal([false, true])
  })

  it('fail alone for an error of their own', async () => {
    await rows.collection.createIndex({ code: 1 }, { unique: true, sparse: true })
    const named = (id: string, code: string) => update({ filter: { _id: id }, update: { $set: { code } } })
    const outcomes = await Promise.allSettled([named('a', 'x'), named('b', 'x'), named('c', 'y')])
    expect(outcomes.map(outcome => outcome.status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled'])
    const [, refused] = outcomes
    expect(refused?.status === 'rejected' && refused.reason).to.include({ code: 11_000 })
  })

  it('all arrive when there are more than one command takes', async () => {
    await rows.insertMany(Array.from({ length: 450 }, (_, index) => ({ _id: `n${index}`, rev: 1 })))
    const outcomes = await Promise.all(
      Array.from({ length: 450 }, (_, index) => bump(`n${index}`, index === 321 ? 9 : 1)),
    )
    expect(outcomes.filter(matched => !matched)).to.have.length(1)
    expect(outcomes[321]).to.equal(false)
    expect(await rows.countDocuments({ rev: 2 })).to.equal(449)
  })

  it('are told one by one to a server that cannot answer for each of several', async () => {
    const old = gatherUpdates({ ...db, tellsEach: false }, rows)
    const commands = await commandsDuring(db, async () => {
      const outcomes = await Promise.all(
        ['a', 'b', 'c'].map(id => old({ filter: { _id: id, rev: id === 'b' ? 5 : 1 }, update: { $inc: { rev: 1 } } })),
      )
      expect(outcomes).to.deep.equal([true, false, true])
    })
    expect(commands).to.deep.equal(['update', 'update', 'update'])
  })

  it('are written to disk before they are acknowledged', async () => {
    const concerns: unknown[] = []
    const note = ({ command }: { command: { writeConcern?: unknown } }): void =>
      void concerns.push(command.writeConcern)
    db.client.on('commandStarted', note)
    await Promise.all([bump('a', 1), bump('b', 1)])
    db.client.off('commandStarted', note)
    expect(concerns).to.deep.equal([{ ...db.durable }])
  })

  it('go in one command over several collections, rows that are inserted beside updates', async () => {
    const others = defineCollection<Row>(db, 'others', schema)
    await others.deleteMany({})
    const insert = gatherInserts(db, others)
    const outcomes: unknown[] = []
    const commands = await commandsDuring(db, async () => {
      outcomes.push(...(await Promise.all([insert({ _id: 'x', rev: 1 }), bump('a', 1), insert({ _id: 'y', rev: 2 })])))
    })
    expect(commands).to.deep.equal(['bulkWrite'])
    expect(outcomes).to.deep.equal([undefined, true, undefined])
    expect((await others.find().sort({ _id: 1 }).lean<Row[]>()).map(({ _id, rev }) => [_id, rev])).to.deep.equal([
      ['x', 1],
      ['y', 2],
    ])
  })

  it('refuse a row whose key is taken, alone and in company, and keep the row that stands', async () => {
    const insert = gatherInserts(db, rows)
    const refusedAlone = await insert({ _id: 'a', rev: 9 }).catch((error: unknown) => error)
    expect(isDuplicateKey(refusedAlone)).to.equal(true)
    const [taken, fresh, moved] = await Promise.allSettled([
      insert({ _id: 'b', rev: 9 }),
      insert({ _id: 'e', rev: 9 }),
      bump('c', 1),
    ])
    expect(taken.status === 'rejected' && isDuplicateKey(taken.reason)).to.equal(true)
    expect([fresh.status, moved]).to.deep.equal(['fulfilled', { status: 'fulfilled', value: true }])
    expect((await rows.find().sort({ _id: 1 }).lean<Row[]>()).map(({ rev }) => rev)).to.deep.equal([1, 1, 2, 1, 9])
  })
})
