import { expect } from 'chai'
import { sheetStore, type SheetStore } from '../../src/assessments/index.ts'
import { StaleWrite } from '../../src/kernel/refusals.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { addressOf, testDatabase } from '../support/database.ts'

const AT = new Date('2026-01-12T02:41:00Z')
const by = (person: string, text: string) => ({ text, by: person, name: person, at: AT })

describe('words of a sheet saved from two processes', () => {
  let db: Database
  let other: Database
  let here: SheetStore
  let there: SheetStore
  let turn = 0
  let place: { assessmentId: string; code: string }

  before(async () => {
    db = await testDatabase({ watchCommands: true })
    other = await connect(addressOf(db), db.name)
    here = sheetStore(db)
    there = sheetStore(other)
    await ensureIndexes(db)
  })
  after(() => other.close())
  beforeEach(() => {
    place = { assessmentId: `a${++turn}`, code: '1.1' }
  })

  const strengths = async () => (await here.find(place.assessmentId, place.code)).parts['strengths']

  it('cost one command while the same person goes on writing', async () => {
    await here.writePart(place, 'strengths', 0, by('an', 'một'))
    const commands: string[] = []
    const note = ({ commandName }: { commandName: string }): void => void commands.push(commandName)
    db.client.on('commandStarted', note)
    await here.writePart(place, 'strengths', 1, by('an', 'hai'))
    db.client.off('commandStarted', note)
    expect(commands).to.deep.equal(['update'])
    expect(await strengths()).to.deep.include({ text: 'hai', rev: 2, by: 'an', since: AT })
  })

  it('are refused on a revision that the other process has replaced, with its words', async () => {
    await here.writePart(place, 'strengths', 0, by('an', 'một'))
    await there.writePart(place, 'strengths', 1, by('binh', 'hai'))
    const refused = await here.writePart(place, 'strengths', 1, by('an', 'ba')).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(StaleWrite)
    expect(refused).to.have.nested.property('current.text', 'hai')
    expect(await strengths()).to.deep.include({ text: 'hai', rev: 2 })
  })

  it('go on from what the other process wrote, which goes to the history', async () => {
    await here.writePart(place, 'strengths', 0, by('an', 'một'))
    await there.writePart(place, 'strengths', 1, by('binh', 'hai'))
    await here.writePart(place, 'strengths', 2, by('an', 'ba'))
    const versions = await here.versions(`${place.assessmentId}:1.1`, 'strengths')
    expect(versions.map(({ text, name }) => `${name}: ${text}`)).to.deep.equal(['binh: hai', 'an: một'])
    expect(await strengths()).to.deep.include({ text: 'ba', rev: 3 })
  })

  it('of two parts written at the same time both stand, and the next save of either goes on', async () => {
    const parts = ['strengths', 'weaknesses', 'improvement']
    await Promise.all(parts.map(part => here.writePart(place, part, 0, by('an', part))))
    await Promise.all(parts.map(part => here.writePart(place, part, 1, by('an', `${part} hai`))))
    const sheet = await there.find(place.assessmentId, place.code)
    expect(parts.map(part => sheet.parts[part]?.text)).to.deep.equal(parts.map(part => `${part} hai`))
  })

  it('of two first saves of a part one wins', async () => {
    const outcomes = await Promise.allSettled([
      here.writePart(place, 'strengths', 0, by('an', 'một')),
      there.writePart(place, 'strengths', 0, by('binh', 'hai')),
    ])
    expect(outcomes.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected'])
    expect((await strengths())?.rev).to.equal(1)
  })
})
