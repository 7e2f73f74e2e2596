import { expect } from 'chai'
import fc from 'fast-check'
import type { AssessmentState } from '../../src/assessments/index.ts'
import type { WorkingYear } from '../../src/kernel/working-year.ts'
import { gatherFacts } from '../../src/rollups/gather.ts'
import { placesOn, placesUnder } from '../../src/rollups/places.ts'
import { rowsFor, schoolsOn } from '../../src/rollups/rows-for.ts'
import { countOf, sumParts, tallyOf, totalCounts, type Part } from '../../src/rollups/tally.ts'
import { rebuildSums } from '../../src/rollups/sums.ts'
import { repair, totalsOf } from '../../src/rollups/totals.ts'
import {
  anAssessment,
  aProvince,
  criteriaAt,
  entryOf,
  LAST_YEAR,
  SCHOOL_IDS,
  THIS_YEAR,
  UNDER_COMMUNES,
  UNDER_DISTRICTS,
  YEARS,
  type Province,
} from './a-province.ts'
import { countNamed, enter, fromForms, numbersChange } from './numbers-of-schools.ts'

/** The province from its units, as kept. */
async function fromUnits({ system }: Province, year: WorkingYear, day: string): Promise<readonly Part[]> {
  const places = placesUnder(await system.units.tree(), 'so', day)
  const [totals = []] = await totalsOf(system.rollupNeeds, [{ places, year }], 'verdicts')
  return sumParts(totals.map(each => each.parts))
}

/** The province straight from the decided documents of its schools; nothing kept is asked. */
async function fromSchools({ system, version }: Province, year: WorkingYear, day: string): Promise<readonly Part[]> {
  const schools = schoolsOn(await system.units.tree(), 'so', day)
  const facts = new Map((await gatherFacts(system.rollupNeeds, schools, year)).map(each => [each.schoolId, each]))
  const codes = version.set.standards.flatMap(standard =>
    standard.criteria.flatMap(({ code, levels }) =>
      levels.flatMap(demand => demand.indicators.map(indicator => `${code}.${demand.level}.${indicator.code}`)),
    ),
  )
  return tallyOf(
    schools,
    id => facts.get(id),
    () => [...codes, ...version.set.levelFour.map(({ code }) => code)],
  )
}

interface Change {
  readonly school: string
  readonly year: WorkingYear
  readonly state: AssessmentState
  readonly level: number
}

/** Opens the assessment or steps it, as a use case's one write does. */
async function apply({ system, version }: Province, { school, year, state, level }: Change): Promise<void> {
  const before = await system.assessments.find(`${school}.${year}`)
  if (!before) {
    const opened = anAssessment(version, school, year, state, level)
    // The journal's key of the opening is that of the revision which it makes.
    return system.assessments.insert({ ...opened, outbox: [entryOf({ ...opened, rev: opened.rev - 1 })] })
  }
  await system.assessments.advance(before, { state, criteria: criteriaAt(version, level) }, entryOf(before))
}

const change = fc.record<Change>({
  school: fc.constantFrom(...SCHOOL_IDS),
  year: fc.constantFrom(...YEARS),
  state: fc.constantFrom('preparing', 'working', 'adopted', 'submitted', 'returned', 'accepted'),
  level: fc.integer({ min: 0, max: 3 }),
})

