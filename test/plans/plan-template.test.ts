import { expect } from 'chai'
import fc from 'fast-check'
import { addDays, daysBetween } from '../../src/kernel/dates.ts'
import { deadlinesBeforePlan, deadlinesOf, modelTimetable } from '../../src/plans/plan-template.ts'

const tet = { from: '2026-02-14', to: '2026-02-22' }
const aStart = fc.integer({ min: 0, max: 120 }).map(days => addDays('2025-09-01', days))

describe('model timetable', () => {
  it('runs 20 weeks from its first day and covers the seven steps in order', () => {
    const rows = modelTimetable('2025-09-15')
    expect(rows[0]?.from).to.equal('2025-09-15')
    expect(rows.at(-1)?.to).to.equal('2026-02-01')
    expect([...new Set(rows.map(row => row.step))]).to.deep.equal([1, 2, 3, 4, 5, 6, 7])
  })

  it('gives the weeks of the settings: 4, 7, 10, 11, 12, 16, 18, 19', () => {
    const start = '2025-09-15'
    const weeks = [...deadlinesOf(modelTimetable(start))].map(([key, day]) => [key, (daysBetween(start, day) + 1) / 7])
    expect(weeks).to.deep.equal([
      ['councilDue', 1],
      ['planDue', 2],
      ['analysisDue', 4],
      ['evidenceDue', 7],
      ['sheetDraftDue', 10],
      ['sheetsToCouncilDue', 11],
      ['sheetsDue', 12],
      ['reportDraftDue', 16],
      ['adoptDue', 18],
      ['publishDue', 19],
    ])
  })

  it('ends each step in the week that the settings say, with the lines that follow it', () => {
    const start = '2025-09-15'
    const weekOf = (part: string): readonly (number | undefined)[] => {
      const found = modelTimetable(start, [], { analysisDue: 5, sheetsDue: 14, publishDue: 18 }).find(({ activity }) =>
        activity.includes(part),
      )
      return [found?.weekFrom, found?.weekTo, found && (daysBetween(start, found.to) + 1) / 7]
    }
    expect(weekOf('Phân tích tiêu chí')).to.deep.equal([4, 5, 5])
    expect(weekOf('Thu thập, kiểm tra')).to.deep.equal([3, 7, 7])
    expect(weekOf('Hội đồng xem xét')).to.deep.equal([13, 14, 14])
    expect(weekOf('đề cương')).to.deep.equal([15, 15, 15])
    expect(weekOf('Gửi báo cáo')).to.deep.equal([19, 19, 19])
  })

  it('moves everything after the Tết break by the week that the break takes', () => {
    const [plain, moved] = [modelTimetable('2025-12-01'), modelTimetable('2025-12-01', [tet])]
    const shifts = plain.map((row, at) => [row.weekTo, daysBetween(row.to, moved[at]?.to ?? '')])
    // Week 12 would be 16 to 22 February, the week of Tết.
    expect(shifts.filter(([week = 0]) => week < 12).every(([, days]) => days === 0)).to.equal(true)
    expect(shifts.filter(([week = 0]) => week >= 12).every(([, days]) => days === 7)).to.equal(true)
  })

  it('keeps a week that a short holiday leaves three working days', () => {
    expect(modelTimetable('2025-12-01', [{ from: '2026-01-01', to: '2026-01-02' }])).to.deep.equal(
      modelTimetable('2025-12-01'),
    )
  })

  it('begins after a break that it would begin in', () => {
    expect(modelTimetable('2026-02-16', [tet])[0]?.from).to.equal('2026-02-23')
  })

  it('shifts as a whole with its first day, and never lets a line end before it begins', () => {
    fc.assert(
      fc.property(aStart, fc.nat(30), (start, later) => {
        const [rows, shifted] = [modelTimetable(start), modelTimetable(addDays(start, later))]
        expect(shifted.map(row => row.from)).to.deep.equal(rows.map(row => addDays(row.from, later)))
        expect(modelTimetable(start, [tet]).every(row => row.from <= row.to)).to.equal(true)
      }),
    )
  })

  it('takes the last line of a deadline that several lines carry', () => {
    const [first, ...rest] = modelTimetable('2025-09-15')
    const rows = first ? [{ ...first, to: '2025-10-30' }, first, ...rest] : rest
    expect(deadlinesOf(rows).get('councilDue')).to.equal('2025-10-30')
  })

  it('asks for council and plan 2 and 3 weeks after the opening', () => {
    expect(deadlinesBeforePlan('2025-08-20')).to.deep.equal({ councilDue: '2025-09-03', planDue: '2025-09-10' })
  })
})
