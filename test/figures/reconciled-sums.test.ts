import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import type { FigureValues, FigureYear } from '../../src/figures/index.ts'
import { differencesOf, reconciledSchool, statesOf, sumsOf, unconfirmed } from '../../src/figures/reconciled-sums.ts'
import { RECONCILIATION_VERSION } from '../../src/figures/reconciliation-machine.ts'
import type { Assigned, ReconciliationState } from '../../src/figures/reconciliation.ts'
import { isSchool, type School } from '../../src/organisations/index.ts'
import { aUnit } from '../organisations/a-tree.ts'
import { aFigureYear, soundThcs } from './some-figures.ts'

const year = workingYear('2025-2026')

function aSchool(id: string): School {
  const unit = aUnit(id, {})
  if (!isSchool(unit)) throw new Error('not a school')
  return unit
}

const schoolWith = (id: string, values: FigureValues, assigned: Assigned, state?: ReconciliationState) => {
  const fields: Partial<FigureYear> = {
    schoolId: id,
    reconciliation: { state: state ?? 'drafting', machine: RECONCILIATION_VERSION, assigned, explanations: [] },
  }
  return reconciledSchool(aSchool(id), aFigureYear(values, year, state === undefined ? { schoolId: id } : fields))
}

const TEACHERS = 'staff.teachers.total'
const assigned = [{ key: TEACHERS, value: 18 }]

describe('the sums of a unit', () => {
  const a = schoolWith('a', soundThcs(), assigned, 'confirmed')
  const b = schoolWith('b', soundThcs({ [TEACHERS]: 12 }), [{ key: TEACHERS, value: 11 }], 'verified')
  const silent = schoolWith('c', {}, [])
  const rowOf = (key: string, reserves: readonly Assigned[] = []) =>
    sumsOf([a, b, silent], reserves).find(row => row.key === key)

  it('adds the schools that have the number and counts those that have not', () => {
    expect(rowOf(TEACHERS)).to.include({ assigned: 29, current: 28, difference: -1, missing: 1, reserve: null })
  })
  it('takes a difference only where both numbers are known', () => {
    const onlyCurrent = sumsOf([schoolWith('d', soundThcs(), [], 'drafting')], []).find(row => row.key === TEACHERS)
    expect(onlyCurrent).to.include({ assigned: null, current: 16, difference: null, missing: 1 })
  })
  it('counts who was assigned a number that need not be, and has none; not who has it unassigned', () => {
    const NEW = 'pupils.new'
    const given = schoolWith('e', soundThcs({ [NEW]: 90 }), [{ key: NEW, value: 90 }], 'drafting')
    const silentNow = schoolWith('f', {}, [{ key: NEW, value: 64 }], 'drafting')
    const unassigned = schoolWith('g', soundThcs({ [NEW]: 70 }), [], 'drafting')
    const sum = sumsOf([given, silentNow, unassigned], []).find(row => row.key === NEW)
    expect(sum).to.include({ assigned: 154, current: 160, difference: 0, missing: 1 })
  })
  it('keeps the reserves of the unit and of those below beside the schools', () => {
    const reserves = [[{ key: TEACHERS, value: 2 }], [{ key: TEACHERS, value: 3 }]]
    expect(rowOf(TEACHERS, reserves)).to.include({ assigned: 29, reserve: 5 })
  })
  it('is the same from schools as from the sums of their units', () => {
    const whole = rowOf(TEACHERS)
    const parts = [[a], [b, silent]].map(schools => sumsOf(schools, []).find(row => row.key === TEACHERS))
    for (const field of ['assigned', 'current', 'difference', 'missing'] as const)
      expect(
        parts.reduce((sum, part) => sum + (part?.[field] ?? 0), 0),
        field,
      ).to.equal(whole?.[field])
  })
  it('leaves out rows that no school has', () => {
    expect(rowOf('classes.g12')).to.equal(undefined)
    expect(rowOf('position.maths.contract')).to.equal(undefined)
  })
  it('tells who has not confirmed and what is unexplained', () => {
    expect(unconfirmed([a, b, silent]).map(({ school }) => school.id)).to.deep.equal(['c'])
    expect(statesOf([a, b, silent])).to.include({ confirmed: 1, verified: 1, none: 1 })
    expect(differencesOf(a)).to.deep.equal({ all: 1, unexplained: 1 })
  })
})