describe('sums of units', () => {
  let province: Province
  before(async () => {
    province = await aProvince()
  })

  it('agree with the schools, with a rebuild and with each other under districts and under communes', async () => {
    const days = [UNDER_DISTRICTS, UNDER_COMMUNES] as const
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), fc.boolean(), async (changes, delivered) => {
        for (const each of changes) await apply(province, each)
        if (delivered) await province.system.post.settled()
        for (const year of YEARS) {
          const sums = await Promise.all(days.map(day => fromUnits(province, year, day)))
          expect(sums[0], 'under districts as under communes').to.deep.equal(sums[1])
          expect(sums[0]).to.deep.equal(await fromSchools(province, year, UNDER_DISTRICTS))
          expect(countOf(totalCounts(sums[0] ?? []), 'schools')).to.equal(SCHOOL_IDS.length)
        }
      }),
      { numRuns: 12 },
    )
    const kept = await Promise.all(YEARS.map(year => fromUnits(province, year, UNDER_COMMUNES)))
    await province.system.rollupNeeds.rollups.drop()
    const rebuilt = await Promise.all(YEARS.map(year => fromUnits(province, year, UNDER_COMMUNES)))
    const report = await rebuildSums(province.system.rollupNeeds)
    expect(report.flatMap(each => each.differing)).to.deep.equal([])
    expect(report.map(each => each.units)).to.deep.equal([4, 6])
    expect(JSON.stringify(rebuilt)).to.equal(JSON.stringify(kept))
    expect(province.faults).to.deep.equal([])
  })

  it('add up what was assigned, what is there and what differs as the forms of the schools do', async () => {
    const entered = await aProvince()
    await fc.assert(
      fc.asyncProperty(
        fc.array(numbersChange, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (changes, delivered) => {
          for (const each of changes) await enter(entered, each)
          if (delivered) await entered.system.post.settled()
          for (const year of YEARS) {
            const kept = await fromUnits(entered, year, UNDER_COMMUNES)
            expect(kept, 'as before the switch').to.deep.equal(await fromUnits(entered, year, UNDER_DISTRICTS))
            expect(kept, 'as from the schools').to.deep.equal(await fromSchools(entered, year, UNDER_COMMUNES))
            const counts = totalCounts(kept)
            for (const [name, sum] of Object.entries(await fromForms(entered, year)))
              expect(countNamed(counts, name), name).to.equal(sum)
          }
        },
      ),
      { numRuns: 10 },
    )
    const kept = await fromUnits(entered, THIS_YEAR, UNDER_COMMUNES)
    expect(countOf(totalCounts(kept), 'pupils.assigned')).to.be.greaterThan(0)
    const report = await rebuildSums(entered.system.rollupNeeds)
    expect(report.flatMap(each => each.differing)).to.deep.equal([])
    expect(await fromUnits(entered, THIS_YEAR, UNDER_COMMUNES)).to.deep.equal(kept)
  })

  it('make facts that an earlier release kept again', async () => {
    const { system, db } = province
    await enter(province, {
      school: 'th-3',
      year: THIS_YEAR,
      assigned: { 'staff.support.total': 5 },
      current: { 'staff.support.total': 7 },
      explained: [],
    })
    const kept = await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)
    await system.post.settled()
    const facts = db.connection.collection<{ _id: string }>('schoolFacts')
    await facts.updateOne({ _id: `th-3.${THIS_YEAR}` }, { $unset: { shape: '', 'facts.compared': '' } })
    await db.connection.collection('unitTotals').updateMany({}, { $set: { dirty: true } })
    expect(await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)).to.deep.equal(kept)
    expect(countOf(totalCounts(kept), 'support.more')).to.equal(2)
  })

  it('count what a report says only once it has been sent, and everybody’s state at once', async () => {
    const alone = await aProvince()
    await apply(alone, { school: 'th-1', year: THIS_YEAR, state: 'adopted', level: 2 })
    const before = await fromUnits(alone, THIS_YEAR, UNDER_COMMUNES)
    expect(countOf(totalCounts(before), 'state.adopted')).to.equal(1)
    expect(before.flatMap(part => part.sets)).to.deep.equal([])
    const row = async () => {
      const rows = await rowsFor(alone.system.rollupNeeds)({ unitId: 'so', year: THIS_YEAR, day: UNDER_COMMUNES })
      return rows.find(({ schoolId }) => schoolId === 'th-1')?.assessment
    }
    const untold = await row()
    expect(untold).to.deep.include({ state: 'adopted', criteria: {}, blockedBy: [] }).and.not.have.property('level')
    await apply(alone, { school: 'th-1', year: THIS_YEAR, state: 'submitted', level: 2 })
    const told = await row()
    expect(told).to.include({ state: 'submitted', level: 2 })
    expect(Object.values(told?.criteria ?? {})).to.include(2)
    expect(told?.blockedBy).not.to.deep.equal([])
    const after = totalCounts(await fromUnits(alone, THIS_YEAR, UNDER_COMMUNES))
    expect([
      countOf(after, 'state.adopted'),
      countOf(after, 'state.submitted'),
      countOf(after, 'level.2'),
    ]).to.deep.equal([0, 1, 1])
  })

  it('follow a school that moves to another commune: it leaves the one as it enters the other', async () => {
    const { system } = province
    const counts = async (unitId: string) => {
      const places = placesUnder(await system.units.tree(), unitId, '2026-03-01')
      const [totals = []] = await totalsOf(system.rollupNeeds, [{ places, year: LAST_YEAR }], 'counts')
      return countOf(totalCounts(sumParts(totals.map(each => each.parts))), 'schools')
    }
    expect([await counts('xa-1'), await counts('xa-2'), await counts('so')]).to.deep.equal([2, 2, 8])
    const by = { actor: { personId: 'x', name: 'X', seats: [] }, at: new Date('2026-02-20T01:00:00Z') }
    await system.units.move(await system.units.get('th-1'), 'xa-2', '2026-02-21', by)
    expect([await counts('xa-1'), await counts('xa-2'), await counts('so')]).to.deep.equal([1, 3, 8])
  })
})

