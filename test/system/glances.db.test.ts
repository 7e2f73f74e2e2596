import { expect } from 'chai'
import type { CommandStartedEvent } from 'mongodb'
import { keyOf } from '../../src/assessments/index.ts'
import { entryBy } from '../../src/journal/index.ts'
import { SYSTEM } from '../../src/kernel/actor.ts'
import { connect, type Database } from '../../src/mongo/connect.ts'
import { buildSystem, type System } from '../../src/system/system.ts'
import { addressOf } from '../support/database.ts'
import { PEOPLE, schoolAtWork, SCHOOL, YEAR, type SchoolAtWork } from '../support/school.ts'

const PERSON = { id: 'thanhvien', name: PEOPLE.thanhvien }
const LIFE = 1_000

describe('glances of a process while another one works on the same database', () => {
  let elapsed = 0
  let there: SchoolAtWork
  let db: Database
  let here: System

  beforeEach(async () => {
    there = await schoolAtWork()
    db = await connect(addressOf(there.db), there.db.name, { elapsed: () => elapsed, watchCommands: true })
    here = buildSystem(db, { filesDir: '/nowhere', now: () => there.clock.at })
  })
  afterEach(async () => {
    await Promise.all([here.post.settled(), there.system.post.settled()])
    await db.close()
  })

  const lock = async (system: System): Promise<void> =>
    system.people.setActive(await system.people.get(PERSON.id), false, {
      actor: SYSTEM,
      at: there.clock.at,
      event: 'lock',
    })
  const dissolveGroups = async ({ assessments }: System): Promise<unknown> =>
    assessments.advance(await assessments.get(there.id), { groups: [], peopleIds: [] }, entry('dissolve'))
  const entry = (event: string) =>
    entryBy(SYSTEM, there.clock.at, {
      id: `test:${event}`,
      unitId: SCHOOL,
      year: YEAR,
      subject: { kind: 'assessment', id: there.id },
      event,
    })

  const cases: Readonly<
    Record<string, { look: () => Promise<unknown>; write: (system: System) => Promise<unknown>; after: unknown }>
  > = {
    'a locked account': {
      look: async () => (await here.glance.account(PERSON.id))?.active,
      write: lock,
      after: false,
    },
    'a lost place in a group': {
      look: async () => (await here.glance.withSeats(PERSON)).seats.length,
      write: dissolveGroups,
      after: 0,
    },
    'a step on the assessment': {
      look: async () => (await here.glance.assessment(there.id))?.groups.length,
      write: dissolveGroups,
      after: 0,
    },
    'words of a sheet': {
      look: async () => (await here.glance.sheet(there.id, '1.1')).parts['strengths']?.text,
      write: ({ sheets }) =>
        sheets.writePart({ assessmentId: there.id, code: '1.1' }, 'strengths', 0, {
          text: 'Đủ kế hoạch.',
          by: PERSON.id,
          name: PERSON.name,
          at: there.clock.at,
        }),
      after: 'Đủ kế hoạch.',
    },
  }
  for (const [what, { look, write, after }] of Object.entries(cases)) {
    it(`see ${what} at once when it was written here`, async () => {
      const before = await look()
      expect(before).to.not.equal(after)
      await write(here)
      expect(await look()).to.equal(after)
    })

    it(`see ${what} after a second when it was written there`, async () => {
      const before = await look()
      await write(there.system)
      elapsed += LIFE - 1
      expect(await look()).to.equal(before)
      elapsed += 1
      expect(await look()).to.equal(after)
    })
  }

  it('keep the seats of a person through steps on criteria, which give none', async () => {
    const before = await here.glance.withSeats(PERSON)
    const assessment = await here.assessments.get(there.id)
    const decision = assessment.criteria[keyOf('1.1')]
    if (!decision) throw new Error('no sheet 1.1')
    await here.assessments.advanceCriterion(assessment, decision, { 'answers.1.a': 'met' }, entry('answerIndicator'))
    expect(await here.glance.withSeats(PERSON)).to.equal(before)
  })

  it('see new evidence at once when it was added here, through the citations of a page', async () => {
    const size = (await here.glance.evidence(there.id)).size
    const [item] = await there.system.evidenceNeeds.evidence.ofAssessment(there.id)
    expect(item).to.equal(undefined)
    await here.evidenceNeeds.evidence.add({
      id: here.evidenceNeeds.newId(),
      assessmentId: there.id,
      schoolId: SCHOOL,
      year: YEAR,
      state: 'collected',
      machine: 'evidence@1',
      rev: 0,
      criterion: '1.1',
      name: 'Kế hoạch năm học',
      kind: 'document',
      entries: [],
      place: '',
      note: '',
      formerCodes: [],
      outbox: [],
    })
    expect((await here.glance.evidence(there.id)).size).to.equal(size + 1)
  })

  /** The collections that a look reads. */
  const readBy = async (look: () => Promise<unknown>): Promise<readonly string[]> => {
    const names = new Set<string>()
    const note = ({ commandName, command }: CommandStartedEvent): void => {
      if (['find', 'aggregate', 'count'].includes(commandName)) names.add(String(command[commandName]))
    }
    db.client.on('commandStarted', note)
    await look()
    db.client.off('commandStarted', note)
    return [...names].toSorted()
  }

  const looks: Readonly<Record<string, () => Promise<unknown>>> = {
    account: () => here.glance.account(PERSON.id),
    withSeats: () => here.glance.withSeats(PERSON),
    tree: () => here.units.tree(),
    settings: () => here.glance.settings.valueOf('councilMin', { year: YEAR, unitId: SCHOOL }),
    unread: () => here.glance.unread(PERSON.id),
    readersIn: () => here.glance.readersIn(SCHOOL),
    assessment: () => here.glance.assessment(there.id),
    sheet: () => here.glance.sheet(there.id, '1.1'),
    evidence: () => here.glance.evidence(there.id),
    numbers: async () => here.glance.numbers(await here.assessments.get(there.id)),
    'old texts': () => here.sheets.drawer.waitingIn(there.id),
  }
  it('rest on every collection that they read: a write to any of them is seen', async () => {
    for (const [name, look] of Object.entries(looks)) {
      elapsed += LIFE
      const collections = await readBy(look)
      expect(collections, name).to.not.deep.equal([])
      for (const collection of collections) {
        await db.connection.collection(collection).deleteMany({ _id: 'nobody' as never })
        expect(await readBy(look), `${name} after a write to ${collection}`).to.not.deep.equal([])
      }
    }
  })
})
