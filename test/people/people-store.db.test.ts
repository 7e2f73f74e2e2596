import { expect } from 'chai'
import { journalStore, relay } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { StaleWrite } from '../../src/kernel/refusals.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import type { Database } from '../../src/mongo/connect.ts'
import { peopleStore, type PeopleStore } from '../../src/people/index.ts'
import { testDatabase } from '../support/database.ts'
import { explainUsesIndex } from '../support/explain.ts'

const by = (event: string) => ({ actor: SYSTEM, at: new Date('2025-10-05T02:41:00Z'), event })

describe('the store of people', () => {
  let db: Database
  let people: PeopleStore
  before(async () => {
    db = await testDatabase()
    people = peopleStore(
      db,
      relay(db, journalStore(db), error => {
        throw error
      }),
    )
    await ensureIndexes(db)
    const names = ['Nguyễn Thị Ân', 'Lê Văn An', 'Đặng Thị Đào', 'Trần Văn Dũng', 'Phạm An']
    for (const [at, name] of names.entries()) {
      const person = { id: `p${at}`, name, unitId: at < 3 ? 'u1' : 'u2', username: `mau.${at}` }
      await people.add(person, 'hash of a password', false, by('createPerson'))
    }
  })

  it('lists in Vietnamese order of given names, without anything of the credential', async () => {
    const found = await people.list({}, 0, 10)
    expect(found.map(({ name }) => name)).to.deep.equal([
      'Lê Văn An',
      'Phạm An',
      'Nguyễn Thị Ân',
      'Trần Văn Dũng',
      'Đặng Thị Đào',
    ])
    expect(JSON.stringify(found)).not.to.contain('hash').and.not.to.contain('credential')
  })
  it('pages and keeps to the scope', async () => {
    expect((await people.list({ unitId: { $in: ['u1'] } }, 1, 1)).map(({ name }) => name)).to.deep.equal([
      'Nguyễn Thị Ân',
    ])
  })
  it('finds by the beginnings of words without marks, and by user name, within the scope', async () => {
    const found = async (typed: string, scope = {}) => (await people.search(scope, typed, 10)).map(({ id }) => id)
    expect(await found('dang')).to.deep.equal(['p2'])
    expect(await found('Đào đặng')).to.deep.equal(['p2'])
    expect(await found('an')).to.have.members(['p0', 'p1', 'p4'])
    expect(await found('mau.3')).to.deep.equal(['p3'])
    expect(await found('mau', { unitId: { $in: ['u2'] } })).to.have.members(['p3', 'p4'])
    expect(await found('.*')).to.deep.equal([])
  })
  it('reads by indexes alone', async () => {
    const rows = db.connection.collection('people')
    await explainUsesIndex(rows.find({}).sort({ sortKey: 1 }))
    await explainUsesIndex(rows.find({ unitId: { $in: ['u1'] } }).sort({ sortKey: 1 }))
    await explainUsesIndex(rows.find({ $and: [{}, { words: /^an/ }, { words: /^le/ }] }))
    await explainUsesIndex(rows.find({ username: 'mau.1' }))
  })
  it('refuses a change that was decided on an older state', async () => {
    const person = await people.get('p3')
    await people.setActive(person, false, by('lockAccount'))
    const late = await people.setActive(person, true, by('unlockAccount')).catch((error: unknown) => error)
    expect(late).to.be.instanceOf(StaleWrite)
    expect((await people.get('p3')).active).to.equal(false)
  })
  it('knows names by ids and leaves out who is not there', async () => {
    const names = await people.namesOf(['p0', 'p0', 'nobody'])
    expect([...names]).to.deep.equal([['p0', 'Nguyễn Thị Ân']])
  })
})