describe('a rebuild', () => {
  it('names the unit whose kept sums had been tampered with, and sets them right', async () => {
    const province = await aProvince()
    const { system, db } = province
    await apply(province, { school: 'th-1', year: THIS_YEAR, state: 'submitted', level: 2 })
    await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)
    await db.connection.collection('unitTotals').updateOne({ unitId: 'xa-1', year: THIS_YEAR }, { $set: { parts: [] } })
    const report = await rebuildSums(system.rollupNeeds)
    expect(report.find(each => each.year === THIS_YEAR)?.differing).to.deep.equal(['xa-1'])
    expect(await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)).to.deep.equal(
      await fromSchools(province, THIS_YEAR, UNDER_COMMUNES),
    )
  })
})

describe('the fence of the sums', () => {
  let province: Province
  before(async () => {
    province = await aProvince()
  })

  const placeOf = async ({ system }: Province, unitId: string) => {
    const place = placesOn(await system.units.tree(), UNDER_COMMUNES).get(unitId)
    if (!place) throw new Error(`no ${unitId}`)
    return place
  }

  it('keeps a slow worker from putting old sums over new ones', async () => {
    const { system } = province
    const place = await placeOf(province, 'xa-1')
    await apply(province, { school: 'th-1', year: THIS_YEAR, state: 'working', level: 1 })
    await system.post.settled()
    let release = (): void => {}
    const held = new Promise<void>(done => (release = done))
    let reached = (): void => {}
    const reading = new Promise<void>(done => (reached = done))
    const slow = repair(
      {
        ...system.rollupNeeds,
        // The slow worker has read what was there, and stands still before it sums.
        assessments: {
          ofSchools: async (ids, year) => {
            const old = await system.assessments.ofSchools(ids, year)
            reached()
            await held
            return old
          },
        },
      },
      [place],
      THIS_YEAR,
    )
    await reading
    await apply(province, { school: 'th-1', year: THIS_YEAR, state: 'submitted', level: 3 })
    await system.post.settled()
    const sent = async () => countOf(totalCounts(await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)), 'level.3')
    expect(await sent()).to.equal(1)
    release()
    await slow
    expect(await sent()).to.equal(1)
    expect(await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)).to.deep.equal(
      await fromSchools(province, THIS_YEAR, UNDER_COMMUNES),
    )
  })

  it('leaves a unit marked when a change is heard of while it is being summed', async () => {
    const { system } = province
    const place = await placeOf(province, 'xa-2')
    await apply(province, { school: 'th-3', year: THIS_YEAR, state: 'working', level: 1 })
    await system.post.settled()
    await repair(
      {
        ...system.rollupNeeds,
        figures: {
          forSums: async (ids, year) => {
            await apply(province, { school: 'th-3', year: THIS_YEAR, state: 'submitted', level: 1 })
            await system.post.settled()
            return system.figures.forSums(ids, year)
          },
        },
      },
      [place],
      THIS_YEAR,
    )
    expect(await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)).to.deep.equal(
      await fromSchools(province, THIS_YEAR, UNDER_COMMUNES),
    )
  })

  it('shows a change whose journal entry nobody has delivered, as after a crash', async () => {
    const { system, version, db } = province
    await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)
    const decided = anAssessment(version, 'th-5', THIS_YEAR, 'accepted', 2)
    const { id: _id, ...row } = decided
    await db.connection.collection('assessments').insertOne({ ...row, _id: _id as never, outbox: [entryOf(decided)] })
    expect(countOf(totalCounts(await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)), 'state.accepted')).to.equal(1)
    await system.post.sweep()
    expect(await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)).to.deep.equal(
      await fromSchools(province, THIS_YEAR, UNDER_COMMUNES),
    )
  })

  it('marks what waits in an outbox once, however many read before it is delivered', async () => {
    const { version, db } = province
    const decided = anAssessment(version, 'th-6', THIS_YEAR, 'working', 1)
    const { id: _id, ...row } = decided
    const waiting = { ...row, _id: _id as never, outbox: [entryOf(decided)] }
    await db.connection.collection('assessments').replaceOne({ _id: _id as never }, waiting, { upsert: true })
    const fences = () =>
      db.connection
        .collection<{ _id: string; seq: number }>('unitTotals')
        .find({}, { projection: { seq: 1, dirty: 1 }, sort: { _id: 1 } })
        .toArray()
    await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)
    const before = await fences()
    await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)
    expect(await fences()).to.deep.equal(before)

    const later = { ...decided, rev: decided.rev + 1 }
    await db.connection
      .collection('assessments')
      .updateOne({ _id: _id as never }, { $set: { state: 'submitted', rev: later.rev, outbox: [entryOf(later)] } })
    expect(await fromUnits(province, THIS_YEAR, UNDER_COMMUNES)).to.deep.equal(
      await fromSchools(province, THIS_YEAR, UNDER_COMMUNES),
    )
  })
})
