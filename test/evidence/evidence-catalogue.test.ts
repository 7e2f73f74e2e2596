import { expect } from 'chai'
import { boxLabelsOf, catalogueFrom, holesOf, issuedOf } from '../../src/evidence/evidence-catalogue.ts'
import { matches, pick } from '../../src/evidence/evidence-search.ts'
import { matrixOf, yearOf } from '../../src/evidence/evidence-years.ts'
import type { Evidence, EvidenceEntry } from '../../src/evidence/evidence.ts'
import { workingYear } from '../../src/kernel/working-year.ts'
import { aDossier, anItem, YEAR } from './support.ts'

const entry = (changes: Partial<EvidenceEntry> = {}): EvidenceEntry => ({
  id: 'e',
  number: '12/KH',
  date: '2025-09-05',
  issuer: 'Trường mẫu',
  files: [],
  ...changes,
})
const coded = (c: number, changes: Partial<Evidence> = {}): Evidence =>
  anItem({ state: 'coded', code: { box: 1, a: 1, b: 1, c }, entries: [entry()], name: `Minh chứng ${c}`, ...changes })

describe('the catalogue of evidence codes', () => {
  it('lists coded items by criterion and number; others are not in it', () => {
    const items = [coded(2), coded(1), anItem({ state: 'verified' }), coded(3, { state: 'withdrawn' })]
    const [standard] = catalogueFrom(aDossier(), items, new Map())
    expect(standard?.criteria[0]?.rows.map(row => [row.order, row.label])).to.deep.equal([
      [1, '[H1-1.1-01]'],
      [2, '[H1-1.1-02]'],
    ])
  })

  it('prints a shared item at its first criterion only, and refers to it from the others', () => {
    const item = coded(1)
    const cited = new Map([[item.id, ['1.1', '2.1', '1.2']]])
    const standards = catalogueFrom(aDossier(), [item], cited)
    const all = standards.flatMap(each => each.criteria)
    expect(all.flatMap(each => each.rows).map(row => row.note)).to.deep.equal(['dùng chung cho tiêu chí 1.2, 2.1'])
    expect(all.map(each => [each.code, each.seeAlso.map(also => also.label)])).to.deep.equal([
      ['1.1', []],
      ['1.2', ['[H1-1.1-01]']],
      ['2.1', ['[H1-1.1-01]']],
    ])
  })

  it('prints a yearly item with a line per school year, oldest first', () => {
    const years = ['2025-2026', '2023-2024'].map(year => entry({ schoolYear: workingYear(year), number: year }))
    const [standard] = catalogueFrom(aDossier(), [coded(1, { entries: years })], new Map())
    expect(standard?.criteria[0]?.rows[0]?.lines.map(line => [line.schoolYear, line.issued])).to.deep.equal([
      ['2023-2024', 'Số 2023-2024 ngày 05/09/2025'],
      ['2025-2026', 'Số 2025-2026 ngày 05/09/2025'],
    ])
  })

  it('says where an item is kept and never how secret it is', () => {
    const item = coded(1, { place: 'lớp 4A', dataClass: 'sensitive', note: 'sổ gốc' })
    const [standard] = catalogueFrom(aDossier(), [item], new Map())
    expect(standard?.criteria[0]?.rows[0]?.note).to.equal('lưu tại lớp 4A; sổ gốc')
  })

  it('names the time of what the school found out by itself', () => {
    expect(issuedOf({ kind: 'survey' }, entry({ number: '' }))).to.equal('Khảo sát ngày 05/09/2025')
    expect(issuedOf({ kind: 'photo' }, entry({ number: '' }))).to.equal('Ngày 05/09/2025')
    expect(issuedOf({ kind: 'record' }, entry({ number: 'Không số' }))).to.equal('Không số, ngày 05/09/2025')
    expect(issuedOf({ kind: 'document' }, entry())).to.equal('Số 12/KH ngày 05/09/2025')
  })

  it('labels each box with its criteria and the first and last code in it', () => {
    const other = coded(1, { code: { box: 3, a: 2, b: 1, c: 1 } })
    expect(boxLabelsOf([coded(2), other, coded(1), anItem()])).to.deep.equal([
      { box: 1, standards: ['1'], criteria: ['1.1'], first: '[H1-1.1-01]', last: '[H1-1.1-02]', count: 2 },
      { box: 3, standards: ['2'], criteria: ['2.1'], first: '[H3-2.1-01]', last: '[H3-2.1-01]', count: 1 },
    ])
  })

  it('finds the school years that a yearly item misses', () => {
    const entries = ['2025-2026', '2024-2025', '2021-2022'].map(year => entry({ schoolYear: workingYear(year) }))
    const [hole] = holesOf([coded(1, { entries }), coded(2, { entries: entries.slice(0, 1) })], YEAR)
    expect(hole?.missing).to.deep.equal(['2022-2023', '2023-2024'])
    expect(holesOf([coded(2, { entries: entries.slice(0, 1) })], YEAR)).to.deep.equal([])
  })
})

describe('criterion by school year', () => {
  it('counts what stands for proof and shows the holes', () => {
    const of = (year: string, changes: Partial<Evidence> = {}) =>
      anItem({ entries: [entry({ schoolYear: workingYear(year) })], ...changes })
    const items = [
      of('2025-2026'),
      of('2025-2026', { state: 'frozen' }),
      of('2023-2024', { state: 'rejected' }),
      of('2021-2022'),
    ]
    const { years, rows } = matrixOf(aDossier().criteria, items, YEAR)
    expect(years.at(0)).to.equal('2021-2022')
    expect(rows.map(row => [row.criterion, row.perYear])).to.deep.equal([
      ['1.1', [1, 0, 0, 0, 2]],
      ['1.2', [0, 0, 0, 0, 0]],
      ['2.1', [0, 0, 0, 0, 0]],
    ])
  })

  it('puts a document without a school year into the one of its day', () => {
    expect(yearOf({ date: '2025-07-31' })).to.equal('2024-2025')
    expect(yearOf({ date: '2025-08-01' })).to.equal('2025-2026')
    expect(yearOf({})).to.equal(undefined)
  })
})

describe('the search for evidence', () => {
  it('matches every word in name, code, number or issuer, with or without accents', () => {
    const item = coded(7, { name: 'Kế hoạch phát triển đội ngũ' })
    for (const question of ['ke hoach doi', 'KẾ HOẠCH', 'h1-1.1-07', '12/kh truong', ''])
      expect(matches(item, question), question).to.equal(true)
    expect(matches(item, 'ke hoach sach')).to.equal(false)
  })

  it('offers a sheet the items of its own criterion first, then the better match; never what proves nothing', () => {
    const items = [
      anItem({ id: '1', name: 'Báo cáo kế hoạch', criterion: '1.1' }),
      anItem({ id: '2', name: 'Kế hoạch', criterion: '2.1' }),
      anItem({ id: '3', name: 'Kế hoạch', criterion: '1.1' }),
      anItem({ id: '4', name: 'Kế hoạch', criterion: '1.1', state: 'missing' }),
      anItem({ id: '5', name: 'Kế hoạch', criterion: '1.1', state: 'expected' }),
      anItem({ id: '6', name: 'Kế hoạch', criterion: '1.1', state: 'withdrawn' }),
    ]
    expect(pick(items, { question: 'ke hoach', criterion: '1.1' }).map(each => each.id)).to.deep.equal(['3', '1', '2'])
    expect(pick(items, { question: '', most: 1 })).to.have.length(1)
  })
})
