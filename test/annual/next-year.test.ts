import { expect } from 'chai'
import type { AnnualFacts, TypedFacts } from '../../src/annual/annual-facts.ts'
import { plannedTable } from '../../src/annual/list-tables.ts'
import { batchWords, nextYearOf } from '../../src/annual/next-year.ts'
import { p11, p13, p15, personDaysOf } from '../../src/annual/typed-tables.ts'
import type { SchoolRow } from '../../src/rollups/index.ts'
import { aRow, aRun, CLOSING, someFacts, TYPED } from './some-rows.ts'

const open = (id: string, registeredOn: string, asked: NonNullable<ReturnType<typeof aRun>['asked']>) => {
  const { assessedOn: _on, level: _level, criteria: _criteria, ...run } = aRun({ id, registeredOn, asked })
  return run
}

const ROWS: readonly SchoolRow[] = [
  aRow('th-a', 'tieu_hoc', { external: [open('a', '2026-05-12', { accreditation: 2, national: 1 })] }),
  aRow('th-b', 'tieu_hoc', { external: [open('b', '2026-06-01', { accreditation: 1 })] }),
  aRow('th-c', 'tieu_hoc', { external: [aRun({ id: 'c', asked: { accreditation: 2 }, personDays: 15 })] }),
  aRow('th-d', 'tieu_hoc', { external: [aRun({ id: 'd', personDays: 10 })] }),
  aRow('th-e', 'tieu_hoc'),
]
const factsWith = (typed: Partial<TypedFacts>): AnnualFacts =>
  someFacts({
    rows: ROWS,
    closingDay: CLOSING,
    batchOf: day => (day <= '2026-07-31' ? 'Đợt 1' : 'Đợt 2'),
    typed: { targets: {}, plans: [], budget: [], assessors: [], ...typed },
  })
const linesOf = (facts: AnnualFacts) =>
  nextYearOf(facts).map(line => [line.schoolId, line.kind, line.grade, batchWords(line)])

describe('what the annual report takes from the dossiers of external assessment', () => {
  it('plans for next year the schools that were registered by the closing day and have no result, in their window', () => {
    expect(linesOf(factsWith({}))).to.deep.equal([
      ['th-a', 'accreditation', 2, 'Đợt 1'],
      ['th-a', 'national', 1, 'Đợt 1'],
    ])
  })

  it('lets a line of the officer stand in the place of the dossier’s, marked as such', () => {
    const facts = factsWith({
      plans: [
        { schoolId: 'th-a', kind: 'accreditation', grade: 3, batch: 'Đợt 2 (tháng 9)' },
        { schoolId: 'th-e', kind: 'national', grade: 1, batch: '' },
        { schoolId: 'khong-con', kind: 'national', grade: 1, batch: '' },
      ],
    })
    expect(linesOf(facts)).to.deep.equal([
      ['th-a', 'national', 1, 'Đợt 1'],
      ['th-a', 'accreditation', 3, 'Đợt 2 (tháng 9) (đơn vị nhập)'],
      ['th-e', 'national', 1, 'Đơn vị nhập'],
    ])
    const all = p13(facts).rows.find(({ key }) => key === 'all')
    const value = (id: string) => {
      const cell = all?.cells[p13(facts).columns.findIndex(column => column.id === id)]
      return cell && 'value' in cell ? cell.value : undefined
    }
    expect(['accreditation2', 'accreditation3', 'national1'].map(value)).to.deep.equal([0, 1, 2])
    expect(plannedTable(facts, 'M4').notes.join()).to.contain('hồ sơ đăng ký đánh giá ngoài')
    expect(plannedTable(factsWith({ plans: [] }), 'M4').rows).to.have.length(2)
  })

  it('counts days of work by the visits of the year, and marks a correction with what the dossiers say', () => {
    const days = (typed: Partial<TypedFacts>) => {
      const line = p11(factsWith(typed)).rows.find(({ key }) => key === 'days')
      const [cell] = line?.cells ?? []
      return [line?.label, cell && 'value' in cell ? cell.value : undefined]
    }
    expect(personDaysOf(factsWith({}))).to.equal(25)
    expect(days({})).to.deep.equal(['Số ngày công của các đoàn', 25])
    expect(days({ personDays: 40 })).to.deep.equal([
      'Số ngày công của các đoàn (đơn vị nhập; theo hồ sơ đánh giá ngoài: 25)',
      40,
    ])
    const unknown = { ...factsWith({ personDays: 40 }), rows: [aRow('th-e', 'tieu_hoc')] }
    expect(p11(unknown).rows.find(({ key }) => key === 'days')?.label).to.equal(
      'Số ngày công của các đoàn (đơn vị nhập)',
    )
  })

  it('says of money and of certificates that the unit typed them', () => {
    expect(p15(factsWith({ budget: TYPED.budget })).notes.join(' ')).to.contain(
      'Số liệu do đơn vị nhập, tính đến ngày chốt 31/05/2026.',
    )
    expect(p11(factsWith({ assessors: TYPED.assessors })).notes).to.deep.equal([
      'Số người có chứng chỉ bồi dưỡng do đơn vị nhập.',
    ])
    expect(p15(factsWith({})).notes).to.deep.equal([])
  })
})
