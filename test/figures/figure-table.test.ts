import { expect } from 'chai'
import fc from 'fast-check'
import { parseWorkingYear, workingYear } from '../../src/kernel/working-year.ts'
import type { SchoolLevel } from '../../src/organisations/index.ts'
import { computeAll, lintFigures, phanMotTables, statisticsOf, tablesFor, typedCells } from '../../src/figures/index.ts'
import { cellsOfTable } from '../../src/figures/figure-table.ts'
import { fiveYearsOf } from '../../src/figures/figure-year.ts'
import { parseNumber } from '../../src/figures/figure-input.ts'
import { aFigureYear, everyCell, soundThcs } from './some-figures.ts'

const year = workingYear('2025-2026')
const THCS: readonly SchoolLevel[] = ['thcs']
const KINDS: readonly (readonly SchoolLevel[])[] = [
  ['mam_non'],
  ['tieu_hoc'],
  ['thcs'],
  ['thpt'],
  ['tieu_hoc', 'thcs', 'thpt'],
]

describe('the tables of Phần I', () => {
  for (const levels of KINDS) {
    it(`name each cell once and compute only from their own cells: ${levels.join(', ')}`, () => {
      const cells = tablesFor(levels).flatMap(cellsOfTable)
      const keys = cells.map(cell => cell.key)
      expect(new Set(keys).size).to.equal(keys.length)
      const parts = cells.flatMap(({ formula }) => {
        if (!formula) return []
        if (formula.kind === 'sum') return formula.of
        return formula.kind === 'same' ? [formula.as] : [formula.part, formula.whole]
      })
      expect(parts.filter(part => !keys.includes(part))).to.deep.equal([])
    })
  }

  it('give a multi-level school the union of its levels’ rows', () => {
    const keysOf = (levels: readonly SchoolLevel[]) => new Set(typedCells(tablesFor(levels)).map(cell => cell.key))
    const union = new Set(['tieu_hoc', 'thcs', 'thpt'].flatMap(level => [...keysOf([level as SchoolLevel])]))
    expect(keysOf(['thpt', 'thcs', 'tieu_hoc'])).to.deep.equal(union)
  })

  it('compute totals and ratios', () => {
    const all = computeAll(tablesFor(THCS), soundThcs())
    expect(all['classes.total']).to.equal(8)
    expect(all['pupils.total']).to.equal(320)
    expect(all['pupils.perClass']).to.equal(40)
    expect(all['teachers.perClass']).to.equal(2)
    expect(all['pupils.perTeacher']).to.equal(20)
    expect(all['teachers.standardShare']).to.equal(93.75)
    expect(all['staff.all.total']).to.equal(22)
  })

  it('keep a total unknown while one of its parts is unknown, and never divide by nothing', () => {
    const partly = computeAll(tablesFor(THCS), soundThcs({ 'classes.g9': null }))
    expect(partly['classes.total']).to.equal(null)
    expect(partly['pupils.perClass']).to.equal(null)
    const none = computeAll(tablesFor(THCS), everyCell(THCS, year, 0))
    expect(none['classes.total']).to.equal(0)
    expect(none['pupils.perClass']).to.equal(null)
  })

  it('always sum the grades, whatever is typed', () => {
    const grades = ['g6', 'g7', 'g8', 'g9']
    const values = fc.record(Object.fromEntries(grades.map(grade => [`pupils.${grade}`, fc.nat(2000)])))
    fc.assert(
      fc.property(values, typed => {
        const sum = Object.values(typed).reduce((all, value) => all + value, 0)
        expect(computeAll(tablesFor(THCS), typed)['pupils.total']).to.equal(sum)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the rules of the figures', () => {
  const errors = (changes: Parameters<typeof soundThcs>[0]) =>
    lintFigures(THCS, year, soundThcs(changes))
      .filter(fault => fault.severity === 'error')
      .map(fault => `${fault.rule} ${fault.key}`)

  it('find no error in sound numbers, and only warn of what is missing', () => {
    expect(errors({})).to.deep.equal([])
    expect(lintFigures(THCS, year, soundThcs()).map(fault => fault.rule)).to.include('missing')
  })

  it('ask for nothing that did not exist in the year', () => {
    const missing = (of: string) => lintFigures(THCS, parseWorkingYear(of) ?? year, {}).map(fault => fault.key)
    expect(missing('2024-2025')).to.include('pupils.goodDistrict')
    expect(missing('2025-2026')).to.not.include('pupils.goodDistrict')
  })

  it('take an empty cell for unknown, not for 0', () => {
    expect(errors({ 'staff.teachers.total': null })).to.deep.equal([])
    expect(errors({ 'staff.teachers.total': 0 })).to.not.deep.equal([])
  })

  const cases: readonly [string, Parameters<typeof soundThcs>[0], string][] = [
    ['more girls than pupils', { 'pupils.female': 321 }, 'femaleAboveTotal pupils.female'],
    ['more pupils of ethnic minorities than pupils', { 'pupils.ethnic': 400 }, 'ethnicAboveTotal pupils.ethnic'],
    ['more newcomers than pupils', { 'pupils.new': 999 }, 'partAboveTotal pupils.new'],
    ['teachers’ training that does not add up', { 'staff.teachers.above': 3 }, 'qualificationSum staff.teachers.total'],
    ['two heads', { 'staff.head.total': 2 }, 'oneHead staff.head.total'],
    ['pupils without a class', { 'classes.g6': 0 }, 'pupilsWithoutClass classes.g6'],
    ['part of a person', { 'classes.g6': 2.5 }, 'notWhole classes.g6'],
    ['fibre neither there nor not', { 'equipment.fibre': 2 }, 'flagZeroOrOne equipment.fibre'],
    [
      'more graduates than pupils of the last grade',
      { 'results.thcs.finalYear': 80, 'results.thcs.graduated': 81 },
      'resultsAboveTotal results.thcs.graduated',
    ],
  ]
  for (const [what, changes, fault] of cases) {
    it(`find ${what}`, () => {
      expect(errors(changes)).to.include(fault)
    })
  }
})

describe('typed numbers', () => {
  const typed: readonly [string, number | null | undefined][] = [
    ['1.234', 1234],
    ['12,5', 12.5],
    ['1.234.567,25', 1_234_567.25],
    [' 1 234 ', 1234],
    ['', null],
    ['–', null],
    ['0', 0],
    ['1.23', undefined],
    ['-3', undefined],
    ['ba', undefined],
  ]
  for (const [text, value] of typed) {
    it(`read “${text}” as ${value === undefined ? 'no number' : value}`, () => {
      expect(parseNumber(text)).to.equal(value)
    })
  }
})

describe('Phần I as it is printed', () => {
  const figures = fiveYearsOf('thcs', year, [
    aFigureYear(soundThcs(), year),
    aFigureYear(soundThcs({ 'classes.g6': 1, 'pupils.g6': 1040 }), workingYear('2024-2025')),
  ])
  const tables = phanMotTables(THCS, figures)
  const row = (id: string, key: string) =>
    tables.find(table => table.id === id)?.rows.find(candidate => candidate.key === key)

  it('puts five years side by side, oldest left, and a dash where nothing is known', () => {
    const classes = tables.find(table => table.id === 'classes')
    expect(classes?.columns).to.deep.equal(['2021-2022', '2022-2023', '2023-2024', '2024-2025', '2025-2026'])
    expect(row('classes', 'classes.total')?.cells).to.deep.equal(['–', '–', '–', '7', '8'])
    expect(row('classes', 'classes.total')?.total).to.equal(true)
  })

  it('writes thousands with a dot and decimals with a comma', () => {
    expect(row('pupils', 'pupils.total')?.cells.slice(3)).to.deep.equal(['1.280', '320'])
    expect(row('pupils', 'pupils.perClass')?.cells.at(-1)).to.equal('40,00')
    expect(row('teachers', 'teachers.standardShare')?.cells.at(-1)).to.equal('93,8')
  })

  it('shows the staff of the assessed year by columns', () => {
    expect(row('staff', 'staff.teachers')?.cells).to.deep.equal(['16', '10', '0', '1', '13', '2'])
  })

  it('leaves out of a year what did not exist in it', () => {
    const withDistrict = fiveYearsOf('thcs', year, [aFigureYear({ 'pupils.goodDistrict': 5 }, year)])
    const pupils = phanMotTables(THCS, withDistrict).find(table => table.id === 'pupils')
    expect(pupils?.rows.find(({ key }) => key === 'pupils.goodDistrict')?.cells.at(-1)).to.equal('–')
  })
})

describe('figures under the keys of criteria sets', () => {
  it('answer thresholds and quotas, null where not known', () => {
    const marks = { good: 40, fair: 100, met: 50, notMet: 10 }
    const learning = Object.fromEntries(
      Object.entries(marks).map(([key, value]) => [`results.thcs.learning.${key}`, value]),
    )
    const statistics = statisticsOf(THCS, soundThcs({ ...learning, 'results.thcs.dropped': 4, 'equipment.fibre': 1 }))
    expect(statistics).to.include({
      so_lop: 8,
      si_so_lop: 40,
      so_hs: 320,
      co_cap_quang: 1,
      ty_le_hoc_tap_tot: 20,
      ty_le_bo_hoc: 1.25,
      ty_le_gv_tren_chuan_dao_tao: 12.5,
      so_may_in: null,
      ty_le_luu_ban: null,
    })
  })
})
