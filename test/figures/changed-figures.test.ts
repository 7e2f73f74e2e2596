import { expect } from 'chai'
import { workingYear } from '../../src/kernel/working-year.ts'
import type { SchoolLevel } from '../../src/organisations/index.ts'
import {
  changedFigures,
  phanMotTables,
  sentFigures,
  type FigureValues,
  type FiveYears,
  type SentFigures,
} from '../../src/figures/index.ts'
import { tablesOfSent } from '../../src/figures/sent-figures.ts'
import { aFigureYear, soundThcs } from './some-figures.ts'

const year = workingYear('2025-2026')
const lastYear = workingYear('2024-2025')

const years = (now: FigureValues, before: FigureValues = {}): FiveYears => ({
  schoolId: 'thcs',
  year,
  sheets: [aFigureYear(before, lastYear), aFigureYear(now, year)],
})
const sent = (now: FigureValues, before: FigureValues = {}, levels: readonly SchoolLevel[] = ['thcs']): SentFigures =>
  sentFigures(levels, years(now, before))

/** The changes as lines `table | row | column | was → is`. */
const lines = (before: SentFigures, now: SentFigures): readonly string[] =>
  changedFigures(before, now).flatMap(({ id, figures }) =>
    figures.map(({ row, column, was, is, fate }) => [id, row, column, `${was} → ${is}`, fate].join(' | ')),
  )

describe('figures of a sending', () => {
  it('print the same tables as the documents they were taken from, after a way through the database', () => {
    const figures = years(soundThcs(), soundThcs({ 'classes.g6': 3 }))
    const stored: unknown = JSON.parse(JSON.stringify(sentFigures(['thcs'], figures)))
    // What was written a moment ago.
    expect(tablesOfSent(stored as SentFigures)).to.deep.equal(phanMotTables(['thcs'], figures))
  })

  it('keep typed numbers that Phần I prints, and nothing else', () => {
    const { cells } = sent({ 'classes.g6': 0, 'position.other.permanent': 3 }, { 'pupils.g6': null })
    expect(cells).to.deep.equal([{ key: 'classes.g6', values: [null, 0] }])
  })
})

describe('changed figures of two sendings', () => {
  it('are none when nothing that is printed has changed', () => {
    expect(changedFigures(sent(soundThcs()), sent(soundThcs()))).to.deep.equal([])
    const before = sent(soundThcs({ 'position.other.permanent': 1 }))
    expect(changedFigures(before, sent(soundThcs({ 'position.other.permanent': 2 })))).to.deep.equal([])
  })

  it('tell each number with its column, the totals and shares that follow, in the order of the report', () => {
    const before = sent(soundThcs({ 'pupils.g6': 1080 }))
    const now = sent(soundThcs({ 'pupils.g6': 1080, 'classes.g6': 3, 'staff.support.total': 5 }), { 'classes.g7': 2 })
    expect(lines(before, now)).to.deep.equal([
      'classes | Khối lớp 6 | 2025-2026 | 2 → 3 | changed',
      'classes | Khối lớp 7 | 2024-2025 | – → 2 | changed',
      'classes | Cộng | 2025-2026 | 8 → 9 | changed',
      'rooms | Số phòng học trên một lớp | 2025-2026 | 1,25 → 1,11 | changed',
      'staff | Nhân viên | Tổng số | 4 → 5 | changed',
      'staff | Cộng | Tổng số | 22 → 23 | changed',
      'teachers | Số giáo viên trên một lớp | 2025-2026 | 2,00 → 1,78 | changed',
      'pupils | Bình quân số học sinh trên một lớp | 2025-2026 | 165,00 → 146,67 | changed',
    ])
    expect(changedFigures(before, now)[0]?.title).to.equal('1. Số lớp học')
  })

  it('print thousands and decimals the Vietnamese way, a number that was taken out as missing', () => {
    expect(lines(sent({ 'pupils.g6': 1080 }), sent({ 'pupils.g6': 1234 }))).to.deep.equal([
      'pupils | Khối lớp 6 | 2025-2026 | 1.080 → 1.234 | changed',
    ])
    expect(lines(sent({ 'pupils.g6': 1080 }), sent({}))).to.deep.equal([
      'pupils | Khối lớp 6 | 2025-2026 | 1.080 → – | changed',
    ])
  })

  it('name the row above where a table has several rows of one name', () => {
    expect(lines(sent({ 'rooms.class.temporary': 1 }), sent({ 'rooms.class.temporary': 0 }))).to.deep.equal([
      'rooms | Phòng học – Phòng tạm | 2025-2026 | 1 → 0 | changed',
    ])
  })

  it('tell rows that came or went where they stand in the report', () => {
    const one = sent(soundThcs())
    const two = sent({ ...soundThcs(), 'classes.g5': 4 }, {}, ['tieu_hoc', 'thcs'])
    const came = lines(one, two).filter(line => line.startsWith('classes'))
    expect(came).to.deep.equal([
      'classes | Khối lớp 1 |  | – → – | added',
      'classes | Khối lớp 2 |  | – → – | added',
      'classes | Khối lớp 3 |  | – → – | added',
      'classes | Khối lớp 4 |  | – → – | added',
      'classes | Khối lớp 5 | 2025-2026 | – → 4 | added',
      'classes | Cộng | 2025-2026 | 8 → – | changed',
    ])
    const went = lines(two, one).filter(line => line.startsWith('classes'))
    expect(went.slice(-2)).to.deep.equal([
      'classes | Khối lớp 5 | 2025-2026 | 4 → – | removed',
      'classes | Cộng | 2025-2026 | – → 8 | changed',
    ])
    expect(went).to.have.length(6)
  })
})
