import { expect } from 'chai'
import { mayTree, type TreePlace } from '../../src/catalogue/tree-policy.ts'
import {
  treeVersionLife,
  treeVersionSteps,
  type TreeVersionEvent,
  type TreeVersionFacts,
  type TreeVersionState,
} from '../../src/catalogue/year-tree-machine.ts'
import type { UnitsMayAdd } from '../../src/catalogue/year-tree.ts'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import {
  expectOneLack,
  itStepsAs,
  machineArrows,
  statesWith,
  tableArrows,
  type WholeTable,
} from '../assessments/whole-table.ts'

const facts: TreeVersionFacts = { yearClosed: false, errors: [], changed: true }
const refused = 'refused'
const table: WholeTable<TreeVersionState, TreeVersionEvent['type']> = {
  draft: { edit: 'draft', publish: 'published', supersede: refused },
  published: { edit: refused, publish: refused, supersede: 'superseded' },
  superseded: { edit: refused, publish: refused, supersede: refused },
}

describe('a version of the year tree', () => {
  const events = { edit: { type: 'edit' }, publish: { type: 'publish' }, supersede: { type: 'supersede' } } as const
  itStepsAs(treeVersionLife, table, events, () => facts)

  it('is drawn from the same steps as the machine has', () => {
    expect(tableArrows(treeVersionSteps)).to.deep.equal(machineArrows(treeVersionLife.machine))
  })

  it('stays as it is once its year is closed', () => {
    for (const event of Object.values(events)) {
      const states = statesWith(table, event.type)
      expectOneLack(treeVersionLife, states, { ...facts, yearClosed: true }, event, 'yearClosed')
    }
  })

  it('is published only with something new in it and nothing that the linter refuses', () => {
    expectOneLack(treeVersionLife, ['draft'], { ...facts, changed: false }, events.publish, 'nothingChanged')
    const errors = [{ code: 'lint', message: 'Tiêu chuẩn chưa có tiêu chí nào.' }]
    expectOneLack(treeVersionLife, ['draft'], { ...facts, errors }, events.publish, 'lint')
  })
})

describe('who builds a year tree', () => {
  const holder = (role: SeatRole, unitId: string): Actor => ({
    personId: role,
    name: 'Trần Thị Mẫu',
    seats: [{ role, unitId, from: '2020-01-01' }],
  })
  const ofUnit = (unitsMayAdd: UnitsMayAdd): TreePlace => ({ unitId: 'xa', provinceId: 'so', unitsMayAdd })
  const ofProvince: TreePlace = { unitId: 'so', provinceId: 'so', unitsMayAdd: 'criteria' }
  const deeds = ['read', 'advise', 'addNodes', 'publish', 'decideFrame'] as const
  const allowed = (actor: Actor, place: TreePlace): readonly string[] =>
    deeds.filter(deed => mayTree[deed](actor, place))

  it('is the Sở, everything of its own tree, and reading alone of its units’ trees', () => {
    for (const role of ['provinceLead', 'provinceOfficer'] as const) {
      expect(allowed(holder(role, 'so'), ofProvince)).to.deep.equal(deeds)
      expect(allowed(holder(role, 'so'), ofUnit('criteria'))).to.deep.equal(['read'])
      expect(allowed(holder(role, 'so-khac'), ofProvince)).to.deep.equal([])
    }
  })

  it('is a managing unit within what the Sở allows, its officers short of publishing', () => {
    const lead = holder('middleLead', 'xa')
    expect(allowed(lead, ofUnit('nothing'))).to.deep.equal(['read'])
    expect(allowed(lead, ofUnit('guidance'))).to.deep.equal(['read', 'advise', 'publish'])
    expect(allowed(lead, ofUnit('criteria'))).to.deep.equal(['read', 'advise', 'addNodes', 'publish'])
    expect(allowed(holder('middleOfficer', 'xa'), ofUnit('criteria'))).to.deep.equal(['read', 'advise', 'addNodes'])
  })

  it('is not another unit, not a unit on the Sở’s tree, not the IT team and not a school', () => {
    for (const place of [ofUnit('criteria'), ofProvince]) {
      expect(allowed(holder('middleLead', 'xa-khac'), place)).to.deep.equal([])
      expect(allowed(holder('itAdmin', 'so'), place)).to.deep.equal([])
      expect(allowed(holder('head', 'xa'), place)).to.deep.equal([])
    }
    expect(allowed(holder('middleLead', 'xa'), ofProvince)).to.deep.equal([])
  })
})
