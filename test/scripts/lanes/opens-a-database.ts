import { expect } from 'chai'
import { addressOf, testDatabase } from '../../support/database.ts'

describe('a file that opens a database', () => {
  it('has it', async () => {
    const db = await testDatabase()
    await db.connection.collection('rows').insertOne({ of: 'nobody' })
    expect(await db.connection.collection('rows').countDocuments()).to.equal(1)
    console.log(`opened ${addressOf(db)} ${db.name}`)
  }).timeout(180_000)
})
