import { expect } from 'chai'
import { rungOn } from '../../src/periods/reminders.ts'
import { dayFaults, proposedDays } from '../../src/periods/proposed-days.ts'
import { shiftWorkingDays, workingDayFrom } from '../../src/periods/working-days.ts'
import { workingYear } from '../../src/kernel/working-year.ts'

describe('working days around a due day', () => {
  const tet = new Set(['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'])
  it('skip weekends and holidays both ways', () => {
    expect(shiftWorkingDays('2026-02-23', -1, tet)).to.equal('2026-02-13')
    expect(shiftWorkingDays('2026-02-13', 1, tet)).to.equal('2026-02-23')
    expect(shiftWorkingDays('2026-02-13', 0, tet)).to.equal('2026-02-13')
    expect(workingDayFrom('2026-02-14', tet)).to.equal('2026-02-23')
    expect(workingDayFrom('2026-02-13', tet)).to.equal('2026-02-13')
  })
})

describe('the ladder of reminders', () => {
  // Monday 11 May 2026.
  const due = '2026-05-11'
  const none = new Set<string>()
  const cases: readonly [string, string | undefined][] = [
    ['2026-04-29', undefined],
    ['2026-04-30', '-7'],
    ['2026-05-07', '-7'],
    ['2026-05-08', '-1'],
    ['2026-05-11', '-1'],
    ['2026-05-12', '+1'],
    ['2026-05-13', '+1'],
    ['2026-05-14', '+3'],
    ['2026-05-19', '+3'],
    ['2026-05-20', '+7'],
    ['2026-06-20', '+7'],
  ]
  for (const [today, step] of cases)
    it(`stands at ${step ?? 'nothing'} on ${today}`, () => {
      expect(rungOn(due, today, none)?.step).to.equal(step)
    })
  it('begins earlier when holidays lie before the due day', () => {
    expect(rungOn(due, '2026-04-28', new Set(['2026-04-30', '2026-05-01']))?.step).to.equal('-7')
  })
})

describe('the days of a period', () => {
  const settings = {
    unitClosing: '09-15',
    unitDue: '10-15',
    closing: '09-30',
    ministryDue: '10-30',
    schoolDueDays: 10,
    provinceDueDays: 5,
  }
  const days = proposedDays(workingYear('2026-2027'), settings, new Set())
  it('of the start of a year lie in its first calendar year', () => {
    expect(days).to.deep.equal({
      unitClosing: '2026-09-15',
      schoolDue: '2026-09-01',
      unitDue: '2026-10-15',
      closing: '2026-09-30',
      provinceDue: '2026-10-23',
      ministryDue: '2026-10-30',
    })
    expect(dayFaults(days)).to.deep.equal([])
  })
  it('must not contradict each other', () => {
    expect(dayFaults({ ...days, schoolDue: '2026-10-16' }).map(each => each.code)).to.deep.equal([
      'order.schoolDue.unitDue',
    ])
    expect(dayFaults({ ...days, closing: '2026-10-24' }).map(each => each.code)).to.deep.equal([
      'order.closing.provinceDue',
    ])
    expect(dayFaults({ ...days, ministryDue: '2027-10-30' }).map(each => each.code)).to.deep.equal(['daysFarApart'])
  })
})
