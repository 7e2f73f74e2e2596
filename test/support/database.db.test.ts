import { expect } from 'chai'
import { testDatabase } from './database.ts'

describe('a database for tests', function () {
  this.timeout(180_000)

  it('refuses whoever listens for commands that it does not report', async () => {
    const db = await testDatabase()
    expect(() => db.client.on('commandStarted', () => undefined)).to.throw('watchCommands')
  })

  it('reports its commands when asked to', async () => {
    const db = await testDatabase({ watchCommands: true })
    const heard: string[] = []
    db.client.on('commandStarted', ({ commandName }) => heard.push(commandName))
    await db.connection.collection('mau').findOne({})
    expect(heard).to.include('find')
  })
})
