import { expect } from 'chai'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { Forbidden, InvalidInput, NotFound, StaleWrite, StepRefused } from '../../src/kernel/refusals.ts'
import { fiveYearsTo, workingYear } from '../../src/kernel/working-year.ts'
import { journalStore, relay } from '../../src/journal/index.ts'
import { ensureIndexes } from '../../src/mongo/collection.ts'
import { unitStore } from '../../src/organisations/index.ts'
import {
  compare,
  figureStore,
  figuresFor,
  figuresStanding,
  lockFigures,
  saveFigures,
  saveReconciliation,
  stepReconciliation,
  unlockFigures,
  valuesOf,
  type FigureNeeds,
  type FigureValues,
} from '../../src/figures/index.ts'
import { testDatabase } from '../support/database.ts'
import { rejection } from '../organisations/rejection.ts'
import { twoTierProvince } from '../organisations/a-tree.ts'
import { soundThcs } from './some-figures.ts'

const year = workingYear('2025-2026')
const decision = { number: '12/QĐ-UBND', day: '2025-08-01', issuer: 'UBND xã Suối Mây' }
const as = (role: SeatRole, unitId: string, of?: typeof year): Actor => ({
  personId: `p-${role}`,
  name: 'Mai Thị Lựu',
  seats: [{ role, unitId, from: '2020-01-01', ...(of ? { year: of } : {}) }],
})
const head = as('head', 'thcs')

