import { expect } from 'chai'
import {
  complaintUntil,
  registrationWindow,
  runDue,
  teamTimetable,
  titleDue,
  visitRemarks,
} from '../../src/external/external-deadlines.ts'
import type { ExternalNumbers, Run, RunState, Title } from '../../src/external/index.ts'
import { externalFactOn } from '../../src/external/run.ts'
import { proposedBy } from '../../src/external/titles-of.ts'
import { SCHOOL, TEAM, TIMES, YEAR } from './bench.ts'

const NUMBERS: ExternalNumbers = {
  teamMin: 5,
  teamMax: 7,
  teamMaxNational: 11,
  assessorMinYears: 5,
  waitYearsHigher: 1,
  validYears: 5,
  renewMonthsBefore: 5,
  warnMonths: 12,
  ...TIMES,
}
const DECISION = { number: '1/QĐ', date: '2026-06-01' }

const aRun = (state: RunState, more: Partial<Run> = {}): Run => ({
  id: `${SCHOOL}.${YEAR}.1`,
  schoolId: SCHOOL,
  year: YEAR,
  assessmentId: `${SCHOOL}.${YEAR}`,
  ancestors: ['xa-1', 'so'],
  underProvince: false,
  state,
  machine: 'externalRun@1',
  rev: 1,
  asked: { accreditation: 2 },
  selfLevel: 2,
  letter: { number: '1/CV', date: '2026-05-04' },
  registeredOn: '2026-05-04',
  completions: [],
  outbox: [],
  ...more,
})

const found = (visitedFrom: string, visitedTo: string, date: string): NonNullable<Run['found']> => ({
  visitedFrom,
  visitedTo,
  level: 2,
  criteria: {},
  report: { number: '2/BC', date },
})
const team = { decision: DECISION, formedOn: '2026-06-01', members: TEAM }

describe('days of external assessment', () => {
  it('knows the window of registration that a day falls in, its last day included', () => {
    const on = (day: string) => registrationWindow(day, NUMBERS)
    expect(on('2026-01-05')).to.deep.equal({ name: 'đợt 1', until: '2026-07-31' })
    expect(on('2026-07-31').until).to.equal('2026-07-31')
    expect(on('2026-08-01')).to.deep.equal({ name: 'đợt 2', until: '2026-11-30' })
    expect(on('2026-12-01')).to.deep.equal({ name: 'đợt 1', until: '2027-07-31' })
  })

  it('lays the six steps of a team one after the other in working days, without holidays', () => {
    const lines = (numbers: ExternalNumbers) =>
      teamTimetable('2026-06-01', numbers).map(({ name, from, to }) => [name, from, to])
    expect(lines(NUMBERS)).to.deep.equal([
      ['Nghiên cứu hồ sơ', '2026-06-02', '2026-06-15'],
      ['Khảo sát sơ bộ', '2026-06-16', '2026-06-16'],
      ['Khảo sát chính thức', '2026-06-23', '2026-06-25'],
      ['Trường bổ sung minh chứng', '2026-06-26', '2026-07-02'],
      ['Dự thảo báo cáo đánh giá ngoài', '2026-06-26', '2026-07-09'],
      ['Trường góp ý dự thảo', '2026-07-10', '2026-07-23'],
      ['Đoàn trả lời góp ý', '2026-07-24', '2026-08-06'],
      ['Hoàn thiện và ký báo cáo', '2026-08-07', '2026-08-20'],
    ])
    const holiday = lines({ ...NUMBERS, holidays: new Set(['2026-06-03']) })
    expect(holiday.at(-1)?.[2]).to.equal('2026-08-21')
  })

  const asked = { on: '2026-05-08', reason: 'Thiếu' }
  const DUE: readonly (readonly [string, Run, string | undefined])[] = [
    ['registered', aRun('registered'), '2026-05-11'],
    [
      'registered again after what was missing',
      aRun('registered', { completions: [{ ...asked, answer: 'Đủ', answeredOn: '2026-05-13' }] }),
      '2026-05-20',
    ],
    ['to complete', aRun('toComplete', { completions: [asked] }), '2026-05-22'],
    ['at the Sở', aRun('atProvince', { forwardedOn: '2026-05-11' }), '2026-05-25'],
    ['at the Sở from the school itself', aRun('atProvince', { underProvince: true }), '2026-05-18'],
    ['queued', aRun('queued', { acceptedOn: '2026-11-30' }), '2027-02-28'],
    ['with a team', aRun('teamFormed', { team }), '2026-08-20'],
    ['reported', aRun('reported', { team, found: found('2026-06-23', '2026-06-24', '2026-07-01') }), undefined],
    ['withdrawn', aRun('withdrawn'), undefined],
    ['stopped', aRun('stopped'), undefined],
  ]
  for (const [when, run, day] of DUE)
    it(`gives a dossier ${when} ${day ?? 'no day'}`, () => expect(runDue(run, NUMBERS)).to.equal(day))

  it('remarks on a visit that was too long or too soon, and on a late report', () => {
    const remarks = (...days: Parameters<typeof found>) => visitRemarks({ team, found: found(...days) }, NUMBERS)
    expect(remarks('2026-06-23', '2026-06-25', '2026-08-20')).to.deep.equal([])
    expect(remarks('2026-06-05', '2026-06-08', '2026-08-21')).to.deep.equal([
      'Khảo sát chính thức kéo dài 4 ngày; theo cài đặt từ 1 đến 3 ngày.',
      'Khảo sát chính thức bắt đầu chưa đủ 5 ngày làm việc sau khi thành lập đoàn.',
      'Báo cáo đánh giá ngoài ký sau thời hạn tính từ ngày thành lập đoàn.',
    ])
  })

  it('tells the sums of a year what was asked for and how many days of work the visit took', () => {
    const run = aRun('reported', { team, found: found('2026-06-23', '2026-06-24', '2026-07-01') })
    expect(externalFactOn(run, '2026-07-01')).to.deep.include({ asked: { accreditation: 2 }, personDays: 10 })
    expect(externalFactOn(run, '2026-06-30')).to.have.property('asked').and.to.deep.equal({ accreditation: 2 })
    expect(externalFactOn(run, '2026-06-30')).to.not.have.property('personDays')
  })

  it('gives a title the days of decision and announcement, and the school those of a complaint', () => {
    const run = aRun('reported', { team, found: found('2026-06-23', '2026-06-24', '2026-07-01') })
    const proposed = proposedBy(run)[0] as Title
    expect(titleDue(proposed, run, NUMBERS)).to.equal('2026-07-29')
    const granted: Title = { ...proposed, state: 'granted', rev: 1, decision: { number: '5/QĐ', date: '2026-07-20' } }
    expect(titleDue(granted, run, NUMBERS)).to.equal('2026-07-27')
    expect(titleDue({ ...granted, announcedOn: '2026-07-21' }, run, NUMBERS)).to.equal(undefined)
    const { runId: _runId, ...onPaper } = granted
    expect(titleDue(onPaper, undefined, NUMBERS), 'a title from before').to.equal(undefined)
    expect(complaintUntil(run, NUMBERS)).to.equal('2026-07-15')
    expect(complaintUntil(aRun('teamFormed', { team }), NUMBERS)).to.equal(undefined)
  })
})
