import { expect } from 'chai'
import { connect } from '../../src/mongo/connect.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { gatherFacts } from '../../src/rollups/gather.ts'
import { placesUnder } from '../../src/rollups/places.ts'
import { factsOfPlaces, markUndelivered } from '../../src/rollups/totals.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { addressOf } from '../support/database.ts'
import { anAssessment, aProvince, entryOf, THIS_YEAR, UNDER_COMMUNES, type Province } from './a-province.ts'

describe('the facts of schools below a unit', function () {
  this.timeout(180_000)
  let province: Province
  before(async () => {
    province = await aProvince({ watchCommands: true })
    for (const school of ['th-1', 'th-3', 'th-5'])
      await province.system.assessments.insert(anAssessment(province.version, school, THIS_YEAR, 'working', 1))
  })

  const placesOf = async ({ system }: Province) => placesUnder(await system.units.tree(), 'so', UNDER_COMMUNES)
  const states = (facts: Awaited<ReturnType<typeof factsOfPlaces>>) =>
    facts
      .flat()
      .flatMap(each => (each ? [`${each.schoolId} ${each.assessment?.state ?? '–'}`] : []))
      .toSorted()

  const asKept = async ({ rollupNeeds: needs }: System) => {
    await markUndelivered(needs)
    return states(await factsOfPlaces(needs, await placesOf(province), THIS_YEAR))
  }
  const asDecided = async () => {
    const schools = (await placesOf(province)).flatMap(place => place.schools)
    const facts = await gatherFacts(province.system.rollupNeeds, schools, THIS_YEAR)
    return states([facts])
  }
  const step = async (school: string, state: 'submitted' | 'returned' | 'accepted') => {
    const before = await province.system.assessments.get(`${school}.${THIS_YEAR}`)
    await province.system.assessments.advance(before, { state }, entryOf(before))
  }
  const reads = async (work: () => Promise<unknown>): Promise<readonly unknown[]> => {
    const found: unknown[] = []
    const hear = ({ command }: { readonly command: { readonly find?: unknown } }): void => void found.push(command.find)
    province.db.client.on('commandStarted', hear)
    await work()
    province.db.client.off('commandStarted', hear)
    return found.filter(name => name === 'schoolFacts')
  }

  it('are read again only below the unit in which something was decided', async () => {
    await asKept(province.system)
    await province.system.post.settled()
    await asKept(province.system)
    expect(await reads(() => asKept(province.system))).to.deep.equal([])
    await step('th-1', 'submitted')
    expect(await asKept(province.system)).to.deep.equal(await asDecided())
    await province.system.post.settled()
    expect(await asKept(province.system)).to.include('th-1 submitted')
  })

  it('show what another process decided, also after it has dropped and made everything derived anew', async () => {
    const other = await connect(addressOf(province.db), province.db.name)
    try {
      const theirs = buildSystem(other, { filesDir: '/nowhere', now: province.system.now })
      await ensureIndexes(other)
      await asKept(province.system)
      await asKept(theirs)
      await step('th-3', 'submitted')
      await province.system.post.settled()
      expect(await asKept(theirs)).to.deep.equal(await asDecided())

      await theirs.rollupNeeds.rollups.drop()
      await step('th-3', 'returned')
      await province.system.post.settled()
      await asKept(theirs)
      expect(await asKept(province.system)).to.deep.equal(await asDecided())
    } finally {
      await other.close()
    }
  })

  it('are read anew when the connection was broken: a mark may have been lost with the engine', async () => {
    await asKept(province.system)
    province.db.connection.emit('disconnected')
    expect(await reads(() => asKept(province.system))).to.not.deep.equal([])
    expect(await asKept(province.system)).to.deep.equal(await asDecided())
  })
})
