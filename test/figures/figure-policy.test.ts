import { expect } from 'chai'
import type { Actor, SeatRole } from '../../src/kernel/actor.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { mayFigure, type FigureTarget } from '../../src/figures/index.ts'

const year = workingYear('2025-2026')
const target: FigureTarget = { schoolId: 'thcs', year, managerId: 'xa', chain: ['thcs', 'xa', 'so'] }
const as = (role: SeatRole, unitId: string, of?: string): Actor => ({
  personId: 'p',
  name: 'Nguyễn Thị Mận',
  seats: [{ role, unitId, from: '2020-01-01', ...(of === undefined ? {} : { year: workingYear(of) }) }],
})

describe('who may do what with figures', () => {
  it('lets head, clerk and the secretariat of school and year edit', () => {
    expect(mayFigure.edit(as('head', 'thcs'), target)).to.equal(true)
    expect(mayFigure.edit(as('clerk', 'thcs'), target)).to.equal(true)
    expect(mayFigure.edit(as('secretary', 'thcs', '2025-2026'), target)).to.equal(true)
    expect(mayFigure.edit(as('secretariat', 'thcs', '2025-2026'), target)).to.equal(true)
  })

  it('refuses the secretary of another year or school, other members, and offices above', () => {
    expect(mayFigure.edit(as('secretary', 'thcs', '2024-2025'), target)).to.equal(false)
    expect(mayFigure.edit(as('secretary', 'tieu-hoc', '2025-2026'), target)).to.equal(false)
    expect(mayFigure.edit(as('groupMember', 'thcs', '2025-2026'), target)).to.equal(false)
    expect(mayFigure.edit(as('provinceLead', 'so'), target)).to.equal(false)
    expect(mayFigure.edit(as('itAdmin', 'so'), target)).to.equal(false)
  })

  it('lets the school and the units above it read, not their neighbours and not the IT team', () => {
    expect(mayFigure.read(as('staff', 'thcs'), target)).to.equal(true)
    expect(mayFigure.read(as('middleOfficer', 'xa'), target)).to.equal(true)
    expect(mayFigure.read(as('provinceOfficer', 'so'), target)).to.equal(true)
    expect(mayFigure.read(as('middleOfficer', 'xa-khac'), target)).to.equal(false)
    expect(mayFigure.read(as('itAdmin', 'so'), target)).to.equal(false)
    expect(mayFigure.read({ personId: 'p', name: '', seats: [] }, target)).to.equal(false)
  })

  it('leaves the confirmation to the head and the check to the managing unit', () => {
    expect(mayFigure.confirm(as('clerk', 'thcs'), target)).to.equal(false)
    expect(mayFigure.confirm(as('head', 'thpt'), target)).to.equal(false)
    expect(mayFigure.confirm(as('head', 'thcs'), target)).to.equal(true)
    expect(mayFigure.verify(as('middleLead', 'xa'), target)).to.equal(true)
    expect(mayFigure.verify(as('provinceLead', 'so'), target)).to.equal(false)
    expect(mayFigure.verify(as('provinceLead', 'so'), { ...target, managerId: 'so', chain: ['thcs', 'so'] })).to.equal(
      true,
    )
  })

  it('lets manager and Sở assign, the Sở alone take the second look, and neither check a school they sit in', () => {
    const officerAndTeacher: Actor = {
      ...as('middleLead', 'xa'),
      seats: [...as('middleLead', 'xa').seats, ...as('staff', 'thcs').seats],
    }
    expect(mayFigure.assign(as('middleOfficer', 'xa'), target)).to.equal(true)
    expect(mayFigure.assign(as('provinceOfficer', 'so'), target)).to.equal(true)
    expect(mayFigure.assign(as('head', 'thcs'), target)).to.equal(false)
    expect(mayFigure.assign(as('middleOfficer', 'xa-khac'), target)).to.equal(false)
    expect(mayFigure.provinceVerify(as('middleLead', 'xa'), target)).to.equal(false)
    expect(mayFigure.provinceVerify(as('provinceOfficer', 'so'), target)).to.equal(true)
    for (const right of ['verify', 'dispute', 'assign'] as const)
      expect(mayFigure[right](officerAndTeacher, target), right).to.equal(false)
    expect(mayFigure.read(officerAndTeacher, target)).to.equal(true)
  })

  it('lets another unit act for the manager only by a delegation of this duty', () => {
    const acting = (duties: readonly ('review' | 'reconciliation')[]): Actor => ({
      ...as('provinceOfficer', 'so-khac'),
      actingFor: [{ delegationId: 'd1', unitId: 'xa', byUnitId: 'so-khac', role: 'middleOfficer', duties }],
    })
    expect(mayFigure.verify(acting(['reconciliation']), target)).to.equal(true)
    expect(mayFigure.read(acting(['reconciliation']), target)).to.equal(true)
    expect(mayFigure.verify(acting(['review']), target)).to.equal(false)
    expect(mayFigure.verify(acting(['reconciliation']), { ...target, managerId: 'xa-2' })).to.equal(false)
  })
})