describe('figures in the database', () => {
  let needs: FigureNeeds
  let outbox: ReturnType<typeof relay>
  let journal: () => Promise<readonly { event: string; facts?: Record<string, unknown> }[]>

  beforeEach(async () => {
    const db = await testDatabase()
    outbox = relay(db, journalStore(db), error => {
      throw error
    })
    const units = unitStore(db, outbox)
    needs = { figures: figureStore(db, outbox), units, now: () => new Date('2025-11-22T02:00:00Z') }
    await ensureIndexes(db)
    for (const { rev: _rev, ...unit } of twoTierProvince().values())
      await units.add(unit, { actor: head, at: needs.now() })
    journal = async () => {
      await outbox.settled()
      const rows = await db.connection
        .collection('journal')
        .find({ 'subject.kind': 'figures' })
        .sort({ seq: 1 })
        .toArray()
      return rows.map(row => row['entry'] as { event: string; facts?: Record<string, unknown> })
    }
  })

  const save = (typed: FigureValues, seenRev = 0, actor = head, of = year) =>
    saveFigures(needs)(actor, { schoolId: 'thcs', forYear: year, year: of, typed, seenRev })

  it('keeps typed numbers, empty apart from 0, and journals old and new', async () => {
    await save({ 'classes.g6': 2, 'pupils.g6': 80, 'classes.g7': 0, 'pupils.g7': null })
    await save({ 'classes.g6': 3, 'pupils.g6': 80 }, 1)
    expect(valuesOf(await needs.figures.of('thcs', year))).to.deep.equal({
      'pupils.g6': 80,
      'classes.g7': 0,
      'classes.g6': 3,
    })
    const entries = await journal()
    expect(entries.map(({ event }) => event)).to.deep.equal(['saveFigures', 'saveFigures'])
    expect(entries[1]?.facts).to.deep.equal({ changes: [{ key: 'classes.g6', from: 2, to: 3 }] })
  })

  it('writes nothing when nothing changed, and nothing that the tables do not ask for', async () => {
    await save({ 'classes.g6': 2 })
    const again = await save({ 'classes.g6': 2, 'classes.g1': 7, 'classes.total': 99 }, 1)
    expect(again.rev).to.equal(1)
  })

  it('lets two people save different cells and stops them at the same one', async () => {
    await save({ 'classes.g6': 2 })
    await Promise.all([save({ 'classes.g7': 2 }, 1), save({ 'classes.g8': 2 }, 1)])
    expect((await needs.figures.of('thcs', year)).cells).to.have.length(3)
    const late = await rejection(save({ 'classes.g7': 5 }, 1))
    expect(late)
      .to.be.instanceOf(StaleWrite)
      .with.deep.property('current', [{ key: 'classes.g7', value: 2 }])
  })

  it('refuses numbers that break a rule at their cell', async () => {
    const broken = await rejection(save({ ...soundThcs(), 'pupils.female': 999 }))
    expect(broken).to.be.instanceOf(InvalidInput)
    expect(broken).to.have.deep.property('fields', { 'cell.pupils.female': 'Số nữ lớn hơn tổng số.' })
    expect((await needs.figures.of('thcs', year)).rev).to.equal(0)
  })

  it('shows strangers nothing and readers whom to ask', async () => {
    expect(await rejection(save({}, 0, as('head', 'thpt')))).to.be.instanceOf(NotFound)
    expect(await rejection(save({}, 0, as('middleLead', 'xa')))).to.be.instanceOf(Forbidden)
    expect(await rejection(save({}, 0, as('secretary', 'thcs', workingYear('2024-2025'))))).to.be.instanceOf(Forbidden)
    await save({ 'classes.g6': 1 }, 0, as('secretary', 'thcs', year))
  })

  it('takes the five years of the report and no other', async () => {
    await save({ 'classes.g6': 4 }, 0, head, workingYear('2021-2022'))
    expect(await rejection(save({ 'classes.g6': 4 }, 0, head, workingYear('2020-2021')))).to.be.instanceOf(InvalidInput)
    const five = await figuresFor(needs.figures)('thcs', year)
    expect(five.sheets.map(sheet => valuesOf(sheet)['classes.g6'] ?? null)).to.deep.equal([4, null, null, null, null])
  })

  it('locks all five years for a report, also blank ones, until every report lets go', async () => {
    await save({ 'classes.g6': 2 })
    const lock = { schoolId: 'thcs', years: fiveYearsTo(year), assessmentId: 'a1' }
    await lockFigures(needs)(head, lock)
    await lockFigures(needs)(head, lock)
    await lockFigures(needs)(head, { ...lock, assessmentId: 'a2' })
    expect(await rejection(save({ 'classes.g6': 3 }, 9))).to.be.instanceOf(StepRefused)
    expect(await rejection(save({ 'classes.g6': 3 }, 9, head, workingYear('2022-2023')))).to.be.instanceOf(StepRefused)
    expect(await figuresStanding(needs.figures)('thcs', year, 'a1')).to.deep.equal({
      locked: true,
      reconciliation: 'none',
    })
    expect((await figuresStanding(needs.figures)('thcs', year, 'a3')).locked).to.equal(false)
    await unlockFigures(needs)(head, { ...lock, assessmentId: 'a2' })
    expect(await rejection(save({ 'classes.g6': 3 }, 9))).to.be.instanceOf(StepRefused)
    await unlockFigures(needs)(head, lock)
    await save({ 'classes.g6': 3 }, 9)
  })

  it('carries a reconciliation to the head’s confirmation and back when a number changes', async () => {
    const place = { schoolId: 'thcs', year }
    await save(soundThcs())
    const assigned = compare(['thcs'], soundThcs(), undefined)
      .filter(row => row.of === undefined && row.current !== null)
      .map(row => ({ key: row.key, value: row.current ?? 0 }))
    const draft = { assigned, explanations: [], planDecision: decision, staffDecision: decision }
    const clerk = as('clerk', 'thcs')
    expect(
      await rejection(stepReconciliation(needs)(clerk, { ...place, seenRev: 1 }, { type: 'explain' })),
    ).to.be.instanceOf(StepRefused)
    await saveReconciliation(needs)(clerk, { ...place, seenRev: 1 }, draft)
    await stepReconciliation(needs)(clerk, { ...place, seenRev: 2 }, { type: 'explain' })
    expect(
      await rejection(stepReconciliation(needs)(clerk, { ...place, seenRev: 3 }, { type: 'confirm' })),
    ).to.be.instanceOf(Forbidden)
    await stepReconciliation(needs)(head, { ...place, seenRev: 3 }, { type: 'confirm' })
    expect((await figuresStanding(needs.figures)('thcs', year, 'a1')).reconciliation).to.equal('confirmed')
    await save({ 'pupils.female': 151 }, 4)
    expect((await figuresStanding(needs.figures)('thcs', year, 'a1')).reconciliation).to.equal('confirmed')
    await save({ 'pupils.g6': 81 }, 5)
    expect((await figuresStanding(needs.figures)('thcs', year, 'a1')).reconciliation).to.equal('drafting')
    expect((await journal()).at(-1)?.facts).to.include({ reconciliation: 'drafting' })
  })
})
