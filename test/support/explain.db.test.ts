import { expect } from 'chai'
import { Schema } from 'mongoose'
import type { Model } from 'mongoose'
import { defineCollection, ensureIndexes } from '../../src/mongo/collection.ts'
import { testDatabase } from './database.ts'
import { explainUsesIndex } from './explain.ts'
import type { Explainable } from './explain.ts'

type Row = { unit: string; year: number; name: string }

const schema = new Schema<Row>({
  unit: { type: String, required: true },
  year: { type: Number, required: true },
  name: { type: String, required: true },
})

const refusal = (query: Explainable) =>
  explainUsesIndex(query).then(
    () => expect.fail('should have been refused'),
    (error: unknown) => (error instanceof Error ? error.message : ''),
  )

describe('the check that a query uses an index', () => {
  let rows: Model<Row>
  before(async () => {
    const db = await testDatabase()
    rows = defineCollection(db, 'rows', schema, [{ keys: { unit: 1, year: 1 } }])
    await ensureIndexes(db)
    const many = Array.from({ length: 300 }, (_, n) => ({ unit: `u${n % 10}`, year: 2000 + (n % 30), name: `n${n}` }))
    await rows.insertMany(many)
  })

  it('passes a find and an aggregation that an index serves, sort included', async () => {
    const found = await explainUsesIndex(rows.find({ unit: 'u1' }).sort({ year: 1 }))
    expect(found).to.deep.include({ indexes: ['unit_1_year_1'], keysExamined: 30, docsExamined: 30, returned: 30 })
    const pipeline = [{ $match: { unit: 'u1' } }, { $group: { _id: '$year', n: { $sum: 1 } } }]
    expect((await explainUsesIndex(rows.aggregate(pipeline))).indexes).to.deep.equal(['unit_1_year_1'])
  })
  it('passes a read by id', async () => {
    const one = await rows.findOne().lean()
    await explainUsesIndex(rows.findOne({ _id: one?._id }))
  })
  it('fails on a scan of the collection', async () => {
    expect(await refusal(rows.find({ name: 'n1' }))).to.contain('reads the whole collection')
    expect(await refusal(rows.aggregate([{ $match: { name: 'n1' } }]))).to.contain('reads the whole collection')
  })
  it('fails on a sort in memory, unless it is allowed', async () => {
    expect(await refusal(rows.find({ unit: 'u1' }).sort({ name: 1 }))).to.contain('sorts in memory')
    expect(await refusal(rows.aggregate([{ $match: { unit: 'u1' } }, { $sort: { name: 1 } }]))).to.contain(
      'sorts in memory',
    )
    await explainUsesIndex(rows.find({ unit: 'u1' }).sort({ name: 1 }), { maySort: true })
  })
  it('fails on a collection that is not there', async () => {
    const absent = rows.db.collection('absent').find({ unit: 'u1' })
    expect(await refusal(absent)).to.contain('the collection is not there')
  })
})
