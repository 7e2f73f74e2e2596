import { expect } from 'chai'
import { openAssessment } from '../../src/assessments/index.ts'
import { SYSTEM, type Actor, type SeatRole } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import {
  applyOperation,
  checkOperation,
  dayTree,
  editOperation,
  letterheadOf,
  lintTree,
  planOperation,
  undoOperation,
  type Operation,
  type OperationNeeds,
  type Unit,
} from '../../src/organisations/index.ts'
import { placingSheet, readPlacing } from '../../src/organisations/unit-sheets.ts'
import { writeWorkbook } from '../../src/sheet-files/index.ts'
import type { System } from '../../src/system/system.ts'
import { builderOn, prepare } from '../demo/demo-database.ts'
import { testDatabase } from '../support/database.ts'
import { aUnit } from './a-tree.ts'

const [BEFORE, AFTER] = [workingYear('2024-2025'), workingYear('2025-2026')]
const START = '2000-01-01'
const under = (parentId: string) => ({ parents: [{ parentId, from: START }] })

const PROVINCE: readonly Unit[] = [
  aUnit('so', { kind: 'province', name: 'Sở Giáo dục và Đào tạo Sơn Thủy' }),
  aUnit('huyen-a', { kind: 'district', name: 'Phòng Giáo dục và Đào tạo huyện A', ...under('so') }),
  aUnit('huyen-b', { kind: 'district', name: 'Phòng Giáo dục và Đào tạo huyện B', ...under('so') }),
  aUnit('a1', { name: 'Trường THCS A Một', ...under('huyen-a') }),
  aUnit('a2', { name: 'Trường THCS A Hai', ...under('huyen-a') }),
  aUnit('b1', { name: 'Trường THCS B Một', ...under('huyen-b') }),
  aUnit('thpt', { name: 'Trường THPT Đồi Thông', ...under('so') }),
]

const communes = ['Đông', 'Tây'].map((name, index) => ({
  id: `xa-${index + 1}`,
  kind: 'commune' as const,
  name: { name: `UBND xã ${name}` },
  place: name,
  symbol: `X${index + 1}`,
  parentId: 'so',
}))

const as = (role: SeatRole): Actor => ({
  personId: `p-${role}`,
  name: 'Trần Văn Ổi',
  seats: [{ role, unitId: 'so', from: '2020-01-01' }],
})
const [admin, lead] = [as('itAdmin'), as('provinceLead')]

describe('a province that goes over to two tiers on 1 July 2025', () => {
  let system: System
  let needs: OperationNeeds
  let at = new Date('2024-09-10T02:00:00Z')
  let applied: Operation

  before(async () => {
    const db = await testDatabase()
    const build = builderOn(db)
    await prepare(db, build)
    system = build(() => at)
    let last = 0
    needs = { units: system.units, operations: system.operations, now: () => at, newId: () => `op-${++last}` }
    for (const { rev: _rev, ...unit } of PROVINCE) await system.units.add(unit, { actor: SYSTEM, at })
    for (const [year, closingDay] of [
      [BEFORE, '2025-05-31'],
      [AFTER, '2026-05-31'],
    ] as const) {
      await system.years.open({ id: year, closingDay, holidays: [] }, 'so', { actor: SYSTEM, at })
      await system.catalogue.publishForYear(lead, year)
    }
  })

  const bytes = async (): Promise<readonly string[]> =>
    [...(await system.units.treeNow()).values()]
      .map(({ rev: _rev, ...unit }) => JSON.stringify(Object.entries(unit).toSorted(([a], [b]) => a.localeCompare(b))))
      .toSorted()

  /** Draws the switch up and fills the spreadsheet of it in as the Sở's officer would. */
  async function prepared(): Promise<Operation> {
    const planned = await planOperation(needs)(admin, {
      provinceId: 'so',
      draft: { kind: 'twoTier', districts: ['huyen-a', 'huyen-b'], communes, placing: {} },
      from: '2025-07-01',
      decision: '99/NQ-HĐND',
      reason: '',
    })
    const tree = await system.units.treeNow()
    const sheet = placingSheet(planned, tree)
    const chosen: Readonly<Record<string, string>> = { a1: 'UBND xã Đông', a2: 'UBND xã Tây', b1: 'UBND xã Tây' }
    const rows = sheet.rows.map(({ cells }) => ({ cells: [...cells.slice(0, -1), chosen[String(cells[0])] ?? null] }))
    const { faults, placing } = await readPlacing(await writeWorkbook([{ ...sheet, rows }]), planned, tree)
    expect(faults).to.deep.equal([])
    const { draft } = planned
    if (!('placing' in draft)) throw new Error('nothing to place')
    return checkOperation(needs)(admin, await editOperation(needs)(admin, planned, { draft: { ...draft, placing } }))
  }

  it('keeps the district over an assessment that was opened under it', async () => {
    const { ancestors } = await openAssessment(system.assessmentNeeds)(lead, 'a1', BEFORE)
    expect(ancestors).to.deep.equal(['huyen-a', 'so'])
  })

  it('can be taken back until the last day of June, and every unit is as it was', async () => {
    at = new Date('2025-06-20T02:00:00Z')
    const before = await bytes()
    const once = await applyOperation(needs)(lead, await prepared())
    expect(await bytes()).to.not.deep.equal(before)
    at = new Date('2025-06-30T02:00:00Z')
    await undoOperation(needs)(lead, once, 'Nghị quyết lùi ngày')
    expect(await bytes()).to.deep.equal(before)
  })

  it('hands every school over without losing one, and totals follow the tree of their day', async () => {
    applied = await applyOperation(needs)(lead, await prepared())
    const tree = await system.units.tree()
    expect(lintTree(tree)).to.deep.equal([])
    const [old, now] = [dayTree(tree, '2025-06-30'), dayTree(tree, '2025-07-01')]
    const below = (day: typeof old, id: string) =>
      day
        .schoolsBelow(id)
        .map(school => school.id)
        .toSorted()
    expect([below(old, 'huyen-a'), below(old, 'huyen-b'), below(old, 'so')]).to.deep.equal([
      ['a1', 'a2'],
      ['b1'],
      ['a1', 'a2', 'b1', 'thpt'],
    ])
    expect([below(now, 'xa-1'), below(now, 'xa-2'), below(now, 'so')]).to.deep.equal([
      ['a1'],
      ['a2', 'b1'],
      ['a1', 'a2', 'b1', 'thpt'],
    ])
    expect(now.active.some(unit => unit.kind === 'district')).to.equal(false)
  })

  it('opens the new year under the commune and leaves the old one where it was', async () => {
    at = new Date('2025-09-10T02:00:00Z')
    const opened = await openAssessment(system.assessmentNeeds)(lead, 'a1', AFTER)
    expect(opened.ancestors).to.deep.equal(['xa-1', 'so'])
    expect((await system.assessments.get(`a1.${BEFORE}`)).ancestors).to.deep.equal(['huyen-a', 'so'])
    const tree = await system.units.tree()
    const school = await system.units.get('a1')
    expect(['2025-06-30', '2025-07-01'].map(day => letterheadOf(school, tree, day).parentLine)).to.deep.equal([
      'PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN A',
      'UBND XÃ ĐÔNG',
    ])
    expect(applied.state).to.equal('applied')
  })
})
