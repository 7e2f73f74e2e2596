import { expect } from 'chai'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { placesUnder } from '../../src/rollups/places.ts'
import { totalsOf } from '../../src/rollups/totals.ts'
import { countOf, totalCounts } from '../../src/rollups/tally.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { addressOf } from '../support/database.ts'
import { anAssessment, aProvince, entryOf, THIS_YEAR, UNDER_COMMUNES, type Province } from './a-province.ts'

describe('the sums of units in memory', function () {
  this.timeout(180_000)
  let province: Province
  let other: Database
  let theirs: System
  before(async () => {
    province = await aProvince({ watchCommands: true })
    for (const school of ['th-1', 'th-3', 'th-5'])
      await province.system.assessments.insert(anAssessment(province.version, school, THIS_YEAR, 'working', 1))
    other = await connect(addressOf(province.db), province.db.name)
    theirs = buildSystem(other, { filesDir: '/nowhere', now: province.system.now })
  })
  after(() => other.close())

  const sent = async ({ rollupNeeds, units }: System): Promise<number> => {
    const places = placesUnder(await units.tree(), 'so', UNDER_COMMUNES)
    const [totals = []] = await totalsOf(rollupNeeds, [{ places, year: THIS_YEAR }], 'counts')
    return countOf(totalCounts(totals.flatMap(({ parts }) => parts)), 'sent')
  }
  const step = async (school: string, state: 'submitted' | 'returned') => {
    const before = await province.system.assessments.get(`${school}.${THIS_YEAR}`)
    const sending = { on: '2026-05-20', number: '1', date: '2026-05-20', toUnitId: 'xa', reportVersion: 1 }
    await province.system.assessments.advance(before, { state, submissions: [sending] }, entryOf(before))
    await province.system.post.settled()
  }
  /** How many sums were read with their cells. */
  const cellsRead = async (work: () => Promise<unknown>): Promise<number> => {
    let read = 0
    const hear = ({ command }: { readonly command: Readonly<Record<string, unknown>> }): void => {
      const { find, projection, filter } = command as {
        find?: string
        projection?: { seq?: number }
        filter?: { _id?: { $in?: readonly string[] } }
      }
      if (find === 'unitTotals' && projection?.seq === undefined) read += filter?._id?.$in?.length ?? 0
    }
    province.db.client.on('commandStarted', hear)
    await work()
    province.db.client.off('commandStarted', hear)
    return read
  }

  it('are read once, and after a change only those of the place in which it was', async () => {
    await sent(province.system)
    await province.system.post.settled()
    await sent(province.system)
    expect(await cellsRead(() => sent(province.system))).to.equal(0)
    const before = await sent(province.system)
    await step('th-1', 'submitted')
    const looks = []
    for (let look = 0; look < 3; look++)
      looks.push(await cellsRead(async () => expect(await sent(province.system)).to.equal(before + 1)))
    // Summed anew from the schools, then read as kept, then known.
    expect(looks).to.deep.equal([0, 1, 0])
  })

  it('show what another process has summed anew', async () => {
    const before = await sent(province.system)
    expect(await sent(theirs)).to.equal(before)
    await step('th-3', 'submitted')
    expect(await sent(theirs)).to.equal(before + 1)
    expect(await sent(province.system)).to.equal(before + 1)
  })

  it('are not taken for those that came after everything derived was made anew', async () => {
    const before = await sent(theirs)
    await province.system.rollupNeeds.rollups.drop()
    await step('th-5', 'submitted')
    expect(await sent(province.system)).to.equal(before + 1)
    expect(await sent(theirs)).to.equal(before + 1)
  })

  it('are read anew when the connection was broken: a mark may have been lost with the engine', async () => {
    await sent(province.system)
    province.db.connection.emit('disconnected')
    expect(await cellsRead(() => sent(province.system))).to.be.greaterThan(0)
  })
})
