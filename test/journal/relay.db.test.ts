import { expect } from 'chai'
import { Schema } from 'mongoose'
import type { JournalEntry } from '../../src/kernel/journal-entry.ts'
import { journalStore, OUTBOX_INDEX, relay, verifyJournal, type JournalStore } from '../../src/journal/index.ts'
import { defineCollection, ensureIndexes } from '../../src/mongo/collection.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { addressOf, testDatabase } from '../support/database.ts'

interface Row {
  _id: string
  outbox: JournalEntry[]
}
const schema = new Schema<Row>({ _id: String, outbox: [Schema.Types.Mixed] }, { _id: false })

const UNITS = ['truong-1', 'truong-2', 'truong-3'] as const
const DOCUMENTS = 60
const STEPS = 3

const entry = (document: number, step: number): JournalEntry => ({
  id: `thing:${document}:${step}`,
  at: new Date('2025-09-10T01:00:00Z'),
  by: { personId: 'p1', name: 'Người Thử Một', seats: ['chair'] },
  unitId: UNITS[document % UNITS.length] ?? '',
  subject: { kind: 'thing', id: String(document) },
  event: `step${step}`,
})

/** Documents of three schools, each with three steps that nobody has delivered. */
const waiting = () =>
  Array.from({ length: DOCUMENTS }, (_, document) => ({
    _id: String(document).padStart(3, '0'),
    outbox: Array.from({ length: STEPS }, (__, step) => entry(document, step + 1)),
  }))

describe('the relay of the journal', function () {
  this.timeout(180_000)
  let db: Database
  before(async () => {
    db = await testDatabase({ watchCommands: true })
  })

  const setUp = async (on = db) => {
    const journal = journalStore(on)
    const Things = defineCollection<Row>(on, 'things', schema, [OUTBOX_INDEX])
    await ensureIndexes(on)
    return { journal, Things }
  }
  const fill = async () => {
    const { journal, Things } = await setUp()
    await db.connection.collection('journal').deleteMany({})
    await Things.deleteMany({})
    await Things.collection.insertMany(waiting() as never)
    return { journal, Things }
  }
  const relayOver = (on: Database, journal: JournalStore, faults: unknown[]) => {
    const post = relay(on, journal, error => faults.push(error))
    post.watch(defineCollection<Row>(on, 'things', schema, [OUTBOX_INDEX]))
    return post
  }

  /** Every entry stands once, the chains hold, each document's steps follow each other, and nothing waits any more. */
  const expectAllDelivered = async (journal: JournalStore) => {
    expect(await verifyJournal(journal)).to.deep.equal({ entries: DOCUMENTS * STEPS, broken: [] })
    const { Things } = await setUp()
    expect(await Things.countDocuments({ 'outbox.id': { $exists: true } })).to.equal(0)
    for (const unitId of UNITS) {
      const chain = (await journal.chainOf(unitId)).map(link => link.entry)
      for (const id of new Set(chain.map(each => each.subject.id)))
        expect(chain.filter(each => each.subject.id === id).map(each => each.event)).to.deep.equal([
          'step1',
          'step2',
          'step3',
        ])
    }
  }

  it('delivers what many documents hold in a handful of commands', async () => {
    const { journal, Things } = await fill()
    const faults: unknown[] = []
    const post = relayOver(db, journal, faults)
    const commands: string[] = []
    const hear = ({ commandName }: { readonly commandName: string }): void => void commands.push(commandName)
    db.client.on('commandStarted', hear)
    for (const { _id } of waiting()) post.soon(Things, _id)
    await post.settled()
    db.client.off('commandStarted', hear)
    expect(commands).to.deep.equal(['find', 'aggregate', 'insert', 'update'])
    expect(faults).to.deep.equal([])
    await expectAllDelivered(journal)
  })

  it('tells listeners before anything leaves an outbox', async () => {
    const { journal, Things } = await fill()
    const post = relayOver(db, journal, [])
    const stillThere: boolean[] = []
    post.beforeDelivery(async entries => {
      const left = await Things.countDocuments({ 'outbox.id': { $in: entries.map(each => each.id) } })
      stillThere.push(left === DOCUMENTS && (await journal.unitIds()).length === 0)
    })
    await post.sweep()
    expect(stillThere).to.deep.equal([true])
  })

  it('takes up where a process was killed in the middle of the journal', async () => {
    const { journal } = await fill()
    await journal.append(
      waiting()
        .flatMap(({ outbox }) => outbox)
        .slice(0, 70),
    )
    await relayOver(db, journal, []).sweep()
    await expectAllDelivered(journal)
  })

  it('takes up where a process was killed between the journal and the outboxes', async () => {
    const { journal, Things } = await fill()
    await journal.append(waiting().flatMap(({ outbox }) => outbox))
    await Things.updateMany({ _id: { $lt: '020' } }, { $set: { outbox: [] } })
    await relayOver(db, journal, []).sweep()
    await expectAllDelivered(journal)
  })

  it('lets two processes deliver the same outboxes at once', async () => {
    const other = await connect(addressOf(db), db.name)
    try {
      for (let turn = 0; turn < 5; turn++) {
        const { journal } = await fill()
        const faults: unknown[] = []
        const { journal: theirs } = await setUp(other)
        await Promise.all([
          relayOver(db, journal, faults).sweep(),
          relayOver(other, theirs, faults).sweep(),
          // A third one appends alone what both are about to.
          ...waiting().map(({ outbox }) => theirs.append(outbox)),
        ])
        expect(faults).to.deep.equal([])
        await expectAllDelivered(journal)
      }
    } finally {
      await other.close()
    }
  })

  it('holds up nothing but the document whose entry cannot be told', async () => {
    const { journal, Things } = await fill()
    const faults: unknown[] = []
    const post = relayOver(db, journal, faults)
    const fault = new Error('nobody listens to thing 7')
    let isBroken = true
    post.beforeDelivery(entries =>
      isBroken && entries.some(each => each.subject.id === '7') ? Promise.reject(fault) : Promise.resolve(),
    )
    await post.sweep()
    expect(faults).to.deep.equal([fault])
    expect((await Things.find({ 'outbox.id': { $exists: true } }).lean()).map(row => row._id)).to.deep.equal(['007'])
    isBroken = false
    await post.sweep()
    await expectAllDelivered(journal)
  })
})
