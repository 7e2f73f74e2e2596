import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../../src/kernel/dates.ts'
import { treeOf, type Unit } from '../../src/organisations/index.ts'
import { obligedUnits } from '../../src/periods/index.ts'
import { aUnit, twoTierProvince } from '../organisations/a-tree.ts'

const SWITCH = '2025-07-01'
const DISTRICTS = ['h1', 'h2', 'h3']
const COMMUNES = ['x1', 'x2', 'x3', 'x4']

const before = { from: '2000-01-01', to: '2025-06-30' }
const units = (schools: readonly Unit[]): readonly Unit[] => [
  aUnit('so', { kind: 'province' }),
  ...DISTRICTS.map(id => aUnit(id, { kind: 'district', ...before, parents: [{ parentId: 'so', ...before }] })),
  ...COMMUNES.map(id => aUnit(id, { kind: 'commune', from: SWITCH, parents: [{ parentId: 'so', from: SWITCH }] })),
  ...schools,
]

/** A school before and after the switch: under a district or the Sở, then under a commune or the Sở; it may end or begin. */
const aSchool = fc.record({
  was: fc.constantFrom(...DISTRICTS, 'so'),
  becomes: fc.constantFrom(...COMMUNES, 'so'),
  ends: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined, freq: 4 }),
  begins: fc.integer({ min: 0, max: 400 }),
})

describe('units obliged to report', () => {
  it('are the tree of the closing day: districts before 1/7/2025, communes after', () => {
    const tree = twoTierProvince()
    const parents = (day: string) =>
      Object.fromEntries(obligedUnits(tree, 'so', day).map(unit => [unit.unitId, unit.parentId]))
    expect(parents('2025-05-31')).to.deep.equal({ thcs: 'phong', phong: 'so', thpt: 'so' })
    expect(parents('2025-09-30')).to.deep.equal({ thcs: 'xa', xa: 'so', thpt: 'so' })
  })

  it('hold each school that exists on the closing day exactly once, in one tree that ends at the Sở', () => {
    fc.assert(
      fc.property(
        fc.array(aSchool, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 400 }),
        (schools, offset) => {
          const closing = addDays('2025-01-01', offset)
          const all = schools.map(({ was, becomes, ends, begins }, at) => {
            const from = addDays('2025-01-01', begins - 200)
            return aUnit(`s${at}`, {
              from,
              ...(ends !== undefined && { to: addDays(from, ends) }),
              parents: [
                ...(from < SWITCH ? [{ parentId: was, from, to: '2025-06-30' }] : []),
                { parentId: becomes, from: from < SWITCH ? SWITCH : from },
              ],
            })
          })
          const duties = obligedUnits(treeOf(units(all)), 'so', closing)
          const existing = all
            .filter(school => school.from <= closing && (school.to === undefined || closing <= school.to))
            .map(school => school.id)
          const byId = new Map(duties.map(duty => [duty.unitId, duty]))
          expect(byId.size).to.equal(duties.length)
          expect(duties.filter(duty => duty.unitKind === 'school').map(duty => duty.unitId)).to.have.members(existing)
          for (const duty of duties) {
            expect(duty.ancestors.at(-1)).to.equal('so')
            expect(duty.ancestors[0]).to.equal(duty.parentId)
            // The unit above owes a report too, unless it is the Sở: so each school is counted in one tree alone.
            expect(duty.parentId === 'so' || byId.has(duty.parentId)).to.equal(true)
            const wrongTier = closing < SWITCH ? COMMUNES : DISTRICTS
            expect(wrongTier).not.to.include(duty.parentId)
          }
          const middle = duties.filter(duty => duty.unitKind !== 'school')
          for (const unit of middle) expect(duties.some(duty => duty.parentId === unit.unitId)).to.equal(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
