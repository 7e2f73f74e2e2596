import { expect } from 'chai'
import { connect } from '../../src/mongo/connect.ts'
import { NoDatabase } from '../../src/mongo/no-database.ts'
import { testDatabase } from '../support/database.ts'

describe('a connection', () => {
  it('asks a lone server for its own disk, never for a majority that it would answer too early', async () => {
    const db = await testDatabase()
    const hello = await db.client.db('admin').command({ hello: 1 })
    expect(db.durable).to.deep.equal({ w: hello['setName'] === undefined ? 1 : 'majority', j: true })
  })

  it('never holds the eight connections that would freeze the embedded engine', async () => {
    const db = await testDatabase()
    expect(db.client.options.maxPoolSize).to.equal(7)
  })

  it('hands heavy reads a time limit and lets only three run', async () => {
    const db = await testDatabase()
    let running = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 9 }, () =>
        db.heavy(async ({ maxTimeMS }) => {
          most = Math.max(most, (running += 1))
          await db.connection.collection('rows').find({}, { maxTimeMS }).toArray()
          running -= 1
        }),
      ),
    )
    expect(most).to.equal(3)
  })

  it('says that nobody answers at the address', async () => {
    const nobody = connect('mongodb://127.0.0.1:1', 'any', { patienceMs: 100 })
    const error = await nobody.catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(NoDatabase)
    expect(String(error)).to.contain('Hãy kiểm tra MONGODB_URI')
  })
})
